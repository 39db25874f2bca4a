import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import SQLite from 'better-sqlite3'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOfSecret, newSecret } from '../../src/secrets/secret'
import { launch, reader } from '../support/browser'
import { type RunningServer, startServer } from '../support/server'

const slug = 'microsoft-ai-access-principles'
let server: RunningServer
let browser: Browser
let session: string

beforeAll(async () => {
  server = await startServer({ COMMENTS: 'on', ORIGIN: 'http://127.0.0.1' })
  session = newSecret()
  const database = new SQLite(server.environment['DATABASE_PATH'] ?? '')
  const at = new Date().toISOString()
  const { id } = database.prepare('select id from briefing where slug = ?').get(slug) as { id: string }
  database
    .prepare(
      "insert into person (id, address, locale, tier, tier_id, joined_at) values ('ada', 'ada@example.com', 'es', 1, 'circle', ?)",
    )
    .run(at)
  database
    .prepare("insert into session values (?, 'ada', 'one', '', ?, ?, '2099-01-01')")
    .run(await hashOfSecret(session), at, at)
  const comment = database.prepare(
    "insert into comment (briefing_id, locale, person_id, name, text, sent_at, state, decided_at) values (?, ?, 'ada', ?, ?, ?, 'accepted', ?)",
  )
  comment.run(id, 'es', 'Ada', 'El plazo parece corto.\n\n¿Hay otra fuente?', at, at)
  comment.run(id, 'ar', '', 'هل صدر قرار آخر بعد ذلك؟', at, at)
  comment.run(id, 'en', 'x'.repeat(60), 'y'.repeat(400), at, at)
  database.close()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

/** A folder in which to leave pictures of the pages, for whoever wants to look at them. */
const pictures = process.env['PICTURES']

describe('the pages on which readers write', () => {
  test.each([
    ['es', 'light', 1280],
    ['ar', 'dark', 320],
    ['ja', 'light', 390],
    ['en', 'dark', 1280],
  ] as const)(
    'in %s, %s and %s pixels wide, have nothing that axe finds, with and without faults',
    async (locale, colorScheme, width) => {
      const { page, context, complaints } = await reader(browser, {
        locale,
        colorScheme,
        viewport: { width, height: 800 },
        javaScriptEnabled: true,
        bypassCSP: true,
        reducedMotion: 'reduce',
      })
      const faults: string[] = []
      async function look(name: string) {
        const { violations } = await new AxeBuilder({ page }).analyze()
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name} ${id}: ${html.slice(0, 160)}`)))
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (overflow !== 0) faults.push(`${name} is ${overflow} pixels wider than the window`)
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${locale}-${width}.png`), fullPage: true })
      }
      const address = `${server.url}/${locale}/briefings/${slug}`
      if (locale !== 'en') {
        await page.goto(`${address}/report`)
        await look('report')
        await page.locator('select[name=segment]').selectOption('title')
        await page.locator('input[value=other]').check()
        await page.locator('form[enctype] button').click()
        await page.locator('.flaw').waitFor()
        expect(await page.locator('select[name=segment]').inputValue()).toBe('title')
        await look('report-flawed')
        await page.locator('textarea').fill('A word.')
        await page.locator('form[enctype] button').click()
        await page.waitForURL(`${address}/report/sent`)
        await look('report-sent')
      }
      await page.goto(`${address}/comments`)
      await look('comments')
      await context.addCookies([{ name: 'session', value: session, url: server.url }])
      await page.goto(`${address}/comments`)
      await page.locator('textarea').fill(`Finch ${locale}`)
      await look('comments-signed-in')
      await page.locator('form[enctype] button').click()
      await page.waitForURL(`${address}/comments/held`)
      await look('comment-held')
      await page.goto(`${address}/comments`)
      expect(await page.content()).not.toContain('Finch')
      await page.goto(address)
      expect(await page.locator('.forms a[href$="/comments"]').count()).toBe(1)
      if (pictures) await page.locator('.judgement').screenshot({ path: join(pictures, `links-${locale}-${width}.png`) })
      await context.close()
      expect([...faults, ...complaints.filter((each) => !each.includes('400 (Bad Request)'))]).toEqual([])
    },
  )
})
