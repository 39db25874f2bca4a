import { parse } from 'hono/utils/cookie'
import { type Locale, type Locales, openLocales, publicLocales } from '../language/locale'
import { negotiate } from '../language/negotiation'

/** The cookie in which a reader's explicit choice of language is kept. */
const choiceCookie = 'locale'

/** The locale of a reader whose address names none: what they once chose, or else what their browser asks for. */
export function localeOfReader(site: Locales, request: Request): Locale {
  const chosen = parse(request.headers.get('Cookie') ?? '', choiceCookie)[choiceCookie]
  if (chosen !== undefined && openLocales(site).includes(chosen)) return chosen
  return negotiate(request.headers.get('Accept-Language') ?? '', publicLocales(site), site.source)
}

/** The locale of the page that a reader comes from, if it is ours (see `pathWithin`); otherwise the reader's own. */
export function localeAround(site: Locales, from: string | undefined, request: Request): Locale {
  const locale = from?.split('/', 2)[1]
  return locale !== undefined && openLocales(site).includes(locale) ? locale : localeOfReader(site, request)
}

/** The `Set-Cookie` that remembers an explicit choice for a year. */
export function rememberChoice(locale: Locale, origin: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  return `${choiceCookie}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

/** The path of the page that a request was sent from. Never that of another site, nor one that only answers forms. */
export function pathWithin(origin: string, request: Request): string | undefined {
  const from = URL.parse(request.headers.get('Referer') ?? '')
  if (!from || (from.origin !== origin && from.origin !== new URL(request.url).origin)) return undefined
  return !/^\/(?!\/)/.test(from.pathname) || from.pathname === '/language' ? undefined : from.pathname + from.search
}
