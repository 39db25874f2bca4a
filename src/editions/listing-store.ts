import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { everything, facetNames } from './card'
import { cardDocument } from './documents'
import { type Listing, type ListingFilter, type ListingRequest, pageSize } from './listing'
import type { StandingCount } from './standing'

/** One page of the index. Two queries; their cost does not depend on the number of briefings. */
export async function listCards(database: Database, asked: Locale, request: ListingRequest): Promise<Listing> {
  const [rows, regions] = await Promise.all([listRows(database, asked, request), listRegions(database, asked)])
  const shown = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    cards: shown.map(({ card, native }) => ({ ...cardDocument.read(card), native: native === 1 })),
    ...(last
      ? { next: { native: last.native === 1 ? 1 : 0, publishedAt: last.published_at, briefingId: last.briefing_id } }
      : {}),
    regions,
  }
}

/** The rows of one facet in their stored order. Further facets are looked up row by row. */
async function listRows({ query }: Database, asked: Locale, { filter, after }: ListingRequest) {
  const rows = withFacets(query, asked, filter)
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'f.briefing_id').onRef('e.locale', '=', 'f.served').on('e.tier', '=', 0),
    )
    .select(['f.native', 'f.published_at', 'f.briefing_id', 'e.card'])
    .$if(filter.only ?? false, (all) => all.where('f.native', '=', 1))
    .orderBy('f.native', 'desc')
    .orderBy('f.published_at', 'desc')
    .orderBy('f.briefing_id', 'desc')
    .limit(pageSize + 1)
  const isAfter =
    after &&
    sql<boolean>`(f.native, f.published_at, f.briefing_id) < (${after.native}, ${after.publishedAt}, ${after.briefingId})`
  return await (isAfter ? rows.where(isAfter) : rows).execute()
}

/** The rows of the first facet that have all the others. */
function withFacets(query: Database['query'], asked: Locale, filter: ListingFilter) {
  const [first = everything, ...others] = facetNames.flatMap((name) => (filter[name] ? [{ name, value: filter[name] }] : []))
  let rows = query
    .selectFrom('facet as f')
    .where('f.asked', '=', asked)
    .where('f.name', '=', first.name)
    .where('f.value', '=', first.value)
  for (const { name, value } of others) {
    const other = query
      .selectFrom('facet as g')
      .select('g.briefing_id')
      .where('g.asked', '=', asked)
      .where('g.name', '=', name)
      .where('g.value', '=', value)
      .where(sql<boolean>`(g.native, g.published_at, g.briefing_id) = (f.native, f.published_at, f.briefing_id)`)
    rows = rows.where(({ exists }) => exists(other))
  }
  return rows
}

/** Each region that any briefing has for readers of a language. One seek in the index for each region. */
export async function listRegions({ query }: Database, asked: Locale): Promise<readonly string[]> {
  const { rows } = await sql<{ value: string }>`
    with recursive region (value) as (
      select min(value) from facet where asked = ${asked} and name = 'region'
      union all
      select (select min(value) from facet where asked = ${asked} and name = 'region' and value > region.value)
      from region where region.value is not null
    )
    select value from region where value is not null`.execute(query)
  return rows.map(({ value }) => value)
}

/** How many briefings have each standing, in every language. One query of a few rows for each language, however many briefings there are. */
export async function listStandings({ query }: Database): Promise<readonly StandingCount[]> {
  return await query.selectFrom('standing').select(['asked', 'value as standing', 'briefings']).execute()
}
