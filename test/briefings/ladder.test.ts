import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyone, heldOn, type Ladder, type LadderPast, rankOn, readersOf, upTo } from '../../src/briefings/ladder'
import '../support/properties'

const ids = ['bronze', 'silver', 'gold', 'press', 'board', 'friends']
const aLadder = fc.shuffledSubarray(ids, { maxLength: 4 })
const someLadders = fc.array(aLadder, { minLength: 1, maxLength: 8 })

/** Whether a person who was given a tier may read a text after the ladders so far. */
const mayRead = (readers: typeof readersOf, given: string, access: string, past: LadderPast) =>
  readers(access, past).includes(heldOn(past.ladders.at(-1) ?? [], given))

/** What somebody may read after a change and could not before, of a text that nobody saved anew. */
function opened(readers: typeof readersOf, ladders: readonly Ladder[], saved: number): readonly string[] {
  return ladders.slice(saved + 1).flatMap((_, change) =>
    ids.flatMap((given) =>
      ids
        .filter((access) => {
          const after = { ladders: ladders.slice(0, saved + change + 2), saved }
          const before = { ladders: ladders.slice(0, saved + change + 1), saved }
          const isNew = !before.ladders.flat().includes(given) // Nobody could have been given it.
          return !isNew && mayRead(readers, given, access, after) && !mayRead(readers, given, access, before)
        })
        .map((access) => `${given} reads ${access} after ${ladders[saved + change + 1]?.join(' < ')}`),
    ),
  )
}

describe('a change of the tiers', () => {
  test('opens no text to anybody who could not read it before, whatever was removed, added, ordered anew or brought back', () => {
    fc.assert(
      fc.property(someLadders, fc.nat(), (ladders, at) => {
        expect(opened(readersOf, ladders, at % ladders.length)).toEqual([])
      }),
    )
  })

  test('and one that compared by today’s ranks alone would be caught', () => {
    const byRank: typeof readersOf = (access, { ladders }) => {
      const ladder = ladders.at(-1) ?? []
      return ladder.slice(Math.max(0, rankOn(ladder, access) - 1))
    }
    const found = fc.check(fc.property(someLadders, (ladders) => opened(byRank, ladders, 0).length === 0))
    expect(found.failed).toBe(true)
    expect(
      opened(
        byRank,
        [
          ['bronze', 'silver'],
          ['silver', 'bronze'],
        ],
        0,
      ),
    ).toContain('bronze reads silver after silver < bronze')
  })

  test.each<[string, readonly Ladder[], string, Ladder]>([
    ['its tier and those above it', [['bronze', 'silver', 'gold']], 'silver', ['silver', 'gold']],
    [
      'not who was below, once the order is another',
      [
        ['bronze', 'silver'],
        ['silver', 'bronze'],
      ],
      'silver',
      ['silver'],
    ],
    [
      'not who is now below',
      [
        ['bronze', 'silver'],
        ['silver', 'bronze'],
      ],
      'bronze',
      ['bronze'],
    ],
    [
      'the highest alone, if its tier is gone',
      [
        ['bronze', 'silver', 'gold'],
        ['silver', 'gold'],
      ],
      'bronze',
      ['gold'],
    ],
    ['not who had a tier that comes back', [['bronze', 'silver'], ['silver'], ['bronze', 'silver']], 'bronze', ['silver']],
    ['a new tier above it', [['bronze'], ['bronze', 'gold']], 'bronze', ['bronze', 'gold']],
    ['no new tier below it', [['bronze'], ['friends', 'bronze']], 'bronze', ['bronze']],
    ['nobody, on a site that has no tiers any more', [['bronze'], []], 'bronze', []],
  ])('leaves a text to %s', (_, ladders, access, readers) => {
    expect(readersOf(access, { ladders, saved: 0 })).toEqual(readers)
  })

  test('counts from the save on: who saves a text anew opens it by the ladder of then', () => {
    const ladders = [
      ['bronze', 'silver'],
      ['silver', 'bronze'],
    ]
    expect(readersOf('silver', { ladders, saved: 1 })).toEqual(['silver', 'bronze'])
  })

  test('is none if the ladder is the same: it is not noted twice', () => {
    const past = { ladders: [['bronze', 'silver']], saved: 0 }
    expect(upTo(past, ['bronze', 'silver']).ladders).toHaveLength(1)
    expect(upTo(past, ['silver', 'bronze']).ladders).toHaveLength(2)
    expect(upTo({ ladders: [], saved: 0 }, ['bronze'])).toEqual({ ladders: [['bronze']], saved: 0 })
  })
})

describe('the ladder', () => {
  test('has everyone below all tiers, and nobody who holds a tier that it does not have', () => {
    expect([everyone, 'bronze', 'silver', 'gold'].map((tier) => rankOn(['bronze', 'silver'], tier))).toEqual([0, 1, 2, 0])
    expect(heldOn(['bronze'], 'gold')).toBe(everyone)
  })
})
