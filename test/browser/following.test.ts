import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { launch, reader } from '../support/browser'
import { loadInto } from '../support/load'
import { eventually, freePort, type RunningServer, startServer } from '../support/server'

const briefing = aBriefing()
let server: RunningServer
let origin: string
let browser: Browser

beforeAll(async () => {
  const port = await freePort()
  origin = `http://localhost:${port}`
  server = await startServer({ ORIGIN: origin, PORT: String(port), SAMPLES: 'off' })
  loadInto(server, briefing)
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

/** Opens the newest of so many mails to an address in the outbox, once it is there, and goes where it leads. */
async function openMail(page: Page, address: string, count: number) {
  const mails = page.locator('section', { hasText: address })
  const isThere = async () => {
    await page.goto(`${origin}/outbox`)
    return (await mails.count()) === count
  }
  expect(await eventually(isThere)).toBe(true)
  await page.goto(origin + (await mails.first().locator('a[href^="/outbox/"]').getAttribute('href')))
  await page.goto((await page.locator('a[href]').first().getAttribute('href')) ?? '')
}

describe('a reader who is shown English', () => {
  test.each([
    ['es', 'with scripts, at a desk', { viewport: { width: 1280, height: 900 } }],
    [
      'ar',
      'without scripts, on a phone, in the dark',
      { javaScriptEnabled: false, viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
    ],
  ] as const)(
    'asks from the notice to be told, and is told by mail when theirs has come (%s, %s)',
    async (locale, _how, options) => {
      const { page, context, complaints } = await reader(browser, { locale, ...options })
      const faults: string[] = []
      const look = async () => {
        const hasScripts = !('javaScriptEnabled' in options) // Axe is a script itself.
        if (hasScripts)
          faults.push(...(await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => `${page.url()} ${id}`))
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (overflow !== 0) faults.push(`${page.url()} is ${overflow} pixels too wide`)
      }
      const address = `${locale}@example.com`
      const briefingPage = `${origin}/${locale}/briefings/${briefing.slug}`
      await page.goto(briefingPage)
      expect(await page.locator('article').first().getAttribute('lang')).toBe('en')
      await page.locator('.notice a[href$="/follow"]').click()
      await look()
      await page.fill('input[name=address]', address)
      await page.click('button[name=wish][value=available]')
      await page.waitForURL('**/follow/sent')
      await look()
      await openMail(page, address, 1)
      await look()
      await page.click('main form:not(.switcher form) button')
      await page.waitForURL('**/follow/confirmed')
      await look()

      loadInto(server, briefing, aTranslation(briefing, locale))
      await openMail(page, address, 2)
      expect(page.url()).toBe(briefingPage)
      expect(await page.locator('article').first().getAttribute('lang')).toBe(locale)
      await context.close()
      expect([...faults, ...complaints]).toEqual([])
    },
  )
})
