import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PageCache } from '../../src/delivery/page-cache'
import { Tally } from '../../src/demand/demand'
import { answering } from '../../src/doors/node-server'
import { readProxies } from '../../src/doors/proxies'
import { type Asker, newsroomWithCanaries } from '../support/canaries'
import { rounds } from '../support/rounds'

/** What is asked for: pages that show members more, and one that is the same to all. */
const paths = [
  '/en/briefings/harbour-closes',
  '/es/briefings/harbour-closes',
  '/es/briefings/harbour-closes.json',
  '/fr/briefings/harbour-closes.md',
  '/ar/briefings/harbour-closes/bilingual',
  '/es/',
]

let newsroom: Awaited<ReturnType<typeof newsroomWithCanaries>>
let pages: PageCache
let server: Server
let url: string
/** What each asker is told at each address by a site without a cache. */
const whole = new Map<string, string>()
let browsers: readonly Asker[]

beforeAll(async () => {
  newsroom = await newsroomWithCanaries()
  browsers = newsroom.askers.filter(({ headers }) => headers['Authorization'] === undefined)
  for (const asker of browsers) {
    for (const path of paths) whole.set(`${asker.name} ${path}`, await newsroom.text(path, asker.headers))
  }
  pages = new PageCache(10_000_000)
  const fetchPage = (request: Request) => newsroom.app.fetch(request)
  const listener = answering({
    fetch: fetchPage,
    pages,
    statics: new Map(),
    tally: new Tally(10),
    proxies: readProxies({}),
    log: () => {},
  })
  server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const shown = (asker: Asker, path: string) => whole.get(`${asker.name} ${path}`) ?? ''

/** What the cache holds at the addresses, as text. */
const held = () => paths.map((path) => new TextDecoder().decode(pages.find(path)?.body)).join('\n')

describe('the page cache of the server', () => {
  test('gives everybody their own page, in whatever order they ask, and holds no member’s', async () => {
    const step = fc.record({
      who: fc.nat({ max: browsers.length - 1 }),
      path: fc.constantFrom(...paths),
      method: fc.constantFrom('GET', 'HEAD'),
      holds: fc.constantFrom('nothing', 'the last ETag seen here', 'anything'),
      coding: fc.constantFrom('identity', 'gzip', 'br'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        pages.clear()
        const etags = new Map<string, string>()
        for (const { who, path, method, holds, coding } of steps) {
          const asker = browsers[who]
          if (!asker) continue
          const condition = { nothing: '', 'the last ETag seen here': etags.get(path) ?? '', anything: '*' }[holds]
          const headers = {
            Accept: 'text/html',
            'Accept-Encoding': coding,
            ...asker.headers,
            ...(condition === '' ? {} : { 'If-None-Match': condition }),
          }
          const response = await fetch(url + path, { method, headers })
          const body = await response.text()
          const depends = path !== '/es/' && asker.tier !== 'public'
          const expected = depends || condition === '' ? 200 : 304
          expect([asker.name, path, response.status]).toEqual([asker.name, path, expected])
          if (method === 'GET' && expected === 200) expect(body === shown(asker, path)).toBe(true)
          expect(response.headers.has('ETag')).toBe(!depends)
          expect(response.headers.get('Cache-Control')?.startsWith(depends ? 'private, no-store' : 'public')).toBe(true)
          etags.set(path, response.headers.get('ETag') ?? etags.get(path) ?? '')
        }
        expect(held()).not.toContain('canary')
      }),
      { numRuns: rounds(100) },
    )
  })

  test('holds the public page once it was asked for, whether a member asked before or after', async () => {
    const [path = ''] = paths
    const [nobody, member] = [browsers[0], browsers.find(({ tier }) => tier === 'alliance')]
    if (!nobody || !member) throw new Error('Nobody asks.')
    expect(shown(member, path)).toContain('canary-alliance')
    const ask = async ({ headers }: Asker) =>
      await (await fetch(url + path, { headers: { Accept: 'text/html', ...headers } })).text()
    for (const order of [
      [member, nobody, member],
      [nobody, member, nobody],
    ]) {
      pages.clear()
      for (const asker of order) expect((await ask(asker)) === shown(asker, path)).toBe(true)
      expect(held()).toContain('The harbour closes')
      expect(held()).not.toContain('canary')
    }
  })
})
