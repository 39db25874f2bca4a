import { weighted } from '../language/weighted'

/**
 * A page may load only this site's own files, and nobody may frame it. Structured data is a data block in the page, which needs no
 * permission. `connect-src` lets tools of this origin read robots.txt.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The same for the one page that other sites may frame. It runs no script and sends no form. */
export const framedPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  'frame-ancestors *',
].join('; ')

/** Headers of every answer. HSTS only where the site is reached by https. */
export function securityHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'browsing-topics=()',
    ...(origin.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/**
 * For pages that are the same for everyone. Browsers ask again each time, and mostly get 304. Shared caches may answer for a minute, so
 * everyone sees a correction within one.
 */
export const publicCaching = 'public, max-age=0, s-maxage=60, must-revalidate'

/** For public pages that change without a print. Our own caches do not hold them, because only a print empties those. */
export const fleetingCaching = 'public, max-age=60'

/** For answers that depend on the reader, such as negotiated redirects. */
export const privateCaching = 'private, no-store'

/** Static files carry their content's hash in their name. */
export const foreverCaching = 'public, max-age=31536000, immutable'

/**
 * Headers of static files. Any page may use them, because a sandboxed frame has no origin, and browsers fetch fonts only with this permission.
 */
export const staticHeaders = (origin: string): Readonly<Record<string, string>> => ({
  ...securityHeaders(origin),
  'Cache-Control': foreverCaching,
  'Access-Control-Allow-Origin': '*',
})

/** Whether a conditional request already holds this answer (RFC 9110, 13.1.2: weak comparison, a list, or `*`). */
export function holds(ifNoneMatch: string | undefined | null, etag: string): boolean {
  if (!ifNoneMatch) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch
    .slice(0, 2000)
    .split(',')
    .some((each) => each.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''))
}

/**
 * Whether a program asks for Markdown at the address of a page (RFC 9110, 12.5.1): `Accept` names `text/markdown`, and wants it more than
 * HTML. Of equal weight, the one that is named first. Browsers never do. So caches hold the page of an address, and such a request skips
 * them.
 */
export function wantsMarkdown(accept: string | undefined | null): boolean {
  return accept?.toLowerCase().includes('text/markdown') === true && prefers(accept, 'text/markdown')
}

/**
 * Whether `Accept` names this type of media, and wants it more than HTML: with a higher weight, or with the same and named first. A
 * wildcard names nothing, but gives HTML a weight.
 */
export function prefers(accept: string, type: string): boolean {
  const entries = weighted(accept.toLowerCase())
  const placeOf = (range: string) => entries.findIndex(({ name }) => name === range)
  const page = placeOf('text/html')
  const weight = entries[placeOf(type)]?.quality ?? 0
  const against = entries[page]?.quality ?? entries[placeOf('text/*')]?.quality ?? entries[placeOf('*/*')]?.quality ?? 0
  if (weight === 0 || weight < against) return false
  return weight > against || page < 0 || placeOf(type) < page
}

/** How the body of an answer is coded (RFC 9110, 8.4). */
export type Coding = 'gzip' | 'identity'
