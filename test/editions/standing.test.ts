import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { standingIn, standings, standingsIn } from '../../src/editions/standing'
import type { Reason } from '../../src/language/resolution'
import { printBriefing } from '../../src/printing/print-briefing'
import { writeToOpen } from '../../src/printing/store'
import type { Database } from '../../src/storage/database'
import { aBriefing, aTranslation } from '../support/briefings'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

describe('where a briefing stands in a language', () => {
  const whole = { missing: [], outdated: [] }
  test.each([
    ['exact', whole, 'current'],
    ['regional', whole, 'current'],
    ['exact', { missing: ['summary'], outdated: [] }, 'partial'],
    ['exact', { missing: [], outdated: ['summary'] }, 'outdated'],
    ['regional', { missing: ['summary'], outdated: ['title'] }, 'outdated'],
    ['fallback-language', whole, 'neighbour'],
    ['fallback-language', { missing: ['summary'], outdated: ['title'] }, 'neighbour'],
    ['not-yet-available', whole, 'not-yet'],
    ['in-translation', whole, 'in-translation'],
    ['withdrawn', whole, 'withdrawn'],
  ] as const)('%s, with %o: %s', (reason: Reason, state, standing) => {
    expect(standingIn({ reason, ...state })).toBe(standing)
  })

  test('a neighbour’s language is among them only where the language has a neighbour beside the source', () => {
    const site = {
      source: 'en',
      locales: [
        { tag: 'ca', state: 'public', fallback: ['es'] },
        { tag: 'en-GB', state: 'public', fallback: ['en'] },
        { tag: 'es', state: 'public', fallback: [] },
      ],
    } as const
    expect(standingsIn(site, 'ca')).toEqual(standings)
    for (const tag of ['es', 'en-GB']) expect(standingsIn(site, tag)).toEqual(standings.filter((each) => each !== 'neighbour'))
  })
})

const ids = ['a', 'b', 'c'] as const
const states = ['draft', 'in-review', 'approved', 'withdrawn'] as const

/** Something that happens in a newsroom, or to its database behind its back. */
const anEvent = fc.oneof(
  fc.record({ what: fc.constant('translation'), id: fc.constantFrom(...ids), state: fc.constantFrom(...states) }),
  fc.record({ what: fc.constant('briefing'), id: fc.constantFrom(...ids), state: fc.constantFrom('draft', 'published') }),
  fc.record({ what: fc.constant('print'), id: fc.constantFrom(...ids) }),
  fc.record({ what: fc.constant('overtaken print'), id: fc.constantFrom(...ids) }),
  fc.record({ what: fc.constant('deletion'), id: fc.constantFrom(...ids) }),
)

async function happens({ database, site }: Newsroom, event: typeof anEvent extends fc.Arbitrary<infer Event> ? Event : never) {
  const { id } = event
  const changed = database.query.updateTable('briefing').where('id', '=', id)
  if (event.what === 'translation') {
    await database.atomically([
      database.query.updateTable('translation').set({ state: event.state }).where('briefing_id', '=', id),
      changed.set((eb) => ({ version: eb('version', '+', 1) })),
    ])
  }
  if (event.what === 'briefing') {
    await changed.set((eb) => ({ state: event.state, version: eb('version', '+', 1) })).execute()
  }
  if (event.what === 'deletion') {
    await database.query.deleteFrom('facet').where('briefing_id', '=', id).execute()
  } else if (event.what === 'overtaken print') {
    const open = writeToOpen(database, { id, version: -1, last: 0, printedAt: '2026-01-01T00:00:00Z' })
    const cleared = database.query.deleteFrom('facet').where('briefing_id', '=', id)
    await expect(database.atomically([open, cleared])).rejects.toThrow('print.version')
  } else {
    await printBriefing(site, id)
  }
}

const kept = async ({ query }: Database) =>
  await query.selectFrom('standing').selectAll().where('briefings', '!=', 0).orderBy('asked').orderBy('value').execute()

const recounted = async ({ query }: Database) =>
  await query
    .selectFrom('facet')
    .select(['asked', 'value', sql<number>`count(*)`.as('briefings')])
    .where('name', '=', 'standing')
    .groupBy(['asked', 'value'])
    .orderBy('asked')
    .orderBy('value')
    .execute()

describe('the numbers of standings', () => {
  test('are what counting would find, whatever has been printed, withdrawn, overtaken or deleted', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(
      ...ids.map((id) => {
        const briefing = aBriefing({ id, slug: id })
        return {
          briefing,
          translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar', { segments: { summary: '' } })],
        }
      }),
    )
    expect(await kept(newsroom.database)).toContainEqual({ asked: 'ar', value: 'partial', briefings: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { minLength: 1, maxLength: 6 }), async (events) => {
        for (const event of events) {
          await happens(newsroom, event)
          expect(await kept(newsroom.database)).toEqual(await recounted(newsroom.database))
        }
      }),
      { numRuns: rounds(15) },
    )
  })

  test('go down to nothing with the last briefing', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    expect(await kept(newsroom.database)).toHaveLength(newsroom.site.locales.locales.length)
    await newsroom.takeBack('harbour-closes')
    expect(await kept(newsroom.database)).toEqual([])
  })
})
