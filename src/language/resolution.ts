import { isPseudo, type Locale, type Locales, writtenForm } from './locale'

/** Why a reader is served this language. */
export type Reason = 'exact' | 'regional' | 'not-yet-available' | 'in-translation' | 'withdrawn' | 'fallback-language'

/** The work on a translation that has no edition. */
export type Work = 'none' | 'under-way' | 'withdrawn'

/** Which language was asked for, which is served, and why. */
export interface Choice {
  readonly asked: Locale
  readonly served: Locale
  readonly reason: Reason
}

/**
 * Decides which edition answers a reader. Only editions that exist are served: never a source without an edition, and never a language
 * that is not configured as a neighbour.
 *
 * `chain` names the neighbours of the asked locale, best first. `undefined`: the briefing has no edition to serve.
 */
export function resolve(
  asked: Locale,
  chain: readonly Locale[],
  source: Locale,
  editions: readonly Locale[],
  standing: Work,
): Choice | undefined {
  if (editions.includes(asked)) return { asked, served: asked, reason: 'exact' }

  const form = writtenForm(asked)
  const neighbours = chain.filter((locale) => editions.includes(locale))
  const regional = isPseudo(asked)
    ? undefined
    : [...neighbours, ...editions].find((locale) => !isPseudo(locale) && writtenForm(locale) === form)
  if (regional) return { asked, served: regional, reason: 'regional' }

  const neighbour = neighbours.find((locale) => locale !== source)
  if (neighbour) return { asked, served: neighbour, reason: 'fallback-language' }
  return editions.includes(source) ? { asked, served: source, reason: reasonFor[standing] } : undefined
}

const reasonFor = { none: 'not-yet-available', 'under-way': 'in-translation', withdrawn: 'withdrawn' } as const

/** The neighbours that a site configured for one of its locales, best first. */
export const chainOf = (site: Locales, asked: Locale): readonly Locale[] =>
  site.locales.find(({ tag }) => tag === asked)?.fallback ?? []

/** Whether the reader is served another language than their own. The page then says so. */
export const isFallback = ({ reason }: { readonly reason: Reason }) => reason !== 'exact' && reason !== 'regional'
