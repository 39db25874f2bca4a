import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aTranslation, withPassage } from '../support/briefings'
import { launch, reader } from '../support/browser'
import { loadInto } from '../support/load'
import { type RunningServer, startServer } from '../support/server'

const texts = {
  en: `The port moved less[^weight], and earned more.

### By year

| Year | Goods unloaded | Tonnes[^weight] | Revenue | Change |
|---|---|--:|--:|:-:|
| 2021 | Containers and refrigerated goods | 1,204,500 | €12.4 million | up |
| 2022 | Timber | 98,300 | €9.1 million | down |

#### What follows

The *second* quay stays open.

[^weight]: Measured by **weight**, as [the port](https://port.example/) reports it.`,
  ar: `نقل الميناء بضائع أقل[^weight] وكسب أكثر.

### حسب السنة

| السنة | البضائع المفرغة | الأطنان[^weight] | الإيرادات | التغير |
|---|---|--:|--:|:-:|
| 2021 | حاويات وبضائع مبردة | 1,204,500 | 12.4 مليون يورو | زيادة |
| 2022 | أخشاب | 98,300 | 9.1 مليون يورو | نقصان |

#### ما يتبع ذلك

يبقى الرصيف *الثاني* مفتوحاً.

[^weight]: مقيسة **بالوزن** كما يعلنها [الميناء](https://port.example/).`,
  ja: `港の貨物は減り[^weight]、収入は増えた。**「第二埠頭」**は開いている。

### 年ごと

| 年 | 荷揚げされた貨物 | トン数[^weight] | 収入 | 増減 |
|---|---|--:|--:|:-:|
| 2021 | コンテナと冷蔵貨物 | 1,204,500 | 1240万ユーロ | 増 |
| 2022 | 木材 | 98,300 | 910万ユーロ | 減 |

#### その後

*第二*埠頭は開いたままである。

[^weight]: **重量**による。[港](https://port.example/)の発表。`,
}

const briefing = withPassage(texts.en)
const translated = (locale: 'ar' | 'ja') => {
  const text = texts[locale]
  const segments = { 'body.trade': text, 'body.more': '', 'body.more.heading': '', context: text, 'sections.open': text }
  return aTranslation(briefing, locale, { segments })
}

const windows = [
  { name: 'a desk by day', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' } },
  {
    name: 'a small phone by night',
    options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark', reducedMotion: 'reduce' },
  },
] as const

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ ORIGIN: 'http://127.0.0.1', SAMPLES: 'off' })
  browser = await launch()
  loadInto(server, briefing, translated('ar'), translated('ja'))
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const address = '/briefings/harbour-closes'
const pages = [`/en${address}`, `/ar${address}`, `/ar${address}/bilingual`, `/ja${address}`, `/ja${address}/bilingual`]

describe('passages with tables, footnotes and sub-headings', () => {
  for (const { name, options } of windows) {
    test(`have nothing that axe finds, and fit, at ${name}`, async () => {
      const { page, context, complaints } = await reader(browser, { ...options, bypassCSP: true })
      const faults: string[] = []
      for (const path of pages) {
        await page.goto(server.url + path)
        const { violations } = await new AxeBuilder({ page }).analyze()
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html.slice(0, 160)}`)))
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (overflow !== 0) faults.push(`${path} is ${overflow} pixels wider than the window`)
        const folder = process.env['PICTURES']
        if (folder)
          await page.screenshot({ path: `${folder}/${path.replace(/\W+/g, '-')}-${options.viewport.width}.png`, fullPage: true })
      }
      await context.close()
      expect([...faults, ...complaints]).toEqual([])
    })
  }

  test('begin a table at the right in Arabic, and set units under one another in both directions', async () => {
    const { page, context } = await reader(browser, windows[0].options)
    const edges = `[...document.querySelectorAll('#body\\\\.trade tbody tr')].map((row) => {
      const [first, , number] = row.cells
      const range = document.createRange()
      range.selectNodeContents(number)
      return [first.getBoundingClientRect().left, number.getBoundingClientRect().left, range.getBoundingClientRect().right]
    })`
    for (const [locale, isFirstAtRight] of [
      ['en', false],
      ['ar', true],
    ] as const) {
      await page.goto(`${server.url}/${locale}${address}`)
      const rows = (await page.evaluate(edges)) as [number, number, number][]
      expect(rows).toHaveLength(2)
      for (const [first, number] of rows) expect(first > number).toBe(isFirstAtRight)
      expect(Math.abs((rows[0]?.[2] ?? 0) - (rows[1]?.[2] ?? 9))).toBeLessThan(1)
    }
    await context.close()
  })

  test('let a reader scroll a wide table by keyboard, and go to a footnote and back', async () => {
    const { page, context } = await reader(browser, windows[1].options)
    await page.goto(`${server.url}/en${address}`)
    const table = page.getByRole('region', { name: 'The trade: table 1' })
    await table.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.evaluate('document.activeElement.scrollLeft')).toBeGreaterThan(0)
    await page.getByLabel('Note 1', { exact: true }).first().click()
    expect(new URL(page.url()).hash).toBe('#note-body.trade:1')
    await page.getByLabel('Note 1: back to place 2 in the text').first().click()
    expect(new URL(page.url()).hash).toBe('#mark-body.trade:1:2')
    await context.close()
  })
})
