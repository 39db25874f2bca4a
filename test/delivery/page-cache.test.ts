import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CachedPage, PageCache } from '../../src/delivery/page-cache'

const aPage = (length: number): CachedPage => ({ headers: {}, etag: '', body: new Uint8Array(length), coded: new Map() })

describe('the page cache', () => {
  test('never holds more than it may, whatever is kept and in whichever forms', () => {
    const steps = fc.array(fc.record({ address: fc.nat(30), length: fc.nat(20_000), form: fc.nat(5000) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (kept) => {
        const cache = new PageCache(50_000)
        for (const { address, length, form } of kept) {
          const page = aPage(length)
          cache.keep(`/${address}`, page)
          cache.addForm(`/${address}`, page, 'br', new Uint8Array(form))
          expect(cache.bytes).toBeLessThanOrEqual(50_000)
          expect(cache.bytes).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  test('lets go first of what was asked for longest ago', () => {
    const cache = new PageCache(40_000)
    const addresses = Array.from({ length: 12 }, (_, index) => `/${index}`)
    for (const address of addresses) {
      cache.keep(address, aPage(4000))
      cache.find('/0')
    }
    expect(cache.find('/0')).toBeDefined()
    expect(cache.find('/1')).toBeUndefined()
    expect(cache.find('/11')).toBeDefined()
  })

  test('does not give all its room to one page', () => {
    const cache = new PageCache(80_000)
    cache.keep('/large', aPage(10_001))
    expect(cache.find('/large')).toBeUndefined()
  })

  test('loses with a print what depends on its briefing, and every list, and nothing else', () => {
    const cache = new PageCache(200_000)
    const printed = ['/es/briefings/port', '/fr/briefings/port.json', '/fr/briefings/port/embed', '/', '/es/', '/es/feed.xml']
    const others = ['/es/briefings/lock', '/es/briefings/port-2', '/fr/briefings/lock.md', '/fr/briefings/lock/bilingual']
    for (const address of [...printed, ...others]) cache.keep(address, aPage(100))
    cache.noticePrint(0, undefined)
    expect(printed.concat(others).filter((address) => !cache.find(address))).toEqual([])
    const before = cache.generation
    cache.noticePrint(1, new Set(['port']))
    expect([...printed, ...others].filter((address) => cache.find(address))).toEqual(others)
    expect(cache.generation).not.toBe(before)
    cache.noticePrint(3, undefined)
    expect(cache.bytes).toBe(0)
  })

  test('is empty after it was cleared, and says that what was made before may not be kept', () => {
    const cache = new PageCache(80_000)
    cache.keep('/', aPage(100))
    const before = cache.generation
    cache.clear()
    expect([cache.find('/'), cache.bytes, cache.generation === before]).toEqual([undefined, 0, false])
  })
})
