import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { PageCache } from '../../src/delivery/page-cache'
import { Tally } from '../../src/demand/demand'
import { answering } from '../../src/doors/node-server'
import { readProxies } from '../../src/doors/proxies'
import { aBriefing, aTranslation } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

/** The site over HTTP with a page cache of this size; `ask` gives the status and how many statements the answer cost. */
async function serving(cacheBytes: number) {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'fr')] })
  const pages = new PageCache(cacheBytes)
  const fetchPage = (request: Request) => newsroom.app.fetch(request)
  const listener = answering({
    fetch: fetchPage,
    pages,
    statics: new Map(),
    tally: new Tally(10),
    proxies: readProxies({}),
    log: () => {},
  })
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    pages,
    close: () => server.close(),
    async ask(path: string) {
      newsroom.forget()
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Accept: 'text/html' }, redirect: 'manual' })
      await response.text()
      return { status: response.status, statements: newsroom.queries.length }
    },
  }
}

const paths = ['/fr/briefings/harbour-closes', '/es/briefings/harbour-closes', '/fr/briefings/harbour-closes.json', '/es/']

describe('the page cache of the server', () => {
  test('answers a page that was read before without asking the database', async () => {
    const { ask, close } = await serving(1_000_000)
    for (const path of paths) {
      expect((await ask(path)).statements).toBeGreaterThan(0)
      expect(await ask(path)).toEqual({ status: 200, statements: 0 })
    }
    close()
  })

  test('asks again after a print, and every time where it is off', async () => {
    const { ask, pages, close } = await serving(1_000_000)
    const [path = ''] = paths
    await ask(path)
    pages.clear()
    expect((await ask(path)).statements).toBe(1)
    close()
    const off = await serving(0)
    await off.ask(path)
    expect((await off.ask(path)).statements).toBe(1)
    off.close()
  })

  test('is not filled by invented addresses, nor by what is not there', async () => {
    const { ask, pages, close } = await serving(1_000_000)
    await ask(`${paths[0]}?x=1`)
    await ask('/es/?category=event')
    await ask('/fr/briefings/nothing')
    await ask('/')
    expect(pages.bytes).toBe(0)
    close()
  })
})
