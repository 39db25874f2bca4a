import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { type Fault, some, warning } from './finding'
import type { Prose } from './prose'
import { chainUnits, scalesOf } from './scales'
import { visible } from './spelled'

/**
 * A number in a text, with its possible values: `1.500` is one thousand five hundred in one language, and one and a half in
 * another.
 */
export interface NumberFound {
  readonly written: string
  /** Small enough that a translator may spell it out. */
  readonly isSmall: boolean
  /** Each value that it may have, in one spelling. */
  readonly values: readonly string[]
}

/** Checks that the numbers of the source are in the translation, in any digits, with any separators and words for millions. */
export function numberFaults(locale: Locale, source: Prose, target: Prose): readonly Fault[] {
  const [before, after] = [numbersIn('en', source.text), numbersIn(locale, target.text)]
  const [there, wanted] = [valuesOf(after), valuesOf(before)]
  const spelled = new Set(visible(source.text).map(spelling))
  const lost = before.filter(({ values }) => !values.some((value) => there.has(value)))
  const others = after.filter(({ values }) => !values.some((value) => wanted.has(value) || spelled.has(value)))
  // A small number may be spelled out. If the text has another number instead, it was more likely mistyped.
  const missed = lost.filter(({ isSmall }) => !isSmall || others.length > 0)
  const added = missed.length > 0 ? others : others.filter(({ values }) => values.some((value) => Number(value) > smallMax))
  const found = changed(missed, added)
  return found ? [warning('numbers', found)] : []
}

function changed(missed: readonly NumberFound[], added: readonly NumberFound[]): Complaint | undefined {
  const [lost, others] = [inList(missed), inList(added)]
  if (missed.length > 0 && added.length > 0) return complaint('check.numbers.changed', { lost, added: others })
  if (missed.length > 0) return complaint('check.numbers.lost', { numbers: lost })
  return added.length > 0 ? complaint('check.numbers.added', { numbers: others }) : undefined
}

const inList = (numbers: readonly NumberFound[]) => some(numbers.map(({ written }) => written))

const valuesOf = (numbers: readonly NumberFound[]) => new Set(numbers.flatMap(({ values }) => values))

const token = /\d+(?:[.,٫٬’'](?=\d)\d+)*/g
const groupedBySpace = /(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)/g
const smallMax = 12

/** The numbers written in digits. */
export function numbersIn(locale: Locale, text: string): readonly NumberFound[] {
  const joined = inAsciiDigits(text).replace(groupedBySpace, (number) => number.replace(/[^\d]/g, ''))
  const found: NumberFound[] = []
  let end = 0
  for (const { index, 0: written } of joined.matchAll(token)) {
    if (index < end) continue // It was read as a part of 4億5000万.
    const chain = chainAt(joined, index)
    if (chain) found.push(chain)
    else
      for (const meanings of readings(written))
        found.push(scaled(locale, written, meanings, joined.slice(index + written.length)))
    end = index + (chain?.written.length ?? written.length)
  }
  return found
}

const spelling = (value: number) => String(Number(value.toPrecision(9)))

function scaled(locale: Locale, written: string, meanings: readonly number[], rest: string): NumberFound {
  const scales = scalesOf(locale, rest.slice(0, 40))
  const isSmall = meanings.every((meaning) => Number.isInteger(meaning) && meaning <= smallMax)
  return { written, isSmall, values: meanings.flatMap((meaning) => scales.map((scale) => spelling(meaning * scale))) }
}

/** East Asian numbers with units inside and behind: 4億5000万, 1.5兆, 3万2000. */
function chainAt(text: string, from: number): NumberFound | undefined {
  const [written = ''] = /^(?:\d[\d.,]{0,20}[千百万萬億亿兆만억조]{1,2})+\d{0,8}/u.exec(text.slice(from, from + 120)) ?? []
  if (written === '') return undefined
  let sum = 0
  for (const [, digits = '', units = ''] of written.matchAll(/(\d[\d.,]{0,20})([^\d.,]*)/gu)) {
    const number = Number(digits.replaceAll(',', ''))
    sum += [...units].reduce((value, unit) => value * (chainUnits[unit] ?? 1), number)
  }
  return { written, isSmall: false, values: [spelling(sum)] }
}

/** The possible values of digits with separators. Each part of a date or a version (`26.02.2024`, `3.5.1`) is a number. */
function readings(written: string): readonly (readonly number[])[] {
  const parts = written.split(/\D/)
  const signs = written.replace(/\d/g, '')
  const whole = Number(parts.join(''))
  const decimal = Number(`${parts.slice(0, -1).join('')}.${parts.at(-1)}`)
  if (signs === '') return [[whole]]
  if (signs === '٫' || new Set(signs).size > 1) return [[decimal]]
  const isGrouped = parts.at(-1)?.length === 3 && parts.slice(1, -1).every(({ length }) => length === 2 || length === 3)
  if (signs.length > 1) return isGrouped ? [[whole]] : parts.map((part) => [Number(part)])
  return isGrouped ? [[whole, decimal]] : [[decimal]]
}

/** Digits of any script → ASCII. In Unicode the decimal digits of a script follow one another, from its zero on. */
const inAsciiDigits = (text: string) => text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitAt(digit.codePointAt(0) ?? 0)))

function digitAt(point: number): number {
  let zero = point
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (point - zero) % 10
}
