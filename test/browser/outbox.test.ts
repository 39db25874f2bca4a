import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, reader } from '../support/browser'
import { type RunningServer, root, startServer } from '../support/server'

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ ORIGIN: 'http://127.0.0.1', SAMPLES: 'off' })
  for (const locale of ['pl', 'ar', 'ja']) {
    const env = { PATH: process.env['PATH'], ...server.environment }
    spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), 'mail', `${locale}@example.com`, '--locale', locale], { env })
  }
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

describe('a developer’s outbox', () => {
  test.each([
    ['en', 'light', 1280],
    ['ar', 'dark', 320],
  ] as const)(
    'in %s, %s and %s pixels wide, has nothing that axe finds, nor have its mails',
    async (locale, colorScheme, width) => {
      const { page, context, complaints } = await reader(browser, {
        locale,
        colorScheme,
        viewport: { width, height: 800 },
        bypassCSP: true,
        reducedMotion: 'reduce',
      })
      const faults: string[] = []
      await page.goto(`${server.url}/outbox`)
      const mails = await page
        .locator('a[href^="/outbox/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
      expect(mails).toHaveLength(3)
      for (const path of ['/outbox', ...mails]) {
        await page.goto(server.url + path)
        const { violations } = await new AxeBuilder({ page }).disableRules(path === '/outbox' ? [] : pageRules).analyze()
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html.slice(0, 160)}`)))
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (overflow !== 0) faults.push(`${path} is ${overflow} pixels wider than the window`)
      }
      await context.close()
      expect([...faults, ...complaints]).toEqual([])
    },
  )

  test('shows a mail as its reader would see it, runs nothing in it, and leads where the mail leads', async () => {
    const { page, context } = await reader(browser, { locale: 'ar' })
    await page.goto(`${server.url}/outbox`)
    await page.locator('section', { hasText: 'ar@example.com' }).locator('a[href^="/outbox/"]').click()
    const styleOf = (selector: string, name: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${name}`)
    expect(await styleOf('a', 'backgroundColor')).toBe('rgb(36, 91, 95)')
    expect(await styleOf('div', 'direction')).toBe('rtl')
    expect(await page.evaluate('self.origin')).toBe('null')
    await page.route('http://127.0.0.1/ar/', (route) => route.fulfill({ body: 'there' }))
    await page.locator('a', { hasText: 'الانتقال إلى الإحاطات' }).click()
    await page.waitForURL('http://127.0.0.1/ar/')
    await context.close()
  })
})

/** Rules about what a page of a site has and a mail has not: landmarks, and a heading of the first level. */
const pageRules = ['landmark-one-main', 'page-has-heading-one', 'region']
