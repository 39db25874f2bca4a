import bidiFactory from 'bidi-js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromTheLeft, levelsOf } from '../../src/sharing/bidi'
import { rounds } from '../support/rounds'

const bidi = bidiFactory()

describe('a line of both directions', () => {
  test('stands in the order of the Unicode algorithm, character by character, whatever is in it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab1 2(.)!%«»مراجعة\u200f٣'), maxLength: 40 })
    fc.assert(
      fc.property(text, fc.constantFrom('ltr', 'rtl'), (line, dir) => {
        const levels = levelsOf(line, dir)
        const placed = fromTheLeft(Array.from(line, (_, index) => ({ index, level: levels[index] ?? 0 })))
        const known = bidi.getReorderedIndices(`${line}x`, bidi.getEmbeddingLevels(line, dir), 0, line.length)
        const visible = known.filter((index) => index < line.length && !/\s/.test(line[index] ?? ''))
        expect(placed.map(({ index }) => index).filter((index) => !/\s/.test(line[index] ?? ''))).toEqual(visible)
      }),
      { numRuns: rounds(500) },
    )
  })
})
