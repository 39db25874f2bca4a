import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import type { Unit } from './units'

/** Where a word is: in the title, in the summary, in other text for everyone (`0`), or in text that these tiers may read. */
export type Shelf = string

/** The shelf of what these tiers may read by the ladder of this number; of none: what everyone may. */
export const shelfFor = (tiers: readonly Tier[], ladder = 0): Shelf =>
  tiers.length === 0
    ? '0'
    : `${[...tiers]
        .sort()
        .map((tier) => `=${tier}`)
        .join('')}/${ladder}`

/** A word exactly as in a text of a language, on a shelf. */
export const wordKey = (locale: Locale, shelf: Shelf, form: string) => `${locale.toLowerCase()}/${shelf}.${form}`

/** A word in any of its forms, by its stem; also a single character. */
export const stemKey = (locale: Locale, shelf: Shelf, stem: string) => `${locale.toLowerCase()}/${shelf}~${stem}`

/** A briefing that is served to those who ask in a language: in it, or as a fallback. */
export const servedKey = (asked: Locale, isNative: boolean) => `${isNative ? 'native' : 'fallback'}=${asked.toLowerCase()}`

/** A briefing that has a facet for those who ask in a language. */
export const facetKey = (asked: Locale, name: string, value: string) =>
  `${name === 'standing' ? `${asked.toLowerCase()}=` : ''}${name}=${value.toLowerCase()}`

/** A character with the one that follows it, so that one look-up finds a word of two. */
export const paired = (unit: Unit, next: Unit | undefined): string =>
  unit.isCharacter && next?.isJoined ? unit.form + next.form : unit.form
