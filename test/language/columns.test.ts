import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromColumns, toColumns } from '../../src/language/columns'

test('catalogs come out of columns as they went in, and no catalog gets a message of another', () => {
  const catalog = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.string())
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('en', 'es', 'ar'), catalog), (catalogs) => {
      expect(fromColumns(toColumns(catalogs))).toEqual(catalogs)
      expect(toColumns(catalogs).keys).toHaveLength(new Set(Object.values(catalogs).flatMap(Object.keys)).size)
    }),
  )
  expect(fromColumns({ keys: ['a', 'b'], texts: { en: ['A', 'B'], es: [null, 'Be'] } })).toEqual({
    en: { a: 'A', b: 'B' },
    es: { b: 'Be' },
  })
})
