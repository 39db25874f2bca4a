import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { listDemand, saveViews } from '../../src/demand/store'
import { listMostWanted } from '../../src/editions/wanted-store'
import { chunked, type Database } from '../../src/storage/database'
import { aBriefing, aTranslation } from '../support/briefings'
import { aTally, aView } from '../support/demand'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const november = new Date('2026-11-15T12:00:00Z')
const slugs = ['harbour-closes', 'bridge-opens', 'tunnel-floods']
const idOf = (slug: string) => slug.split('-')[0] ?? ''
const aBriefingAt = (slug: string) => aBriefing({ id: idOf(slug), slug })

/** Three briefings in English, and in no other language. */
async function withBriefings(disturbed?: (database: Database) => Database): Promise<Newsroom> {
  const newsroom = await openNewsroom(disturbed ? { disturbed } : {})
  await newsroom.load(...slugs.map((slug) => ({ briefing: aBriefingAt(slug) })))
  return newsroom
}

const rowsIn = async ({ database }: Newsroom) =>
  (await database.query.selectFrom('demand').selectAll().orderBy('month').orderBy('locale').orderBy('briefing_id').execute()).map(
    ({ month, locale, briefing_id, views }) => `${month} ${locale} ${briefing_id} ${views}`,
  )

describe('what readers were shown for want of a translation', () => {
  test('is added up by briefing, locale and month', async () => {
    const newsroom = await withBriefings()
    const { database } = newsroom
    await saveViews(database, aTally({ 'es harbour-closes': 3, 'es bridge-opens': 1, 'fr harbour-closes': 2 }), november)
    await saveViews(database, aTally({ 'es harbour-closes': 4, 'ja tunnel-floods': 1 }), november)
    await saveViews(database, aTally({ 'es harbour-closes': 5 }), new Date('2026-12-01T00:00:00Z'))
    expect(await rowsIn(newsroom)).toEqual([
      '2026-11 es bridge 1',
      '2026-11 es harbour 7',
      '2026-11 fr harbour 2',
      '2026-11 ja tunnel 1',
      '2026-12 es harbour 5',
    ])
  })

  test('is kept with nothing about who they were', async () => {
    const { database } = await withBriefings()
    await saveViews(database, aTally({ 'es harbour-closes': 1 }), november)
    const row = await database.query.selectFrom('demand').selectAll().executeTakeFirstOrThrow()
    expect(row).toEqual({ month: '2026-11', locale: 'es', briefing_id: 'harbour', views: 1 })
  })

  test('is exact where many write at once', async () => {
    const newsroom = await withBriefings()
    const saving = Array.from({ length: 20 }, (_, index) =>
      saveViews(newsroom.database, aTally({ 'es harbour-closes': index + 1, 'es bridge-opens': 1 }), november),
    )
    await Promise.all(saving)
    expect(await rowsIn(newsroom)).toEqual(['2026-11 es bridge 20', '2026-11 es harbour 210'])
  })

  test('is nothing at addresses that somebody made up', async () => {
    const newsroom = await withBriefings()
    const invented = Array.from({ length: 300 }, (_, index) => [`es invented-${index}`, 1] as const)
    const tally = aTally({
      ...Object.fromEntries(invented),
      'xx harbour-closes': 9,
      'es harbour': 9,
      "es ' or 1": 9,
      'es harbour-closes': 1,
    })
    expect(await saveViews(newsroom.database, tally, november)).toBe(0)
    expect(await rowsIn(newsroom)).toEqual(['2026-11 es harbour 1'])
  })

  test('is counted to the briefing, whatever its address becomes', async () => {
    const newsroom = await withBriefings()
    await saveViews(newsroom.database, aTally({ 'es harbour-closes': 2 }), november)
    await newsroom.load({ briefing: { ...aBriefingAt('harbour-closes'), slug: 'harbour-shut', formerSlugs: ['harbour-closes'] } })
    await saveViews(newsroom.database, aTally({ 'es harbour-shut': 3 }), november)
    expect(await rowsIn(newsroom)).toEqual(['2026-11 es harbour 5'])
    expect(await listMostWanted(newsroom.database, 'es', '2026-11', 5)).toEqual([
      { briefingId: 'harbour', slug: 'harbour-shut', views: 5, title: { lang: 'en', text: 'The harbour closes for a month' } },
    ])
  })

  test('is kept for thirteen months', async () => {
    const newsroom = await withBriefings()
    for (let month = 0; month < 16; month += 1) {
      const tally = aTally({ 'es harbour-closes': month + 1, 'ja harbour-closes': 1 })
      await saveViews(newsroom.database, tally, new Date(Date.UTC(2025, month, 20)))
    }
    const months = (await rowsIn(newsroom)).filter((row) => row.includes(' es ')).map((row) => row.slice(0, 7))
    expect([months.length, months[0], months.at(-1)]).toEqual([13, '2025-04', '2026-04'])
    expect(await rowsIn(newsroom)).toHaveLength(26)
  })

  test('costs two statements however many pages were viewed, and none where none was', async () => {
    const newsroom = await withBriefings()
    const tally = aTally(Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`es page-${index}`, 1])))
    newsroom.forget()
    await saveViews(newsroom.database, tally, november)
    expect(newsroom.queries).toHaveLength(2)
    await saveViews(newsroom.database, tally, november)
    expect(newsroom.queries).toHaveLength(2)
  })

  test('is not lost to a database that does not answer: it is written down with what came since', async () => {
    let isIll = false
    const newsroom = await withBriefings((database) => ({
      ...database,
      atomically: (writes) =>
        isIll && writes.length === 2 ? Promise.reject(new Error('disk I/O error')) : database.atomically(writes),
    }))
    isIll = true
    const tally = aTally({ 'es harbour-closes': 3, 'fr harbour-closes': 1 })
    const failing = saveViews(newsroom.site.database, tally, november)
    tally.add(aView('es', 'harbour-closes'))
    await expect(failing).rejects.toThrow('disk I/O error')
    tally.add(aView('es', 'harbour-closes'))
    expect(await rowsIn(newsroom)).toEqual([])
    isIll = false
    await saveViews(newsroom.site.database, tally, november)
    expect(await rowsIn(newsroom)).toEqual(['2026-11 es harbour 5', '2026-11 fr harbour 1'])
    await saveViews(newsroom.site.database, tally, november)
    expect(await rowsIn(newsroom)).toEqual(['2026-11 es harbour 5', '2026-11 fr harbour 1'])
  })

  test('says how many views it had no room for, once', async () => {
    const { database } = await withBriefings()
    const tally = aTally(Object.fromEntries(Array.from({ length: 1003 }, (_, index) => [`es page-${index}`, 2])))
    expect(await saveViews(database, tally, november)).toBe(6)
    expect(await saveViews(database, tally, november)).toBe(0)
  })
})

