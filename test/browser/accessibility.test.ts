import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, reader } from '../support/browser'
import { type RunningServer, startServer } from '../support/server'

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ ORIGIN: 'http://127.0.0.1' })
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const windows = [
  { name: 'a desk by day', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' } },
  {
    name: 'a small phone by night',
    options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark', reducedMotion: 'reduce' },
  },
] as const

const paths = (locale: string) => [
  `/${locale}/`,
  `/${locale}/?impact=high`,
  `/${locale}/confidence`,
  `/${locale}/translations`,
  `/${locale}/newsletter`,
  `/${locale}/search?q=microsoft`,
  `/${locale}/search?q=%22qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq%22&impact=high`,
  `/${locale}/briefings/microsoft-mistral-ai-partnership`,
  `/${locale}/briefings/microsoft-ai-access-principles`,
  `/${locale}/briefings/microsoft-ai-access-principles/bilingual`,
  `/${locale}/briefings/uk-merger-case-microsoft-mistral/changes`,
  `/${locale}/briefings/microsoft-mistral-ai-partnership/share`,
  `/${locale}/briefings/uk-merger-case-microsoft-mistral/embed`,
  `/${locale}/join/circle`,
  `/${locale}/join/alliance`,
  `/${locale}/account`,
  `/${locale}/account/deleted`,
  `/${locale}/nothing-here`,
  `/${locale}/about`,
  `/${locale}/privacy`,
  `/${locale}/contact`,
  ...(locale === 'en' ? ['/api/docs'] : []),
]

describe('axe finds nothing, nothing overflows and the browser does not complain', () => {
  for (const { name, options } of windows) {
    for (const locale of ['en', 'es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja']) {
      test(`in ${locale}, at ${name}`, async () => {
        const { page, context, complaints } = await reader(browser, { ...options, bypassCSP: true, locale })
        const faults: string[] = []
        for (const path of paths(locale)) {
          await page.goto(server.url + path)
          await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
          const { violations } = await new AxeBuilder({ page }).analyze()
          faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html.slice(0, 160)}`)))
          const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
          if (overflow !== 0) faults.push(`${path} is ${overflow} pixels wider than the window`)
        }
        await context.close()
        expect([...faults, ...complaints]).toEqual([])
      })
    }
  }

  test('and would find a picture without a text and a text without contrast', async () => {
    const { page } = await reader(browser, { bypassCSP: true })
    await page.goto(`${server.url}/en/`)
    await page.evaluate(
      "document.querySelector('main').innerHTML = '<h1>x</h1><img src=x><p style=\"color:#bbb;background:#fff\">pale</p>'",
    )
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']))
  })
})
