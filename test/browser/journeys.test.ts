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

const slug = 'microsoft-mistral-ai-partnership'
const at = (path: string) => server.url + path
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

describe('a reader', () => {
  test('opens a link that a friend sent and reads the English under a notice in Spanish', async () => {
    const { page, complaints } = await reader(browser, { locale: 'es-MX' })
    await page.goto(at(`/briefings/${slug}`))
    expect(new URL(page.url()).pathname).toBe(`/es/briefings/${slug}`)
    await page.getByRole('note').getByText('aún no está disponible en español').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
    expect(await page.getByRole('article').getAttribute('lang')).toBe('en')
    expect(await page.locator('.judgement').getAttribute('lang')).toBe('es')
    expect(complaints).toEqual([])
  })

  test('chooses French in the menu and is led to French from then on', async () => {
    const { page } = await reader(browser, { locale: 'de' })
    await page.goto(at(`/de/briefings/${slug}`))
    await page.locator('.switcher summary').click()
    await page.getByRole('link', { name: 'Français' }).click()
    expect(new URL(page.url()).pathname).toBe(`/fr/briefings/${slug}`)
    await page.goto(at('/'))
    expect(new URL(page.url()).pathname).toBe('/fr/')
  })

  test('does the same without JavaScript, and stays on the page', async () => {
    const { page } = await reader(browser, { locale: 'de', javaScriptEnabled: false })
    await page.goto(at(`/it/briefings/${slug}`))
    await page.locator('.switcher summary').click()
    await page.getByRole('button', { name: /italiano/i }).click()
    expect(new URL(page.url()).pathname).toBe(`/it/briefings/${slug}`)
    await page.goto(at('/'))
    expect(new URL(page.url()).pathname).toBe('/it/')
  })

  test('finds in the menu only languages that this briefing has, with the one shown marked', async () => {
    const { page } = await reader(browser)
    await page.goto(at(`/es/briefings/${slug}`))
    await page.locator('.switcher summary').click()
    const languages = await page.locator('.switcher a').evaluateAll((links) => links.map((link) => link.getAttribute('hreflang')))
    expect(languages).toEqual(['en', 'fr', 'de', 'it', 'ar'])
    expect(await page.locator('.switcher a[aria-current]').getAttribute('hreflang')).toBe('en')
  })

  test('narrows the index to a category and a region, and takes the filter off again', async () => {
    const { page } = await reader(browser)
    await page.goto(at('/en/'))
    const all = await page.locator('.card').count()
    await page.locator('.filters summary').click()
    await page.getByLabel('Category').selectOption('regulation')
    await page.getByLabel('Region').selectOption('GB')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await page.locator('.card').count()).toBe(1)
    await page.getByRole('link', { name: 'Clear filters' }).click()
    expect(await page.locator('.card').count()).toBe(all)
  })

  test('sees what is in Spanish first, then what is in English and says so, or only the Spanish', async () => {
    const { page } = await reader(browser)
    await page.goto(at('/es/'))
    const english = page.locator('section[aria-labelledby="elsewhere"] .card')
    expect(await english.count()).toBe(1)
    expect(await english.locator('.label').textContent()).toBe('En inglés')
    expect(await page.locator('section[aria-labelledby="native"] .card').count()).toBe(6)
    await page.goto(at('/es/?only=es'))
    expect(await page.locator('section[aria-labelledby="elsewhere"]').count()).toBe(0)
  })

  test('is led by the notice to what has changed in the English', async () => {
    const { page } = await reader(browser, { reducedMotion: 'reduce' })
    await page.goto(at('/es/briefings/uk-merger-case-microsoft-mistral'))
    const links = page.getByRole('note').locator('li a')
    expect(await links.count()).toBe(2)
    const anchor = (await links.first().getAttribute('href')) ?? ''
    await links.first().click()
    const top = await page.evaluate<number>(`document.getElementById('${anchor.slice(1)}').getBoundingClientRect().top`)
    expect(top).toBeGreaterThanOrEqual(-1)
    expect(top).toBeLessThan(900)
  })

  test('is told which sections of a German page are in English, and a screen reader hears them so', async () => {
    const { page } = await reader(browser)
    await page.goto(at('/de/briefings/eu-review-of-the-mistral-partnership'))
    await page
      .getByRole('note')
      .getByText(/^2 Abschnitte/)
      .waitFor()
    const passages = page.locator('article .passage[lang="en"]')
    expect(await passages.count()).toBe(2)
    expect(await page.locator('article .passage:not([lang])').count()).toBeGreaterThan(2)
  })

  test('reads Arabic from right to left, the box of judgement on the left', async () => {
    const { page } = await reader(browser)
    await page.goto(at(`/ar/briefings/${slug}`))
    const [text, box] = await Promise.all([page.locator('article .body').boundingBox(), page.locator('.judgement').boundingBox()])
    expect(box?.x ?? 0).toBeLessThan(text?.x ?? 0)
    await page.goto(at(`/en/briefings/${slug}`))
    const [english, beside] = await Promise.all([
      page.locator('article .body').boundingBox(),
      page.locator('.judgement').boundingBox(),
    ])
    expect(beside?.x ?? 0).toBeGreaterThan(english?.x ?? 0)
  })

  test('compares a translation with the English, side by side on a desk and one under the other on a phone', async () => {
    const { page } = await reader(browser)
    await page.goto(at(`/fr/briefings/${slug}`))
    await page.locator('.judgement a[href$="/bilingual"]').click()
    const cells = page.locator('.pair').nth(3).locator('> *')
    const [target, source] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()]
    expect(target?.y).toBe(source?.y)
    expect(await cells.nth(0).getAttribute('lang')).toBe('fr')
    expect(await cells.nth(1).getAttribute('lang')).toBe('en')
    await page.setViewportSize({ width: 390, height: 844 })
    const [above, below] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()]
    expect(below?.y ?? 0).toBeGreaterThan(above?.y ?? 0)
  })

  test('learns what a grade means with one key, and sees the number beside the words', async () => {
    const { page } = await reader(browser)
    await page.goto(at(`/en/briefings/${slug}`))
    expect(await page.locator('.judgement .confidence').textContent()).toContain('94%')
    await page.locator('.explain summary').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.explain tr.this').textContent()).toContain('High confidence')
    expect(await page.locator('.explain table').isVisible()).toBe(true)
  })

  test('finds the way by keyboard alone: past the menu, into the languages and out again', async () => {
    const { page } = await reader(browser)
    await page.goto(at('/en/'))
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('text')
    await page.locator('.switcher summary').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.switcher').getAttribute('open')).not.toBeNull()
    await page.keyboard.press('Escape')
    expect(await page.locator('.switcher').getAttribute('open')).toBeNull()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
  })

  test('who mistypes an address is told so in their language and finds the way back', async () => {
    const { page } = await reader(browser, { locale: 'ja' })
    await page.goto(at('/es-MX/briefings/nothing'))
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
    await page.goto(at('/nothing/at/all'))
    expect(await page.locator('html').getAttribute('lang')).toBe('ja')
    await page.locator('main a').click()
    expect(new URL(page.url()).pathname).toBe('/ja/')
  })

  test('sees what a members’ section is about, what opens it and how much there is, and not a word of it', async () => {
    const { page } = await reader(browser, phone)
    await page.goto(at(`/en/briefings/${slug}`))
    const members = page.locator('#members')
    expect(await members.locator('.locked').count()).toBe(3)
    expect(await members.textContent()).toContain('7 notes on linked organisations')
    expect(await members.locator('.passage').count()).toBe(0)
  })

  test('gets a dark page at night, a page without menus on paper, and no movement who wants none', async () => {
    const { page } = await reader(browser, { colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.goto(at(`/en/briefings/${slug}`))
    const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor || ''")
    const dark = await background()
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await background()).not.toBe(dark)
    expect(await page.evaluate('document.getAnimations().length')).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.switcher').isVisible()).toBe(false)
    expect(await page.locator('h1').isVisible()).toBe(true)
  })
})
