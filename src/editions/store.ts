import { sql } from 'kysely'
import type { PublicationKind } from '../briefings/publication'
import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'
import { documentIn, type EditionRow, editionColumns, everyonesAmong } from '../storage/deflated-rows'
import { isFor } from '../storage/ladders'
import type { Address } from './addresses'
import { readingDocument, resolutionDocument } from './documents'
import type { Former } from './former'
import type { Answer } from './print'
import type { Reading } from './reading'

/** The number of the last print that changed an answer or its edition. */
const lastPrintOf = sql<number>`max(r.print, e.print)`.as('print')

interface AnswerRow extends EditionRow {
  readonly resolution: string
  readonly print: number
  readonly hash: string | null
}

const runAnswer = compiledOnce<AnswerRow>()

const answerQuery = (database: Database, kind: PublicationKind | 'either') => {
  const answers = database.query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .leftJoin('share_card_use as c', (join) =>
      join.onRef('c.briefing_id', '=', 'r.briefing_id').onRef('c.locale', '=', 'r.served'),
    )
    .select(['r.resolution', lastPrintOf, 'c.hash'])
    .select(editionColumns(database, 'e'))
    .where('r.asked', '=', slot('asked'))
    .where('r.slug', '=', slot('slug'))
    .where(isFor(slot('tier')))
    .orderBy('e.tier', 'desc')
  return kind === 'either' ? answers : answers.where('r.kind', '=', sql.lit(kind))
}

/**
 * The same answer as plain values, with the last print that changed any of it, and the hash of the card: of a briefing, of a page, or of
 * either. One query.
 */
export async function findAnswer(
  database: Database,
  asked: Locale,
  slug: string,
  tier: Tier,
  kind: PublicationKind | 'either' = 'briefing',
): Promise<(Answer & { print: number; card: string | undefined }) | undefined> {
  const values = { asked, slug, tier }
  const rows = await runAnswer(database, kind, () => answerQuery(database, kind), values)
  const [row] = rows
  return (
    row && {
      resolution: resolutionDocument.read(row.resolution),
      reading: readingDocument.read(documentIn(row, everyonesAmong(rows))),
      print: row.print,
      card: row.hash ?? undefined,
    }
  )
}

/** The readings of one publication in two locales for a tier, in this order; fewer if one does not exist. One query. */
export async function findPair(
  database: Database,
  { slug, kind }: Address,
  locales: readonly [Locale, Locale],
  tier: Tier,
): Promise<{ readonly print: number; readonly readings: readonly Reading[] } | undefined> {
  const rows = await database.query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', 'e.briefing_id', 'r.briefing_id')
    .select([lastPrintOf, 'e.locale', 'e.tier'])
    .select(editionColumns(database, 'e'))
    .where('r.asked', '=', locales[0])
    .where('r.slug', '=', slug)
    .where('r.kind', '=', kind)
    .where('e.locale', 'in', locales)
    .where(isFor(tier))
    .orderBy('e.tier', 'desc')
    .execute()
  if (rows.length === 0) return undefined
  const found = locales.map((locale) => rows.filter((row) => row.locale === locale))
  const documents = found.flatMap((each) => (each[0] ? documentIn(each[0], everyonesAmong(each)) : []))
  return {
    print: Math.max(...found.flatMap(([row]) => row?.print ?? [])),
    readings: documents.map((document) => readingDocument.read(document)),
  }
}

/** What became of a publication of a kind that once had this address: the slug that it has now, or when it was taken back or removed, and why. */
export async function findFormer(
  { query }: Database,
  slug: string,
  kind: PublicationKind | 'either' = 'briefing',
): Promise<Former | undefined> {
  const kinds = kind === 'either' ? (['briefing', 'page'] as const) : [kind]
  const row = await query
    .selectFrom('moved')
    .select(({ lit }) => ['now', lit(null).$castTo<string | null>().as('at'), lit(null).$castTo<string | null>().as('why')])
    .where('slug', '=', slug)
    .where('kind', 'in', kinds)
    .unionAll(
      query
        .selectFrom('taken_back')
        .select(({ ref }) => [
          ref('slug').as('now'),
          ref('at').$castTo<string | null>().as('at'),
          ref('why').$castTo<string | null>().as('why'),
        ])
        .where('slug', '=', slug)
        .where('kind', 'in', kinds),
    )
    .unionAll(
      query
        .selectFrom('removed')
        .select(({ ref, lit }) => [
          ref('slug').as('now'),
          ref('at').$castTo<string | null>().as('at'),
          lit(null).$castTo<string | null>().as('why'),
        ])
        .where('slug', '=', slug)
        .where('kind', 'in', kinds),
    )
    .executeTakeFirst()
  if (!row) return undefined
  if (row.at === null) return { now: row.now }
  return row.why === null ? { removedAt: row.at } : { at: row.at, why: row.why }
}

/** The number of the newest print: what a cached list depends on. */
export async function lastPrint({ query }: Database): Promise<number> {
  const { number } = await query
    .selectFrom('print')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirstOrThrow()
  return number ?? 0
}
