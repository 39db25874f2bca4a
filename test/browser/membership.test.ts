import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPerson, writeToSetRole } from '../../src/members/person-store'
import { openSqlite } from '../../src/storage/sqlite'
import { launch, reader } from '../support/browser'
import { type RunningServer, root, startServer } from '../support/server'

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

const slug = 'microsoft-mistral-ai-partnership'

/** The words of the site in a language. */
function wordsIn(locale: string): (key: string) => string {
  const catalog = JSON.parse(readFileSync(join(root, `locales/${locale}/site.json`), 'utf8')) as Record<string, string>
  return (key) => catalog[key] ?? key
}

/**
 * What is wrong with a page as its reader has it: what axe finds, and what does not fit the window. Axe itself is a script, so
 * that the page of a reader without them is opened once more, with their cookies, where no script of the site arrives.
 */
async function faultsOf(seen: Page, options: BrowserContextOptions): Promise<readonly string[]> {
  if (options.javaScriptEnabled !== false) return await faultsIn(seen)
  const storageState = await seen.context().storageState()
  const { page, context } = await reader(browser, { ...options, storageState, javaScriptEnabled: true })
  await context.route('**/*.js', (route) => route.abort())
  await page.goto(seen.url())
  expect(await page.locator('h1').textContent()).toBe(await seen.locator('h1').textContent())
  const faults = await faultsIn(page)
  await context.close()
  return faults
}

async function faultsIn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  return [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html.slice(0, 160)}`)),
    ...(overflow === 0 ? [] : [`${page.url()} is ${overflow} pixels wider than the window`]),
  ]
}

const pathOf = (page: Page) => decodeURIComponent(new URL(page.url()).pathname)

/** Asks for a link on the page to sign in, takes it from the outbox and presses the button where it leads. */
async function signInByMail(page: Page, address: string, locale: string, look: () => Promise<void>): Promise<void> {
  const t = wordsIn(locale)
  await look()
  await page.getByLabel(t('sign-in.address')).fill(address)
  await page.getByRole('button', { name: t('sign-in.send') }).click()
  await page.waitForURL(`**/${locale}/sign-in/sent*`)
  await look()
  await page.goto(`${server.url}/outbox`)
  const link = page.locator('section', { hasText: address }).locator('a[href*="/sign-in/vern_"]').first()
  await page.goto(server.url + new URL((await link.getAttribute('href')) ?? '').pathname)
  await look()
  await page.getByRole('button', { name: t('sign-in.confirm.button') }).click()
  await page.waitForURL(({ pathname }) => !pathname.includes('/sign-in/')) // All of it has arrived then.
}

async function makeEditor(address: string): Promise<void> {
  const database = openSqlite(server.environment['DATABASE_PATH'] ?? '')
  const person = await findPerson(database, { address })
  await database.atomically([writeToSetRole(database, person?.id ?? '', { name: 'editor', locale: 'all' }, true)])
  database.close()
}

const journeys: readonly (readonly [string, string, BrowserContextOptions])[] = [
  ['English, at a desk', 'en', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  [
    'Arabic, on a phone by night and without JavaScript',
    'ar',
    { viewport: { width: 320, height: 640 }, colorScheme: 'dark', javaScriptEnabled: false },
  ],
]

describe.each(journeys)('a reader in %s', (_name, locale, options) => {
  test('joins by a link, is admitted by an editor, reads it all and leaves', async () => {
    const t = wordsIn(locale)
    const still = { ...options, locale, bypassCSP: true, reducedMotion: 'reduce' } as const
    const { page, context, complaints } = await reader(browser, still)
    const faults: string[] = []
    const looking = (shown: Page) => async () => {
      faults.push(...(await faultsOf(shown, still)))
    }
    const look = looking(page)
    const briefing = `/${locale}/briefings/${slug}`
    const address = `${locale}.reader@example.com`
    const locked = page.locator('section.locked')

    await page.goto(server.url + briefing)
    const atFirst = await locked.count()
    await page
      .getByRole('link', { name: t('tier.circle.join') })
      .first()
      .click()
    expect(pathOf(page)).toBe(`/${locale}/join/circle`)
    await look()
    await page.getByRole('link', { name: t('sign-in.title') }).click()
    await signInByMail(page, address, locale, look)
    expect(pathOf(page)).toBe(briefing)
    const withCircle = await locked.count()
    expect(withCircle).toBeLessThan(atFirst)
    expect(await page.locator('.members .passage').count()).toBeGreaterThan(0)

    await page
      .getByRole('link', { name: t('tier.alliance.join') })
      .first()
      .click()
    expect(pathOf(page)).toBe(`/${locale}/join/alliance`)
    await look()
    await page.getByLabel(t('join.role')).fill('Analyst')
    await page.getByLabel(t('join.organisation')).fill('Port of Sète')
    await page.getByLabel(t('join.reason')).fill('We plan berths.')
    await page.getByRole('button', { name: t('join.send') }).click()
    await page.locator('.state').waitFor()
    await look()

    const editor = await reader(browser, still)
    const lookAsEditor = looking(editor.page)
    await editor.page.goto(`${server.url}/${locale}/account`)
    await signInByMail(editor.page, `${locale}.editor@example.com`, locale, lookAsEditor)
    expect(pathOf(editor.page)).toBe(`/${locale}/account`)
    await makeEditor(`${locale}.editor@example.com`)
    await editor.page.goto(`${server.url}/${locale}/account`)
    await lookAsEditor()
    await editor.page.locator(`a[href="/${locale}/account/requests"]`).click()
    await lookAsEditor()
    await editor.page
      .locator('section', { hasText: address })
      .getByRole('button', { name: t('request.grant') })
      .click()
    await editor.page.getByText(t('request.none')).waitFor()
    await lookAsEditor()

    await page.goto(server.url + briefing)
    expect(await locked.count()).toBe(0)
    expect(await page.locator('.members .passage').count()).toBeGreaterThan(1)
    await page.goto(`${server.url}/outbox`)
    await page.locator('section', { hasText: address }).getByText(t('tier.alliance.granted.subject')).first().waitFor()

    await page.goto(`${server.url}/${locale}/account`)
    await look()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: t('account.export') }).click()
    const kept = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as { person: unknown }
    expect(kept.person).toMatchObject({ address, locale, tier: 'alliance' })

    await page.getByRole('link', { name: t('account.delete') }).click()
    await look()
    await page.getByRole('button', { name: t('account.delete.button') }).click()
    await page.waitForURL(`**/${locale}/account/deleted`)
    await look()
    await page.goto(`${server.url}/${locale}/account`)
    expect(pathOf(page)).toBe(`/${locale}/sign-in`)
    await page.goto(server.url + briefing)
    expect(await locked.count()).toBe(atFirst)

    await editor.context.close()
    await context.close()
    expect([...faults, ...complaints, ...editor.complaints]).toEqual([])
  })
})
