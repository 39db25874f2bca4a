import { parse } from 'hono/utils/cookie'
import type { Locale } from '../language/locale'
import { isSecret } from '../secrets/secret'
import type { SiteTier } from '../settings/settings'

/** How long a session lasts: after it was last used, and in all. In milliseconds. */
export const idleMax = 30 * 86_400_000
export const sessionMax = 180 * 86_400_000

/** The shortest time between two notes of a session's use, in milliseconds. */
export const seenNotedFor = 3_600_000

/** `__Host-`: set by this host alone, over TLS (RFC 6265bis, 4.1.3). Without TLS, on a developer's machine, there is no such cookie. */
export const cookieName = (origin: string) => (origin.startsWith('https:') ? '__Host-session' : 'session')

/** Whether a request has a session, valid or not. Then it skips the caches. */
export const bringsSession = (cookies: string | null | undefined): boolean => /(^|;\s*)(__Host-)?session=/.test(cookies ?? '')

/** The secret of a request's session, or `undefined` if it has none in the right form. */
export function sessionIn(origin: string, cookies: string | null): string | undefined {
  const name = cookieName(origin)
  const secret = parse(cookies ?? '', name)[name]
  return secret !== undefined && isSecret(secret) ? secret : undefined
}

/** The `Set-Cookie` that begins a session; without a secret, the one that ends it. */
export function sessionCookie(origin: string, secret: string | undefined): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const age = secret === undefined ? 0 : sessionMax / 1000
  return `${cookieName(origin)}=${secret ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`
}

/** The address to sign in at and then continue to a path of this site. */
export const pathToSignIn = (locale: Locale, next: string) => `/${locale}/${goingTo('sign-in', next)}`

/** A path below the locale that carries where somebody goes after it; for a front page, nothing. */
export const goingTo = (path: string, next: string): string =>
  /^\/[^/]*\/$/.test(next) ? path : `${path}?next=${encodeURIComponent(next)}`

/**
 * Where to go after signing in: what one was reading, or else the front page. A page of signing in or taking leave is not it, nor is
 * one on which signing in is joining (`tiers`). Such a page says what it was, if it knows. A form that only members can send is a place to go to.
 */
export function pathToGo(typed: string | undefined, fallback: string, tiers: readonly SiteTier[] = []): string {
  const path = pathOfSite(typed)
  if (path === undefined || !isPassing(path, tiers)) return path ?? fallback
  return pathToGo(URL.parse(path, 'https://here.invalid')?.searchParams.get('next') ?? undefined, fallback, tiers)
}

function isPassing(path: string, tiers: readonly SiteTier[]): boolean {
  const [, page, tier] = /^(?:\/[^/?#]+)?\/(sign-in|sign-out|join\/([^/?#]+)|account\/deleted)(?:[/?#]|$)/.exec(path) ?? []
  return tier === undefined ? page !== undefined : tiers.some(({ id, entry }) => id === tier && entry === 'sign-in')
}

/**
 * A path of this site. An address of another site is none, in any spelling that browsers accept (`//`, `/\`, control characters), nor is a
 * path that becomes one when its dots are resolved (`/.//`).
 */
export function pathOfSite(typed: string | undefined): string | undefined {
  if (typed === undefined || typed.length > 500 || !isPath(typed)) return undefined
  const url = URL.parse(typed, 'https://here.invalid')
  const path = url?.origin === 'https://here.invalid' ? url.pathname + url.search + url.hash : ''
  return isPath(path) ? path : undefined
}

const isPath = (text: string) => /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)
