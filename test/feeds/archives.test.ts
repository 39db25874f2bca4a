import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feedSize } from '../../src/feeds/feed'
import { slugsIn } from '../support/archives'
import { aTranslation } from '../support/briefings'
import { documentsOf, feedAt, linkOf, published, type ReadFeed } from '../support/feeds'
import { inLocales, openNewsroom, reworded } from '../support/newsroom'
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

const addressesOf = (documents: readonly ReadFeed[]) => documents.map((each) => linkOf(each, 'self')?.split('archive=')[1])

describe('the archives of a feed', () => {
  test('hold all that is not in the newest document, once, twenty in each', async () => {
    const newsroom = await openNewsroom({ now: '2025-06-30T00:00:00Z', kit: few })
    const briefings = published2025({ '2024-12': 3, '2025-03': 41, '2025-05': 20, '2025-06': 45 })
    await newsroom.load(...briefings.map((briefing) => ({ briefing })))
    const [newest, ...archives] = await documentsOf(newsroom, '/en/feed.xml')
    expect(newest?.isArchive).toBe(false)
    expect(newest?.entries).toHaveLength(29)
    expect(addressesOf(archives)).toEqual(['4', '3', '2', '1'])
    const listed = [...(newest ? [newest] : []), ...archives].flatMap(slugsIn)
    const dated = briefings.toSorted((one, other) => (one.publishedAt + one.slug < other.publishedAt + other.slug ? 1 : -1))
    expect(listed).toEqual(dated.map(({ slug }) => slug))
    for (const each of archives) {
      expect(each.isArchive).toBe(true)
      expect(linkOf(each, 'current')).toBe(`${origin}/en/feed.xml`)
      expect(each.id).toBe(newest?.id)
      expect(each.entries).toHaveLength(feedSize)
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
          expect(found.toSorted()).toEqual(wanted.map(({ slug }) => slug).toSorted())
        },
      ),
      { numRuns: rounds(6) },
    )
  })

  test('stay as they are when something is dated back, which is reached all the same; what is not full is none', async () => {
    const newsroom = await openNewsroom({ now: '2025-03-31T00:00:00Z', kit: few })
    await newsroom.load(...published2025({ '2025-03': 40 }).map((briefing) => ({ briefing })))
    const first = await newsroom.text('/en/feed.xml?archive=1')
    const second = await newsroom.text('/en/feed.xml?archive=2')
    expect(linkOf(await feedAt(newsroom, '/en/feed.xml'), 'prev-archive')).toBe(`${origin}/en/feed.xml?archive=1`)
    expect((await newsroom.get('/en/feed.xml?archive=3')).status).toBe(404)
    expect(await newsroom.text('/en/feed.xml?archive=2025-03.1')).toBe(await newsroom.text('/en/feed.xml')) // Archives had months once.
    await newsroom.load({ briefing: published('dated-back', '2025-03-02T07:00:00Z') })
    expect(await newsroom.text('/en/feed.xml?archive=1')).toBe(first)
    expect(await newsroom.text('/en/feed.xml?archive=2')).toBe(second)
    const [newest] = await documentsOf(newsroom, '/en/feed.xml')
    expect(newest?.entries[0]).toMatchObject({ url: `${origin}/en/briefings/dated-back`, published: '2025-03-02T07:00:00Z' })
    expect((await newsroom.get('/en/feed.json?archive=3')).status).toBe(404)
  })

  test('lose what is taken back and nothing else; published again, it is the newest', async () => {
    const newsroom = await openNewsroom({ now: '2025-03-31T00:00:00Z', kit: few })
    await newsroom.load(...published2025({ '2025-03': 61 }).map((briefing) => ({ briefing })))
    const [, second, first] = await documentsOf(newsroom, '/en/feed.xml')
    const [gone = '', ...others] = second ? slugsIn(second) : []
    const before = await newsroom.text('/en/feed.xml?archive=1')
    await newsroom.takeBack(gone)
    expect(slugsIn(await feedAt(newsroom, '/en/feed.xml?archive=2'))).toEqual(others)
    expect(await newsroom.text('/en/feed.xml?archive=2')).not.toContain(gone)
    expect(await newsroom.text('/en/feed.xml?archive=1')).toBe(before)
    expect(first && linkOf(first, 'self')).toBe(`${origin}/en/feed.xml?archive=1`)
    await newsroom.publish(gone, 'en')
    expect(slugsIn(await feedAt(newsroom, '/en/feed.xml?archive=2'))).toEqual(others)
    expect(slugsIn(await feedAt(newsroom, '/en/feed.xml'))[0]).toBe(gone)
  })

  test('get what a program of before lists meanwhile with its next print', async () => {
    const newsroom = await openNewsroom({ now: '2025-03-31T00:00:00Z', kit: few })
    await newsroom.load(...published2025({ '2025-03': 3 }).map((briefing) => ({ briefing })))
    const { database } = newsroom
    await database.query.deleteFrom('feed_place').where('briefing_id', '=', 'b-2025-03-0').execute()
    await database.query.updateTable('resolution').set({ made_of: '', listed: '' }).execute() // It does not know these columns.
    const next = await newsroom.deploy({ ...few, ...reworded('en', { 'briefing.watch': 'Keep an eye on' }) })
    await next.printWaiting()
    const listed = slugsIn(await feedAt(newsroom, '/en/feed.xml'))
    expect(listed).toEqual(['b-2025-03-0', 'b-2025-03-2', 'b-2025-03-1'])
  })
})
