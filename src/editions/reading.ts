import type { Briefing } from '../briefings/briefing'
import type { imageTexts, reasonNames } from '../briefings/segments'
import type { Tier } from '../briefings/vocabulary'
import type { Piece } from '../language/difference'
import type { Locale } from '../language/locale'
import type { Provenance } from '../translations/vocabulary'

/** A text as it is shown: its language, and its sanitised HTML if it is Markdown. */
export interface Text {
  readonly lang: Locale
  readonly text: string
  readonly html?: string
}

export interface Item {
  readonly id: string
  readonly text: Text
}

/** A members' section: its text, or, for readers below its tier, only how many words it has. */
export type Section = { readonly id: string; readonly access: Tier; readonly heading: Text } & (
  | { readonly locked: true; readonly words: number }
  | { readonly locked: false; readonly text: Text }
)

export type LinkedOrganisations = { readonly access: Tier; readonly count: number } & (
  | { readonly locked: true }
  | { readonly locked: false; readonly notes: readonly { readonly id: string; readonly name: string; readonly note: Text }[] }
)

/**
 * Everything a page says about one edition to one tier, in plain values: HTML, JSON, Markdown and feeds are made from it. What a briefing
 * lacks is absent; a list that it lacks is empty.
 */
export interface Reading {
  /** That it is a page of the site. Without it, it is a briefing. */
  readonly publication?: 'page'
  readonly slug: string
  readonly locale: Locale
  readonly tier: Tier
  readonly facts: Facts
  readonly organisations: Briefing['organisations']
  readonly byline: readonly string[]
  /** Those of the byline that are organisations, if any. A reading of an earlier program does not say. */
  readonly bylineOrganisations?: readonly string[]
  readonly translators: readonly string[]
  readonly publishedAt: string
  /** When the English last changed materially after it was first published. */
  readonly changedAt?: string
  readonly minutes: number
  readonly topic?: Text
  readonly title: Text
  readonly summary: Text
  /** What a page says above its first heading. */
  readonly opening?: Text
  readonly keyPoints: readonly Item[]
  readonly image?: Image
  readonly reasons?: Reasons
  readonly body: readonly (Item & { readonly heading: Text })[]
  readonly event?: { readonly name: Text; readonly signalType: Text }
  readonly affectedAreas: readonly Item[]
  readonly context?: Text
  readonly watch: readonly Item[]
  readonly sections: readonly Section[]
  readonly linkedOrganisations: LinkedOrganisations
  readonly sources: readonly {
    readonly id: string
    readonly url: string
    readonly risk?: string
    readonly title: Text
    readonly note?: Text
  }[]
  readonly state: EditionState
  /** What of the English has changed materially since it was translated. */
  readonly changes: readonly ChangedText[]
  /** The parts that have moved since the translation was made, if any. A reading of an earlier program does not say. */
  readonly moved?: readonly string[]
}

/** How the English of a segment has changed. */
export interface ChangedText {
  readonly id: string
  /** Whether the earlier text is shown, because everyone could read it. Otherwise only the present text is. */
  readonly isBeforeTold: boolean
  readonly pieces: readonly Piece[]
}

type ImageFacts = Pick<NonNullable<Briefing['image']>, 'file' | 'width' | 'height' | 'origin' | 'by'>

/** A picture with its texts. All but the alternative text may be absent. */
export type Image = Readonly<ImageFacts> & { readonly alt: Text } & {
  readonly [name in Exclude<(typeof imageTexts)[number], 'alt'>]?: Text
}

/** Why a fact is as it is, for each fact that has a reason. */
export type Reasons = { readonly [name in (typeof reasonNames)[number]]?: Text }

export interface Facts
  extends Pick<
    Briefing,
    | 'kind'
    | 'classification'
    | 'category'
    | 'contentType'
    | 'domain'
    | 'impact'
    | 'confidence'
    | 'regions'
    | 'operationalRelevance'
    | 'timeHorizon'
  > {
  /** The grade of the confidence, if both are there. */
  readonly grade?: string
}

/** How the edition compares with the present English. Ids are those of segments. Only public texts count. */
export interface EditionState {
  readonly provenance: Provenance | 'source'
  readonly coverage: number
  readonly missing: readonly string[]
  readonly outdated: readonly string[]
}
