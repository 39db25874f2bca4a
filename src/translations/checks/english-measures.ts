import { type Amount, spelling } from './amounts'

/** Other spans of time for the same: 18 months are one and a half years. */
const factors: readonly (readonly [string, readonly number[]])[] = [
  ['[-\\s]months?\\b', [1 / 12]],
  ['[-\\s]hours?\\b', [1 / 24]],
  ['[-\\s]days?\\b', [1 / 7]],
  ['[-\\s]weeks?\\b', [7, 7.5]], // quinze jours
  ['[-\\s]decades?\\b', [10]],
  ['[-\\s]centur(?:y|ies)\\b', [100]],
  ['[-\\s]dozen\\b', [12]],
  [' basis points?\\b', [0.01]],
  ['[-\\s]scores?\\b', [20]],
]

const spans = factors.map(([span, by]) => ({
  said: new RegExp(span, 'i'),
  counted: new RegExp(`(?<![.,]|\\d[٫٬’']?)(\\d+(?:[.,٫٬’']\\d+)*)${span}`, 'gi'),
  by,
}))

/** Adds to an amount of a text what it is in other spans of time. That of a word is looked for in all of the text. */
export function spansIn(text: string): (one: Amount, isWord: boolean) => Amount {
  const said = spans
    .filter((span) => span.said.test(text))
    .map(({ counted, by }) => ({ by, numbers: new Set(text.matchAll(counted).map(([, number]) => number)) }))
  return (one, isWord) => {
    const found = said.flatMap(({ numbers, by }) => (isWord || numbers.has(one.written) ? by : []))
    const more = found.flatMap((factor) => one.values.map((value) => Number(value) * factor))
    return { ...one, values: [...one.values, ...more.filter((value) => Number.isInteger(value * 4)).map(spelling)] }
  }
}

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

/** The English measures of a text, in metric units. */
export const measuresIn = (text: string): readonly number[] =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].flatMap(({ index, 0: written }) => {
    const rest = text.slice(index + written.length, index + written.length + 20)
    const value = Number(written.replaceAll(',', ''))
    const metric = units.flatMap(([pattern, factors]) => (pattern.test(rest) ? factors.map((factor) => value * factor) : []))
    return /^ ?°?F\b/.test(rest) ? [...metric, ((value - 32) * 5) / 9] : metric
  })
