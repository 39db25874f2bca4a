import type { Locale, Locales } from '../language/locale'
import { chainOf } from '../language/resolution'
import type { Resolution } from './print'

/** What readers of a language have of a briefing. Each briefing has exactly one of these. The best is first. */
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
 * The standing of a briefing in the language that was asked for. A translation that is both partial and outdated counts as outdated:
 * English in place of a missing text misleads nobody, but an outdated text does.
 */
export function standingIn({ reason, missing, outdated }: Pick<Resolution, 'reason' | 'missing' | 'outdated'>): Standing {
  if (reason !== 'exact' && reason !== 'regional') return withoutEdition[reason]
  if (outdated.length > 0) return 'outdated'
  return missing.length > 0 ? 'partial' : 'current'
}

/** The standings that a briefing can have in a language of the site. `neighbour` only if the language has a fallback beside the source. */
export function standingsIn(site: Locales, asked: Locale): readonly Standing[] {
  const hasNeighbour = chainOf(site, asked).some((locale) => locale !== site.source)
  return standings.filter((standing) => standing !== 'neighbour' || hasNeighbour)
}

/** The standings that a list can be filtered by. None in the source language, where every briefing is current. */
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

/** The coverage of one language of the site; 0 for standings without a count. */
export const coverageIn = (site: Locales, asked: Locale, counts: readonly StandingCount[]): Coverage =>
  standingsIn(site, asked).map((standing) => ({
    standing,
    briefings: counts.find((count) => count.asked === asked && count.standing === standing)?.briefings ?? 0,
  }))

const sum = (coverage: Coverage) => coverage.reduce((total, { briefings }) => total + briefings, 0)

/** How many briefings readers have: all are current in the source language. */
export const publishedIn = (site: Locales, counts: readonly StandingCount[]): number => sum(coverageIn(site, site.source, counts))

/** How many briefings can be read in the language itself. */
export const readableIn = (coverage: Coverage): number =>
  sum(coverage.filter(({ standing }) => standing === 'current' || standing === 'partial' || standing === 'outdated'))
