import type { Locale, Locales } from '../language/locale'
import { chainOf } from '../language/resolution'
import type { Resolution } from './print'

/** What readers of a language have of a briefing: of each briefing exactly one of these, from all of it to nothing yet. */
export const standings = ['current', 'partial', 'outdated', 'neighbour', 'in-translation', 'withdrawn', 'not-yet'] as const

export type Standing = (typeof standings)[number]

export const isStanding = (word: string): word is Standing => (standings as readonly string[]).includes(word)

const withoutEdition = {
  'fallback-language': 'neighbour',
  'in-translation': 'in-translation',
  withdrawn: 'withdrawn',
  'not-yet-available': 'not-yet',
} as const

/**
 * How a briefing stands in the language that was asked for. What is both partial and out of date is out of date: English where
 * the translation is missing misleads nobody, and a text that no longer says what the English says does.
 */
export function standingIn({ reason, missing, outdated }: Pick<Resolution, 'reason' | 'missing' | 'outdated'>): Standing {
  if (reason !== 'exact' && reason !== 'regional') return withoutEdition[reason]
  if (outdated.length > 0) return 'outdated'
  return missing.length > 0 ? 'partial' : 'current'
}

/** The standings that a briefing can have in a language of the site: a neighbour's only where it has one beside the source. */
export function standingsIn(site: Locales, asked: Locale): readonly Standing[] {
  const hasNeighbour = chainOf(site, asked).some((locale) => locale !== site.source)
  return standings.filter((standing) => standing !== 'neighbour' || hasNeighbour)
}

/** The standings that a list can be narrowed to: none in the source language, where every briefing is current. */
export const filterableIn = (site: Locales, asked: Locale): readonly Standing[] =>
  asked === site.source ? [] : standingsIn(site, asked)

/** How many briefings have a standing in a language. */
export interface StandingCount {
  readonly asked: Locale
  readonly standing: string
  readonly briefings: number
}

/** How many briefings have each standing in one language, in the order of `standings`. */
export type Coverage = readonly { readonly standing: Standing; readonly briefings: number }[]

/** The coverage of one language of the site: none in standings that no count names. */
export const coverageIn = (site: Locales, asked: Locale, counts: readonly StandingCount[]): Coverage =>
  standingsIn(site, asked).map((standing) => ({
    standing,
    briefings: counts.find((count) => count.asked === asked && count.standing === standing)?.briefings ?? 0,
  }))

const sum = (coverage: Coverage) => coverage.reduce((total, { briefings }) => total + briefings, 0)

/** How many briefings there are for readers: each can be read in the source, and each there is current. */
export const publishedIn = (site: Locales, counts: readonly StandingCount[]): number => sum(coverageIn(site, site.source, counts))

/** How many briefings can be read in the language itself. */
export const readableIn = (coverage: Coverage): number =>
  sum(coverage.filter(({ standing }) => standing === 'current' || standing === 'partial' || standing === 'outdated'))
