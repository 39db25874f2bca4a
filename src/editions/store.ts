import { type Expression, sql } from 'kysely'
import type { PublicationKind } from '../briefings/publication'
import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import { type Database, undecoded } from '../storage/database'
import { isFor } from '../storage/ladders'
import { readingDocument, resolutionDocument } from './documents'
import type { Former } from './former'
import { type Answer, assemble, type Frame } from './print'
import type { Reading } from './reading'

/** A printed page. The database joins its pieces and returns it undecoded. */
export interface PageRow {
  /** The number of the last print that changed any of it. */
  readonly print: number
  readonly served: Locale
  readonly answerFingerprint: string
  readonly editionFingerprint: string
  readonly picture: string
  readonly html: string | Uint8Array<ArrayBuffer>
}

/** The number of the last print that changed an answer or its edition. */
const lastPrintOf = sql<number>`max(r.print, e.print)`.as('print')

/** Which publication an address names. */
export interface Address {
  readonly slug: string
  readonly kind: PublicationKind
}

/** The database joins the pieces, because one blob costs a fraction of six. */
function pageQuery(database: Database, kind: PublicationKind) {
  const pieces = assemble<Expression<string>>([slot('opening'), slot('switcher'), slot('main'), slot('closing')], {
    head: sql.ref('r.head'),
    masthead: sql.ref('r.masthead'),
    notice: sql.ref('r.notice'),
    facts: sql.ref('r.facts'),
    lead: sql.ref('e.lead'),
    body: sql.ref('e.body'),
    ending: sql.ref('r.ending'),
  })
  return database.query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select([
      lastPrintOf,
      'r.served as served',
      'r.fingerprint as answerFingerprint',
      'e.fingerprint as editionFingerprint',
      'e.picture as picture',
      undecoded(database, sql<string>`${sql.join(pieces, sql` || `)}`).as('html'),
    ])
    .where('r.asked', '=', slot('asked'))
    .where('r.slug', '=', slot('slug'))
    .where('r.kind', '=', sql.lit(kind))
    .where(isFor(slot('tier')))
    .orderBy('e.tier', 'desc')
    .limit(sql.lit(1))
}

const runPage = compiledOnce<PageRow>()

/** The printed page for a reader of this locale and tier; `undefined` if nothing of this kind has this address. One query. */
export async function findPage(
  database: Database,
  asked: Locale,
  { slug, kind }: Address,
  tier: Tier,
  [opening, switcher, main, closing]: Frame<string>,
): Promise<PageRow | undefined> {
  const values = { opening, switcher, main, closing, asked, slug, tier }
  const [row] = await runPage(database, kind, () => pageQuery(database, kind), values)
  return row
}

interface AnswerRow {
  readonly resolution: string
  readonly reading: string
  readonly print: number
  readonly hash: string | null
}

const runAnswer = compiledOnce<AnswerRow>()

const answerQuery = ({ query }: Database, kind: PublicationKind | 'either') => {
  const answers = query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .leftJoin('share_card_use as c', (join) =>
      join.onRef('c.briefing_id', '=', 'r.briefing_id').onRef('c.locale', '=', 'r.served'),
    )
    .select(['r.resolution', lastPrintOf, 'e.reading', 'c.hash'])
    .where('r.asked', '=', slot('asked'))
    .where('r.slug', '=', slot('slug'))
    .where(isFor(slot('tier')))
    .orderBy('e.tier', 'desc')
    .limit(sql.lit(1))
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
  const [row] = await runAnswer(database, kind, () => answerQuery(database, kind), values)
  return (
    row && {
      resolution: resolutionDocument.read(row.resolution),
      reading: readingDocument.read(row.reading),
      print: row.print,
      card: row.hash ?? undefined,
    }
  )
}

/** The readings of one publication in two locales for a tier, in this order; fewer if one does not exist. One query. */
export async function findPair(
  { query }: Database,
  { slug, kind }: Address,
  locales: readonly [Locale, Locale],
  tier: Tier,
): Promise<{ readonly print: number; readonly readings: readonly Reading[] } | undefined> {
  const rows = await query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', 'e.briefing_id', 'r.briefing_id')
    .select([lastPrintOf, 'e.reading', 'e.locale', 'e.tier'])
    .where('r.asked', '=', locales[0])
    .where('r.slug', '=', slug)
    .where('r.kind', '=', kind)
    .where('e.locale', 'in', locales)
    .where(isFor(tier))
    .orderBy('e.tier', 'desc')
    .execute()
  if (rows.length === 0) return undefined
  const readings = locales.flatMap((locale) => rows.find((row) => row.locale === locale) ?? [])
  return {
    print: Math.max(...readings.map(({ print }) => print)),
    readings: readings.map(({ reading }) => readingDocument.read(reading)),
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
