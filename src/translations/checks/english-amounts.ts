import { type Amount, amountsIn, spelling } from './amounts'
import { months } from './english-calendar'
import { idioms } from './english-idioms'
import { measuresIn, spansIn } from './english-measures'
import { romanIn } from './roman'
import { spelledIn } from './spelled'

/** The numbers of an English text, and what a translation may have in their place. */
export interface EnglishAmounts {
  readonly amounts: readonly Amount[]
  /** Numbers that it only touches: months, halves, ordinals. */
  readonly hints: readonly number[]
  /** Its miles, feet and pounds, in metric units. */
  readonly measures: readonly number[]
}

/** Reads an English text. What it says in its own way is taken out first: times, decades, centuries, seasons of two years. */
export function englishAmounts(text: string): EnglishAmounts {
  const found: Amount[] = []
  const rest = idioms.reduce(
    (left, [pattern, read]) =>
      left.replace(pattern, (...match) => {
        const groups = match.slice(0, -2).map((each: string | undefined) => each ?? '')
        const amounts = read(groups)
        found.push(...amounts)
        return amounts.length > 0 ? ' … ' : (groups[0] ?? '')
      }),
    text,
  )
  const [spelled, withSpans] = [spelledIn('en', rest), spansIn(rest)]
  const digits = amountsIn('en', rest).map((amount) => withSpans(amount, false))
  const words = spelled.sure.filter((value) => value >= 2).map((value) => withSpans(aWord(value, spelled.said(value)), true))
  return {
    amounts: [...found, ...digits, ...words],
    hints: [...hintsIn(text), ...spelled.possible, ...romanIn(text).map(({ value }) => value)],
    measures: measuresIn(rest),
  }
}

const aWord = (value: number, said: string): Amount => ({ written: said, isLoose: true, values: [spelling(value)] })

const anyMonth = new RegExp(`\\b(?:${months.join('|')})\\b`, 'g')
const words: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\bhal(?:f|ve[sd]?)\b/i, [50, 2, 30]],
  [/\bquarter/i, [25, 15, 3, 4]],
  [/\bthirds?\b/i, [33, 3, 1]],
  [/\b(?:noon|midday|midnight)\b/i, [0, 24]],
  [/\bfortnight/i, [14, 15, 2]],
  [/\bweek/i, [7, 8]],
  [/\b(?:year|annual)/i, [12, 1]],
  [/\b(?:round[- ]the[- ]clock|all day)\b/i, [24]],
]

const hintsIn = (text: string): readonly number[] => [
  ...[...text.matchAll(/\b(\d{2})\d0s\b/g)].map(([, century]) => Number(century) + 1), // 20世纪90年代
  ...[...text.matchAll(anyMonth)].map(([month]) => months.indexOf(month) + 1),
  ...words.flatMap(([pattern, values]) => (pattern.test(text) ? values : [])),
]
