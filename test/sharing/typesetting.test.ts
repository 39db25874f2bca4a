import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fontFiles, kit } from '#runtime'
import type { ShareCard } from '../../src/editions/share-card'
import { openLocales } from '../../src/language/locale'
import type { Copy } from '../../src/sharing/copy'
import type { Face } from '../../src/sharing/faces'
import { facesFor } from '../../src/sharing/faces'
import { openFont } from '../../src/sharing/font'
import { copiesOf, pictureOf } from '../../src/sharing/picture'
import { shape, startResvg } from '../../src/sharing/resvg'
import { openTypesetter, type SetLine } from '../../src/sharing/typesetting'
import { undrawnOf } from '../../src/sharing/undrawn'
import { rounds } from '../support/rounds'

const style = { size: 100 }

/** Sets a line in the fonts of the site, or in those of them that `isThere` names. */
async function set(copy: Copy, dir: 'ltr' | 'rtl' = 'ltr', isThere: (face: Face) => boolean = () => true) {
  await startResvg(fontFiles.wasm)
  const read: Face[] = []
  const faces = (await fontFiles.faces()).filter(isThere)
  const reading = (face: Face) => {
    read.push(face)
    return fontFiles.read(face)
  }
  const typesetter = await openTypesetter([copy], faces, reading, shape)
  return { line: typesetter.set(copy, style, dir), read, typesetter }
}

/** What of a line is drawn, without where it stands. */
const drawn = ({ shapes }: SetLine) => shapes.map(({ path }) => path).join()

describe('the fonts of cards', () => {
  const samples = {
    en: '“Don’t”: a 5.6-billion office—affair (94%) & more…',
    fr: 'À l’œuvre : « ça » coûte 12 000 €',
    de: 'Größe, Maß und „Übermut“',
    pl: 'Zażółć gęślą jaźń ŚĆŹŁÓ',
    ca: 'Paral·lel, col·lecció i l’accés',
    es: '¿Qué? ¡Año 2024!',
    'pt-BR': 'São ações à mão',
    it: 'Perché la società è più',
    ar: 'شراكة «ميسترال» مع Microsoft في 2024: مراجعة؟ طريقاً ٣٪',
    'zh-Hans': '微软与“米斯特拉尔”：二十亿美元，囊中羞涩（94%）',
    ja: '英当局、「提携」を調べ、企業結合とは認めず（91％）ー々',
  }

  test.each(Object.entries(samples))('have a glyph for every character of %s', async (lang, text) => {
    const faces = await fontFiles.faces()
    const missing: string[] = []
    for (const character of new Set(text.replace(/\s/g, ''))) {
      const point = character.codePointAt(0) ?? 0
      let has = false
      for (const face of facesFor(faces, point, lang)) has ||= (await openFont(await fontFiles.read(face))).has(point)
      if (!has) missing.push(character)
    }
    expect(missing).toEqual([])
    const { line } = await set({ text, lang }, lang === 'ar' ? 'rtl' : 'ltr')
    expect(line.width).toBeGreaterThan(500)
  })

  test('are read only as far as a card needs them', async () => {
    const latin = await set({ text: 'Harbour closes', lang: 'en' })
    expect(latin.read.map(({ family }) => family)).toEqual(['source-serif-4'])
    const polish = await set({ text: 'Zażółć', lang: 'pl' })
    expect(polish.read).toHaveLength(2)
  })

  test('draw a character that Japanese and Chinese share as each of them writes it', async () => {
    const [ja, zh, en] = await Promise.all(['ja', 'zh-Hans', 'en'].map((lang) => set({ text: '直骨', lang })))
    expect(ja && zh && drawn(ja.line) !== drawn(zh.line)).toBe(true)
    expect(ja?.read.every(({ family }) => family === 'noto-serif-jp' || family === 'source-serif-4')).toBe(true)
    expect(zh?.read.some(({ family }) => family === 'noto-serif-sc')).toBe(true)
    expect(en && drawn(en.line)).toBe(ja && drawn(ja.line))
  })

  test('are refused where they are none', async () => {
    await expect(openFont(new Uint8Array(new TextEncoder().encode('<!doctype html>'.repeat(9))))).rejects.toThrow('not a WOFF')
  })
})

