import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { type Fault, some, warning } from './finding'
import { numbersIn } from './numbers'
import type { Prose } from './prose'
import { has, type SearchedText } from './words'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const monthBesideNumber = new RegExp(`\\d (${months.join('|')})\\b|\\b(${months.join('|')}),? \\d`, 'g')

/** Checks that the months of the source's dates are in the translation, by name or by number. */
export function dateFaults(locale: Locale, source: Prose, target: Prose, searchedTarget: SearchedText): readonly Fault[] {
  const before = new Set([...source.text.matchAll(monthBesideNumber)].map(([, one, other]) => one ?? other ?? ''))
  if (before.size === 0) return []
  const numbers = new Set(numbersIn(locale, target.text).flatMap(({ values }) => values))
  const lost = [...before].filter((month) => {
    const index = months.indexOf(month)
    return !numbers.has(String(index + 1)) && !namesOf(locale, index).some((name) => has(searchedTarget, name))
  })
  return lost.length === 0 ? [] : [warning('dates', complaint('check.dates', { months: some(lost) }))]
}

const formats: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'long', day: 'numeric' },
  { month: 'long' },
  { month: 'short', day: 'numeric' },
]
const known = new Map<Locale, readonly (readonly string[])[]>()

/** The names of a month as CLDR has them: beside a day, alone, and short; and how its inflections begin. */
function namesOf(locale: Locale, month: number): readonly string[] {
  const names = known.get(locale) ?? months.map((_, index) => monthNames(locale, new Date(Date.UTC(2024, index, 15))))
  known.set(locale, names)
  return names[month] ?? []
}

function monthNames(locale: Locale, date: Date): readonly string[] {
  const names = formats.flatMap((format) =>
    new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC', calendar: 'gregory' })
      .formatToParts(date)
      .flatMap(({ type, value }) => (type === 'month' && /\p{L}/u.test(value) ? [value] : [])),
  )
  const stems = names.filter((name) => /^\p{L}{3,}$/u.test(name)).map((name) => name.slice(0, Math.max(3, name.length - 3)))
  return [...new Set([...names, ...stems])]
}
