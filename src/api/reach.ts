import { type Locale, openLocales } from '../language/locale'
import { meant, notTarget } from '../language/negotiation'
import { type AccessToken, reaches } from '../members/token'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'

/** The languages that this site translates into. */
export const targetsOf = ({ locales }: LiveSite) => openLocales(locales).filter((tag) => tag !== locales.source)

/** The language that a program names, as the site spells it. Refuses one that this site does not translate into. */
export function translatedInto(newsroom: LiveSite, asked: string): Locale {
  const { locales } = newsroom
  const locale = meant(locales, asked)
  if (locale !== undefined && locale !== locales.source) return locale
  const { code, values } = notTarget(locales, asked)
  throw new Refusal(code, values, { kind: 'not_found' })
}

/**
 * The same. Also refuses a locale that the token does not reach. The list of locales is no secret, so the two refusals differ. Neither says
 * which briefings exist.
 */
export function reached(newsroom: LiveSite, token: AccessToken, asked: string): Locale {
  const locale = translatedInto(newsroom, asked)
  if (!reaches(token, locale)) throw new Refusal('token.locale', { locale }, { kind: 'forbidden' })
  return locale
}

/** The same for a language of a publication, of which the source language is one: it stands for the English. */
export function reachedToPublish(newsroom: LiveSite, token: AccessToken, asked: string): Locale {
  const { source } = newsroom.locales
  if (meant(newsroom.locales, asked) !== source) return reached(newsroom, token, asked)
  if (!token.mayEdit) throw new Refusal('token.not-english', {}, { kind: 'forbidden' })
  return source
}

/** Whether a request asks to publish what it sends. Refuses it for a token that may not. */
export function publishing({ mayPublish }: AccessToken, asked: 'true' | 'false'): boolean {
  if (asked === 'true' && !mayPublish) throw new Refusal('token.saves-only', {}, { kind: 'forbidden' })
  return asked === 'true'
}
