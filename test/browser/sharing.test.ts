import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, reader } from '../support/browser'
import { freePort, type RunningServer, startServer } from '../support/server'

const slug = 'microsoft-ai-access-principles'
const locales = ['en', 'es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja']

let site: RunningServer
let origin: string
let browser: Browser
let elsewhere: Server

beforeAll(async () => {
  const port = await freePort()
  origin = `http://localhost:${port}`
  site = await startServer({ ORIGIN: origin, PORT: String(port) })
  browser = await launch()
  elsewhere = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><title>Elsewhere</title><iframe src="${origin}/de/briefings/${slug}/embed" width="600" height="320"></iframe>
      <iframe src="${origin}/de/briefings/${slug}" width="600" height="320"></iframe>`)
  }).listen(0, '127.0.0.1')
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
  await site.remove()
})

/** Of a picture that the browser has decoded: its size, and how far what is drawn on it reaches between the bar above and the edge below. */
const looked = `new Promise((resolve, reject) => {
  const image = new Image()
  image.onerror = () => reject(new Error('The picture cannot be decoded.'))
  image.onload = () => {
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let [left, right, top, bottom] = [canvas.width, 0, canvas.height, 0]
    for (let y = 12; y < canvas.height; y += 1)
      for (let x = 0; x < canvas.width; x += 1) {
        const at = 4 * (y * canvas.width + x)
        if (data[at] === 0xfb && data[at + 1] === 0xf8 && data[at + 2] === 0xf2) continue
        left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y)
      }
    resolve({ width: canvas.width, height: canvas.height, left, right, top, bottom })
  }
  image.src = document.querySelector('.share-card').src
})`

interface Looked {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

describe('a shared briefing, as a browser sees it', () => {
  test.each(locales)('has a picture in %s that can be decoded, with nothing drawn into its margins', async (locale) => {
    const { page, context, complaints } = await reader(browser)
    await page.goto(`${origin}/${locale}/briefings/${slug}/share`)
    const { width, height, left, right, top, bottom } = (await page.evaluate(looked)) as Looked
    expect([width, height]).toEqual([1200, 630])
    expect(left).toBeGreaterThan(70)
    expect(right).toBeLessThan(1130)
    expect(top).toBeGreaterThan(40)
    expect(bottom).toBeLessThan(600)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('has its address copied by a button, which says so', async () => {
    const { page, context } = await reader(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`${origin}/es/briefings/${slug}/share`)
    await page.locator('[data-share=address] [data-does=copy]').click()
    await page.locator('[data-share=address] [role=status]').filter({ hasText: 'Copiado.' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${origin}/es/briefings/${slug}`)
    await context.close()
  })

  test('is selected to be copied by hand where the browser does not let us', async () => {
    const { page, context } = await reader(browser)
    await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await page.goto(`${origin}/en/briefings/${slug}/share`)
    await page.locator('[data-share=code] [data-does=copy]').click()
    await page.locator('[data-share=code] [role=status]').filter({ hasText: 'Copying did not work' }).waitFor()
    const selected =
      "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.getElementById('code'))"
    expect(await page.evaluate(selected)).toContain(`<iframe src="${origin}/en/briefings/${slug}/embed"`)
    await context.close()
  })

  test('has fields and links, and no button that does nothing, without a script', async () => {
    const { page, context } = await reader(browser, { javaScriptEnabled: false })
    await page.goto(`${origin}/ar/briefings/${slug}/share`)
    expect(await page.locator('#address').inputValue()).toBe(`${origin}/ar/briefings/${slug}`)
    expect(await page.locator('[data-share] button:visible').count()).toBe(0)
    await context.close()
  })

  test('is shown in a frame on another site, and its page is not', async () => {
    const { page, context } = await reader(browser)
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`)
    const framed = page.frameLocator('iframe').first()
    expect(await framed.locator('article h1').textContent()).not.toBe('')
    expect(await framed.locator('html').getAttribute('lang')).toBe('de')
    expect(await page.frameLocator('iframe').nth(1).locator('article.briefing').count()).toBe(0)
    await context.close()
  })
})
