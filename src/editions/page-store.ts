import { sql } from 'kysely'
import type { PublicationKind } from '../briefings/publication'
import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'
import {
  type AnswerRow,
  answerColumns,
  articleIn,
  asText,
  type EditionRow,
  editionColumns,
  everyonesAmong,
  type Part,
  surroundingsIn,
  unmarked,
  withEach,
} from '../storage/deflated-rows'
import { gzipped, joined, type Piece, pieceOf, plainOf } from '../storage/gzip'
import { isFor } from '../storage/ladders'
import type { Address } from './addresses'
import { assemble, type Frame, type PrintedAnswer, type PrintedEdition } from './print'

/** A printed page. */
export interface Page {
  /** The number of the last print that changed any of it. */
  readonly print: number
  readonly served: Locale
  readonly answerFingerprint: string
  readonly editionFingerprint: string
  readonly picture: string
  readonly html: string | Uint8Array<ArrayBuffer>
  /** Whether `html` is compressed. */
  readonly isGzipped: boolean
}

interface PageRow extends EditionRow, AnswerRow {
  readonly print: number
  readonly served: Locale
  readonly answerFingerprint: string
  readonly editionFingerprint: string
  readonly picture: string
}

const pageQuery = (database: Database, kind: PublicationKind) =>
  database.query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select([
      sql<number>`max(r.print, e.print)`.as('print'),
      'r.served as served',
      'r.fingerprint as answerFingerprint',
      'e.fingerprint as editionFingerprint',
      'e.picture as picture',
    ])
    .select(answerColumns(database, 'r'))
    .select(editionColumns(database, 'e'))
    .where('r.asked', '=', slot('asked'))
    .where('r.slug', '=', slot('slug'))
    .where('r.kind', '=', sql.lit(kind))
    .where(isFor(slot('tier')))
    .orderBy('e.tier', 'desc')

const runPage = compiledOnce<PageRow>()

/**
 * The printed page for a reader of this locale and tier; `undefined` if nothing of this kind has this address. One query. If the reader takes gzip, a
 * page for everyone is joined from its pieces as they are stored. What members read is never compressed.
 */
export async function findPage(
  database: Database,
  asked: Locale,
  { slug, kind }: Address,
  tier: Tier,
  frame: Frame<string>,
  takesGzip = false,
): Promise<Page | undefined> {
  const rows = await runPage(database, kind, () => pageQuery(database, kind), { asked, slug, tier })
  const [row] = rows
  if (!row) return undefined
  const { print, served, answerFingerprint, editionFingerprint, picture } = row
  const everyones = everyonesAmong(rows)
  const printed = { ...surroundingsIn(row), ...articleIn(row, everyones) }
  const isGzipped = takesGzip && everyones === undefined
  return {
    ...{ print, served, picture, isGzipped },
    answerFingerprint: unmarked(answerFingerprint),
    editionFingerprint: unmarked(editionFingerprint),
    html: isGzipped ? gzipped(assemble(piecesOf(frame), asPieces(printed))) : plain(frame, printed),
  }
}

type PieceName = keyof (PrintedAnswer & PrintedEdition)
type Printed<Form> = Record<PieceName, Form>

const frames = new WeakMap<Frame<string>, Frame<Piece>>()

/** The pieces of a frame, made once. */
function piecesOf(frame: Frame<string>): Frame<Piece> {
  const pieces = frames.get(frame) ?? [pieceOf(frame[0]), pieceOf(frame[1]), pieceOf(frame[2]), pieceOf(frame[3])]
  frames.set(frame, pieces)
  return pieces
}

/** What a program of before has printed is compressed as often as it is asked for. */
const asPieces = (parts: Printed<Part>): Printed<Piece> => withEach(parts, (part) => (isPiece(part) ? part : pieceOf(part)))

const isPiece = (part: Part): part is Piece => typeof part !== 'string'

const encoder = new TextEncoder()

/** What a page says. Its pieces are inflated at once. */
function plain(frame: Frame<string>, printed: Printed<Part>): string | Uint8Array<ArrayBuffer> {
  const pieces = Object.values(printed)
  if (!pieces.every(isPiece)) return assemble<Part>(frame, printed).map(asText).join('')
  const all = plainOf(pieces)
  let at = 0
  const bytes = withEach(printed as Printed<Piece>, ({ length }) => {
    at += length
    return all.subarray(at - length, at)
  })
  const [opening, toSwitcher, toMain, closing] = frame
  const around: Frame<Uint8Array> = [
    ...([encoder.encode(opening), encoder.encode(toSwitcher), encoder.encode(toMain), encoder.encode(closing)] as const),
  ]
  return joined([...assemble(around, bytes)])
}
