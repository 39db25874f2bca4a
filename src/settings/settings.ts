import type { ListName } from '../language/word-lists'

/** The words of each list, in the order in which people choose from them. Those of impact and of risk stand from the least to the most. */
export type SiteVocabulary = Readonly<Record<ListName, readonly string[]>>

/**
 * The parts of a briefing that a site may ask for before it is published. Title, summary, byline and a passage are always asked for.
 * `image.caption` asks for the caption of a picture that there is, and so on. `reasons` asks for one for each fact that can have one.
 */
export const parts = [
  'kind',
  'classification',
  'category',
  'contentType',
  'domain',
  'impact',
  'confidence',
  'regions',
  'operationalRelevance',
  'timeHorizon',
  'organisations',
  'topic',
  'keyPoints',
  'image',
  'image.caption',
  'image.context',
  'image.relevance',
  'image.provenance',
  'sources',
  'sources.risk',
  'sources.note',
  'reasons',
  'event',
  'affectedAreas',
  'context',
  'watch',
] as const
export type Part = (typeof parts)[number]

/** How a reader gets into a tier: by signing in, on request, by invitation, or by a call from the site's own payment system. */
export const entries = ['sign-in', 'request', 'invitation', 'call'] as const
export type Entry = (typeof entries)[number]

/** A tier above everyone. Its name and its texts are messages under its id. */
export interface SiteTier {
  readonly id: string
  readonly entry: Entry
}

/** A grade of confidence: its letters, if it has some, and the lowest score that has it. Its name is a message under its id. */
export interface SiteGrade {
  readonly id: string
  readonly letters?: string | undefined
  readonly from: number
}

/** Who publishes the site, for search engines (schema.org, Organization). */
export interface Publisher {
  readonly name?: string | undefined
  readonly legalName?: string | undefined
  readonly url?: string | undefined
  readonly email?: string | undefined
}

/** What a site looks like. Its colours and faces are in `theme.css`. */
export interface Brand {
  /** A file beside `site.json`. */
  readonly logo?: string | undefined
  /** A file beside `site.json`. */
  readonly icon?: string | undefined
  readonly organisation?: Publisher | undefined
  /** Addresses of the publisher's profiles on other sites. */
  readonly profiles: readonly string[]
}

/** What a site has or does without. */
export interface Features {
  readonly newsletter: boolean
  readonly comments: boolean
  /** Reports of errors in translations. */
  readonly reports: boolean
  readonly following: boolean
  /** Signing in and joining tiers. */
  readonly membership: boolean
  /** Whether search engines may list the site. */
  readonly searchEngines: boolean
  /** Whether feeds have the whole text that everyone may read. */
  readonly fullTextFeeds: boolean
}

/** What a site decides, in `site.json`. */
export interface Settings {
  readonly name: string
  readonly origin?: string | undefined
  /** The time zone (IANA) of the times that people name without an offset. */
  readonly zone: string
  readonly brand: Brand
  /** From the one that most may enter to the highest. */
  readonly tiers: readonly SiteTier[]
  readonly vocabulary: SiteVocabulary
  readonly requires: readonly Part[]
  /** The table of grades, from the highest. Below the lowest, nothing is for readers. Without it, the site states no confidence. */
  readonly confidence?: { readonly grades: readonly SiteGrade[] } | undefined
  /** The pages that the footer lists, in its order. */
  readonly pages: readonly string[]
  readonly features: Features
}
