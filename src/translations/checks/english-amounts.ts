import { type Amount, amountsIn, looseMax, spelling } from './amounts'
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
        found.push(...read(groups))
        return ' … '
      }),
    text,
  )
  const spelled = spelledIn('en', rest)
  const digits = amountsIn('en', rest).map((amount) => withSpans(amount, rest))
  const words = spelled.sure.filter((value) => value >= 2).map((value) => withSpans(aWord(value), rest))
  return {
    amounts: [...found, ...digits, ...words],
    hints: [...hintsIn(text), ...spelled.possible, ...romanIn(text).map(({ value }) => value)],
    measures: measuresIn(rest),
  }
}

const aWord = (value: number): Amount => ({ written: String(value), isLoose: true, values: [spelling(value)] })

type Idiom = readonly [RegExp, (groups: readonly string[]) => readonly Amount[]]

const amount = (written: string, ...values: readonly number[]): Amount => ({
  written,
  isLoose: values.every((value) => value <= looseMax),
  values: values.map(spelling),
})

const idioms: readonly Idiom[] = [
  [/\b(?:half|quarter) (?:past|to) (\w+)\b/gi, ([all = '', hour = '']) => aPastHour(all, hour)],
  [
    /\b(\d{1,2})(?:[:.](\d{2}))?(?:\s|\u00a0)?([ap])\.?m\b\.?/gi,
    ([all = '', hour, minute, half]) => aTime(all, Number(hour), minute, half),
  ],
  [/\b(\d{1,2}):(\d{2})\b/g, ([all = '', hour, minute]) => aTime(all, Number(hour), minute, '')],
  [
    /\b([01]\d|2[0-4])([0-5]\d)(?=(?: hours)? (?:GMT|UTC|[A-Z]{2,3}T)\b)/g,
    ([all = '', hour, minute]) => aTime(all, Number(hour), minute, ''),
  ],
  [/\b(\d{1,2})(?:st|nd|rd|th)[-\s]centur(?:y|ies)\b/gi, ([all = '', number]) => aCentury(all, Number(number))],
  [/\b(\d{3}0)s\b/g, ([all = '', year]) => [amount(all, Number(year), Number(year) % 100)]],
  [/(?<![\d,.])['’]?(\d0)s\b/g, ([all = '', year]) => [amount(all, Number(year), 1900 + Number(year))]],
  [
    /\b(\d{2})(\d{2})([-–/])(\d{2})\b(?![-–/]\d)/g,
    ([all = '', century, first, , last]) => [
      amount(all, Number(`${century}${first}`)),
      amount(all, Number(last), Number(`${century}${last}`)),
    ],
  ],
  [
    /\b(\w+) and a half(?: (thousand|million|billion|trillion))?\b/gi,
    ([all = '', whole = '', scale = '']) => aHalfMore(all, whole, scale),
  ],
  [/\bhalf an? (?:(thousand|million|billion|trillion|dozen)\b)/gi, ([all = '', scale = '']) => [amount(all, scaleOf(scale) / 2)]],
]

/** `half past three` is half four in some languages. */
function aPastHour(written: string, hour: string): readonly Amount[] {
  const value = Number(hour) || (spelledIn('en', hour).sure[0] ?? 0)
  return value === 0 ? [] : [{ ...amount(written, value, value + 1, (value % 12) + 12, (value % 12) + 13), isLoose: true }]
}

const scaleOf = (scale: string) => spelledIn('en', scale).sure[0] ?? 1

function aTime(written: string, hour: number, minute: string | undefined, half = ''): readonly Amount[] {
  const other =
    half === '' ? (hour > 12 ? hour - 12 : hour === 0 ? 12 : hour) : half.toLowerCase() === 'p' ? (hour % 12) + 12 : hour % 12
  const minutes = Number(minute ?? 0)
  const together = [hour, other].map((each) => each + minutes / 100)
  const hours = amount(written, hour, other, ...together, ...(other === 0 ? [24] : []))
  return minutes === 0
    ? [hours]
    : [
        { ...hours, isLoose: true },
        { ...amount(written, minutes, ...together), isLoose: true },
      ]
}

/** A century is also named by its hundreds: Novecento. */
const aCentury = (written: string, number: number) => [amount(written, number, (number - 1) * 100, ((number - 1) * 100) % 1000)]

function aHalfMore(written: string, whole: string, scale: string): readonly Amount[] {
  const value = /^\d+$/.test(whole) ? Number(whole) : whole.toLowerCase() === 'one' ? 1 : (spelledIn('en', whole).sure[0] ?? 0)
  if (value === 0) return [{ ...amount(written, scaleOf(scale) * 1.5), isLoose: true }]
  return [{ ...amount(written, (value + 0.5) * scaleOf(scale), value), isLoose: true }]
}

/** Other spans of time for the same: 18 months are one and a half years. */
const spans: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^[-\s]months?\b/i, [1 / 12]],
  [/^[-\s]hours?\b/i, [1 / 24]],
  [/^[-\s]days?\b/i, [1 / 7]],
  [/^[-\s]weeks?\b/i, [7, 7.5]], // quinze jours
  [/^[-\s]decades?\b/i, [10]],
  [/^[-\s]centur(?:y|ies)\b/i, [100]],
  [/^[-\s]dozen\b/i, [12]],
  [/^[-\s]scores?\b/i, [20]],
]

