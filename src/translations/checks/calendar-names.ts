import type { Locale } from '../../language/locale'
import { languageOf } from './words'

/** What a calendar names: months (0 is January) and days of the week (0 is Monday). */
export type Named = 'month' | 'weekday'

const known = new Map<string, readonly (readonly string[])[]>()

/** The names of each month or weekday in a locale as CLDR has them: beside a day, alone, and short. */
export const namesOf = (locale: Locale, what: Named): readonly (readonly string[])[] =>
  remembered(`${locale} ${what}`, () => namesIn([locale], what))

/** The same with those of all regions of the language: `setiembre` of Peru, `شباط` of Lebanon. */
export const namesInRegions = (locale: Locale, what: Named): readonly (readonly string[])[] =>
  remembered(`${locale} ${what} everywhere`, () => namesIn([locale, ...regionsOf(languageOf(locale))], what))

function remembered(key: string, make: () => readonly (readonly string[])[]) {
  const names = known.get(key) ?? make()
  known.set(key, names)
  return names
}

const styles: Readonly<Record<Named, readonly Intl.DateTimeFormatOptions[]>> = {
  month: [{ month: 'long', day: 'numeric' }, { month: 'long' }, { month: 'short', day: 'numeric' }],
  weekday: [{ weekday: 'long' }, { weekday: 'short' }],
}

function namesIn(locales: readonly Locale[], what: Named): readonly (readonly string[])[] {
  const formats = locales.flatMap((locale) =>
    styles[what].map((style) => new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC', calendar: 'gregory' })),
  )
  // 1 January 2024 is a Monday.
  const dates = Array.from({ length: what === 'month' ? 12 : 7 }, (_, index) =>
    what === 'month' ? Date.UTC(2024, index, 15) : Date.UTC(2024, 0, 1 + index),
  )
  return dates.map((date) => [...new Set(formats.flatMap((format) => nameIn(format.formatToParts(date), what)))])
}

/** The name that a date has. What follows a number belongs to it: `3月`. */
function nameIn(parts: readonly Intl.DateTimeFormatPart[], what: Named): readonly string[] {
  const at = parts.findIndex(({ type }) => type === what)
  const name = parts[at]?.value ?? ''
  const unit = /^\p{Script=Han}+/u.exec(parts[at + 1]?.value ?? '')?.[0] ?? ''
  const whole = /\p{L}/u.test(name) ? name : name + unit
  return /\p{L}/u.test(whole) ? [whole] : []
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** The locales of a language for which CLDR has a region of its own. */
export const regionsOf = (language: string): readonly Locale[] =>
  letters
    .flatMap((one) => letters.map((other) => `${language}-${one}${other}`))
    .filter((tag) => new Intl.NumberFormat(tag).resolvedOptions().locale === tag)
