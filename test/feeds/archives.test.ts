import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feedSize, monthAfter } from '../../src/feeds/feed'
import { aTranslation } from '../support/briefings'
import { documentsOf, feedAt, linkOf, published, type ReadFeed } from '../support/feeds'
import { inLocales, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const origin = 'https://briefings.example'

/** Briefings of which this many were published in each month. */
const published2025 = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([month, count]) =>
    Array.from({ length: count }, (_, index) => {
      const day = String((index % 28) + 1).padStart(2, '0')
      return published(`b-${month}-${index}`, `${month}-${day}T08:00:00Z`)
    }),
  )

const few = inLocales('en', 'fr')
const slugsIn = ({ entries }: ReadFeed) => entries.map(({ url }) => url?.split('/').at(-1) ?? '')

describe('the archives of a feed', () => {
  test('hold all that was ever published, with the newest, and nothing twice among themselves', async () => {
    const newsroom = await openNewsroom({ now: '2025-06-30T00:00:00Z', kit: few })
    const briefings = published2025({ '2024-12': 3, '2025-03': 41, '2025-05': 20, '2025-06': 45 })
    await newsroom.load(...briefings.map((briefing) => ({ briefing })))
    const [newest, ...archives] = await documentsOf(newsroom, '/en/feed.xml')
    expect(newest?.isArchive).toBe(false)
    expect(newest?.entries).toHaveLength(feedSize)
    expect(archives.map((each) => linkOf(each, 'self')?.split('archive=')[1])).toEqual([
      '2025-06.2',
      '2025-06.1',
      '2025-05.1',
      '2025-03.3',
      '2025-03.2',
      '2025-03.1',
      '2024-12.1',
    ])
    const archived = archives.flatMap(slugsIn)
    expect(new Set(archived).size).toBe(archived.length)
    expect(new Set([...archived, ...(newest ? slugsIn(newest) : [])])).toEqual(new Set(briefings.map(({ slug }) => slug)))
    for (const each of archives) {
      expect(each.isArchive).toBe(true)
      expect(linkOf(each, 'current')).toBe(`${origin}/en/feed.xml`)
      expect(each.id).toBe(newest?.id)
      expect(each.entries.length).toBeLessThanOrEqual(feedSize)
    }
  })

  test('hold all of it whatever was published when, narrowed or not', async () => {
    const months = ['2025-01', '2025-02', '2025-04', '2025-05']
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...months.map(() => fc.constantFrom(0, 1, 19, 20, 21, 33))),
        fc.constantFrom('', '?impact=high&region=FR', '?include=fallback'),
        async (counts, query) => {
          const newsroom = await openNewsroom({ now: '2025-05-31T00:00:00Z', kit: few })
          const briefings = published2025(Object.fromEntries(months.map((month, index) => [month, counts[index] ?? 0])))
          await newsroom.load(
            ...briefings.map((briefing, index) => ({
              briefing,
              translations: index % 3 === 0 ? [aTranslation(briefing, 'fr')] : [],
            })),
          )
          const wanted = briefings.filter((_, index) => query === '?include=fallback' || index % 3 === 0)
          const found = (await documentsOf(newsroom, `/fr/feed.xml${query}`)).flatMap(slugsIn)
          expect(new Set(found)).toEqual(new Set(wanted.map(({ slug }) => slug)))
        },
      ),
      { numRuns: rounds(6) },
    )
  })

  test('stay as they are when something new is published, and what is not full yet is none', async () => {
    const newsroom = await openNewsroom({ now: '2025-03-31T00:00:00Z' })
    await newsroom.load(...published2025({ '2025-03': 25 }).map((briefing) => ({ briefing })))
    const first = await newsroom.text('/en/feed.xml?archive=2025-03.1')
    expect(linkOf(await feedAt(newsroom, '/en/feed.xml'), 'prev-archive')).toBe(`${origin}/en/feed.xml?archive=2025-03.1`)
    expect((await newsroom.get('/en/feed.xml?archive=2025-03.2')).status).toBe(404)
    await newsroom.load({ briefing: published('new', '2025-03-30T08:00:00Z') })
    expect(await newsroom.text('/en/feed.xml?archive=2025-03.1')).toBe(first)
    newsroom.clock.now = '2025-04-01T00:00:00Z'
    expect((await feedAt(newsroom, '/en/feed.xml?archive=2025-03.2')).entries).toHaveLength(6)
    expect((await newsroom.get('/en/feed.xml?archive=2025-03.3')).status).toBe(404)
    expect((await newsroom.get('/en/feed.json?archive=2025-02.1')).status).toBe(404)
  })

  test.each([
    ['2025-01', '2025-02'],
    ['2025-09', '2025-10'],
    ['2025-12', '2026-01'],
    ['0099-12', '0100-01'],
  ])('%s is followed by %s', (month, next) => {
    expect(monthAfter(month)).toBe(next)
  })
})
