import { type Compilable, sql } from 'kysely'
import { rankOf } from '../briefings/vocabulary'
import { cardOf, everything, facetsOf } from '../editions/card'
import { cardDocument, readingDocument, resolutionDocument } from '../editions/documents'
import type { Answer, PrintedAnswer, PrintedEdition } from '../editions/print'
import type { Reading } from '../editions/reading'
import type { Locale } from '../language/locale'
import { isFallback } from '../language/resolution'
import { chunked, type Database, isViolated } from '../storage/database'

/** Ids of the briefings that were printed for this locale with another fingerprint. */
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

interface PrintedRow<Printed> {
  readonly printed: Printed
  readonly fingerprint: string
}

/** Everything that one act of printing writes. */
export interface Pages {
  readonly editions: readonly (PrintedRow<PrintedEdition> & {
    readonly reading: Reading
    /** The revisions that it was printed from. An edition in the source language has 0 for the translation. */
    readonly sourceRevision: number
    readonly translationRevision: number
  })[]
  readonly answers: readonly (PrintedRow<PrintedAnswer> & { readonly answer: Answer })[]
  readonly formerSlugs: readonly string[]
}

/** A print of a briefing: its number among all prints, and the version of the briefing that it printed. */
export interface LastPrint {
  readonly number: number
  readonly version: number
}

/** Stands for the last print of a briefing that was never printed. */
const unprinted: LastPrint = { number: 0, version: 0 }

/** The last print of a briefing. */
export async function findLastPrint({ query }: Database, id: string): Promise<LastPrint> {
  return (await lastPrintOf(query, id).select(['number', 'version']).executeTakeFirst()) ?? unprinted
}

/** A briefing's version only grows, so an index finds the last print. */
const lastPrintOf = (query: Database['query'], id: string) =>
  query.selectFrom('print').where('briefing_id', '=', id).orderBy('version', 'desc').orderBy('number', 'desc').limit(1)

/**
 * The writes that replace all that readers see of a briefing, or take it back if `pages` is undefined. They fail as a whole if the
 * briefing has moved on from the version that the print saw, or was printed after the print numbered `last`.
 */
export function writesToPrint(
  { query }: Database,
  seen: { readonly id: string; readonly version: number; readonly last: number; readonly printedAt: string },
  pages: Pages | undefined,
): readonly Compilable[] {
  const { id, version, last, printedAt } = seen
  const print = sql<number>`(select max(number) from print)`
  const opening = [
    query.insertInto('print').values({
      briefing_id: id,
      version: sql<number>`(select version from briefing where id = ${id} and version = ${version}
        and coalesce((${lastPrintOf(query, id).select('number')}), ${sql.lit(unprinted.number)}) = ${last})`,
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
    ...pages.editions.map(({ reading, printed, fingerprint, sourceRevision, translationRevision }) =>
      query.insertInto('edition').values({
        briefing_id: id,
        locale: reading.locale,
        tier: rankOf(reading.tier),
        print,
        fingerprint,
        reading: readingDocument.write(reading),
        card: cardDocument.write(cardOf(reading)),
        source_revision: sourceRevision,
        translation_revision: translationRevision,
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
        resolution: resolutionDocument.write(resolution),
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

const facetRows = (id: string, answer: Answer) =>
  [[everything.name, everything.value] as const, ...facetsOf(answer)].map(([name, value]) => ({
    asked: answer.resolution.asked,
    name,
    value,
    native: isFallback(answer.resolution) ? 0 : 1,
    published_at: answer.reading.publishedAt,
    briefing_id: id,
    served: answer.resolution.served,
  }))

/** Whether a print failed because the briefing has moved on. Its version is null then (see `writesToPrint`). */
export const wasOvertaken = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'print.version')

/**
 * Ids of the briefings that need a print: changed since the last one (also drafts, whose pages may have to go), or printed before their
 * time, which has come by `now`.
 */
export async function listDue({ query }: Database, now: string, most: number): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('briefing')
    .select('id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('print')
            .select('number')
            .whereRef('print.briefing_id', '=', 'briefing.id')
            .whereRef('print.version', '=', 'briefing.version')
            .where(({ or, eb, ref }) =>
              or([
                eb('briefing.state', '=', 'draft'),
                eb('briefing.published_at', '>', now),
                eb('print.printed_at', '>=', ref('briefing.published_at')),
              ]),
            ),
        ),
      ),
    )
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}
