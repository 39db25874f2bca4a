import type { Locale } from '../../language/locale'
import { chainUnits } from './chains'
import { folded, type Numeral, type Numerals, numeralsOf } from './numerals'
import { linkers, saidIn } from './said'
import { isSpaceless } from './words'

/** The numbers that a text spells out. */
export interface Spelled {
  /** Those that it surely has, each put together from its words: `twenty-five`, `zwölftausend`. */
  readonly sure: readonly number[]
  /** All that its words may stand for, alone or together. */
  readonly possible: ReadonlySet<number>
  /** How the text says a number that it surely has, as it stands there. */
  readonly said: (value: number) => string
}

/** Finds the numbers that a text spells out, as far as the words of its language are known. */
export function spelledIn(locale: Locale, text: string): Spelled {
  if (isSpaceless(locale)) return inHan(text)
  const numerals = numeralsOf(locale)
  if (!numerals) return { sure: [], possible: new Set(), said: String }
  const sure: number[] = []
  const possible = new Set<number>()
  const said = new Map<number, readonly string[]>()
  let run: Numeral[] = []
  let words: string[] = []
  let [isScale, isAfterDigit] = [false, false] // 13 billion: the word is a part of the number before it.
  const flush = () => {
    for (const value of run.map((each) => each.value)) possible.add(value)
    const sums = sumsOf(run)
    for (const { value, isSure } of sums) {
      possible.add(value)
      if (!isSure || isScale) continue
      sure.push(value)
      if (sums.length === 1) said.set(value, words)
    }
    run = []
    words = []
  }
  for (const word of [...wordsIn(numerals, text), '.']) {
    const parts = partsOf(numerals, word)
    if (parts?.some(({ isAlone }) => isAlone)) {
      flush()
      for (const { value } of parts) possible.add(value)
    } else if (parts) {
      if (run.length === 0) isScale = isAfterDigit
      run.push(...parts)
      words.push(word)
    } else if (!linkers.has(word)) flush()
    isAfterDigit = /\p{Nd}/u.test(word)
  }
  return { sure, possible, said: saidIn(text, said) }
}

/** The words of a text in plain form, and its punctuation. A hyphen is a space. */
function wordsIn({ joined }: Numerals, text: string): readonly string[] {
  const plain = joined.reduce((rest, [pattern, one]) => rest.replace(pattern, one), folded(text))
  return plain.match(/\p{L}+|[^\p{L}\s-]/gu) ?? []
}

/** What Arabic writes together with the word that follows. */
const proclitics = [/^[وفبلك](?=\p{L}{2})/u, /^[وف]?(?:[بك]?ال|لل)(?=\p{L}{2})/u]

/** The words for numbers that a word consists of: `fünf|und|zwanzig`, `cento|mila`. */
function partsOf(numerals: Numerals, word: string): readonly Numeral[] | undefined {
  const whole = segmented(numerals, word)
  if (whole) return whole
  return proclitics.reduce<readonly Numeral[] | undefined>(
    (found, pattern) => found ?? (pattern.test(word) ? segmented(numerals, word.replace(pattern, '')) : undefined),
    undefined,
  )
}

/** The same without what is written together with it: words for numbers only, or else one with any ending, alone or at the end. */
function segmented(numerals: Numerals, word: string): readonly Numeral[] | undefined {
  if (word.length > longestWord) return undefined
  const whole = wholly(numerals, word, 0)
  if (whole) return whole
  const beginning = numerals.byLetter.get(word.charAt(0))?.filter(({ stem }) => word.startsWith(stem)) ?? []
  const open = beginning.find(({ isOpen }) => isOpen)
  if (open) return [open]
  for (const numeral of beginning) {
    const following = numeral.value < 1 ? undefined : segmented(numerals, rest(word, numeral))
    if (following) return [numeral, ...following]
  }
  return undefined
}

function wholly(numerals: Numerals, word: string, depth: number): readonly Numeral[] | undefined {
  for (const numeral of numerals.byLetter.get(word.charAt(0)) ?? []) {
    if (!word.startsWith(numeral.stem)) continue
    if (word === numeral.stem) return [numeral]
    const following = depth > 5 || numeral.value < 1 ? undefined : wholly(numerals, rest(word, numeral), depth + 1)
    if (following) return [numeral, ...following]
  }
  return undefined
}

