import { type Compilable, type RawBuilder, sql } from 'kysely'
import { cardOf } from '../editions/card'
import { cardDocument } from '../editions/documents'
import type { PrintedAnswer, PrintedEdition } from '../editions/print'
import { among, chunked, type Database, isViolated } from '../storage/database'
import { deflatedAnswer, deflatedEdition, type Texts } from '../storage/deflated-rows'
import type { AnswerPiece, EditionPiece, ListPiece } from './pages'
import type { Difference, Piece } from './pieces'
import type { Standing } from './published'

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
export interface Seen {
  readonly id: string
  readonly version: number
  readonly last: number
  readonly printedAt: string
}

/**
 * The write that opens a print. It fails, and with it the whole batch, if the briefing has moved on from the version that the print saw, or
 * was printed after the print numbered `last`. So what was read of that print still stands.
 */
export const writeToOpen = ({ query }: Database, { id, version, last, printedAt }: Seen): Compilable =>
  query.insertInto('print').values({
    briefing_id: id,
    version: sql<number>`(select version from briefing where id = ${id} and version = ${version}
      and coalesce((${lastPrintOf(query, id).select('number')}), ${sql.lit(unprinted.number)}) = ${last})`,
    printed_at: printedAt,
  })

/** Whether a print failed because the briefing has moved on. Its version is null then (see `writeToOpen`). */
export const isPrintConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'print.version')

/** An edition to write. `everyones` is everyone's in its language, if it is for members. */
export interface RenderedEdition extends EditionPiece {
  readonly printed: PrintedEdition
  readonly everyones?: Texts | undefined
}

/** What a print changes of the pages of a briefing. Those to write are rendered. */
export interface Pages {
  readonly editions: Difference<RenderedEdition>
  readonly answers: Difference<AnswerPiece & { readonly printed: PrintedAnswer }>
  readonly lists: Difference<ListPiece>
  /** Former addresses, each made of the present one. */
  readonly moved: Difference<Piece>
}

/**
 * The writes that change the pages of a briefing. Rows that stay the same are left alone, with the number of the print that made them. Others
 * are written deflated, if no program runs any more that cannot read them so.
 */
export function writesToChange(
  { query }: Database,
  { id, kind }: Pick<Standing, 'id' | 'kind'>,
  { editions, answers, lists, moved }: Pages,
  isDeflated: boolean,
): readonly Compilable[] {
  const facets = lists.changed.flatMap(({ rows }) => rows)
  return [
    ...inAny(editions, (gone) =>
      query.deleteFrom('edition').where('briefing_id', '=', id).where(sql`locale || '/' || tier`, 'in', gone),
    ),
    ...inAny(answers, (gone) =>
      query.deleteFrom('resolution').where('briefing_id', '=', id).where(sql`asked || '/' || slug`, 'in', gone),
    ),
    ...inAny(lists, (gone) => query.deleteFrom('facet').where('briefing_id', '=', id).where('asked', 'in', gone)),
    ...inAny(moved, (gone) => query.deleteFrom('moved').where('briefing_id', '=', id).where('slug', 'in', gone)),
    ...chunked(editions.changed, 14).map((some) =>
      query.insertInto('edition').values(some.map((each) => editionRow(id, each, isDeflated))),
    ),
    ...chunked(answers.changed, 15).map((some) =>
      query.insertInto('resolution').values(some.map((each) => ({ ...answerRow(id, each, isDeflated), kind }))),
    ),
    ...chunked(facets, 7).map((rows) => query.insertInto('facet').values(rows)),
    ...chunked(moved.changed, 4).map((some) =>
      query.insertInto('moved').values(some.map(({ place, madeOf }) => ({ slug: place, briefing_id: id, now: madeOf, kind }))),
    ),
  ]
}

/** A statement for the places that are cleared, if there are any. */
const inAny = ({ cleared }: Difference<Piece>, write: (gone: RawBuilder<string>) => Compilable): readonly Compilable[] =>
  cleared.length === 0 ? [] : [write(among(cleared))]

/** The writes that give editions which stay the same the revisions that they would be printed from now. */
export function writesToRevise({ query }: Database, id: string, editions: readonly EditionPiece[]): readonly Compilable[] {
  if (editions.length === 0) return []
  const revised = editions.map(({ place, sourceRevision, translationRevision }) => [place, sourceRevision, translationRevision])
  const rows = sql`json_each(${JSON.stringify(revised)})`
  const field = (at: number) => sql`json_extract(value, ${sql.lit(`$[${at}]`)})`
  const place = sql`locale || '/' || tier`
  const revision = (at: number) => sql<number>`(select ${field(at)} from ${rows} where ${field(0)} = ${place})`
  return [
    query
      .updateTable('edition')
      .set({ source_revision: revision(1), translation_revision: revision(2) })
      .where('briefing_id', '=', id)
      .where(place, 'in', sql`(select ${field(0)} from ${rows})`),
  ]
}

/** The writes for the addresses of a briefing that the editors took back. If readers have it, no address of it is such a one. */
export const writesToTakeBack = (
  { query }: Database,
  { id, kind, slug, formerSlugs, takenBack }: Pick<Standing, 'id' | 'kind' | 'slug' | 'formerSlugs' | 'takenBack'>,
  isPublic: boolean,
): readonly Compilable[] => [
  query.deleteFrom('taken_back').where('briefing_id', '=', id),
  ...(takenBack && !isPublic
    ? [slug, ...formerSlugs].map((each) =>
        query.insertInto('taken_back').values({ slug: each, briefing_id: id, kind, ...takenBack }),
      )
    : []),
]

/** The number of the print that is being written. */
const print = sql<number>`(select max(number) from print)`

const editionRow = (id: string, edition: RenderedEdition, isDeflated: boolean) => ({
  briefing_id: id,
  locale: edition.reading.locale,
  tier: edition.order,
  tiers: edition.tiers,
  print,
  made_of: edition.madeOf,
  picture: edition.picture,
  source_revision: edition.sourceRevision,
  translation_revision: edition.translationRevision,
  ...(isDeflated ? deflatedOf(edition) : plainOf(edition)),
})

const plainOf = ({ document, reading, fingerprint, printed: { lead, body } }: RenderedEdition) => ({
  lead,
  body,
  fingerprint,
  reading: document,
  card: cardDocument.write(cardOf(reading)),
})

const deflatedOf = ({ printed: { lead, body }, document, reading, fingerprint, everyones }: RenderedEdition) =>
  deflatedEdition({ lead, body, document }, cardDocument.write(cardOf(reading)), fingerprint, everyones)

const answerRow = (
  id: string,
  { answer, document, listed, madeOf, fingerprint, printed }: Pages['answers']['changed'][number],
  isDeflated: boolean,
) => ({
  asked: answer.resolution.asked,
  slug: answer.reading.slug,
  briefing_id: id,
  served: answer.resolution.served,
  print,
  made_of: madeOf,
  listed,
  resolution: document,
  ...(isDeflated ? deflatedAnswer(printed, fingerprint) : { ...printed, fingerprint }),
})
