import { beforeAll, describe, expect, test } from 'vitest'
import { proseOf } from '../../src/translations/checks/prose'
import { aTranslation, withPassage } from '../support/briefings'
import { tagsOf } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const english = `Trade fell[^1].

### By year

| Year | Tonnes[^1] |
|---|--:|
| 2023 | 1,200 |

[^1]: By weight.`

const arabic = `تراجعت التجارة[^1].

### حسب السنة

| السنة | الأطنان[^1] |
|---|--:|
| 2023 | 1,200 |

[^1]: بحسب الوزن.`

const briefing = withPassage(english)

const attributesOf = (html: string, name: string) => tagsOf(html).flatMap(({ attributes }) => attributes.get(name) ?? [])

describe('passages with sub-headings, tables and footnotes', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom()
    const segments = { 'body.trade': arabic, context: arabic }
    await newsroom.load({
      briefing,
      translations: [
        aTranslation(briefing, 'ar', { segments: { title: 'الميناء', 'body.more': '', 'body.more.heading': '', ...segments } }),
      ],
    })
  })
  const page = (path: string) => newsroom.text(`/${path}`)

  test.each(['en/briefings/harbour-closes', 'ar/briefings/harbour-closes', 'ar/briefings/harbour-closes/bilingual'])(
    '%s has each id once, and each link within it leads somewhere',
    async (path) => {
      const html = await page(path)
      const ids = attributesOf(html, 'id')
      expect(new Set(ids).size).toBe(ids.length)
      const within = attributesOf(html, 'href').filter((href) => href.startsWith('#'))
      expect(within.length).toBeGreaterThan(8)
      for (const href of within) expect(ids).toContain(href.slice(1))
    },
  )

  test('are labelled in the language served, each differently', async () => {
    const html = await page('ar/briefings/harbour-closes')
    const labels = attributesOf(html, 'aria-label')
    expect(labels).toContain('ar: The trade: الجدول 1')
    expect(labels).toContain('السياق القانوني وسياق السوق: الحواشي')
    expect(labels).toContain('الحاشية 1: العودة إلى الموضع 2 في النص')
    const regions = tagsOf(html).filter(({ attributes }) => attributes.get('role') === 'region')
    expect(new Set(regions.map(({ attributes }) => attributes.get('aria-label'))).size).toBe(4)
    for (const { attributes } of regions) expect(attributes.get('tabindex')).toBe('0')
  })

  test('that are still in English say so for their tables, and not for the labels', async () => {
    const html = await page('ar/briefings/harbour-closes')
    expect(html).toContain('lang="ar" aria-label="More trade: الجدول 1"><table lang="en">')
  })

  test('have sub-headings one level below their own', async () => {
    const html = await page('en/briefings/harbour-closes')
    expect(html.match(/<h3>By year<\/h3>/g)).toHaveLength(3)
    expect(html.match(/<h4>By year<\/h4>/g)).toHaveLength(1)
    expect((await page('ar/briefings/harbour-closes/bilingual')).match(/<h2>By year<\/h2>/g)).toHaveLength(5)
    const markdown = await page('en/briefings/harbour-closes.md')
    expect(markdown.match(/^### By year$/gm)).toHaveLength(3)
    expect(markdown.match(/^#### By year$/gm)).toHaveLength(1)
  })

  test('have footnotes of their own in the Markdown of the whole', async () => {
    const markdown = await page('en/briefings/harbour-closes.md')
    for (const name of ['trade-1', 'more-1', 'context-1', 'open-1']) expect(markdown).toContain(`[^${name}]: By weight.`)
  })

  test('are in feeds with their tables and footnotes', async () => {
    const feed = await page('ar/feed.json')
    for (const part of ['<table', 'بحسب الوزن.', 'doc-noteref', '<h3>حسب السنة</h3>'])
      expect(JSON.parse(feed).items[0].content_html).toContain(part)
  })

  test('are found by their words', async () => {
    expect(await page('en/search?q=weight')).toContain('harbour-closes')
    expect(await page('ar/search?q=بحسب')).toContain('harbour-closes')
    expect(await page('en/search?q=nowhere')).not.toContain('harbour-closes')
  })

  test('count as structure when a translation is checked', () => {
    expect(Object.fromEntries(proseOf('markdown', english).counts)).toMatchObject({
      heading: 1,
      table: 1,
      row: 2,
      cell: 4,
      footnote: 2,
    })
  })
})
