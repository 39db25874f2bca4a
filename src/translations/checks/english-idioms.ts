import { type Amount, looseMax, spelling } from './amounts'
import { spelledIn } from './spelled'

/** What English says in its own way, and how it is read. */
type Idiom = readonly [RegExp, (groups: readonly string[]) => readonly Amount[]]

const amount = (written: string, ...values: readonly number[]): Amount => ({
  written,
  isLoose: values.every((value) => value <= looseMax),
  values: values.map(spelling),
})

const denominators: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
}

export const idioms: readonly Idiom[] = [
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
  [/\b(?:([a-z]+)-)?([a-z]+)[-\s]centur(?:y|ies)\b/gi, ([all = '', ten = '', one = '']) => aSpelledCentury(all, ten, one)],
  [
    /\b(?:(first|second|third|fourth)[-\s]quarters?|Q([1-4]))\b/gi,
    ([all = '', word = '', digit]) => aQuarter(all, word, Number(digit)),
  ],
  [
    new RegExp(
      `\\b(one|two|three|four|five|six|seven|eight|nine|an?)[-\\s](${Object.keys(denominators).join('|')})s?(?= (?:of|the)\\b)`,
      'gi',
    ),
    ([all = '', count = '', part = '']) => aFraction(all, count, part),
  ],
  [/\bhalf a dozen\b/gi, ([all = '']) => [{ ...amount(all, 6, 12), isLoose: true }]],
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
  [/\bhalf an? (?:(thousand|million|billion|trillion)\b)/gi, ([all = '', scale = '']) => [amount(all, scaleOf(scale) / 2)]],
]

/** `half past three` is half four in some languages. */
function aPastHour(written: string, hour: string): readonly Amount[] {
  const value = Number(hour) || (spelledIn('en', hour).sure[0] ?? 0)
  return value === 0 ? [] : [{ ...amount(written, value, value + 1, (value % 12) + 12, (value % 12) + 13), isLoose: true }]
}

const scaleOf = (scale: string) => spelledIn('en', scale).sure[0] ?? 1

/** A time of day. With a half or quarter of an hour, some languages name the next hour: `halb zehn`. */
function aTime(written: string, hour: number, minute: string | undefined, half = ''): readonly Amount[] {
  const isAfternoon = half.toLowerCase() === 'p'
  const other = half === '' ? otherHour(hour) : isAfternoon ? (hour % 12) + 12 : hour % 12
  const minutes = Number(minute ?? 0)
  const together = [hour, other].map((each) => each + minutes / 100)
  const isQuarter = [15, 30, 45].includes(minutes)
  const next = isQuarter ? [(hour % 12) + 1, (hour % 12) + 13] : []
  const time = half === '' ? {} : { time: { hour: hour % 12, isAfternoon } }
  const hours = { ...amount(written, hour, other, ...together, ...next, ...(other === 0 ? [24] : [])), ...time }
  if (minutes === 0) return [hours]
  const parts = { ...amount(written, minutes, ...together, ...(isQuarter ? [4] : [])), isLoose: false }
  return [{ ...hours, isLoose: true }, parts]
}

const otherHour = (hour: number) => (hour > 12 ? hour - 12 : hour === 0 ? 12 : hour)

/** A quarter of a year, also named by its months: 7〜9月期. */
function aQuarter(written: string, word: string, digit: number): readonly Amount[] {
  const quarter = digit || ['first', 'second', 'third', 'fourth'].indexOf(word.toLowerCase()) + 1
  return [{ ...amount(written, quarter, quarter * 3, quarter * 3 - 2), said: [spelling(quarter)], isLoose: false }]
}

/** `two-fifths`: its denominator is there, or it is in per cent. */
function aFraction(written: string, count: string, part: string): readonly Amount[] {
  const number = /^an?$/i.test(count) ? 1 : (spelledIn('en', count).sure[0] ?? 1)
  const denominator = denominators[part.toLowerCase()] ?? 1
  const share = number / denominator
  const percent = [Math.floor(share * 100), Math.round(share * 100), share * 100, share]
  return [{ ...amount(written, denominator, ...percent, ...(denominator === 2 ? [0.5] : [])), isLoose: false }]
}

function aSpelledCentury(written: string, ten: string, one: string): readonly Amount[] {
  const [value] = spelledIn('en', `${ten} ${one}`).sure
  return value === undefined || value > 30 ? [] : aCentury(written, value)
}

/** A century is also named by its hundreds: Novecento. */
const aCentury = (written: string, number: number) => [amount(written, number, (number - 1) * 100, ((number - 1) * 100) % 1000)]

function aHalfMore(written: string, whole: string, scale: string): readonly Amount[] {
  const value = /^\d+$/.test(whole) ? Number(whole) : whole.toLowerCase() === 'one' ? 1 : (spelledIn('en', whole).sure[0] ?? 0)
  if (value === 0) return [{ ...amount(written, scaleOf(scale) * 1.5), isLoose: true }]
  return [{ ...amount(written, (value + 0.5) * scaleOf(scale), value), isLoose: true }]
}
