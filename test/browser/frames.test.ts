import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, reader } from '../support/browser'
import { freePort, type RunningServer, startServer } from '../support/server'

const path = '/de/briefings/microsoft-ai-access-principles'
let site: RunningServer
let origin: string
let browser: Browser
let elsewhere: Server
let before: Server
let keepsApart = false

const portOf = (server: Server) => (server.address() as AddressInfo).port

beforeAll(async () => {
  const port = await freePort()
  origin = `http://localhost:${port}`
  site = await startServer({ ORIGIN: origin, PORT: String(port) })
  browser = await launch()
  /** A page of another origin with a frame: what it frames and its sandbox are in its query. */
  elsewhere = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://elsewhere.example')
    const sandbox = searchParams.get('sandbox')
    response.setHeader('Content-Type', 'text/html')
    response.end(
      `<!doctype html><iframe src="${searchParams.get('src')}" ${sandbox === null ? '' : `sandbox="${sandbox}"`} width="600" height="320"></iframe>`,
    )
  }).listen(0, '127.0.0.1')
  /** The same site, whose pages keep apart from those that open them if we want it: the fault. */
  before = createServer(async (request, response) => {
    const answer = await fetch(site.url + request.url, { headers: { Accept: request.headers.accept ?? '*/*' } })
    const type = answer.headers.get('Content-Type') ?? ''
    response.writeHead(answer.status, {
      'Content-Type': type,
      ...(keepsApart ? { 'Cross-Origin-Opener-Policy': 'same-origin' } : {}),
    })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, 'localhost')
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
  before.close()
  await site.remove()
})

/** Opens the frame on the other origin's page and clicks the briefing's title. Returns what the new window shows, and the fonts' fates. */
async function clicked(sandbox: string | undefined, from = origin, opens = true) {
  const { page, context } = await reader(browser)
  const fonts: string[] = []
  const isFont = (url: string) => url.includes('/assets/fonts/')
  page.on('requestfinished', (request) => isFont(request.url()) && fonts.push('loaded'))
  page.on('requestfailed', (request) => isFont(request.url()) && fonts.push('failed'))
  const query = new URLSearchParams({ src: `${from}${path}/embed`, ...(sandbox === undefined ? {} : { sandbox }) })
  await page.goto(`http://127.0.0.1:${portOf(elsewhere)}/?${query}`, { waitUntil: 'networkidle' })
  const link = page.frameLocator('iframe').locator('h1 a')
  const popup = opens ? context.waitForEvent('page') : undefined
  await link.click()
  const opened = await popup
  await opened?.waitForLoadState().catch(() => {})
  const shows = opened ? await opened.locator('article.briefing').count() : 0
  const windows = context.pages().length
  await context.close()
  return { shows, windows, fonts: new Set(fonts) }
}

const sandboxes: readonly (readonly [string, string | undefined])[] = [
  ['scripts, its own origin and popups', 'allow-scripts allow-same-origin allow-popups'],
  ['scripts and popups', 'allow-scripts allow-popups'],
  ['popups', 'allow-popups'],
  ['popups that leave it', 'allow-popups allow-popups-to-escape-sandbox'],
  ['everything: no sandbox', undefined],
]

describe('a briefing in a frame of another origin', () => {
  test.each(sandboxes)('whose sandbox allows %s loads its fonts, and its title opens the briefing', async (_name, sandbox) => {
    expect(await clicked(sandbox)).toEqual({ shows: 1, windows: 2, fonts: new Set(['loaded']) })
  })

  test('whose sandbox allows nothing loads its fonts all the same', async () => {
    expect(await clicked('', origin, false)).toEqual({ shows: 0, windows: 1, fonts: new Set(['loaded']) })
  })

  test('would open nothing from a sandbox if pages of briefings kept apart from what opens them', async () => {
    const shown = async () =>
      (await clicked('allow-scripts allow-same-origin allow-popups', `http://localhost:${portOf(before)}`)).shows
    expect(await shown()).toBe(1)
    keepsApart = true
    expect(await shown()).toBe(0)
  })
})
