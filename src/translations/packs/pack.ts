import type { Tier } from '../../briefings/vocabulary'
import type { Locale } from '../../language/locale'
import type { Accepted } from '../checks/accepted'

/**
 * The state of a unit: to be translated; with a text that no person has taken over yet; translated from English that has changed
 * materially since; done, with another text beside it that waits for a decision; or done.
 */
export type UnitState = 'missing' | 'proposed' | 'outdated' | 'undecided' | 'current'

/** A text that somebody else sent for a segment, from the file or the program of this name. It is kept beside what stands. */
export interface AsideText {
  readonly text: string
  readonly by: string
  readonly at: string
}

/** A translation of the same or of similar English, offered to the translator. */
export interface Candidate {
  readonly source: string
  readonly target: string
  /** How alike its English is, in percent; 100: the same. */
  readonly score: number
}

/** The origin of candidates, as files name it. */
export const memoryName = 'Vernacular memory'

/** One segment as it travels to a translator. */
export interface Unit {
  readonly id: string
  /** The format of its text: plain, Markdown, or an ICU message. */
  readonly kind: 'plain' | 'markdown' | 'message'
  readonly access: Tier
  readonly source: string
  /** The hash of its English, if the store has one. */
  readonly hash?: string
  /** What the segment is, and its limits, in words for the translator. */
  readonly note: string
  /** The terms of the glossary in it, as `term: translation`, in one line. */
  readonly glossary?: string
  /** Empty: not translated. */
  readonly target: string
  /** The hash of what the translation has for it, which the target may replace. */
  readonly was?: string
  readonly state: UnitState
  /** The English that the target was made from, if the present English differs. */
  readonly previous?: string
  /** The texts set aside that wait for a decision. */
  readonly aside?: readonly AsideText[]
  /** What the translation memory has for English like this, the most alike first. */
  readonly candidates?: readonly Candidate[]
}

/** A file that travels to a translator and back: what is to be translated of one briefing, or of the site's words. */
export interface Pack {
  /** A briefing's slug, or the name of a catalog: `site` or `newsroom`. */
  readonly name: string
  readonly source: Locale
  readonly locale: Locale
  /** The revision of the English that the units hold. */
  readonly sourceRevision: number
  /** The revision of the translation that it was made from; 0: there was none. */
  readonly revision?: number
  readonly isApproved: boolean
  readonly units: readonly Unit[]
}

/** A returned pack. It has no English, because the English in a file is not trusted. */
export interface ReturnedPack {
  readonly name: string
  /** The language that it was made from, if it says so. */
  readonly source?: Locale
  readonly locale: Locale
  readonly sourceRevision: number
  /** The revision of the translation that it was made from, if it says so; 0: there was none. */
  readonly revision?: number
  /** Segment id → the hash of what the translation had for it, for those of which the file says so. */
  readonly was?: ReadonlyMap<string, string>
  /** Segment id → its text in the target language; empty: not translated. */
  readonly targets: ReadonlyMap<string, string>
  /** Texts that are marked as not done (PO: fuzzy; JSON: proposed; XLIFF: a state). They are not accepted; the receipt names them. */
  readonly unfinished?: ReadonlyMap<string, string>
  /** Segments that the file marks as done (by a state, or by no fuzzy mark). An outdated text among them is confirmed. */
  readonly done?: ReadonlySet<string>
  /** Segment id → until when texts had been set aside that its sender was shown beside it. */
  readonly shown?: ReadonlyMap<string, string>
  /** Which warnings the file accepts, with the reasons (JSON). */
  readonly accepted?: Accepted | undefined
  /** Whether `done` only means that a mark is missing, as in PO: a tool may then have filled in the English. */
  readonly isDoneUnsaid?: boolean
}

export const packFormats = ['json', 'xliff', 'xliff12', 'po'] as const
export type PackFormat = (typeof packFormats)[number]

/** The endings of file names, by format. */
export const packEndings: Readonly<Record<PackFormat, string>> = {
  json: '.json',
  xliff: '.xlf',
  xliff12: '.xliff12.xlf',
  po: '.po',
}

/** The largest pack, in bytes and in units. */
export const packBytesMax = 10_000_000
export const packUnitsMax = 20_000
