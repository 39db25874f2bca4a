import type { Tier } from '../../briefings/vocabulary'
import type { Locale } from '../../language/locale'

/**
 * How a unit stands: to be translated; with a text that no person has taken over for it yet; translated from English that has
 * materially changed since; or as it should be.
 */
export type UnitState = 'missing' | 'proposed' | 'outdated' | 'current'

/** A translation of the same or of similar English, offered to the translator. */
export interface Candidate {
  readonly source: string
  readonly target: string
  /** How alike its English is, in percent; 100: the same. */
  readonly score: number
}

/** Where files say that candidates are from. */
export const memoryName = 'Vernacular memory'

/** One segment as it travels to a translator. */
export interface Unit {
  readonly id: string
  /** How its text is written: as it stands, in Markdown, or as an ICU message. */
  readonly kind: 'plain' | 'markdown' | 'message'
  readonly access: Tier
  readonly source: string
  /** The hash of its English, where the store keeps one. */
  readonly hash?: string
  /** What the segment is, and its limits, in words for the translator. */
  readonly note: string
  /** Empty: not translated. */
  readonly target: string
  readonly state: UnitState
  /** The English that the target was made from, where it is not the English of now. */
  readonly previous?: string
  /** What the translation memory has for English like this, the most alike first. */
  readonly candidates?: readonly Candidate[]
}

/** A file that travels to a translator and back: what is to be translated of one briefing, or of the site's words. */
export interface Pack {
  /** A briefing's slug, or `site` for the catalog. */
  readonly name: string
  readonly source: Locale
  readonly locale: Locale
  /** The revision of the English that the units hold. */
  readonly sourceRevision: number
  readonly isApproved: boolean
  readonly units: readonly Unit[]
}

/** A pack as it came back. What it says the English was is not here, for it is never believed. */
export interface ReturnedPack {
  readonly name: string
  readonly source: Locale
  readonly locale: Locale
  readonly sourceRevision: number
  /** Segment id → its text in the target language; empty: not translated. */
  readonly targets: ReadonlyMap<string, string>
  /** Texts that are marked as not done (PO: fuzzy; JSON: proposed), which are not taken in but told of. */
  readonly unfinished?: ReadonlyMap<string, string>
  /** Segments with a text that the file says is done, in words of its own (a state, no fuzzy mark): what was outdated is then still valid. */
  readonly done?: ReadonlySet<string>
}

export const packFormats = ['json', 'xliff', 'xliff12', 'po'] as const
export type PackFormat = (typeof packFormats)[number]

/** How the files of each format end. */
export const packEndings: Readonly<Record<PackFormat, string>> = {
  json: '.json',
  xliff: '.xlf',
  xliff12: '.xliff12.xlf',
  po: '.po',
}

/** The most that a pack may measure, in bytes, and the most units it may hold. */
export const packBytesMax = 10_000_000
export const packUnitsMax = 20_000
