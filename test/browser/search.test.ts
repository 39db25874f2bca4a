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

describe('somebody who searches with the keyboard, and without a script', () => {
  test.each([
    ['en', 'partnerships', 'Search briefings', /partnership/i],
    ['ar', 'شراكات', 'ابحث في الإحاطات', /شراك/],
    ['ja', '審査', 'ブリーフィングを検索', /審査/],
  ])('in %s finds by %s, and comes to the briefing and back to what they typed', async (locale, typed, label, marked) => {
    const { page, context, complaints } = await reader(browser, { locale, javaScriptEnabled: false })
    await page.goto(`${server.url}/${locale}/`)
    await page.getByLabel(label).focus()
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=/)
    expect(await page.getByRole('search').getByRole('searchbox').inputValue()).toBe(typed)
    expect(await page.locator('mark').first().textContent()).toMatch(marked)
    await page.locator('.results h3 a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/briefings\//)
    await page.goBack()
    expect(await page.getByLabel(label).inputValue()).toBe(typed)
    expect(complaints).toEqual([])
    await context.close()
  })
})
