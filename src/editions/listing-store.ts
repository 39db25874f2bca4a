import { type CompiledQuery, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type Database, settled } from '../storage/database'
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

/** Queries by database and form of request. Compiling one costs more than running it. */
const compiled = new WeakMap<Database, Map<string, CompiledQuery<Row>>>()

/** The rows of one facet in their stored order, one more than a page shows. Further facets are looked up row by row. */
async function listRows(database: Database, asked: Locale, { filter, after }: ListingRequest): Promise<readonly Row[]> {
  const facets = facetsIn(filter)
  const form = [...facets.map(({ name }) => name), filter.only === true, after !== undefined].join()
  const forms = compiled.get(database) ?? new Map<string, CompiledQuery<Row>>()
  compiled.set(database, forms)
  const query = forms.get(form) ?? rowsQuery(database, facets.length - 1, filter.only === true, after !== undefined).compile()
  forms.set(form, query)
  const begun = after ? [after.native, after.publishedAt, after.briefingId] : []
  const parameters = [...facets.flatMap(({ name, value }) => [asked, name, value]), ...begun]
  return (await database.query.executeQuery<Row>({ ...query, parameters })).rows
}

/** The facets that a filter names; the one that every briefing has, if it names none. */
function facetsIn(filter: ListingFilter): readonly { readonly name: string; readonly value: string }[] {
  const named = facetNames.flatMap((name) => (filter[name] ? [{ name, value: filter[name] }] : []))
  return named.length > 0 ? named : [everything]
}

/** Parameters: language, name and value of each facet, then the place after which the page begins. */
function rowsQuery({ query }: Database, others: number, isOnly: boolean, isAfter: boolean) {
  let rows = query
    .selectFrom('facet as f')
    .where('f.asked', '=', settled(''))
    .where('f.name', '=', settled(''))
    .where('f.value', '=', settled(''))
  for (let other = 0; other < others; other += 1) {
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('facet as g')
          .select('g.briefing_id')
          .where('g.asked', '=', settled(''))
          .where('g.name', '=', settled(''))
          .where('g.value', '=', settled(''))
          .where(sql<boolean>`(g.native, g.published_at, g.briefing_id) = (f.native, f.published_at, f.briefing_id)`),
      ),
    )
  }
  if (isOnly) rows = rows.where('f.native', '=', sql.lit(1))
  if (isAfter) {
    rows = rows.where(
      sql<boolean>`(f.native, f.published_at, f.briefing_id) < (cast(${0} as integer), ${settled('')}, ${settled('')})`,
    )
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
