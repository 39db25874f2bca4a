import type { Locale } from '../../language/locale'
import { type Amount, inAsciiDigits } from './amounts'

/** A year as another calendar counts it: 6 of 令和. */
interface OtherYear {
  readonly era: string
  readonly year: string
}

const known = new Map<string, readonly OtherYear[]>()

/** A year of the Gregorian calendar in the other calendars of a locale’s region, as CLDR has them. */
function otherYears(locale: Locale, year: number): readonly OtherYear[] {
  const key = `${locale} ${year}`
  const years =
    known.get(key) ?? calendarsOf(locale).flatMap((calendar) => [1, 12].map((month) => yearIn(locale, calendar, year, month)))
  if (known.size > 5000) known.clear()
  known.set(key, years)
  return years
}

/** The calendars of a locale’s region whose years have numbers. A runtime that does not know them has none. */
function calendarsOf(locale: Locale): readonly string[] {
  const region = new Intl.Locale(locale).maximize()
  const calendars = 'getCalendars' in region ? region.getCalendars() : []
  return calendars.filter((calendar) => calendar !== 'gregory' && calendar !== 'chinese')
}

function yearIn(locale: Locale, calendar: string, year: number, month: number): OtherYear {
  const parts = formatOf(locale, calendar).formatToParts(Date.UTC(year, month - 1, month === 1 ? 1 : 31))
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return { era: part('era'), year: inAsciiDigits(part('year')) }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: Locale, calendar: string): Intl.DateTimeFormat {
  const key = `${locale}-u-ca-${calendar}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(key, { era: 'long', year: 'numeric', timeZone: 'UTC' })
  formats.set(key, format)
  return format
}

/** The numbers that a year has in the other calendars of a locale. */
export const yearsOf = (locale: Locale, year: number): readonly string[] => otherYears(locale, year).map((other) => other.year)

/** Tells of each amount whether a text has the year that it is, in another calendar: `令和6年` for 2024. */
export function sameYearIn(locale: Locale, text: string): (amount: Amount) => boolean {
  const plain = inAsciiDigits(text).replace(/\s/g, '')
  const has = ({ era, year }: OtherYear) => {
    const at = plain.indexOf(era + year)
    return at !== -1 && era !== '' && !/\d/.test(plain[at + era.length + year.length] ?? '')
  }
  return ({ values }) => {
    const years = values.map(Number).filter((value) => value >= 1868 && value <= 2200)
    return years.some((year) => otherYears(locale, year).some(has))
  }
}
