import type { PublicationKind } from '../briefings/publication'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'

/** Which publication an address names. */
export interface Address {
  readonly slug: string
  readonly kind: PublicationKind
}

/** The address of a briefing or a page in a locale, from the root of the site. */
export const pathTo = (locale: Locale, slug: string, kind: PublicationKind = 'briefing') =>
  kind === 'page' ? `/${locale}/${slug}` : `/${locale}/briefings/${slug}`

export const bilingualPathTo = (locale: Locale, slug: string, kind?: PublicationKind) => `${pathTo(locale, slug, kind)}/bilingual`

export const changesPathTo = (locale: Locale, slug: string, kind?: PublicationKind) => `${pathTo(locale, slug, kind)}/changes`

/** The words of a link back to a publication. */
export const backTo = { briefing: 'bilingual.back', page: 'page.back' } as const satisfies Record<PublicationKind, MessageKey>

/** The page where a reader asks for emails about a briefing. */
export const followPathTo = (locale: Locale, slug: string) => `${pathTo(locale, slug)}/follow`

/** The page where readers report a problem with a translation. */
export const reportPathTo = (locale: Locale, slug: string) => `${pathTo(locale, slug)}/report`

/** Where readers write to the editors, and read what others wrote. */
export const commentsPathTo = (locale: Locale, slug: string) => `${pathTo(locale, slug)}/comments`

/** The page by which readers share a briefing. */
export const sharePathTo = (locale: Locale, slug: string) => `${pathTo(locale, slug)}/share`

/** A briefing as other sites may frame it. */
export const embedPathTo = (locale: Locale, slug: string) => `${pathTo(locale, slug)}/embed`

/** Where programs ask how to embed an address (oEmbed 1.0). */
export const oembedPathTo = (address: string) => `/oembed?url=${encodeURIComponent(address)}`

/** The page about the state of translations into a locale. */
export const translationsPathTo = (locale: Locale) => `/${locale}/translations`

/** The address that negotiates the reader's language. */
export const negotiatedPathTo = (slug: string, kind?: PublicationKind) => (kind === 'page' ? `/${slug}` : `/briefings/${slug}`)
