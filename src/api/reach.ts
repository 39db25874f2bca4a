import { type Locale, openLocales } from '../language/locale'
import { type AccessToken, reaches } from '../members/token'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'

/** The languages that this site translates into. */
export const targetsOf = ({ locales }: LiveSite) => openLocales(locales).filter((tag) => tag !== locales.source)

/** Refuses a locale that this site does not translate into. */
export function translatedInto(newsroom: LiveSite, locale: Locale): void {
  if (!targetsOf(newsroom).includes(locale)) throw new Refusal('locale.not-translated', { locale }, { kind: 'not_found' })
}

/**
 * Refuses a locale that this site does not translate into, and one that the token does not reach. The list of locales is no
 * secret, so the two refusals differ. Neither says which briefings exist.
 */
export function reached(newsroom: LiveSite, token: AccessToken, locale: Locale): void {
  translatedInto(newsroom, locale)
  if (!reaches(token, locale)) throw new Refusal('token.locale', { locale }, { kind: 'forbidden' })
}

/** The same for a language of a publication, of which the source language is one: it stands for the English. */
export function reachedToPublish(newsroom: LiveSite, token: AccessToken, locale: Locale): void {
  if (locale !== newsroom.locales.source) reached(newsroom, token, locale)
  else if (!token.mayEdit) throw new Refusal('token.not-english', {}, { kind: 'forbidden' })
}

/** Whether a request asks to publish what it sends. Refuses it for a token that may not. */
export function publishing({ mayPublish }: AccessToken, asked: 'true' | 'false'): boolean {
  if (asked === 'true' && !mayPublish) throw new Refusal('token.saves-only', {}, { kind: 'forbidden' })
  return asked === 'true'
}