describe('what no font has', () => {
  test('is left out, and in a word an ellipsis stands for it: never an empty box', async () => {
    const { typesetter } = await set({ text: 'A 🚀 rocket and 한국어 word', lang: 'en' })
    const { lines } = typesetter.wrap({ text: 'A 🚀 rocket and 한국어 word', lang: 'en' }, style, 9999, 1)
    expect(lines).toEqual(['A rocket and … word'])
  })

  test.each([
    ['he', 'בריסל מוסיפה את Mistral לרשימת הקריאה', 'בריסל ו־Mistral AI'],
    ['ko', '브뤼셀, Mistral을 읽을 목록에 올리다', 'Mistral과 AI'],
    ['hi', 'ब्रुसेल्स ने Mistral को अपनी सूची में रखा', 'Mistral और AI'],
  ])('leaves no title of “…” in %s: a text with more letters missing than there is left out', async (lang, most, least) => {
    const { typesetter } = await set({ text: most + least, lang })
    const lines = (text: string) => typesetter.wrap({ text, lang }, style, 9999, 1).lines
    expect(lines(most)).toEqual([])
    expect(lines(least).join()).toContain('Mistral')
    expect(lines(least).join()).toContain('…')
  })

  test('is known of a language beforehand, and of none that the site has', async () => {
    const faces = await fontFiles.faces()
    expect(undrawnOf(openLocales(kit.locales), faces)).toEqual([])
    expect(undrawnOf(['en', 'he', 'vi', 'ko', 'hi', 'el', 'ru', 'th', 'fa'], faces)).toEqual(['he', 'ko', 'hi', 'th'])
    expect(
      undrawnOf(
        openLocales(kit.locales),
        faces.filter(({ family }) => family === 'source-serif-4'),
      ),
    ).toEqual(['ar', 'zh-Hans', 'ja'])
  })

  test('leaves a card with the name of the site and the bar, and nothing in the place of the rest', async () => {
    const card: ShareCard = {
      locale: 'he',
      siteName: 'Vernacular',
      kind: 'תקציר אירוע',
      topic: { lang: 'he', text: 'שותפות' },
      title: { lang: 'he', text: 'בריסל מוסיפה חברה לרשימת הקריאה' },
      confidence: 0.68,
      stated: 'רמת ביטחון בינונית (68%)',
      date: '1 במרץ 2024',
    }
    await startResvg(fontFiles.wasm)
    const draw = async (each: ShareCard) =>
      pictureOf(each, await openTypesetter(copiesOf(each), await fontFiles.faces(), fontFiles.read, shape))
    const bare = await draw({
      ...card,
      kind: '',
      topic: { lang: 'he', text: '' },
      title: { lang: 'he', text: '' },
      stated: '',
      date: '',
    })
    expect(await draw(card)).toBe(bare)
    expect(bare).toContain('width="150" height="8"')
    const translated = await draw({ ...card, title: { lang: 'en', text: 'Brussels adds Mistral to its list' } })
    expect(translated.length).toBeGreaterThan(bare.length + 1000)
  })

  test('would be noticed: without the slices of its script, a text comes out without its letters', async () => {
    const copy = { text: '企業結合', lang: 'ja' }
    const without = await set(copy, 'ltr', ({ family }) => family === 'source-serif-4')
    expect(drawn(without.line)).toBe('')
    expect(drawn((await set(copy)).line)).not.toBe(drawn(without.line))
  })
})

