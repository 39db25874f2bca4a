import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readersAddresses } from '../support/addresses'
import { eventually, type RunningServer, startServer } from '../support/server'
import { type RunningWorker, startWorker } from '../support/worker'

const origin = 'https://briefings.example'
let worker: RunningWorker
let node: RunningServer

beforeAll(async () => {
  worker = await startWorker(origin)
  await worker.loadSamples()
  node = await startServer({ ORIGIN: origin })
})
afterAll(async () => {
  await worker.close()
  await node.remove()
})

const ask = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  worker.ask(path, { ...init, headers: { Accept: 'text/html', ...init.headers } })

describe('the Worker', () => {
  test('draws the same pictures as the Node server, of every language', async () => {
    const pictures = new Set<string>()
    const compare = async (locale: string) => {
      const page = await (await ask(`/${locale}/briefings/microsoft-ai-access-principles`)).text()
      const [, address = ''] = /<meta property="og:image" content="https:\/\/briefings\.example([^"]+)"/.exec(page) ?? []
      const [edge, own] = await Promise.all([ask(address), fetch(node.url + address)])
      expect([edge.status, own.status, edge.headers.get('Content-Type')]).toEqual([200, 200, 'image/png'])
      const [edgePicture, ownPicture] = await Promise.all([edge.arrayBuffer(), own.arrayBuffer()])
      expect(Buffer.from(edgePicture).equals(Buffer.from(ownPicture))).toBe(true)
      pictures.add(address)
    }
    await Promise.all(['en', 'es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca'].map(compare))
    expect(pictures.size).toBe(11)
  })

  test('answers every address with the same bytes and the same meaning as the Node server', async () => {
    const differing: string[] = []
    const framed = `/oembed?format=xml&url=${origin}/ar/briefings/uk-merger-case-microsoft-mistral`
    for (const path of [...readersAddresses, framed]) {
      const [edge, own] = await Promise.all([
        ask(path),
        fetch(node.url + path, { headers: { Accept: 'text/html' }, redirect: 'manual' }),
      ])
      const [edgeBody, ownBody] = await Promise.all([edge.text(), own.text()])
      const isSame = edgeBody === ownBody && edge.status === own.status
      const names = ['Content-Type', 'Content-Language', 'Link', 'Content-Security-Policy', 'Cache-Control']
      const sameHeaders = names.every((name) => edge.headers.get(name) === own.headers.get(name))
      if (!isSame || !sameHeaders) differing.push(`${path} ${edge.status} ${own.status}`)
    }
    expect(differing).toEqual([])
  })

  test('negotiates, redirects and remembers as the Node server does', async () => {
    for (const [path, headers] of [
      ['/', { 'Accept-Language': 'pt-PT, en;q=0.5' }],
      ['/briefings/anything', { 'Accept-Language': 'ja' }],
      ['/zh-CN/', {}],
      ['/fr/briefings/microsoft-mistral-azure-deal', {}],
    ] as const) {
      const edge = await ask(path, { headers: { ...headers } })
      const own = await fetch(node.url + path, { headers: { ...headers }, redirect: 'manual' })
      expect([edge.status, edge.headers.get('Location')]).toEqual([own.status, own.headers.get('Location')])
    }
  })

  test('answers from the platform’s cache the second time, 304 to those who hold the page, HEAD without a body', async () => {
    const path = '/pl/briefings/eu-review-of-the-mistral-partnership'
    const first = await ask(path)
    const body = await first.text()
    const etag = first.headers.get('ETag') ?? ''
    const second = await ask(path)
    expect(await second.text()).toBe(body)
    expect(second.headers.get('ETag')).toBe(etag)
    expect((await ask(path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect(await (await ask(path, { method: 'HEAD' })).text()).toBe('')
  })

  test('keeps what everyone may read of feeds and sitemaps in the platform’s cache', async () => {
    for (const path of ['/it/feed.xml', '/it/feed.json', '/sitemap-it-0.xml']) {
      const first = await ask(path)
      const body = await first.text()
      const etag = first.headers.get('ETag') ?? ''
      expect(await (await ask(path)).text()).toBe(body)
      expect((await ask(path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    }
  })

  test('answers Markdown past its cache, and readers of the page never get it', async () => {
    const path = '/de/briefings/microsoft-mistral-ai-partnership'
    const asked = { headers: { Accept: 'text/markdown' } }
    const types = []
    for (const init of [asked, {}, asked, {}, asked]) types.push((await ask(path, init)).headers.get('Content-Type'))
    const [markdown, page] = ['text/markdown; charset=utf-8', 'text/html; charset=utf-8']
    expect(types).toEqual([markdown, page, markdown, page, markdown])
  })

  test('serves static files from the assets binding, to be kept for ever', async () => {
    const page = await (await ask('/en/')).text()
    const [, style = ''] = /href="(\/assets\/style\.[0-9a-f]{10}\.css)"/.exec(page) ?? []
    const response = await ask(style)
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toContain('immutable')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*') // Fonts in a sandboxed frame.
  })

  test('prints what has fallen due when its schedule says so', async () => {
    await worker.DB.prepare(
      "update briefing set published_at = '2024-03-03T08:00:00Z', version = version + 1 where slug = 'open-weights-to-commercial-models'",
    ).run()
    expect((await ask('/en/briefings/open-weights-to-commercial-models')).status).toBe(404)
    await worker.worker.scheduled({ cron: '* * * * *' })
    expect((await ask('/en/briefings/open-weights-to-commercial-models')).status).toBe(200)
  })

  test('holds no page for longer than some seconds after a print has changed it', async () => {
    const path = '/en/briefings/uk-merger-case-microsoft-mistral'
    const etag = async () => (await ask(path)).headers.get('ETag')
    const before = await etag()
    expect([await etag(), await etag()]).toEqual([before, before]) // From its memory.
    await worker.DB.prepare(
      "update briefing set published_at = '2024-03-04T08:00:00Z', version = version + 1 where slug = 'uk-merger-case-microsoft-mistral'",
    ).run()
    await worker.worker.scheduled({ cron: '* * * * *' })
    expect(await eventually(async () => (await etag()) !== before)).toBe(true)
  })
})
