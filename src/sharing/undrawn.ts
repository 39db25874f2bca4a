import type { Locale } from '../language/locale'
import { isMostlyThere } from './copy'
import { type Face, facesFor } from './faces'
import { charactersOf } from './line-breaks'

/** Those of these languages whose letters no face has, so that cards in them are drawn without their texts. */
export const undrawnOf = (locales: readonly Locale[], faces: readonly Face[]): readonly Locale[] =>
  locales.filter(
    (locale) =>
      !isMostlyThere(charactersOf(lettersOf(locale)), (letter) => facesFor(faces, letter.codePointAt(0) ?? 0, locale).length > 0),
  )

/** A text with the letters of a language: its own name, and its months and days (CLDR). */
function lettersOf(locale: Locale): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? ''
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  const dates = Array.from({ length: 12 }, (_, month) => date.format(Date.UTC(2024, month, 1 + month)))
  return [name, ...dates].join(' ')
}
