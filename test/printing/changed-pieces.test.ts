import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { printBriefing } from '../../src/printing/print-briefing'
import type { Database } from '../../src/storage/database'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'
import { writePlain } from '../support/plain-rows'
import { rounds } from '../support/rounds'

const id = 'harbour'

/** All that readers get of a briefing, without the numbers of prints and of entries. */
async function givenIn({ query }: Database) {
  const of = async (table: 'edition' | 'resolution' | 'facet' | 'feed_entry' | 'moved' | 'taken_back' | 'share_card_use') =>
    (await query.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify({ ...row, print: 0 })).sort()
  const { rows: cards } = await sql`select hash from share_card where left_at is null order by hash`.execute(query)
  const { rows: words } = await sql`select * from search_vocabulary order by term`.execute(query)
  const { rows: entries } = await sql`select briefing_id, locale, made_of, fingerprint from search_entry order by locale`.execute(
    query,
  )
  const { rows: places } = await sql`
    select * from feed_place where briefing_id is not null order by asked, with_fallback, name, value, number`.execute(query)
  const pages = [
    await of('edition'),
    await of('resolution'),
    await of('moved'),
    await of('taken_back'),
    await of('share_card_use'),
  ]
  return { pages, places, lists: [await of('facet'), await of('feed_entry')], cards, words, entries }
}

/** Removes what was printed, so that the next print can leave nothing as it is. */
const removal = ({ query }: Database) => [
  query.deleteFrom('search_text').where('rowid', 'in', query.selectFrom('search_entry').select('id')),
  ...(['edition', 'resolution', 'facet', 'feed_entry', 'moved', 'taken_back', 'share_card_use', 'search_entry'] as const).map(
    (table) => query.deleteFrom(table),
  ),
]

const anAct = fc.oneof(
  fc.record({
    what: fc.constant('text'),
    locale: fc.constantFrom('es', 'fr'),
    segment: fc.constantFrom('title', 'summary', 'topic', 'sections.insurers', 'gone'),
  }),
  fc.record({
    what: fc.constant('state'),
    locale: fc.constantFrom('es', 'fr'),
    state: fc.constantFrom('approved', 'withdrawn', 'draft'),
  }),
  fc.record({ what: fc.constant('credits'), locale: fc.constantFrom('es', 'fr'), name: fc.constantFrom('Ana', 'Bo') }),
  fc.record({ what: fc.constant('english'), significance: fc.constantFrom('typo', 'material') }),
  fc.record({ what: fc.constant('briefing'), state: fc.constantFrom('draft', 'published', 'published') }),
  fc.record({ what: fc.constant('address') }),
  fc.record({ what: fc.constant('deployment'), word: fc.constantFrom('Fuentes', 'Orígenes') }),
  fc.record({ what: fc.constant('former program') }),
  fc.record({ what: fc.constant('nothing') }),
)
type Act = typeof anAct extends fc.Arbitrary<infer Value> ? Value : never

async function aNewsroom(): Promise<Newsroom> {
  const newsroom = await openNewsroom()
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({ briefing, translations: ['es', 'fr', 'ar'].map((each) => aTranslation(briefing, each)) })
  return newsroom
}

/** Changes what a print depends on, without printing. Returns the program that prints next. */
async function carryOut(newsroom: Newsroom, act: Act, turn: number): Promise<Newsroom['site']> {
  const { query } = newsroom.database
  await changed(newsroom.database, act, turn)
  await query
    .updateTable('briefing')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .execute()
  return act.what === 'deployment'
    ? (await newsroom.deploy(reworded('es', { 'briefing.sources': act.word }))).site
    : newsroom.site
}

async function changed(database: Database, act: Act, turn: number): Promise<unknown> {
  const { query } = database
  const translation = (locale: string) => query.updateTable('translation').where('locale', '=', locale)
  if (act.what === 'text') return await reword(database, act.locale, act.segment, `${act.locale} ${turn}`)
  if (act.what === 'state') return await translation(act.locale).set({ state: act.state }).execute()
  if (act.what === 'credits') {
    return await translation(act.locale)
      .set({ credits: JSON.stringify([act.name]) })
      .execute()
  }
  if (act.what === 'briefing') return await query.updateTable('briefing').set({ state: act.state }).execute()
  if (act.what === 'english') {
    const document = sql<string>`replace(document, 'has run aground', ${`has run aground ${turn}`})`
    return await query.updateTable('source_revision').set({ significance: act.significance, document }).execute()
  }
  if (act.what === 'address') {
    const { slug } = await query.selectFrom('briefing').select('slug').executeTakeFirstOrThrow()
    await query.insertInto('former_slug').values({ slug, briefing_id: id }).execute()
    return await query
      .updateTable('briefing')
      .set({ slug: `harbour-${turn}` })
      .execute()
  }
  if (act.what !== 'former program') return undefined
  return await database.atomically([
    query.updateTable('edition').set({ made_of: '', fingerprint: 'former', lead: 'former', deflated: null }),
    query.updateTable('resolution').set({ made_of: '', listed: '', fingerprint: 'former', notice: 'former', deflated: null }),
    query.updateTable('search_entry').set({ made_of: '', fingerprint: '' }),
    query.updateTable('facet').set({ served: 'en' }),
  ])
}