function withSpans(one: Amount, text: string): Amount {
  const word = /^\d/.test(one.written) && text.includes(one.written) ? one.written : undefined
  const rest = word === undefined ? undefined : text.slice(text.indexOf(word) + word.length)
  const factors = spans.flatMap(([pattern, factor]) =>
    (rest === undefined ? new RegExp(pattern.source.replace('^', ''), 'i').test(text) : pattern.test(rest)) ? factor : [],
  )
  const more = factors.flatMap((factor) => one.values.map((value) => Number(value) * factor))
  return { ...one, values: [...one.values, ...more.filter((value) => Number.isInteger(value * 2)).map(spelling)] }
}

const months =
  /\b(?:(Jan)uary|(Feb)ruary|(Mar)ch|(Apr)il|(May)|(Jun)e|(Jul)y|(Aug)ust|(Sep)tember|(Oct)ober|(Nov)ember|(Dec)ember)\b/g
const words: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\bhal(?:f|ve[sd]?)\b/i, [50, 2, 30]],
  [/\bquarter/i, [25, 15, 3, 4]],
  [/\bthirds?\b/i, [33, 3, 1]],
  [/\bnoon|midday|midnight\b/i, [12, 0, 24]],
  [/\bdouble|twice|doubling|both|pair|couple\b/i, [2]],
  [/\bdecade/i, [10]],
  [/\bcentur/i, [100]],
  [/\bfortnight/i, [14, 15, 2]],
  [/\bweek/i, [7, 8]],
  [/\byear|annual/i, [12, 1]],
  [/\bround[- ]the[- ]clock|all day\b/i, [24]],
]

const hintsIn = (text: string): readonly number[] => [
  ...[...text.matchAll(/\b(\d{2})\d0s\b/g)].map(([, century]) => Number(century) + 1), // 20世纪90年代
  ...[...text.matchAll(months)].map((match) => match.findIndex((each, index) => index > 0 && each !== undefined)),
  ...words.flatMap(([pattern, values]) => (pattern.test(text) ? values : [])),
]

/** Metric measures of English ones. */
const units: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^[-\s]?(?:miles?|mph)\b/, [1.609]],
  [/^[-\s]?(?:feet|foot|ft)\b/, [0.3048, 30.48]],
  [/^[-\s]?(?:inch(?:es)?|in\b)/, [2.54, 25.4]],
  [/^[-\s]?yards?\b/, [0.914]],
  [/^[-\s]?(?:pounds?|lbs?)\b/, [0.4536]],
  [/^[-\s]?ounces?\b/, [28.35]],
  [/^[-\s]?acres?\b/, [0.4047, 4047]],
  [/^[-\s]?gallons?\b/, [3.785]],
  [/^[-\s]?barrels?\b/, [159]],
]

const measuresIn = (text: string): readonly number[] =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].flatMap(({ index, 0: written }) => {
    const rest = text.slice(index + written.length, index + written.length + 20)
    const value = Number(written.replaceAll(',', ''))
    const metric = units.flatMap(([pattern, factors]) => (pattern.test(rest) ? factors.map((factor) => value * factor) : []))
    return /^ ?°?F\b/.test(rest) ? [...metric, ((value - 32) * 5) / 9] : metric
  })
