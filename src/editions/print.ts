import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { type Choice, isFallback } from '../language/resolution'
import type { EditionState, Reading } from './reading'

/** The whole record of one decision: which language was asked for, which is served, why, and how it compares with the English. */
export interface Resolution extends Choice, EditionState {
  readonly source: Locale
  readonly freshness: 'current' | 'outdated'
  /** The locales that a reader can be sent to: those with an edition that the site shows in public. */
  readonly available: readonly Locale[]
}

/** One answer to a reader of one locale: the decision, and the reading that everyone may have. */
export interface Answer {
  readonly resolution: Resolution
  readonly reading: Reading
}

/** The tiers that get the same texts of a briefing. */
export interface Audience {
  /** The lowest of them, which the reading is named by. */
  readonly tier: Tier
  /** None for everyone. */
  readonly tiers: readonly Tier[]
  /** The tiers of the texts for members that they may read. */
  readonly opens: readonly Tier[]
}

/** All that a print gives readers: a reading for each locale and audience that has one, and an answer for each open locale. */
export interface Print {
  /** Everyone, and then members, lowest tier first. */
  readonly audiences: readonly Audience[]
  /** The number of the ladder that it is printed under. */
  readonly ladder: number
  readonly readings: readonly Reading[]
  readonly answers: readonly Answer[]
}

/** The article as finished HTML, in the language served. The box of facts goes between the two. */
export interface PrintedEdition {
  readonly lead: string
  readonly body: string
}

/** What surrounds the article as finished HTML, in the language asked for. */
export interface PrintedAnswer {
  readonly head: string
  readonly masthead: string
  readonly notice: string
  readonly facts: string
  readonly ending: string
}

/** The frame that all pages share, in four pieces. A page's own pieces go between them. */
export type Frame<Piece> = readonly [Piece, Piece, Piece, Piece]

/** The pieces of a briefing page in their order: those of the frame, of the answer and of the edition. */
export function assemble<Piece>(
  [opening, toSwitcher, toMain, closing]: Frame<Piece>,
  { head, masthead, notice, lead, facts, body, ending }: Record<keyof (PrintedAnswer & PrintedEdition), Piece>,
): readonly Piece[] {
  return [opening, head, toSwitcher, masthead, toMain, notice, lead, facts, body, ending, closing]
}

/** Whether the page is an address of its own: in the language its address names, and shown in public. */
export const isOwnPage = ({ asked, available, ...choice }: Resolution) => !isFallback(choice) && available.includes(asked)
