import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { addressPattern } from './addresses'
import { type Amount, amountsIn, spelling } from './amounts'
import { sameYearIn, yearsOf } from './calendars'
import { otherHalfIn } from './clock'
import { englishAmounts } from './english-amounts'
import { type Fault, some, warning } from './finding'
import type { Prose } from './prose'
import { romanIn } from './roman'
import { type Spelled, spelledIn } from './spelled'

/**
 * Checks that the numbers of the source are in the translation: in any digits, with any separators and words for millions, spelled out,
 * as Roman numerals, on another clock or calendar.
 */
export function numberFaults(locale: Locale, source: Prose, target: Prose): readonly Fault[] {
  const text = withoutAddresses(target)
  const before = englishAmounts(withoutAddresses(source))
  const after = amountsIn(locale, text)
  const there = valuesOf(after)
  const explained = new Set([...valuesOf(before.amounts), ...before.hints.map(spelling)])
  const isThere = ({ values }: Amount) => values.some((value) => there.has(value))
  const halves = new Set(before.amounts.flatMap(({ time }) => (time ? [time.isAfternoon] : [])))
  const isTurned = halves.size === 1 ? otherHalfIn(locale, text, there) : () => false
  const lost = before.amounts.filter((amount) => !isThere(amount) || isTurned(amount))
  const others = after.filter(({ values }) => !values.some((value) => explained.has(value)))
  if (lost.length === 0 && others.length === 0) return []
  const years = yearsIn(before.amounts)
  const spelled = spelledIn(locale, text)
  const roman = romanIn(text)
  const alone = new Set([...spelled.possible, ...roman.map(({ value }) => value)].map(spelling))
  const isSameYear = sameYearIn(locale, text)
  const missing = lost.filter((amount) => {
    if (isTurned(amount)) return true
    const isSaid =
      (amount.said ?? amount.values).some((value) => alone.has(value)) ||
      (spelled.possible.has(0.5) && amount.values.some(endsInHalf)) ||
      (spelled.possible.has(4) && amount.values.some(isQuarter))
    return !isSaid && !isSameYear(amount)
  })
  const calendars = new Set(years.flatMap((year) => yearsOf(locale, year)))
  const strange = others.filter(
    ({ values }) => !values.some((value) => value === '0' || calendars.has(value) || isConverted(before.measures, value)),
  )
  const words = strangeWords(spelled, roman, explained)
  return faults(missing, strange, words)
}

const withoutAddresses = ({ text }: Prose) => text.replace(addressPattern, '…')

/** A small or spelled-out number may be left out. If the text has another instead, it was more likely mistyped. */
function faults(lost: readonly Amount[], strange: readonly Amount[], words: readonly string[]): readonly Fault[] {
  const isOther = strange.length > 0 || words.length > 0
  const missed = lost.filter(({ isLoose, time }) => !isLoose || isOther || time)
  const added = missed.length > 0 ? strange : strange.filter(({ isLoose }) => !isLoose)
  const found = changed(missed.map(asShown), [...added.map(asShown), ...(missed.length > 0 ? words : [])])
  return found ? [warning('numbers', found)] : []
}

function changed(lost: readonly string[], added: readonly string[]): Complaint | undefined {
  if (lost.length > 0 && added.length > 0) return complaint('check.numbers.changed', { lost: some(lost), added: some(added) })
  if (lost.length > 0) return complaint('check.numbers.lost', { numbers: some(lost) })
  return added.length > 0 ? complaint('check.numbers.added', { numbers: some(added) }) : undefined
}

const asShown = ({ shown, written }: Amount) => shown ?? written

const valuesOf = (amounts: readonly Amount[]) => new Set(amounts.flatMap(({ values }) => values))

/** Numbers that the text surely spells out, or has as Roman numerals, and the English does not have. One is often an article. */
const strangeWords = (
  { sure, said }: Spelled,
  roman: readonly { readonly written: string; readonly value: number }[],
  explained: ReadonlySet<string>,
): readonly string[] => [
  ...sure.filter((value) => value >= 2 && !explained.has(spelling(value))).map((value) => said(value)),
  ...roman.filter(({ written, value }) => written.length > 1 && !explained.has(spelling(value))).map(({ written }) => written),
]

const yearsIn = (amounts: readonly Amount[]) =>
  amounts.flatMap(({ values }) => values.map(Number).filter((value) => Number.isInteger(value) && value >= 1800 && value <= 2200))

const isQuarter = (value: string) => value === '25' || value === '0.25'

/** Whether a number may be said with a half: 1.5, 2.5 million, 3:30. */
const endsInHalf = (value: string) => /^\d+5(?:0*|e\+\d+)$|^\d*\.5$|^5(?:0+)$|^30$/.test(value)

/** Whether a number is one of these measures in another unit, more or less. */
const isConverted = (measures: readonly number[], value: string) =>
  measures.some((measure) => Math.abs(Number(value) - measure) <= Math.max(0.05 * measure, 0.6))
