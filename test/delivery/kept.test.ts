import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, joined, Kept, keptBySite } from '../../src/delivery/kept'

describe('what is kept of pages', () => {
  test('takes no more than it may, whatever is kept', () => {
    const steps = fc.array(fc.record({ key: fc.nat(30), length: fc.nat(20_000) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (all) => {
        const kept = new Kept(50_000)
        for (const { key, length } of all) kept.keep(`${key}`, [new Uint8Array(length)])
        const found = Array.from({ length: 31 }, (_, key) => kept.find(`${key}`) ?? []).flat()
        expect(found.reduce((size, { length }) => size + length, 0)).toBeLessThanOrEqual(50_000)
      }),
    )
  })

  test('lets go first of what was asked for longest ago', () => {
    const kept = new Kept(40_000)
    for (let key = 0; key < 12; key += 1) {
      kept.keep(`${key}`, [new Uint8Array(4000)])
      kept.find('0')
    }
    expect([0, 1, 11].map((key) => kept.find(`${key}`) !== undefined)).toEqual([true, false, true])
  })

  test('is another site’s as little as another page’s', () => {
    const kept = keptBySite(1000)
    const [one, other] = [{}, {}]
    kept(one).keep('page', [bytesOf('one')])
    expect(kept(one).find('page')).toBeDefined()
    expect(kept(other).find('page')).toBeUndefined()
    expect(kept(one).find('another page')).toBeUndefined()
  })

  test('is joined in order, in every script', () => {
    const pieces = ['<p>', 'é ß', '港口', '', '</p>']
    expect(new TextDecoder().decode(joined(pieces.map(bytesOf)))).toBe(pieces.join(''))
  })
})
