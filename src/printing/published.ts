import type { LadderPast } from '../briefings/ladder'
import type { PublicationKind } from '../briefings/publication'
import type { Locale } from '../language/locale'
import type { Work } from '../language/resolution'
import type { Translation } from '../translations/translation'
import type { Published } from './composition'

const published = Symbol('published')

/** Marks what is made from a published revision. Nothing that prints takes anything else. */
interface AsPublished {
  readonly [published]: true
}

/** Marks a value as read from a published revision. Only the query for them may say so. */
export const asPublished = <Value extends object>(value: Value): Value & AsPublished => ({ ...value, [published]: true })

/** The English of a briefing that readers are to have: its published revision, and the history up to it. */
export type PublishedEnglish = Published & AsPublished & { readonly revision: number; readonly ladders: LadderPast }

/** An approved translation, in the revision that readers are to have. */
export type PublishedTranslation = Translation & AsPublished & { readonly revision: number }

/** What readers are to have of a briefing: its identity, and its published revisions. */
export interface Standing {
  readonly id: string
  readonly kind: PublicationKind
  /** Grows with every change of what readers are to have. */
  readonly version: number
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly publishedAt: string
  /** `undefined`: it is a draft, or was taken back. */
  readonly english: PublishedEnglish | undefined
  readonly translations: readonly PublishedTranslation[]
  /** What readers are told of translations that they do not have. */
  readonly work: ReadonlyMap<Locale, Work>
  /** When the editors took it back, and what they say about it. */
  readonly takenBack?: { readonly at: string; readonly why: string }
}
