import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { charactersOf } from '../../src/sharing/line-breaks'
import { type Measure, wrap } from '../../src/sharing/lines'
import { rounds } from '../support/rounds'

/** A measure that anybody can follow: ten to a character, twenty to one as wide as it is high. */
const measure: Measure = (text) =>
  charactersOf(text).reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(character) ? 20 : 10), 0)
const box = { width: 200, space: 10, most: 99 }
const linesOf = (text: string, locale = 'en') => wrap(text, locale, measure, box).lines

/** A line with the spaces that are in it. */
const widthOf = (line: string) =>
  line.split(' ').reduce((sum, word, index) => sum + measure(word) + (index > 0 ? box.space : 0), 0)
const bare = (text: string) => text.replace(/\s+/g, '')

const words = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'日本語、。「」（）ーっプリンタ年2024AI—-'), maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'مراجعة«»؟ً'), maxLength: 12 }),
    fc.constantFrom('👩‍👩‍👧', 'e\u0301', 'half-open', 'l·l', 'x'.repeat(300)),
  ),
  { maxLength: 12 },
)
const locale = fc.constantFrom('en', 'ar', 'ja', 'zh-Hans', 'pl')

describe('a title set into lines', () => {
  test('loses nothing, and no line is wider than its box, whatever was typed', () => {
    fc.assert(
      fc.property(words, locale, (typed, language) => {
        const text = typed.join(' ')
        const { lines, isCut } = wrap(text, language, measure, box)
        expect(isCut).toBe(false)
        expect(lines.map(bare).join('')).toBe(bare(text))
        expect(lines.filter((line) => widthOf(line) > box.width)).toEqual([])
        expect(lines.filter((line) => line.trim() === '')).toEqual([])
      }),
      { numRuns: rounds(500) },
    )
  })

  test('is cut with an ellipsis where there is more than the lines that there may be, and what stands is its beginning', () => {
    fc.assert(
      fc.property(words, locale, fc.integer({ min: 1, max: 4 }), (typed, language, most) => {
        const text = typed.join(' ')
        const { lines, isCut } = wrap(text, language, measure, { ...box, most })
        expect(lines.length).toBeLessThanOrEqual(most)
        expect(lines.filter((line) => widthOf(line) > box.width)).toEqual([])
        if (!isCut) return
        expect(lines.at(-1)?.endsWith('…')).toBe(true)
        expect(bare(text).startsWith(bare(lines.join('')).replace(/…$/, ''))).toBe(true)
      }),
    )
  })

  test('is in as few lines as there can be, of about the same length', () => {
    expect(linesOf('one two three four five six')).toEqual(['one two three', 'four five six'])
    expect(linesOf('short')).toEqual(['short'])
    expect(linesOf('')).toEqual([])
  })

  test('breaks no character, and a word only where it has no line of its own', () => {
    const family = '👩‍👩‍👧'
    expect(linesOf(family.repeat(30)).every((line) => line.length % family.length === 0)).toBe(true)
    expect(linesOf(`a ${'x'.repeat(20)} b`)).toContain('x'.repeat(20))
    expect(linesOf('paral·lels paral·lels paral·lels')).toEqual(['paral·lels', 'paral·lels', 'paral·lels'])
    expect(linesOf('well-being half-open long-term high-risk').every((line) => !line.startsWith('-'))).toBe(true)
  })

  test.each([
    ['ja', '「提携」は、両社にとって「合併」ではない。英当局はそう判断した、という。'],
    ['ja', 'マイクロソフトとミストラルのパートナーシップは、キャッシュより、チャンスだ。'],
    ['zh-Hans', '微软与“米斯特拉尔”的合作，不是《并购》；英国监管机构（CMA）这样认为。'],
  ])('begins no line in %s with what closes, and ends none with what opens: %s', (language, text) => {
    for (let width = 200; width <= 400; width += 20) {
      const { lines } = wrap(text, language, measure, { ...box, width })
      expect(lines.join('')).toBe(text)
      expect(lines.length).toBeGreaterThan(1)
      expect(lines.filter((line) => /^[、。，；」』）》”ーっッャュョ]/.test(line))).toEqual([])
      expect(lines.filter((line) => /[「『（《“]$/.test(line))).toEqual([])
    }
  })

  test('keeps a number with what it counts, and a particle with its word', () => {
    for (let width = 80; width <= 300; width += 20) {
      const { lines } = wrap('調査は2024年に始まり2025年に終わった', 'ja', measure, { ...box, width })
      expect(lines.filter((line) => /^(年|は|に)/.test(line) || /\d$/.test(line))).toEqual([])
    }
  })
})
