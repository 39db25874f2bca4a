import type { Locale, Locales } from '../language/locale'
import { nearest } from '../language/negotiation'

/** An address that opens an email in the reader's own program (RFC 6068). Lines end in CR LF. */
export const mailAddress = (subject: string, lines: readonly string[]): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n'))}`

/**
 * The briefing that an address of this site names, in any spelling of its locale and in any form. Without a locale, if the
 * address negotiates one. `undefined`: the address belongs to another site, or to something else.
 */
export function briefingAt(
  site: Locales,
  origin: string,
  address: string,
): { readonly slug: string; readonly locale: Locale | undefined } | undefined {
  const url = URL.parse(address)
  if (url?.origin !== origin) return undefined
  const parts = /^(?:\/([^/]+))?\/briefings\/([^/]+?)(?:\.json|\.md|\/embed|\/share)?\/*$/.exec(url.pathname)
  const [, tag, encoded = ''] = parts ?? []
  const slug = decoded(encoded)
  if (slug === undefined || slug === '') return undefined
  if (tag === undefined) return { slug, locale: undefined }
  const locale = nearest(site, tag)
  return locale === undefined ? undefined : { slug, locale }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
