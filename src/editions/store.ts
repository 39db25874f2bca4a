import { type Compilable, type CompiledQuery, sql } from 'kysely'
import { type Tier, tiers } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { isFallback } from '../language/resolution'
import { chunked, type Database, undecoded } from '../storage/database'
import { type Card, cardOf, facetNames, facetsOf } from './card'
import { type Listing, type ListingRequest, pageSize } from './listing'
import type { Answer, PrintedAnswer, PrintedEdition, Resolution } from './print'
import type { Reading } from './reading'

/** A printed page as the database holds it, its HTML undecoded. */
export type PageRow<Html = string | Uint8Array> = { readonly print: number; readonly served: Locale } & Readonly<
  Record<'answerFingerprint' | 'editionFingerprint', string>
> &
  Readonly<Record<keyof (PrintedAnswer & PrintedEdition), Html>>

const tierNumber = (tier: Tier) => tiers.indexOf(tier)

function pageQuery(database: Database, asked: Locale, slug: string, tier: number) {
  return database.query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select(({ ref }) => [
      'r.print as print',
      'r.served as served',
      'r.fingerprint as answerFingerprint',
      'e.fingerprint as editionFingerprint',
      undecoded(database, ref('r.head')).as('head'),
      undecoded(database, ref('r.masthead')).as('masthead'),
      undecoded(database, ref('r.notice')).as('notice'),
      undecoded(database, ref('r.facts')).as('facts'),
      undecoded(database, ref('e.lead')).as('lead'),
      undecoded(database, ref('e.body')).as('body'),
    ])
    .where('r.asked', '=', asked)
    .where('r.slug', '=', slug)
    .where('e.tier', '<=', tier)
    .orderBy('e.tier', 'desc')
    .limit(1)
}

/** Compiling costs more than running: the query of the busiest page is compiled once for each database. */
const pageQueries = new WeakMap<Database, CompiledQuery<PageRow>>()

/** The printed page that answers a reader of this locale and tier; `undefined` where no briefing has this address. One query. */
export async function findPage(database: Database, asked: Locale, slug: string, tier: Tier): Promise<PageRow | undefined> {
  let compiled = pageQueries.get(database)
  if (!compiled) {
    compiled = pageQuery(database, '', '', 0).compile()
    pageQueries.set(database, compiled)
  }
  const [, , , limit] = compiled.parameters
  const { rows } = await database.query.executeQuery<PageRow>({ ...compiled, parameters: [asked, slug, tierNumber(tier), limit] })
  return rows[0]
}

/** What answers a reader of this locale and tier, as plain values. One query. */
export async function findAnswer(
  { query }: Database,
  asked: Locale,
  slug: string,
  tier: Tier,
): Promise<(Answer & { print: number }) | undefined> {
  const row = await query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select(['r.resolution', 'r.print', 'e.reading'])
    .where('r.asked', '=', asked)
    .where('r.slug', '=', slug)
    .where('e.tier', '<=', tierNumber(tier))
    .orderBy('e.tier', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && { resolution: JSON.parse(row.resolution) as Resolution, reading: JSON.parse(row.reading) as Reading, print: row.print }
  )
}

/** The readings of one briefing in two locales for a tier, in the order asked; fewer where one does not exist. One query. */
export async function findPair(
  { query }: Database,
  slug: string,
  locales: readonly [Locale, Locale],
  tier: Tier,
): Promise<{ readonly print: number; readonly readings: readonly Reading[] } | undefined> {
  const rows = await query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', 'e.briefing_id', 'r.briefing_id')
    .select(['r.print', 'e.reading', 'e.locale', 'e.tier'])
    .where('r.asked', '=', locales[0])
    .where('r.slug', '=', slug)
    .where('e.locale', 'in', locales)
    .where('e.tier', '<=', tierNumber(tier))
    .orderBy('e.tier', 'desc')
    .execute()
  const [first] = rows
  if (!first) return undefined
  const readings = locales.flatMap((locale) => rows.find((row) => row.locale === locale) ?? [])
  return { print: first.print, readings: readings.map(({ reading }) => JSON.parse(reading) as Reading) }
}

/** The address that a briefing has now, for one that it once had. */
export async function findMoved({ query }: Database, slug: string): Promise<string | undefined> {
  const row = await query.selectFrom('moved').select('now').where('slug', '=', slug).executeTakeFirst()
  return row?.now
}

/** One page of the index. Two queries, whose cost does not depend on how many briefings there are. */
export async function listCards(database: Database, asked: Locale, request: ListingRequest): Promise<Listing> {
  const [rows, regions] = await Promise.all([listRows(database, asked, request), listRegions(database, asked)])
  const shown = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    cards: shown.map(({ card, native }) => ({ ...(JSON.parse(card) as Card), native: native === 1 })),
    ...(last
      ? { next: { native: last.native === 1 ? 1 : 0, publishedAt: last.published_at, briefingId: last.briefing_id } }
      : {}),
    regions,
  }
}