describe('Arabic', () => {
  const word = 'مراجعة'

  test('is joined: a word is not the letters that it is written with, side by side', async () => {
    const letters = 'تنظيمية'
    const joined = await set({ text: letters, lang: 'ar' }, 'rtl')
    const apart = await set({ text: [...letters].join('\u200c'), lang: 'ar' }, 'rtl')
    expect(joined.line.width).toBeLessThan(apart.line.width * 0.9)
    expect(joined.line.shapes).toHaveLength(1)
  })

  test('runs from the right: the first letter of a word is its rightmost', async () => {
    const extent = (path: string) => {
      const across = [...path.matchAll(/[MLQC] (-?[\d.]+)/g)].map(([, x]) => Number(x))
      return [Math.min(...across), Math.max(...across)] as const
    }
    // Alef with madda is the only letter of this word that rises above two thirds of an em.
    const { line } = await set({ text: 'آخر', lang: 'ar' }, 'rtl')
    const paths = line.shapes[0]?.path.split(/(?=M )/) ?? []
    const tallest = paths.toSorted((one, other) => top(one) - top(other))[0] ?? ''
    expect(extent(tallest)[0]).toBeGreaterThan(line.width / 2)
  })

  test('stands with Latin names and numbers in the order in which it is read', async () => {
    const { line } = await set({ text: 'شراكة Microsoft في 2024!', lang: 'ar' }, 'rtl')
    const name = await set({ text: 'Microsoft', lang: 'ar' }, 'ltr')
    const year = await set({ text: '2024', lang: 'ar' }, 'ltr')
    const mark = await set({ text: '!', lang: 'ar' }, 'ltr')
    const places = [mark, year, name].map((each) => line.shapes.find(({ path }) => path === drawn(each.line))?.at ?? Number.NaN)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBe(0)
    const first = await set({ text: 'شراكة', lang: 'ar' }, 'rtl')
    expect(line.shapes.at(-1)?.path).toBe(drawn(first.line))
  })

  test('mirrors brackets, and leaves them as they are in a line that runs to the right', async () => {
    const [opens, closes] = await Promise.all(['(', ')'].map((text) => set({ text, lang: 'en' })))
    const inArabic = await set({ text: `(${word})`, lang: 'ar' }, 'rtl')
    expect(inArabic.line.shapes[0]?.path).toBe(opens && drawn(opens.line))
    expect(inArabic.line.shapes.at(-1)?.path).toBe(closes && drawn(closes.line))
  })
})

function top(path: string): number {
  return Math.min(...[...path.matchAll(/[MLQC] -?[\d.]+ (-?[\d.]+)/g)].map(([, y]) => Number(y)))
}

describe('lines in real fonts', () => {
  const parts = [
    'شراكة',
    '«ميسترال»',
    'Microsoft',
    'Vereinbarung',
    'żółć',
    '英当局、提携を',
    '企業結合。',
    '(2024)',
    '15%',
    'AVAVA',
    '🚀',
    '한국',
  ]

  test('are no wider than their box, whatever scripts and directions they mix', async () => {
    await startResvg(fontFiles.wasm)
    const faces = await fontFiles.faces()
    const text = fc
      .array(fc.constantFrom(...parts, 'W'.repeat(90)), { minLength: 1, maxLength: 14 })
      .map((each) => each.join(' '))
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('en', 'ar', 'ja', 'zh-Hans'), async (typed, lang) => {
        const typesetter = await openTypesetter([{ text: typed, lang }], faces, fontFiles.read, shape)
        const { lines } = typesetter.wrap({ text: typed, lang }, { size: 72 }, 1048, 4)
        expect(lines.length).toBeLessThanOrEqual(4)
        const wide = lines.map((line) => typesetter.set({ text: line, lang }, { size: 72 }, lang === 'ar' ? 'rtl' : 'ltr').width)
        expect(Math.max(0, ...wide)).toBeLessThan(1048 * 1.01)
      }),
      { numRuns: rounds(25) },
    )
  })
})
