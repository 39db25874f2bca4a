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

  test('is empty after a print, and says that what was made before may not be kept', () => {
    const cache = new PageCache(80_000)
    cache.keep('/', aPage(100))
    const before = cache.generation
    cache.clear()
    expect([cache.find('/'), cache.bytes, cache.generation === before]).toEqual([undefined, 0, false])
  })
})