/** The rows of one facet in their stored order; further facets are looked up row by row. */
function listRows({ query }: Database, asked: Locale, { filter, after }: ListingRequest) {
  const [first = everything, ...others] = facetNames.flatMap((name) => (filter[name] ? [{ name, value: filter[name] }] : []))
  let rows = query
    .selectFrom('facet as f')
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'f.briefing_id').onRef('e.locale', '=', 'f.served').on('e.tier', '=', 0),
    )
    .select(['f.native', 'f.published_at', 'f.briefing_id', 'e.card'])
    .where('f.asked', '=', asked)
    .where('f.name', '=', first.name)
    .where('f.value', '=', first.value)
  for (const { name, value } of others) {
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('facet as g')
          .select('g.briefing_id')
          .where('g.asked', '=', asked)
          .where('g.name', '=', name)
          .where('g.value', '=', value)
          .whereRef('g.native', '=', 'f.native')
          .whereRef('g.published_at', '=', 'f.published_at')
          .whereRef('g.briefing_id', '=', 'f.briefing_id'),
      ),
    )
  }
  if (filter.only) rows = rows.where('f.native', '=', 1)
  if (after) {
    rows = rows.where(
      sql<boolean>`(f.native, f.published_at, f.briefing_id) < (${after.native}, ${after.publishedAt}, ${after.briefingId})`,
    )
  }
  return rows
    .orderBy('f.native', 'desc')
    .orderBy('f.published_at', 'desc')
    .orderBy('f.briefing_id', 'desc')
    .limit(pageSize + 1)
    .execute()
}

/** Each region that a briefing has, by one seek in the index a region. */
async function listRegions({ query }: Database, asked: Locale): Promise<readonly string[]> {
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

/** The number of the newest print: what a cached list depends on. */
export async function lastPrint({ query }: Database): Promise<number> {
  const { number } = await query
    .selectFrom('print')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirstOrThrow()
  return number ?? 0
}

/** Ids of the briefings printed for this locale with other words or templates than those of this fingerprint. */
export async function listStale(
  { query }: Database,
  asked: Locale,
  fingerprint: string,
  most: number,
): Promise<readonly string[]> {
  const stale = (operator: '<' | '>') =>
    query
      .selectFrom('resolution')
      .select('briefing_id')
      .where('asked', '=', asked)
      .where('fingerprint', operator, fingerprint)
      .limit(most)
      .execute()
  const rows = [...(await stale('<')), ...(await stale('>'))]
  return rows.slice(0, most).map(({ briefing_id }) => briefing_id)
}

export interface PrintedRow<Printed> {
  readonly printed: Printed
  readonly fingerprint: string
}

/** Everything that one act of printing writes. */
export interface Pages {
  readonly editions: readonly (PrintedRow<PrintedEdition> & { readonly reading: Reading })[]
  readonly answers: readonly (PrintedRow<PrintedAnswer> & { readonly answer: Answer })[]
  readonly formerSlugs: readonly string[]
}

/**
 * The writes that replace all that readers see of a briefing, or take it back where `pages` is undefined. They fail whole,
 * changing nothing, where the briefing is no longer at the version that the print saw.
 */
export function writesToPrint(
  { query }: Database,
  seen: { readonly id: string; readonly version: number; readonly printedAt: string },
  pages: Pages | undefined,
): readonly Compilable[] {
  const { id, version, printedAt } = seen
  const print = sql<number>`(select max(number) from print)`
  const opening = [
    query.insertInto('print').values({
      briefing_id: id,
      version: sql<number>`(select version from briefing where id = ${id} and version = ${version})`,
      printed_at: printedAt,
    }),
    query.deleteFrom('edition').where('briefing_id', '=', id),
    query.deleteFrom('resolution').where('briefing_id', '=', id),
    query.deleteFrom('facet').where('briefing_id', '=', id),
    query.deleteFrom('moved').where('briefing_id', '=', id),
  ]
  if (!pages) return opening
  return [
    ...opening,
    ...pages.editions.map(({ reading, printed, fingerprint }) =>
      query.insertInto('edition').values({
        briefing_id: id,
        locale: reading.locale,
        tier: tierNumber(reading.tier),
        print,
        fingerprint,
        reading: JSON.stringify(reading),
        card: JSON.stringify(cardOf(reading)),
        ...printed,
      }),
    ),
    ...pages.answers.map(({ answer: { resolution, reading }, printed, fingerprint }) =>
      query.insertInto('resolution').values({
        asked: resolution.asked,
        slug: reading.slug,
        briefing_id: id,
        served: resolution.served,
        print,
        fingerprint,
        resolution: JSON.stringify(resolution),
        ...printed,
      }),
    ),
    ...chunked(
      pages.answers.flatMap((each) => facetRows(id, each.answer)),
      7,
    ).map((rows) => query.insertInto('facet').values(rows)),
    ...pages.formerSlugs.map((slug) =>
      query.insertInto('moved').values({ slug, briefing_id: id, now: pages.answers[0]?.answer.reading.slug ?? '' }),
    ),
  ]
}

/** The facet that every briefing has. */
const everything = { name: 'all', value: '' }

const facetRows = (id: string, { resolution, reading }: Answer) =>
  [[everything.name, everything.value] as const, ...facetsOf(reading.facts)].map(([name, value]) => ({
    asked: resolution.asked,
    name,
    value,
    native: isFallback(resolution) ? 0 : 1,
    published_at: reading.publishedAt,
    briefing_id: id,
    served: resolution.served,
  }))
