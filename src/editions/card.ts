import type { Locale } from '../language/locale'
import type { Facts, Reading, Text } from './reading'

/** What a list shows of an edition. */
export interface Card extends Pick<Facts, 'kind' | 'category' | 'domain' | 'impact' | 'confidence' | 'grade' | 'regions'> {
  readonly slug: string
  readonly locale: Locale
  readonly title: Text
  readonly summary: Text
  readonly topic: Text
  readonly image: { readonly file: string; readonly width: number; readonly height: number }
  readonly publishedAt: string
  readonly minutes: number
}

export function cardOf({ slug, locale, facts, title, summary, topic, image, publishedAt, minutes }: Reading): Card {
  const { kind, category, domain, impact, confidence, grade, regions } = facts
  const { file, width, height } = image
  return {
    slug,
    locale,
    kind,
    category,
    domain,
    impact,
    confidence,
    grade,
    regions,
    title,
    summary,
    topic,
    image: { file, width, height },
    publishedAt,
    minutes,
  }
}

/** What an index page can be narrowed to; each name is also the parameter of the address. */
export const facetNames = ['category', 'domain', 'impact', 'region'] as const
export type FacetName = (typeof facetNames)[number]

/** The facets of a briefing, as name and value. */
export const facetsOf = ({ category, domain, impact, regions }: Facts): readonly (readonly [FacetName, string])[] => [
  ['category', category],
  ['domain', domain],
  ['impact', impact],
  ...new Set(regions).values().map((region) => ['region', region] as const),
]

/** The facet that every briefing has. */
export const everything = { name: 'all', value: '' }
