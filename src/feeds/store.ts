import { sql } from 'kysely'
import { everything, type FacetName } from '../editions/card'
import { readingDocument, resolutionDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { type FeedRequest, type FeedRow, type FeedRows, feedSize } from './feed'

/**
 * The document that readers subscribe to: the twenty entries that were listed last, and what else stands in the archive of the
 * twentieth. So no entry is in an archive before it as well. One query of a fixed number of rows.
 */
export async function listNewest(database: Database, asked: Locale, request: FeedRequest): Promise<FeedRows> {
  const twentieth = placesOf(database, asked, request)
    .select('p.number')
    .orderBy('p.number', 'desc')
    .limit(1)
    .offset(feedSize - 1)
  const size = sql.lit(feedSize) // A parameter would be a fraction to SQLite.
  const rows = await rowsOf(database, asked, request)
    .where('p.number', '>=', sql<number>`coalesce((${twentieth}), 0) / ${size} * ${size}`)
    .execute()
  const first = rows.length < feedSize ? 0 : (rows.at(-1)?.number ?? 0)
  return { rows: rows.map(rowIn), ...before(Math.floor(first / feedSize) + 1) }
}

/** An archive; `undefined` if its places have not all been given. Entries that were taken away are missing from it for good. */
export async function listArchive(
  database: Database,
  asked: Locale,
  request: FeedRequest,
  archive: number,
): Promise<FeedRows | undefined> {
  const end = archive * feedSize
  const [last, rows] = await Promise.all([
    listOf(database, asked, request)
      .select('p.number')
      .where('p.number', '=', end - 1)
      .executeTakeFirst(),
    rowsOf(database, asked, request)
      .where('p.number', '>=', end - feedSize)
      .where('p.number', '<', end)
      .execute(),
  ])
  return last && { rows: rows.map(rowIn), ...before(archive) }
}

const before = (archive: number) => (archive > 1 ? { previous: archive - 1 } : {})

/** The order in which a filter decides whose places count. In those of one facet, no entry may come under another without new places. */
const facetOrder: readonly FacetName[] = ['standing', 'region', 'domain', 'category', 'impact']

const facetsIn = ({ filter }: FeedRequest) => {
  const [first = everything, ...others] = facetOrder.flatMap((name) => (filter[name] ? [{ name, value: filter[name] }] : []))
  return { first, others }
}

/** The places of the feed whose numbers are those of the one asked for: that of its first facet, or of everything. */
function listOf({ query }: Database, asked: Locale, request: FeedRequest) {
  const { first } = facetsIn(request)
  return query
    .selectFrom('feed_place as p')
    .where('p.asked', '=', asked)
    .where('p.with_fallback', '=', request.withFallback ? 1 : 0)
    .where('p.name', '=', first.name)
    .where('p.value', '=', first.value)
}

/** Those with an entry that the filter allows. Further facets are looked up row by row. */
function placesOf(database: Database, asked: Locale, request: FeedRequest) {
  let places = listOf(database, asked, request).innerJoin('appearance as a', (join) =>
    join.onRef('a.asked', '=', 'p.asked').onRef('a.briefing_id', '=', 'p.briefing_id'),
  )
  for (const { name, value } of facetsIn(request).others) {
    places = places.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('feed_place as g')
          .select('g.briefing_id')
          .whereRef('g.briefing_id', '=', 'p.briefing_id')
          .whereRef('g.asked', '=', 'p.asked')
          .whereRef('g.with_fallback', '=', 'p.with_fallback')
          .where('g.name', '=', name)
          .where('g.value', '=', value),
      ),
    )
  }
  return places
}

/** The same with the public edition of each, for every reader, the last listed first. */
const rowsOf = (database: Database, asked: Locale, request: FeedRequest) =>
  placesOf(database, asked, request)
    .innerJoin('resolution as r', (join) => join.onRef('r.asked', '=', 'a.asked').onRef('r.slug', '=', 'a.slug'))
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', 0),
    )
    .select(['p.number', 'a.briefing_id', 'a.appeared_at', 'a.updated_at', 'r.resolution', 'e.reading'])
    .orderBy('p.number', 'desc')

interface Row {
  readonly briefing_id: string
  readonly appeared_at: string
  readonly updated_at: string
  readonly resolution: string
  readonly reading: string
}

const rowIn = ({ briefing_id, appeared_at, updated_at, resolution, reading }: Row): FeedRow => ({
  briefingId: briefing_id,
  appearedAt: appeared_at,
  updatedAt: updated_at,
  answer: { resolution: resolutionDocument.read(resolution), reading: readingDocument.read(reading) },
})
