import type { Locale } from '../../language/locale'
import type { Amount } from './amounts'
import { folded } from './numerals'
import { isSpaceless } from './words'

/** What a language calls the times of the day before noon and after it, as CLDR has them. */
interface Periods {
  readonly morning: readonly string[]
  readonly afternoon: readonly string[]
  /** Whether its times are written with 24 hours. */
  readonly hasDayOf24: boolean
}

const known = new Map<Locale, Periods>()

function periodsOf(locale: Locale): Periods {
  const periods = known.get(locale) ?? read(locale)
  known.set(locale, periods)
  return periods
}

function read(locale: Locale): Periods {
  const formats = [{ dayPeriod: 'long' as const }, {}].map(
    (style) => new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, timeZone: 'UTC', ...style }),
  )
  const named = (from: number) =>
    Array.from({ length: 12 }, (_, hour) => Date.UTC(2024, 0, 1, from + hour)).flatMap((date) =>
      formats.flatMap((format) =>
        format.formatToParts(date).flatMap(({ type, value }) => (type === 'dayPeriod' ? [plain(value)] : [])),
      ),
    )
  const [before, after] = [new Set(named(0)), new Set(named(12))]
  const { hourCycle = 'h23' } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions()
  return {
    morning: [...before].filter((name) => !after.has(name)),
    afternoon: [...after].filter((name) => !before.has(name)),
    hasDayOf24: hourCycle.startsWith('h2'),
  }
}

/** In plain form: words between single spaces. */
const plain = (text: string) =>
  folded(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * Tells of each time whether a text puts it into the other half of the day: 9 pm as 9 Uhr, 午前3時 as 午後3時. `there` has the numbers of the
 * text.
 */
export function otherHalfIn(locale: Locale, text: string, there: ReadonlySet<string>): (amount: Amount) => boolean {
  const { morning, afternoon, hasDayOf24 } = periodsOf(locale)
  const words = ` ${plain(text)} `
  const has = (names: readonly string[]) => names.some((name) => words.includes(isSpaceless(locale) ? name : ` ${name} `))
  const [hasMorning, hasAfternoon] = [has(morning), has(afternoon)]
  return ({ time, values }) => {
    if (!time || time.hour === 0) return false
    if (!time.isAfternoon) return !hasMorning && hasAfternoon
    if (values.some((value) => Number(value) >= 12 && there.has(value))) return false
    return !hasAfternoon && (hasMorning || (hasDayOf24 && there.has(String(time.hour))))
  }
}
