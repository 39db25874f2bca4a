import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import { launch, reader } from '../support/browser'
import { freePort, root, startServer } from '../support/server'

let browser: Browser
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  browser = await launch()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => await browser.close())

/** The site on this machine, with its outbox, at the address that passkeys are bound to. */
const doors = {
  async Node() {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const server = await startServer({ ORIGIN: origin, PORT: String(port), SAMPLES: 'off' })
    closing.push(() => server.remove())
    return origin
  },
  async Worker() {
    const worker = { configPath: `${root}/wrangler.toml` }
    const harness = createTestHarness({ workers: [worker] })
    closing.push(() => harness.close())
    const { url } = await harness.listen()
    const origin = `http://localhost:${url.port}`
    await harness.update({ workers: [{ ...worker, vars: { ORIGIN: origin } }] })
    await harness.getWorker().applyD1Migrations('DB' as never)
    return origin
  },
}

/** A device with a fingerprint reader, as Chromium pretends one. `isTheirs`: whether the right finger lies on it. */
async function device(page: Page, isTheirs = true) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: isTheirs,
      automaticPresenceSimulation: true,
    },
  })
  return {
    holds: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    takeFinger: (isTheirsNow: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isTheirsNow }),
  }
}

/** Signs in by the link in the mail that the outbox shows. */
async function signInByMail(page: Page, origin: string, locale: string, address: string) {
  await page.goto(`${origin}/${locale}/sign-in?next=/${locale}/account/passkeys`)
  await page.fill('#address', address)
  await page.click('main form button[type=submit]')
  await page.goto(`${origin}/outbox`)
  const mail = page.locator('section', { hasText: address }).locator('a[href^="/outbox/"]').first()
  await page.goto(origin + (await mail.getAttribute('href')))
  await page.goto((await page.locator('a[href*="/sign-in/"]').first().getAttribute('href')) ?? '')
  await page.click('main form button')
  await page.waitForURL('**/account/passkeys')
}

describe.each(['Node', 'Worker'] as const)('a passkey, on the %s door', (door) => {
  test('is added by somebody who is signed in, signs them in again, and is worth nothing once it is removed', async () => {
    const origin = await doors[door]()
    const { page, context, complaints } = await reader(browser, { locale: 'pl', bypassCSP: true })
    const { holds, takeFinger } = await device(page)
    await signInByMail(page, origin, 'pl', 'ania@example.com')
    await page.click('[data-passkey=add] button')
    await page.waitForSelector('main .records li')
    expect(await holds()).toHaveLength(1)
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])

    await context.clearCookies()
    await page.goto(`${origin}/pl/account/passkeys`)
    expect(new URL(page.url()).pathname).toBe('/pl/sign-in')
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])

    await takeFinger(false) // Somebody else holds the device.
    await page.click('[data-passkey=sign-in] button')
    await page.waitForFunction("document.querySelector('[data-passkey] [role=status]').textContent !== ''")
    expect(await page.textContent('[data-passkey] [role=status]')).toMatch(/^Logowanie się nie udało/)
    expect((await context.cookies()).filter(({ name }) => name === 'session')).toEqual([])

    await takeFinger(true)
    await page.click('[data-passkey=sign-in] button')
    await page.waitForURL('**/account/passkeys')
    expect(await page.locator('main .records li').count()).toBe(1)
    expect(await page.textContent('main .records')).toContain('Ostatnio użyto')

    await page.click('main .records form button')
    await page.waitForFunction("document.querySelector('.records') === null")
    await context.clearCookies()
    await page.goto(`${origin}/pl/sign-in`)
    await page.click('[data-passkey=sign-in] button')
    await page.waitForFunction("document.querySelector('[data-passkey] [role=status]').textContent !== ''")
    expect((await context.cookies()).filter(({ name }) => name === 'session')).toEqual([])
    await context.close()
    expect(complaints.filter((each) => !each.includes('400'))).toEqual([])
  })
})

test('without JavaScript there is the link by mail, and no button that does nothing', async () => {
  const origin = await doors.Node()
  const { page, context } = await reader(browser, { locale: 'ar', javaScriptEnabled: false })
  await signInByMail(page, origin, 'ar', 'salma@example.com')
  expect(await page.locator('[data-passkey]').isVisible()).toBe(false)
  expect(await page.locator('[data-without-passkey]').isVisible()).toBe(true)
  await page.goto(`${origin}/ar/sign-in`)
  expect(await page.locator('main button:visible').count()).toBe(1)
  await context.close()
})