describe('the demand', () => {
  test('is the sum of the months since the one given, in the locales given', async () => {
    const { database } = await withBriefings()
    for (const [month, views] of [
      ['2026-09', 100],
      ['2026-10', 10],
      ['2026-11', 1],
    ] as const) {
      const tally = aTally({ 'es harbour-closes': views, 'fr harbour-closes': views, 'ja bridge-opens': 2 * views })
      await saveViews(database, tally, new Date(`${month}-03T00:00:00Z`))
    }
    const demand = await listDemand(database, ['es', 'ja'], '2026-10', ['harbour', 'bridge'])
    expect(demand.toSorted((one, other) => one.locale.localeCompare(other.locale))).toEqual([
      { briefingId: 'harbour', locale: 'es', views: 11 },
      { briefingId: 'bridge', locale: 'ja', views: 22 },
    ])
  })
})

describe('what readers of a language want most', () => {
  const views = { 'es harbour-closes': 5, 'es bridge-opens': 9, 'es tunnel-floods': 7, 'fr tunnel-floods': 30 }
  const wanted = async ({ database }: Newsroom, most = 10) =>
    (await listMostWanted(database, 'es', '2026-11', most)).map((each) => `${each.slug} ${each.views}`)

  test('is listed most viewed first, as many as are asked for, of this language and month alone', async () => {
    const newsroom = await withBriefings()
    await saveViews(newsroom.database, aTally(views), november)
    await saveViews(newsroom.database, aTally({ 'es harbour-closes': 99 }), new Date('2026-10-15T00:00:00Z'))
    expect(await wanted(newsroom)).toEqual(['bridge-opens 9', 'tunnel-floods 7', 'harbour-closes 5'])
    expect(await wanted(newsroom, 2)).toEqual(['bridge-opens 9', 'tunnel-floods 7'])
  })

  test('is wanted no more once it is translated, and again when the translation is withdrawn', async () => {
    const newsroom = await withBriefings()
    await saveViews(newsroom.database, aTally(views), november)
    const briefing = aBriefingAt('bridge-opens')
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'draft' })] })
    expect(await wanted(newsroom, 1)).toEqual(['bridge-opens 9'])
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await wanted(newsroom, 1)).toEqual(['tunnel-floods 7'])
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'withdrawn' })] })
    expect(await wanted(newsroom, 1)).toEqual(['bridge-opens 9'])
  })

  test('is no briefing that readers can no longer open', async () => {
    const newsroom = await withBriefings()
    await saveViews(newsroom.database, aTally(views), november)
    await newsroom.takeBack('bridge-opens')
    expect(await wanted(newsroom)).toEqual(['tunnel-floods 7', 'harbour-closes 5'])
  })

  test('is looked for among so many of the most viewed, and no further', async () => {
    const newsroom = await withBriefings()
    await saveViews(newsroom.database, aTally(views), november)
    const { query } = newsroom.database
    const gone = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ month: '2026-11', locale: 'es', briefing_id: `gone-${index}`, views: 50 }))
    const put = async (count: number) => {
      await query.deleteFrom('demand').where('briefing_id', 'like', 'gone-%').execute()
      for (const rows of chunked(gone(count), 4)) await query.insertInto('demand').values(rows).execute()
    }
    await put(199)
    expect(await wanted(newsroom)).toEqual(['bridge-opens 9'])
    await put(5000)
    expect(await wanted(newsroom)).toEqual([])
  })

  test('is found by seeking in indexes', async () => {
    const newsroom = await withBriefings()
    newsroom.forget()
    await listMostWanted(newsroom.database, 'es', '2026-11', 10)
    const [asked = ''] = newsroom.queries
    const anything = [...asked.matchAll(/\?/g)].map(() => 1)
    const { rows } = await newsroom.database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${asked}`, anything),
    )
    const plan = rows.map(({ detail }) => detail).join('\n')
    expect(plan).toContain('SEARCH demand USING COVERING INDEX demand_by_views (locale=? AND month=?)')
    expect(plan).toContain('SEARCH f USING INDEX facet_by_briefing')
    expect(plan).toContain('SEARCH r USING INDEX resolution_by_briefing (briefing_id=?)')
    expect(plan.match(/SCAN \w+/g)).toEqual(['SCAN d'])
    expect(plan).not.toContain('AUTOMATIC')
  })
})
