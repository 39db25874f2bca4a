import { execFile } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, type RunningServer, root, startServer } from '../support/server'

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly title: string }>>
}

let server: RunningServer

beforeAll(async () => {
  const port = await freePort()
  server = await startServer({ PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` })
})
afterAll(async () => await server.remove())

async function judge(address: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/lighthouse/cli/index.js'),
      address,
      '--quiet',
      '--output=json',
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking',
      '--only-categories=accessibility,best-practices,seo',
    ],
    { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' }, maxBuffer: 1 << 26 },
  )
  return JSON.parse(stdout) as Report
}

describe('Lighthouse', () => {
  for (const path of [
    '/en/',
    '/fr/briefings/microsoft-mistral-ai-partnership',
    '/ar/briefings/microsoft-mistral-ai-partnership',
    '/es/briefings/microsoft-mistral-ai-partnership',
  ]) {
    test(`gives ${path} everything for accessibility, best practice and search engines`, async () => {
      const { categories, audits } = await judge(server.url + path)
      const faults = Object.values(audits).filter(({ score }) => score !== null && score < 1)
      const scores = Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, score]))
      expect({ scores, faults: faults.map(({ title }) => title) }).toMatchObject({
        scores: { accessibility: 1, 'best-practices': 1, seo: 1 },
      })
    })
  }

  test('would take points from a page without a language, a description, or a text for its picture', async () => {
    const poor = createHttpServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end('<!doctype html><title>x</title><img src="data:,"><p style="color:#ccc">pale</p>')
    }).listen(0, '127.0.0.1')
    const { port } = await new Promise<AddressInfo>((resolve) =>
      poor.once('listening', () => resolve(poor.address() as AddressInfo)),
    )
    const { categories } = await judge(`http://127.0.0.1:${port}/`)
    poor.close()
    expect(categories['accessibility']?.score).toBeLessThan(1)
    expect(categories['seo']?.score).toBeLessThan(1)
  })
})
