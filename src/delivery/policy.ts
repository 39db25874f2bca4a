import { parseAccept } from 'hono/utils/accept'

/**
 * What a page may load and who may frame it: only this site's own files, and nobody. Structured data stands in the page as
 * a data block, which needs no permission. `connect-src` lets tools of this origin read robots.txt.
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

/** The same for the one page that other sites frame: it runs no script, sends no form, and lets everyone frame it. */
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
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'browsing-topics=()',
    ...(origin.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/**
 * For pages that are the same for everyone: browsers ask again each time (and are mostly told 304), shared caches may
 * answer for a minute, so that a correction is seen everywhere within one.
 */
export const publicCaching = 'public, max-age=0, s-maxage=60, must-revalidate'

/** For public pages that change without a print: our own caches, which only a print empties, do not hold them. */
export const fleetingCaching = 'public, max-age=60'

/** For answers that depend on who asks: negotiated redirects, pages in a language guessed from the reader's browser. */
export const privateCaching = 'private, no-store'

/** Static files carry their content's hash in their name. */
export const foreverCaching = 'public, max-age=31536000, immutable'

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
 * Whether a program asks for Markdown where people get a page: `Accept` names `text/markdown` and not `text/html` (RFC 9110, 12.5.1).
 * Browsers never do, so that what caches hold of an address is its page, and who asks so is answered past them.
 */
export function wantsMarkdown(accept: string | undefined | null): boolean {
  if (!accept?.toLowerCase().includes('text/markdown')) return false
  const named = parseAccept(accept.toLowerCase()).flatMap(({ type, q }) => (q > 0 ? [type] : []))
  return named.includes('text/markdown') && !named.includes('text/html')
}
