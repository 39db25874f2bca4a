import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import { bare, compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'
import { type Card, everything, facetNames } from './card'
import { cardDocument } from './documents'
import { type CardPlace, type Cursor, type ListingFilter, type ListingRequest, pageSize } from './listing'
import type { StandingCount } from './standing'

/** The places of one page of the index, in their order, and where the next page begins. */
interface Places {
  readonly places: readonly CardPlace[]
  readonly next?: Cursor
  /** The number of the newest print, as the same query saw it; absent if the page is empty. */
  readonly print?: number
}

/** One page of the index without its cards. One query, whose cost does not depend on the number of briefings. */
export async function listPlaces(database: Database, asked: Locale, request: ListingRequest): Promise<Places> {
  const rows = await listRows(database, asked, request)
  const [first] = rows
  const shown = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    places: shown.map(({ native, briefing_id, served, made }) => ({
      isNative: native === 1,
      briefingId: briefing_id,
      locale: served,
      print: made,
    })),
    ...(last
      ? { next: { native: last.native === 1 ? 1 : 0, publishedAt: last.published_at, briefingId: last.briefing_id } }
      : {}),
    ...(first ? { print: first.print } : {}),
  }
}

/** The cards of public editions (up to 50), each with the print that made it. One query. */
export async function listCards(
  { query }: Database,
  editions: readonly Pick<CardPlace, 'briefingId' | 'locale'>[],
): Promise<readonly { readonly briefingId: string; readonly print: number; readonly card: Card }[]> {
  if (editions.length === 0) return []
  const names = JSON.stringify(editions.map(({ briefingId, locale }) => [briefingId, locale]))
  const rows = await query
    .selectFrom('edition')
    .select(['briefing_id', 'print', 'card'])
    .where(sql<boolean>`(briefing_id, locale) in (select value ->> 0, value ->> 1 from json_each(${names}))`)
    .where('tier', '=', 0)
    .execute()
  return rows.map(({ briefing_id, print, card }) => ({ briefingId: briefing_id, print, card: cardDocument.read(card) }))
}

interface Row {
  readonly native: number
  readonly published_at: string
  readonly briefing_id: string
  readonly served: Locale
  readonly made: number
  readonly print: number
}

const run = compiledOnce<Row>()

/** The rows of one facet in their stored order, one more than a page shows. Further facets are looked up row by row. */
async function listRows(database: Database, asked: Locale, { filter, after }: ListingRequest): Promise<readonly Row[]> {
  const facets = facetNames.filter((name) => filter[name])
  const [first = everything.name, ...others] = facets
  const form = [...facets, filter.only === true, after !== undefined].join()
  const values = { asked, [everything.name]: everything.value, ...valuesIn(filter) }
  const begun = after && { native: String(after.native), published: after.publishedAt, briefing: after.briefingId }
  return await run(database, form, () => rowsQuery(database, first, others, filter.only === true, begun !== undefined), {
    ...values,
    ...begun,
  })
}

const valuesIn = (filter: ListingFilter): Readonly<Record<string, string>> =>
  Object.fromEntries(facetNames.flatMap((name) => (filter[name] ? [[name, filter[name]]] : [])))

/** The value of each facet is in the slot of its name. */
function rowsQuery({ query }: Database, first: string, others: readonly string[], isOnly: boolean, isAfter: boolean) {
  let rows = query
    .selectFrom('facet as f')
    .where('f.asked', '=', slot('asked'))
    .where('f.name', '=', sql.lit(first))
    .where('f.value', '=', slot(first))
  for (const name of others) {
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('facet as g')
          .select('g.briefing_id')
          .where('g.asked', '=', slot('asked'))
          .where('g.name', '=', sql.lit(name))
          .where('g.value', '=', slot(name))
          .where(sql<boolean>`(g.native, g.published_at, g.briefing_id) = (f.native, f.published_at, f.briefing_id)`),
      ),
    )
  }
  if (isOnly) rows = rows.where('f.native', '=', sql.lit(1))
  if (isAfter) {
    // A cast text would not be a bound of the index, and all rows before it would be read.
    const begun = sql`cast(${slot('native')} as integer), ${bare('published')}, ${bare('briefing')}`
    rows = rows.where(sql<boolean>`(f.native, f.published_at, f.briefing_id) < (${begun})`)
  }
  return rows
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'f.briefing_id').onRef('e.locale', '=', 'f.served').on('e.tier', '=', sql.lit(0)),
    )
    .select(['f.native', 'f.published_at', 'f.briefing_id', 'f.served', 'e.print as made'])
    .select(sql<number>`(select max(number) from print)`.as('print'))
    .orderBy('f.native', 'desc')
    .orderBy('f.published_at', 'desc')
    .orderBy('f.briefing_id', 'desc')
    .limit(sql.lit(pageSize + 1))
}

/** How many briefings have each standing, in every language. One query of a few rows for each language, however many briefings there are. */
export async function listStandings({ query }: Database): Promise<readonly StandingCount[]> {
  return await query.selectFrom('standing').select(['asked', 'value as standing', 'briefings']).execute()
}
