import * as fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type Desks, openDesks } from '../support/desks'
import { rounds } from '../support/rounds'
import { anAct, carryOut, eachAct, mark } from '../support/unpublishing-acts'

/** How many acts there are between two looks at every address. */
const between = 500
/** In one newsroom after another: 10,000 acts on Node where everything is proved. */
const [newsrooms, actsInEach] = [rounds(2), rounds(50)]

/** The addresses that answer otherwise than before, or say what nobody published. A search page repeats what was searched. */
const leaksIn = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
    const answer = after.get(path)
    return answer !== before.get(path) || (!path.includes('search') && answer?.includes(mark))
  })

/** What readers have of the first newsroom, as of every other, before anybody acts. */
async function openWatch() {
  const { everyAnswer } = await openDesks()
  const before = await everyAnswer()
  return { before, leaks: async (desks: Desks) => leaksIn(before, await desks.everyAnswer()) }
}

describe('nothing leaks', () => {
  test('whatever people and programs do that is no publication, readers have the same rows and the same answers', async () => {
    const { before, leaks } = await openWatch()
    expect(before.size).toBeGreaterThan(500)
    const counts = { done: 0, refused: 0, looks: 0, sinceLook: 0, newsrooms: 0 }
    const look = async (desks: Desks) => {
      counts.looks += 1
      counts.sinceLook = 0
      expect(await leaks(desks)).toEqual([])
    }
    const manyActs = fc.array(anAct, { minLength: actsInEach, maxLength: actsInEach })
    await fc.assert(
      fc.asyncProperty(manyActs, fc.constantFrom('off', 'on'), async (acts, second) => {
        const desks = await openDesks({ SECOND_PERSON: second })
        const rows = await desks.readersRows()
        counts.newsrooms += 1
        for (const act of acts) {
          counts[await carryOut(desks, act)] += 1
          counts.sinceLook += 1
          expect([act, changedIn(rows, await desks.readersRows())]).toEqual([act, []])
          if (counts.sinceLook === between) await look(desks)
        }
        if (counts.newsrooms === newsrooms && counts.sinceLook > 0) await look(desks)
      }),
      { numRuns: newsrooms, endOnFailure: true, examples: [[[...eachAct], 'off']] },
    )
    expect(counts).toMatchObject({ newsrooms, sinceLook: 0 })
    expect(counts.done).toBeGreaterThan(counts.refused / 4)
    expect(counts.refused).toBeGreaterThan(0)
  })

  test('a program that printed the newest revision would be caught, by the rows and by the answers', async () => {
    const { leaks } = await openWatch()
    const desks = await openDesks()
    const rows = await desks.readersRows()
    const act = { slug: 'harbour-closes', locale: 'es', segment: 'title', word: `${mark} one` } as const
    await carryOut(desks, { ...act, what: 'import', state: 'draft', provenance: 'human', isTrial: false })
    expect(await desks.readersRows()).toBe(rows)
    await printNewest(desks)
    expect(changedIn(rows, await desks.readersRows())).toEqual(expect.arrayContaining(['edition', 'resolution', 'search_entry']))
    expect(await leaks(desks)).toEqual(expect.arrayContaining(['/es/briefings/harbour-closes', '/es/feed.xml', '/es/']))
  })
})

/** Prints as a program would that knows no published revisions. */
async function printNewest({ database, printWaiting }: Desks): Promise<void> {
  const { query } = database
  await database.atomically([
    query.updateTable('translation').set({ revision: sql<number>`coalesce(saved_revision, revision)` }),
    query
      .updateTable('briefing')
      .set({ revision: sql<number>`coalesce(saved_revision, revision)`, version: sql<number>`version + 1` }),
  ])
  await printWaiting()
}

/** The tables whose rows are others. */
function changedIn(before: string, after: string): readonly string[] {
  const [old, young] = [before, after].map((rows) => JSON.parse(rows) as readonly (readonly [string, readonly string[]])[])
  return (young ?? []).flatMap(([table, rows], index) => {
    const isSame = JSON.stringify(old?.[index]?.[1]) === JSON.stringify(rows)
    return isSame ? [] : [table]
  })
}
