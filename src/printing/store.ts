import { type Compilable, sql } from 'kysely'
import { rankOf } from '../briefings/vocabulary'
import { cardOf, everything, facetsOf } from '../editions/card'
import { cardDocument, readingDocument, resolutionDocument } from '../editions/documents'
import type { Answer, PrintedAnswer, PrintedEdition } from '../editions/print'
import type { Reading } from '../editions/reading'
import { isFallback } from '../language/resolution'
import { chunked, type Database, isViolated } from '../storage/database'
import type { Standing } from './published'

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

/** The briefing that a print replaces, as it was seen. */
interface Seen {
  readonly id: string
  readonly version: number
  readonly last: number
  readonly printedAt: string
  readonly standing: Pick<Standing, 'slug' | 'formerSlugs' | 'takenBack'>
}

/**
 * The writes that replace all that readers see of a briefing, or take it back if `pages` is undefined. They fail as a whole if the
 * briefing has moved on from the version that the print saw, or was printed after the print numbered `last`.
 */
export function writesToPrint({ query }: Database, seen: Seen, pages: Pages | undefined): readonly Compilable[] {
  const { id } = seen
  const opening = [
    query.insertInto('print').values(printRow(query, seen)),
    ...replacedTables.map((table) => query.deleteFrom(table).where('briefing_id', '=', id)),
  ]
  if (!pages) return [...opening, ...rowsOfTakenBack(seen).map((row) => query.insertInto('taken_back').values(row))]
  const facets = pages.answers.flatMap(({ answer }) => facetRows(id, answer))
  const now = pages.answers[0]?.answer.reading.slug ?? ''
  return [
    ...opening,
    ...pages.editions.map((each) => query.insertInto('edition').values(editionRow(id, each))),
    ...pages.answers.map((each) => query.insertInto('resolution').values(resolutionRow(id, each))),
    ...chunked(facets, 7).map((rows) => query.insertInto('facet').values(rows)),
    ...seen.standing.formerSlugs.map((slug) => query.insertInto('moved').values({ slug, briefing_id: id, now })),
  ]
}

/** What a print replaces of a briefing, row by row. */
const replacedTables = ['edition', 'resolution', 'facet', 'moved', 'taken_back'] as const

/** A row for each address that a briefing had which the editors took back. */
const rowsOfTakenBack = ({ id, standing: { slug, formerSlugs, takenBack } }: Seen) =>
  takenBack ? [slug, ...formerSlugs].map((each) => ({ slug: each, briefing_id: id, ...takenBack })) : []

/** The version of a print is null, which is refused, where the briefing is not as it was seen. */
const printRow = (query: Database['query'], { id, version, last, printedAt }: Seen) => ({
  briefing_id: id,
  version: sql<number>`(select version from briefing where id = ${id} and version = ${version}
    and coalesce((${lastPrintOf(query, id).select('number')}), ${sql.lit(unprinted.number)}) = ${last})`,
  printed_at: printedAt,
})

/** The number of the print that is being written. */
const print = sql<number>`(select max(number) from print)`

const editionRow = (id: string, edition: Pages['editions'][number]) => ({
  briefing_id: id,
  locale: edition.reading.locale,
  tier: rankOf(edition.reading.tier),
  print,
  fingerprint: edition.fingerprint,
  reading: readingDocument.write(edition.reading),
  card: cardDocument.write(cardOf(edition.reading)),
  source_revision: edition.sourceRevision,
  translation_revision: edition.translationRevision,
  ...edition.printed,
})

const resolutionRow = (id: string, { answer: { resolution, reading }, printed, fingerprint }: Pages['answers'][number]) => ({
  asked: resolution.asked,
  slug: reading.slug,
  briefing_id: id,
  served: resolution.served,
  print,
  fingerprint,
  resolution: resolutionDocument.write(resolution),
  ...printed,
})

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
export const isPrintConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'print.version')
