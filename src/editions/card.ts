import { given } from '../language/given'
import type { Locale } from '../language/locale'
import type { Answer } from './print'
import type { Facts, Reading, Text } from './reading'
import { standingIn } from './standing'

/** What a list shows of an edition. */
export interface Card extends Pick<Facts, 'kind' | 'category' | 'domain' | 'impact' | 'confidence' | 'grade' | 'regions'> {
  /** That it is of a page of the site. */
  readonly publication?: 'page'
  readonly slug: string
  readonly locale: Locale
  readonly title: Text
  readonly summary: Text
  readonly topic?: Text
  readonly image?: { readonly file: string; readonly width: number; readonly height: number }
  readonly publishedAt: string
  readonly minutes: number
}

export function cardOf({ publication, slug, locale, facts, title, summary, topic, image, publishedAt, minutes }: Reading): Card {
  const { kind, category, domain, impact, confidence, grade, regions } = facts
  const picture = image && { file: image.file, width: image.width, height: image.height }
  const stated = { kind, category, domain, impact, confidence, grade, regions }
  return given({ publication, slug, locale, ...stated, title, summary, topic, image: picture, publishedAt, minutes })
}

/** What an index page can be filtered by. Each name is also the parameter of the address. */
export const facetNames = ['category', 'domain', 'impact', 'region', 'standing'] as const
export type FacetName = (typeof facetNames)[number]

/** The facets of a briefing for readers of one language, as name and value. */
export function facetsOf({ resolution, reading }: Answer): readonly (readonly [FacetName, string])[] {
  const { category, domain, impact, regions } = reading.facts
  return [
    ...(Object.entries(given({ category, domain, impact })) as [FacetName, string][]),
    ...new Set(regions).values().map((region) => ['region', region] as const),
    ['standing', standingIn(resolution)],
  ]
}

/** The facet that every briefing has. */
export const everything = { name: 'all', value: '' }
