import { beforeAll, describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, shown } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const slug = 'harbour-closes'
const briefing = aBriefing({ publishedAt: '2024-03-01T09:00:00Z', impact: 'high', confidence: 0.94 })

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom()
  await newsroom.load({
    briefing,
    translations: ['fr', 'it', 'pt-BR', 'zh-Hans', 'ja'].map((tag) => aTranslation(briefing, tag)),
  })
})

const description = (page: string) => attributesOf(page, 'meta', 'content', { name: 'description' })

/** Half-width punctuation between characters of Chinese or Japanese, as code would put it there. */
const halfWidth = (text: string): readonly string[] =>
  text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[:.] ?| \()(?=[\p{L}\p{N}[*])/gu) ?? []

const everywhere = (tag: string) => [
  `/${tag}/`,
  `/${tag}/search?q=harbour`,
  `/${tag}/briefings/${slug}`,
  `/${tag}/briefings/${slug}.md`,
  `/${tag}/briefings/${slug}/share`,
  `/${tag}/confidence`,
  `/${tag}/feed.xml`,
  `/${tag}/feed.json`,
]

describe('what stands between words of the site', () => {
  test.each(['zh-Hans', 'ja'])('is as wide as the characters of %s, on every page and in every form', async (tag) => {
    for (const path of everywhere(tag)) {
      const said = await newsroom.text(path)
      expect([...halfWidth(shown(said)), ...description(said).flatMap(halfWidth)], path).toEqual([])
    }
  })

  test.each(['影响程度: 中', '影響度: 大', '译文 (草稿)', '正直に. 出典', '来源:[甲](乙)'])('would be noticed in %s', (text) => {
    expect(halfWidth(text)).not.toEqual([])
  })

  test('ends a sentence, opens brackets and follows a label as the language has it', async () => {
    const markdown = (tag: string) => newsroom.text(`/${tag}/briefings/${slug}.md`)
    expect(await markdown('zh-Hans')).toContain('- 类别：基础设施')
    expect(await markdown('ja')).toMatch(/^- 地域：.*、/m)
    expect(await markdown('fr')).toMatch(/^- Catégorie\u00a0: /m)
    expect(await markdown('en')).toContain('- Category: Infrastructure')
    expect(await markdown('en')).toMatch(/^1\. \[.*\]\(<.*>\): .* \(.*low.*\)$/m)
    expect(await markdown('ja')).toMatch(/^1\. \[.*\]\(<.*>\)：.*（.*）$/m)
    expect(await newsroom.text('/ja/feed.xml')).toContain('（日本語）</title>')
    expect(await newsroom.text('/fr/feed.xml')).toContain(' (français)</title>')
  })

  test('is in the description of the front page, which is one message', async () => {
    for (const tag of ['en', 'fr', 'ja', 'zh-Hans']) {
      const { t } = newsroom.site.speak(tag)
      const [said = ''] = description(await newsroom.text(`/${tag}/`))
      const stop = tag === 'ja' || tag === 'zh-Hans' ? '。' : '. '
      expect(said.startsWith(t('site.tagline') + stop), said).toBe(true)
      expect(said.length).toBeGreaterThan(t('site.tagline').length + 10)
    }
  })

  test('of a link of a page stays around the link', async () => {
    const page = await newsroom.text(`/fr/briefings/${slug}`)
    expect(shown(page)).toMatch(/\u00a0: JSON Markdown/)
    expect(shown(page)).toContain('Impact\u00a0: Élevé')
  })
})

describe('the impact of a briefing within a line', () => {
  test.each([
    ['en', 'High impact'],
    ['fr', 'Impact élevé'],
    ['it', 'Impatto alto'],
    ['pt-BR', 'Impacto alto'],
    ['zh-Hans', '影响程度：高'],
    ['ja', '影響度：大'],
  ])('is whole words of its language: in %s, %s', async (tag, stated) => {
    for (const path of [`/${tag}/`, `/${tag}/search?q=harbour`, `/${tag}/briefings/${slug}.md`, `/${tag}/feed.xml`]) {
      expect(shown(await newsroom.text(path)), path).toContain(stated)
    }
  })
})

describe('the day of a briefing', () => {
  test.each([
    ['en', 'Published 1 March 2024'],
    ['fr', '1er mars 2024'],
    ['it', '1º marzo 2024'],
    ['pt-BR', '1º de março de 2024'],
  ])('is written on every page as readers of %s write it', async (tag, day) => {
    for (const form of ['', '.md']) expect(shown(await newsroom.text(`/${tag}/briefings/${slug}${form}`))).toContain(day)
  })
})

describe('the confidence of a briefing', () => {
  test('is in percent on the page that explains it, as it is on the briefing, without letters and without what nobody publishes', async () => {
    const page = await newsroom.text('/en/confidence')
    const rows = [...page.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => shown(cell))
    expect(rows.filter((_, place) => place % 2 === 0)).toEqual(['90% – 100%', '75% – 89%', '55% – 74%', '35% – 54%', '10% – 34%'])
    expect(rows.filter((_, place) => place % 2 === 1)[0]).toBe('High confidence, direct sources')
    expect(shown(page)).not.toMatch(/0\.\d|internal|\bA\/B\b/)
    expect(shown(await newsroom.text(`/en/briefings/${slug}`))).toContain('High confidence, direct sources (94%)')
    expect(shown(await newsroom.text('/fr/confidence'))).toContain('90–100\u00a0%')
  })

  test('stays a number from 0 to 1 for programs', async () => {
    const { briefing } = JSON.parse(await newsroom.text(`/en/briefings/${slug}.json`)) as {
      briefing: { facts: { confidence: number; grade: string } }
    }
    expect(briefing.facts).toMatchObject({ confidence: 0.94, grade: 'a' })
  })
})
