import { exactHashOf } from '../briefings/hash'
import { tiersKept } from '../briefings/ladder'
import { readingDocument, resolutionDocument } from '../editions/documents'
import { pictureOf } from '../editions/picture'
import type { Answer, Print } from '../editions/print'
import type { Reading } from '../editions/reading'
import type { Locale } from '../language/locale'
import { type Indexed, indexedIn } from '../search/entry'
import type { Site } from '../site'
import { type FacetRows, facetRowsOf } from './facets'
import { isSame, type Piece, type Printed, revisionsOf } from './pieces'
import type { PublishedEnglish, Standing } from './published'

export interface EditionPiece extends Piece {
  readonly reading: Reading
  /** Its place among the editions in its language. 0 is everyone's. */
  readonly order: number
  /** The tiers that it is for, as they are stored. */
  readonly tiers: string
  /** The reading as it is stored. */
  readonly document: string
  /** Its picture by today's address (`editions/picture.ts`). */
  readonly picture: string
  /** The revisions that it is printed from. An edition in the source language has 0 for the translation. */
  readonly sourceRevision: number
  readonly translationRevision: number
}

export interface AnswerPiece extends Piece {
  readonly answer: Answer
  /** The resolution as it is stored. */
  readonly document: string
  /** The hash of its facets. */
  readonly listed: string
  /** The hash of its share card, if it has one. */
  readonly card: string | undefined
}

/** The facets of a briefing for those who ask in one language. */
export interface ListPiece extends Piece {
  readonly rows: FacetRows
}

/** The words by which search finds a briefing in one language. */
export interface EntryPiece extends Piece, Indexed {}

/** All pieces of a print. Each knows what it is made of before anything of it is rendered. */
export interface Pieces {
  readonly editions: readonly EditionPiece[]
  readonly lists: readonly ListPiece[]
  readonly answers: readonly AnswerPiece[]
  readonly entries: readonly EntryPiece[]
}

/** A briefing that readers do not have. */
export const noPieces: Pieces = { editions: [], lists: [], answers: [], entries: [] }

/** The editions that stay as they are, although they would now be printed from other revisions. */
export const revisedAmong = ({ editions }: Pieces, left: Printed): readonly EditionPiece[] =>
  editions.filter((each) => {
    const before = left.editions.get(each.place)
    return isSame(each, before) && before?.revisions !== revisionsOf(each.sourceRevision, each.translationRevision)
  })

/** The pieces of what a print gives readers. `cards` has the share card of each language. */
export async function piecesOf(
  site: Site,
  { id, translations }: Standing,
  { revision: sourceRevision }: PublishedEnglish,
  print: Print,
  cards: ReadonlyMap<Locale, { readonly hash: string }>,
): Promise<Pieces> {
  const revisions = new Map(translations.map(({ locale, revision }) => [locale, revision] as const))
  const editions = await Promise.all(
    print.readings.map(
      async (reading) => await editionPiece(site, print, reading, [sourceRevision, revisions.get(reading.locale) ?? 0]),
    ),
  )
  const madeOf = new Map(editions.map((each) => [each.place, each.madeOf]))
  const lists = await Promise.all(print.answers.map(async (each) => await list(each)))
  const listed = new Map(lists.map((each) => [each.place, each.madeOf]))
  const answers = await Promise.all(print.answers.map(async (each) => await answer(each)))
  const entries = await Promise.all(indexedIn(print).map(async (each) => await entry(each)))
  return { editions, lists, answers, entries }

  async function list(each: Answer): Promise<ListPiece> {
    const rows = facetRowsOf(id, each)
    return { place: each.resolution.asked, madeOf: await exactHashOf(JSON.stringify(rows)), fingerprint: '', rows }
  }
  async function answer(each: Answer): Promise<AnswerPiece> {
    const { resolution, reading } = each
    const document = resolutionDocument.write(resolution)
    const card = cards.get(resolution.served)?.hash
    const facets = listed.get(resolution.asked) ?? ''
    return {
      place: `${resolution.asked}/${reading.slug}`,
      madeOf: await exactHashOf(JSON.stringify([document, madeOf.get(placeIn(print, reading)), facets, card])),
      fingerprint: site.madeWith('answer', resolution.asked),
      answer: each,
      document,
      listed: facets,
      card,
    }
  }
  async function entry(each: Indexed): Promise<EntryPiece> {
    const texts = each.tiers.map((reading) => madeOf.get(placeIn(print, reading)))
    const facets = each.served.map(({ resolution }) => listed.get(resolution.asked))
    return {
      ...each,
      place: each.locale,
      madeOf: await exactHashOf(JSON.stringify([texts, facets])),
      fingerprint: site.madeWith('entry', each.locale),
    }
  }
}

/** One edition. `revisions` are those of the English and of the translation. */
async function editionPiece(
  site: Site,
  print: Print,
  reading: Reading,
  revisions: readonly [number, number],
): Promise<EditionPiece> {
  const document = readingDocument.write(reading)
  const tiers = tiersOf(print, reading)
  const picture = pictureOf(site, reading.image?.file)
  const [sourceRevision, translationRevision] = revisions
  return {
    place: placeIn(print, reading),
    order: orderIn(print, reading),
    madeOf: await exactHashOf(JSON.stringify([document, picture, tiers])),
    fingerprint: site.madeWith('edition', reading.locale),
    reading,
    tiers,
    document,
    picture,
    sourceRevision,
    translationRevision,
  }
}

/** Where a reading is among the editions of a language. A program of before looks at 0, 1 and 2, and knows no members' tiers but its own. */
function orderIn({ audiences }: Print, { tier }: Reading): number {
  const at = audiences.findIndex((each) => each.tier === tier)
  return at === 0 ? 0 : at + 2
}

const placeIn = (print: Print, reading: Reading) => `${reading.locale}/${orderIn(print, reading)}`

/** The tiers that an edition is for, as it keeps them. */
const tiersOf = ({ audiences, ladder }: Print, { tier }: Reading): string =>
  tiersKept(audiences.find((each) => each.tier === tier)?.tiers ?? [], ladder)
