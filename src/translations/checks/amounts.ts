import type { Locale } from '../../language/locale'
import { regionsOf } from './calendar-names'
import { chainAt } from './chains'
import { folded, numeralsOf } from './numerals'
import { languageOf } from './words'

/**
 * A number in a text, with its possible values: `1.500` is one thousand five hundred in one language, and one and a half in another.
 */
export interface Amount {
  readonly written: string
  /** The same as it stands in the text, with its unit: `2 billion`, `€30`, `5 %`. */
  readonly shown?: string
  /** Small enough, or written so, that a translator may put it otherwise. */
  readonly isLoose: boolean
  /** Each value that it may have, in one spelling. */
  readonly values: readonly string[]
  /** Those that it may have in words, if not all of them. */
  readonly said?: readonly string[]
  /** The half of the day that it is in, if it is the hour of a time: 9 pm. */
  readonly time?: { readonly hour: number; readonly isAfternoon: boolean }
}

/** Digits, also grouped by spaces, with separators. */
const token = /(?:(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.,٫٬’'](?=\d)\d+)*/g
export const looseMax = 12

export const spelling = (value: number) => String(Number(value.toPrecision(9)))

/** The numbers written in digits. */
export function amountsIn(locale: Locale, text: string): readonly Amount[] {
  const plain = inAsciiDigits(text)
  const standing = plain.length === text.length ? text : plain
  const found: Amount[] = []
  let end = 0
  for (const { index, 0: digits } of plain.matchAll(token)) {
    if (index < end) continue // It was read as a part of 4億5000万.
    const written = digits.replace(/\s/g, '')
    const behind = plain.slice(index + digits.length, index + 160)
    const chain = chainAt(written + behind)
    end = index + digits.length + (chain?.written.length ?? written.length) - written.length
    const shown = withUnit(standing, index, end, locale)
    if (chain) found.push({ written: chain.written, shown, isLoose: false, values: [spelling(chain.value)] })
    else for (const meanings of readings(locale, written)) found.push({ ...scaled(locale, written, meanings, behind), shown })
  }
  return found
}

const signsBefore = /\p{Sc}[ \u00a0\u202f]?$/u
const signsBehind = /^[ \u00a0\u202f]?(?:[%‰٪°割成]|\p{Sc})/u

/** The stretch of a text that is a number, with its sign of a currency or per cent, and its word for millions. */
function withUnit(text: string, from: number, to: number, locale: Locale): string {
  const before = signsBefore.exec(text.slice(Math.max(0, from - 4), from))?.[0] ?? ''
  const behind = text.slice(to, to + 40)
  const scale = scaleWords(locale, behind)
  const sign = signsBehind.exec(behind.slice(scale.length))?.[0] ?? ''
  return before + text.slice(from, to) + scale + sign
}

/** The words for thousands, millions and so on at the beginning of a text, as they stand there; empty if there are none. */
function scaleWords(locale: Locale, rest: string): string {
  if (!numeralsOf(locale)) return ''
  const letter = /^[ \u00a0\u202f]?[mk](?![\p{L}\p{N}])/iu.exec(rest)?.[0]
  if (letter) return letter
  const [, one = '', other = ''] = /^([\s.]{0,2}[\p{L}\p{M}]+\.?)(\s(?:de\s)?[\p{L}\p{M}]+)?/u.exec(rest) ?? []
  const by = (word: string) => scaleOf(locale, folded(word).replace(/^\s*(?:de\s)?|[\s.]/g, ''))
  if (by(one) === 1) return ''
  const isSecond = by(one) === 1e3 && by(other) > 1
  return isSecond ? one + other : one.replace(/\.$/, '')
}

function scaled(locale: Locale, written: string, meanings: readonly number[], rest: string): Amount {
  const scales = scalesOf(locale, rest.slice(0, 40))
  const isLoose = meanings.every((meaning) => Number.isInteger(meaning) && meaning <= looseMax)
  const isHalved = /^\p{L}{0,2}半/u.test(rest) // 1年半
  return {
    written,
    isLoose,
    values: meanings.flatMap((meaning) => [
      ...scales.map((scale) => spelling(meaning * scale)),
      ...(isHalved ? [spelling(meaning + 0.5)] : []),
    ]),
  }
}

/** The possible values of digits with separators. Each part of a date or a version (`26.02.2024`, `3.5.1`) is a number. */
function readings(locale: Locale, written: string): readonly (readonly number[])[] {
  const parts = written.split(/\D/)
  const signs = written.replace(/\d/g, '')
  const whole = Number(parts.join(''))
  const decimal = Number(`${parts.slice(0, -1).join('')}.${parts.at(-1)}`)
  if (signs === '') return [[whole]]
  if (signs === '٫' || new Set(signs).size > 1) return [[decimal]]
  const isGrouped = parts.at(-1)?.length === 3 && parts.slice(1, -1).every(({ length }) => length === 2 || length === 3)
  if (signs.length > 1) return isGrouped ? [[whole]] : parts.map((part) => [Number(part)])
  if (!isGrouped) return [[decimal]]
  const { group, decimal: point } = separatorsOf(locale)
  if (group.has(signs) === point.has(signs)) return [[whole, decimal]]
  return [group.has(signs) ? [whole] : [decimal]]
}

/** The signs that group digits and that begin decimals, in any region of a language. */
interface Separators {
  readonly group: ReadonlySet<string>
  readonly decimal: ReadonlySet<string>
}

const separators = new Map<Locale, Separators>()

function separatorsOf(locale: Locale): Separators {
  const known = separators.get(locale)
  if (known) return known
  const tags = locale === 'en' ? [locale] : [locale, ...regionsOf(languageOf(locale))]
  const parts = tags.flatMap((tag) => new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(1234567.8))
  const signs = (wanted: string) => new Set(parts.flatMap(({ type, value }) => (type === wanted ? [value] : [])))
  const found = { group: signs('group'), decimal: signs('decimal') }
  separators.set(locale, found)
  return found
}

/** The possible factors of the word after a number; several if it is ambiguous. */
export function scalesOf(locale: Locale, rest: string): readonly number[] {
  const numerals = numeralsOf(locale)
  if (!numerals) return anyScale
  const letter = /^[ \u00a0\u202f]?([mk])(?![\p{L}\p{N}])/iu.exec(rest)?.[1]
  if (letter) return [1, 1e3, 1e6] // 15m: millions, or metres.
  if (/^[割成]/.test(rest)) return [10]
  const words = folded(rest).match(/^[\s.]{0,2}\p{L}+(?:\s(?:de\s)?\p{L}+)?/u)?.[0]
  const [first = 1, second = 1] =
    words
      ?.split(/[\s.]+/)
      .filter(Boolean)
      .map((word) => scaleOf(locale, word)) ?? []
  return [first === 1e3 ? first * second : first] // mil millones, but not a word that happens to follow millones.
}

/** For a language whose words are not known, only the digits count, whatever the factor. */
const anyScale = Array.from({ length: 14 }, (_, power) => 10 ** power)

const scaleOf = (locale: Locale, word: string) =>
  numeralsOf(locale)
    ?.byLetter.get(word.charAt(0))
    ?.find(({ stem, isOpen, value }) => value >= 1000 && (isOpen ? word.startsWith(stem) : word === stem))?.value ?? 1

/** Digits of any script → ASCII. In Unicode the decimal digits of a script follow one another, from its zero on. */
export const inAsciiDigits = (text: string) =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitAt(digit.codePointAt(0) ?? 0)))

function digitAt(point: number): number {
  let zero = point
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (point - zero) % 10
}
