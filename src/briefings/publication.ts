import type { Locale } from '../language/locale'

/**
 * What a site publishes: briefings, and pages about itself (about, privacy). Both are saved, translated, printed and resolved alike. A page
 * has fewer parts, and an address of its own.
 */
export type PublicationKind = 'briefing' | 'page'

/** Which of the two it is. Of a page it is said; all else is a briefing. */
export const kindOf = ({ publication }: { readonly publication?: 'page' | undefined }): PublicationKind =>
  publication ?? 'briefing'

/**
 * The first words of the site's own addresses, with a locale before them or without. A page cannot have them. A test compares the list with
 * the routes; those at the end are kept for later.
 */
const taken: ReadonlySet<string> = new Set([
  'account',
  'api',
  'assets',
  'briefings',
  'cards',
  'confidence',
  'feed',
  'feeds',
  'follow',
  'healthz',
  'join',
  'language',
  'llms',
  'news-sitemap',
  'newsletter',
  'oembed',
  'outbox',
  'readyz',
  'robots',
  'search',
  'sign-in',
  'sign-out',
  'sitemap',
  'sitemap-site',
  'sitemaps',
  'translations',
  'unsubscribe',
  'archive',
  'images',
  'newsroom',
  'pages',
  'site',
])

/** Whether a page may have a slug: an id that is none of the site's own words. */
export const isPageSlug = (slug: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && !taken.has(slug)

/** A page about the site, as the footer of every page names it. */
export interface PageLink {
  readonly slug: string
  readonly title: { readonly lang: Locale; readonly text: string }
}