/** What follows within a word: `zwanzig` in `fünfundzwanzig`. */
const rest = (word: string, { stem }: Numeral) => word.slice(stem.length).replace(/^und(?=\p{L}{3})/u, '')

/** Puts words for numbers together, as far as they are one number: `two thousand three hundred`, but `two`, `three`. */
function sumsOf(run: readonly Numeral[]): readonly { readonly value: number; readonly isSure: boolean }[] {
  const found: { value: number; isSure: boolean }[] = []
  let [sum, part, scale, isSure, isBegun] = [0, 0, 1, false, false]
  const end = () => {
    if (isBegun) found.push({ value: sum + part, isSure })
    ;[sum, part, scale, isSure, isBegun] = [0, 0, 1, false, false]
  }
  for (const { value, isSure: isThis } of run) {
    if (value >= 1000 && part === 0 && sum > 0 && value > scale) sum *= value
    else if (value >= 1000) {
      sum += Math.max(part, 1) * value
      part = 0
    } else if (value === 100 && part > 0 && part < 100) part *= 100
    else {
      if (isBegun && !fits(part, value)) end()
      part += value
    }
    if (value >= 1000) scale = value
    isSure ||= isThis
    isBegun = true
  }
  end()
  return found
}

/** Whether a number can follow another within one: 20 and 5, 100 and 30; and 5 and 20, 3 and 10, where small ones come first. */
function fits(part: number, value: number): boolean {
  if (part === 0) return true
  if (value < 1) return false
  if (part % 100 === 0) return value < 100
  const last = part % 100
  if (last % 10 === 0) return value < (last >= 60 ? 20 : 10)
  return last < 10 && value < 100 && value % 10 === 0
}

const longestWord = 80

const hanDigits = '〇一二三四五六七八九'
const hanRun = /[〇零一二三四五六七八九十百千万萬億亿兆两兩]+/g
/** What is counted in Chinese or Japanese, right behind a number. */
const counted = /^[名人个個年月日天家国國次项項倍成割位件歳岁号號週周小時时分か箇种種艘架所市省县縣州]/u

/** The numbers written in Han characters. A single one often is a part of a word, and is sure only before what is counted. */
function inHan(text: string): Spelled {
  const sure: number[] = []
  const possible = new Set<number>()
  const said = new Map<number, string>()
  for (const { index, 0: run } of text.matchAll(hanRun)) {
    const before = text[index - 1] ?? ''
    const isTenths = /^[割成]/u.test(text.slice(index + run.length)) // 三成: 30%
    const value = valueOfHan(run.replace(/零/g, '〇').replace(/[两兩]/g, '二')) * (isTenths ? 10 : 1)
    possible.add(value)
    for (const one of run) possible.add(hanDigits.indexOf(one))
    if ('期周週拜'.includes(before) && before !== '') continue
    if (value > 1 && counted.test(text.slice(index + run.length))) {
      sure.push(value)
      said.set(value, run + (isTenths ? (text[index + run.length] ?? '') : ''))
    }
  }
  if (/[两兩両双雙俩]/.test(text)) possible.add(2)
  if (text.includes('半')) possible.add(0.5)
  return { sure, possible, said: (value) => said.get(value) ?? String(value) }
}

function valueOfHan(run: string): number {
  const digits = [...run].map((each) => hanDigits.indexOf(each))
  if (digits.every((digit) => digit >= 0)) return digits.reduce((value, digit) => value * 10 + digit, 0)
  let [sum, part, digit] = [0, 0, 0]
  for (const each of run) {
    const unit = each === '十' ? 10 : chainUnits[each]
    if (unit === undefined) digit = hanDigits.indexOf(each)
    else if (unit < 1e4) {
      part += Math.max(digit, 1) * unit
      digit = 0
    } else {
      sum += Math.max(part + digit, 1) * unit
      part = 0
      digit = 0
    }
  }
  return sum + part + digit
}
