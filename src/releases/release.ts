import type { Complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import type { Provenance, TranslationState } from '../translations/vocabulary'

/** `open`: it has no time yet. `held`: when it was due it was not ready, and nothing happened. */
export const releaseStates = ['open', 'scheduled', 'published', 'held', 'cancelled'] as const
export type ReleaseState = (typeof releaseStates)[number]

/** Readers get a revision, lose a translation, or lose a briefing in every language. */
export const releaseActs = ['show', 'withdraw', 'take-back'] as const
export type ReleaseAct = (typeof releaseActs)[number]

/** What is to happen to one language of a publication. */
export interface ReleaseItem {
  readonly publicationId: string
  readonly locale: Locale
  readonly act: ReleaseAct
  /** The revision that readers are to get, or to lose. */
  readonly revision: number
  /** The revision that readers had when this was decided; `undefined`: none. */
  readonly had: number | undefined
  /** How a translation stood in that revision. */
  readonly pinned?: Pinned | undefined
  /** What readers are told of a briefing that is taken back. */
  readonly why: string
}

interface Pinned {
  readonly state: TranslationState
  readonly provenance: Provenance
  readonly credits: readonly string[]
}

/** What is to happen at a time, together or not at all. */
export interface Release {
  readonly id: string
  /** What people know it by: of a scheduled publication, the slug of its briefing. */
  readonly name: string
  readonly state: ReleaseState
  /** In UTC, as `toISOString` writes it. */
  readonly dueAt: string | null
  readonly version: number
  readonly why: string
  /** The name of what scheduled it. */
  readonly actor: string
  readonly personId: string | null
  readonly tokenId: string | null
  readonly madeAt: string
  readonly endedAt: string | null
  /** Why it is held. */
  readonly reasons: readonly Complaint[]
  readonly items: readonly ReleaseItem[]
}

/** Whether a release still stands in the way of another for the same texts, or waits for somebody. */
export const isPending = ({ state }: Pick<Release, 'state'>): boolean => state === 'scheduled' || state === 'held'

/** Whether an act that is done at once makes an item pointless: the same texts are decided on anew. */
export const isOvertaken = (item: Pick<ReleaseItem, 'act' | 'locale'>, act: ReleaseAct, locales: readonly Locale[]): boolean =>
  act === 'take-back' || (locales.includes(item.locale) && (act !== 'show' || item.act === 'show'))
