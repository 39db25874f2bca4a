import { sql } from 'kysely'
import { everything, type FacetName } from '../editions/card'
import { readingDocument, resolutionDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import { among, type Database } from '../storage/database'
import { documentIn, editionColumns } from '../storage/deflated-rows'
import { type FeedPlaces, type FeedRequest, type FeedRow, feedSize } from './feed'

/**
 * The document that readers subscribe to: the twenty entries that were listed last, and what else stands in the archive of the
 * twentieth. So no entry is in an archive before it as well. One query of a fixed number of rows.
 */
export async function listNewest(database: Database, asked: Locale, request: FeedRequest): Promise<FeedPlaces> {
  const rows = await run(database, formOf(request), () => newestQuery(database, request), valuesIn(asked, request))
  const first = rows.length < feedSize ? 0 : (rows.at(-1)?.number ?? 0)
  return { ...placesIn(rows), ...before(Math.floor(first / feedSize) + 1) }
}

function newestQuery(database: Database, request: FeedRequest) {
  const twentieth = entriesOf(database, request)
    .select('p.number')
    .orderBy('p.number', 'desc')
    .limit(sql.lit(1))
    .offset(sql.lit(feedSize - 1))
  const size = sql.lit(feedSize) // A parameter would be a fraction to SQLite.
  return rowsOf(database, request).where('p.number', '>=', sql<number>`coalesce((${twentieth}), 0) / ${size} * ${size}`)
}

/** An archive; `undefined` if its places have not all been given. Entries that were taken away are missing from it for good. */
export async function listArchive(
  database: Database,
  asked: Locale,
  request: FeedRequest,
  archive: number,
): Promise<FeedPlaces | undefined> {
  const end = archive * feedSize
  const values = { ...valuesIn(asked, request), first: String(end - feedSize), last: String(end - 1) }
  const [last, rows] = await Promise.all([
    runLast(database, formOf(request), () => lastQuery(database, request), values),
    run(database, `${formOf(request)} archive`, () => archiveQuery(database, request), values),
  ])
  return last.length === 0 ? undefined : { ...placesIn(rows), ...before(archive) }
}

const number = (name: string) => sql<number>`cast(${slot(name)} as integer)`

const lastQuery = (database: Database, request: FeedRequest) =>
  listOf(database, request).select('p.number').where('p.number', '=', number('last'))

const archiveQuery = (database: Database, request: FeedRequest) =>
  rowsOf(database, request).where('p.number', '>=', number('first')).where('p.number', '<=', number('last'))

const before = (archive: number) => (archive > 1 ? { previous: archive - 1 } : {})

interface PlaceRow {
  readonly number: number
  readonly briefing_id: string
  readonly appeared_at: string
  readonly updated_at: string
  readonly made: number
  readonly print: number
}

const run = compiledOnce<PlaceRow>()
const runLast = compiledOnce<Pick<PlaceRow, 'number'>>()

const placesIn = (rows: readonly PlaceRow[]): FeedPlaces => ({
  places: rows.map(({ briefing_id, appeared_at, updated_at, made }) => ({
    briefingId: briefing_id,
    appearedAt: appeared_at,
    updatedAt: updated_at,
    print: made,
  })),
  ...(rows[0] ? { print: rows[0].print } : {}),
})

/** The order in which a filter decides whose places count. In those of one facet, no entry may come under another without new places. */
const facetOrder: readonly FacetName[] = ['standing', 'region', 'domain', 'category', 'impact']

const namesIn = ({ filter }: FeedRequest) => facetOrder.filter((name) => filter[name])

/** What of a request its queries depend on, besides the values in their slots. */
const formOf = (request: FeedRequest) => [request.withFallback, ...namesIn(request)].join()

/** The value of each facet is in the slot of its name. */
const valuesIn = (asked: Locale, request: FeedRequest): Readonly<Record<string, string>> => ({
  asked,
  [everything.name]: everything.value,
  ...Object.fromEntries(namesIn(request).map((name) => [name, request.filter[name] ?? ''])),
})

/** The places of the feed whose numbers are those of the one asked for: that of its first facet, or of everything. */
function listOf({ query }: Database, request: FeedRequest) {
  const [first = everything.name] = namesIn(request)
  return query
    .selectFrom('feed_place as p')
    .where('p.asked', '=', slot('asked'))
    .where('p.with_fallback', '=', sql.lit(request.withFallback ? 1 : 0))
    .where('p.name', '=', sql.lit(first))
    .where('p.value', '=', slot(first))
}

/** Those with an entry that the filter allows. Further facets are looked up row by row. */
function entriesOf(database: Database, request: FeedRequest) {
  let places = listOf(database, request).innerJoin('appearance as a', (join) =>
    join.onRef('a.asked', '=', 'p.asked').onRef('a.briefing_id', '=', 'p.briefing_id'),
  )
  for (const name of namesIn(request).slice(1)) {
    places = places.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('feed_place as g')
          .select('g.briefing_id')
          .whereRef('g.briefing_id', '=', 'p.briefing_id')
          .whereRef('g.asked', '=', 'p.asked')
          .whereRef('g.with_fallback', '=', 'p.with_fallback')
          .where('g.name', '=', sql.lit(name))
          .where('g.value', '=', slot(name)),
      ),
    )
  }
  return places
}

/** The last print that changed what an entry says. */
const made = sql<number>`max(r.print, e.print)`.as('made')

/** The same with the prints of what is served, the last listed first. */
const rowsOf = (database: Database, request: FeedRequest) =>
  entriesOf(database, request)
    .innerJoin('resolution as r', (join) => join.onRef('r.asked', '=', 'a.asked').onRef('r.slug', '=', 'a.slug'))
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', sql.lit(0)),
    )
    .select(['p.number', 'a.briefing_id', 'a.appeared_at', 'a.updated_at', made])
    .select(sql<number>`(select max(number) from print)`.as('print'))
    .orderBy('p.number', 'desc')

/** These briefings with their public editions, for every reader. One query. */
export async function listRows(database: Database, asked: Locale, ids: readonly string[]): Promise<readonly FeedRow[]> {
  if (ids.length === 0) return []
  const rows = await database.query
    .selectFrom('appearance as a')
    .innerJoin('resolution as r', (join) => join.onRef('r.asked', '=', 'a.asked').onRef('r.slug', '=', 'a.slug'))
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', 0),
    )
    .select(['a.briefing_id', 'a.appeared_at', 'a.updated_at', made, 'r.resolution'])
    .select(editionColumns(database, 'e'))
    .where('a.asked', '=', asked)
    .where('a.briefing_id', 'in', among(ids))
    .execute()
  return rows.map(({ briefing_id, appeared_at, updated_at, made: print, resolution, ...edition }) => ({
    briefingId: briefing_id,
    appearedAt: appeared_at,
    updatedAt: updated_at,
    print,
    answer: { resolution: resolutionDocument.read(resolution), reading: readingDocument.read(documentIn(edition)) },
  }))
}
