import { everything, facetNames } from '../editions/card'
import { readingDocument, resolutionDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { type Archive, type FeedRequest, type FeedRow, feedSize, monthAfter } from './feed'

/** The newest entries of a feed, newest first. One query for each of native and fallback, of a fixed number of rows. */
export async function listNewest(database: Database, asked: Locale, request: FeedRequest): Promise<readonly FeedRow[]> {
  const lists = await Promise.all(
    standingsOf(request).map((native) => rowsOf(database, asked, request, [native]).limit(feedSize).execute()),
  )
  return lists
    .flat()
    .sort((one, other) => (keyOf(one) < keyOf(other) ? 1 : -1))
    .slice(0, feedSize)
    .map(rowIn)
}

/** The entries of an archive, newest first; `undefined` if it is not full, and so not an archive yet. */
export async function listArchive(
  database: Database,
  asked: Locale,
  request: FeedRequest,
  { month, part }: Archive,
  now: string,
): Promise<readonly FeedRow[] | undefined> {
  const rows = await rowsOf(database, asked, request, standingsOf(request), 'asc')
    .where('f.appeared_at', '>=', month)
    .where('f.appeared_at', '<', monthAfter(month))
    .limit(feedSize)
    .offset(feedSize * (part - 1))
    .execute()
  const isWhole = rows.length === feedSize || (rows.length > 0 && month < now.slice(0, 7))
  return isWhole ? rows.reverse().map(rowIn) : undefined
}

/**
 * The newest full archive before another one, or before the document that readers subscribe to. In the current month, the entries
 * beyond the full archives are less than one archive, so that document has them.
 */
export async function findPrevious(
  database: Database,
  asked: Locale,
  request: FeedRequest,
  now: string,
): Promise<Archive | undefined> {
  const { archive } = request
  if (archive && archive.part > 1) return { month: archive.month, part: archive.part - 1 }
  const present = now.slice(0, 7)
  if (!archive) {
    const part = Math.floor((await countIn(database, asked, request, present)) / feedSize)
    if (part > 0) return { month: present, part }
  }
  const month = await lastMonthBefore(database, asked, request, archive?.month ?? present)
  return month === undefined ? undefined : { month, part: Math.ceil((await countIn(database, asked, request, month)) / feedSize) }
}

const standingsOf = ({ withFallback }: FeedRequest) => (withFallback ? [1, 0] : [1])

/** The entries in scope by their index. One facet gives the order; further facets are looked up row by row. */
function entriesOf({ query }: Database, asked: Locale, { filter }: FeedRequest, native: readonly number[]) {
  const [first = everything, ...others] = facetNames.flatMap((name) => (filter[name] ? [{ name, value: filter[name] }] : []))
  let rows = query
    .selectFrom('feed_entry as f')
    .where('f.asked', '=', asked)
    .where('f.name', '=', first.name)
    .where('f.value', '=', first.value)
    .where('f.native', 'in', native)
  for (const { name, value } of others) {
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('feed_entry as g')
          .select('g.briefing_id')
          .where('g.asked', '=', asked)
          .where('g.name', '=', name)
          .where('g.value', '=', value)
          .whereRef('g.native', '=', 'f.native')
          .whereRef('g.appeared_at', '=', 'f.appeared_at')
          .whereRef('g.briefing_id', '=', 'f.briefing_id'),
      ),
    )
  }
  return rows
}

/** The same with the public edition of each, for every reader. */
const rowsOf = (
  database: Database,
  asked: Locale,
  request: FeedRequest,
  native: readonly number[],
  order: 'asc' | 'desc' = 'desc',
) =>
  entriesOf(database, asked, request, native)
    .innerJoin('appearance as a', (join) => join.onRef('a.asked', '=', 'f.asked').onRef('a.briefing_id', '=', 'f.briefing_id'))
    .innerJoin('resolution as r', (join) => join.onRef('r.asked', '=', 'a.asked').onRef('r.slug', '=', 'a.slug'))
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', 0),
    )
    .select(['f.briefing_id', 'f.appeared_at', 'a.updated_at', 'r.resolution', 'e.reading'])
    .orderBy('f.appeared_at', order)
    .orderBy('f.briefing_id', order)

async function countIn(database: Database, asked: Locale, request: FeedRequest, month: string): Promise<number> {
  const { count } = await entriesOf(database, asked, request, standingsOf(request))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('f.appeared_at', '>=', month)
    .where('f.appeared_at', '<', monthAfter(month))
    .executeTakeFirstOrThrow()
  return count
}

async function lastMonthBefore(
  database: Database,
  asked: Locale,
  request: FeedRequest,
  month: string,
): Promise<string | undefined> {
  const last = await Promise.all(
    standingsOf(request).map((native) =>
      entriesOf(database, asked, request, [native])
        .select('f.appeared_at')
        .where('f.appeared_at', '<', month)
        .orderBy('f.appeared_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  return last
    .flatMap((row) => row?.appeared_at.slice(0, 7) ?? [])
    .sort()
    .at(-1)
}

interface Row {
  readonly briefing_id: string
  readonly appeared_at: string
  readonly updated_at: string
  readonly resolution: string
  readonly reading: string
}

const keyOf = ({ appeared_at, briefing_id }: Row) => `${appeared_at} ${briefing_id}`

const rowIn = ({ briefing_id, appeared_at, updated_at, resolution, reading }: Row): FeedRow => ({
  briefingId: briefing_id,
  appearedAt: appeared_at,
  updatedAt: updated_at,
  answer: { resolution: resolutionDocument.read(resolution), reading: readingDocument.read(reading) },
})