async function reword({ query }: Database, locale: string, segment: string, text: string) {
  const path = sql.lit(`$."${segment}".text`)
  await query
    .updateTable('translation_revision')
    .set({ segments: sql`iif(json_type(segments, ${path}) is null, segments, json_set(segments, ${path}, ${text}))` })
    .where('locale', '=', locale)
    .execute()
}

describe('a print that leaves what is the same', () => {
  test('gives readers what a print of everything gives them, whatever changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 1, maxLength: 6 }), async (acts) => {
        const newsroom = await aNewsroom()
        for (const [turn, act] of acts.entries()) {
          const site = await carryOut(newsroom, act, turn)
          await printBriefing(site, id)
          const given = await givenIn(newsroom.database)
          await newsroom.database.atomically(removal(newsroom.database))
          await printBriefing(site, id)
          expect(await givenIn(newsroom.database)).toEqual(given)
        }
      }),
      { numRuns: rounds(12) },
    )
  })

  test('is compared with what a print of everything gives, and a row that is wrong is found', async () => {
    const newsroom = await aNewsroom()
    await writePlain(newsroom.database)
    await newsroom.database.query.updateTable('edition').set({ lead: 'something else' }).where('locale', '=', 'fr').execute()
    await printBriefing(newsroom.site, id)
    const given = await givenIn(newsroom.database)
    await newsroom.database.atomically(removal(newsroom.database))
    await printBriefing(newsroom.site, id)
    expect(await givenIn(newsroom.database)).not.toEqual(given)
  })

  test('leaves an edition that English with a typo corrected does not change, and notes the new English', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'fr')] })
    const typo = revised(briefing, 'typo', '2025-04-01T00:00:00Z', (each) => ({
      ...each,
      title: 'The harbour closes for one month',
    }))
    await newsroom.load({ briefing: typo, translations: [aTranslation(briefing, 'fr')] })
    const rows = await newsroom.database.query
      .selectFrom('edition')
      .select(['locale', 'print', 'source_revision as source', 'translation_revision as translation'])
      .where('tier', '=', 0)
      .orderBy('locale')
      .execute()
    expect(rows).toEqual([
      { locale: 'en', print: 2, source: 2, translation: 0 },
      { locale: 'fr', print: 1, source: 2, translation: 1 },
    ])
  })

  test('takes at most fifty statements, whatever it has to write', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
    const locales = newsroom.site.locales.locales.map(({ tag }) => tag).filter((tag) => tag !== 'en')
    await newsroom.load({ briefing, translations: locales.map((each) => aTranslation(briefing, each)) })
    const statements = async () => {
      newsroom.forget()
      await printBriefing(newsroom.site, id)
      return newsroom.queries.length
    }
    await newsroom.database.atomically(removal(newsroom.database))
    expect(await statements()).toBeLessThanOrEqual(50)
    await changed(newsroom.database, { what: 'former program' }, 0)
    expect(await statements()).toBeLessThanOrEqual(50)
    expect(await statements()).toBeLessThanOrEqual(12)
  })

  test('of a text in one language writes that language’s rows, and other pages keep their ETag', async () => {
    const newsroom = await aNewsroom()
    const tagOf = async (locale: string) => (await newsroom.get(`/${locale}/briefings/harbour-closes`)).headers.get('ETag')
    const [es, ca, fr, en] = [await tagOf('es'), await tagOf('ca'), await tagOf('fr'), await tagOf('en')]
    const site = await carryOut(newsroom, { what: 'text', locale: 'es', segment: 'summary' }, 1)
    newsroom.forget()
    await printBriefing(site, id)
    const printed = async (table: 'edition' | 'resolution', column: 'locale' | 'asked') =>
      (
        await sql<{
          locale: string
        }>`select distinct ${sql.ref(column)} as locale from ${sql.table(table)} where print = (select max(number) from print) order by 1`.execute(
          newsroom.database.query,
        )
      ).rows.map(({ locale }) => locale)
    expect(await printed('edition', 'locale')).toEqual(['es'])
    expect(await printed('resolution', 'asked')).toEqual(['ca', 'es']) // Catalan readers get the Spanish.
    expect([await tagOf('fr'), await tagOf('en')]).toEqual([fr, en])
    expect(await tagOf('es')).not.toBe(es)
    expect(await tagOf('ca')).not.toBe(ca)
  })
})
