import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { amountsIn } from './amounts'
import { type Named, namesInRegions, namesOf } from './calendar-names'
import { months, weekdays } from './english-calendar'
import { type Fault, some, warning } from './finding'
import { folded } from './numerals'
import type { Prose } from './prose'
import { isSpaceless } from './words'

/** A month or a weekday that the English names. */
interface Name {
  readonly written: string
  readonly what: Named
  readonly index: number
  /** Whether the translation surely has it too: a month beside a number. Others may be said otherwise, but not be another one. */
  readonly isFirm: boolean
}

/** Checks that the months and weekdays of the source are in the translation, by name or by number, and not others. */
export function dateFaults(locale: Locale, source: Prose, target: Prose): readonly Fault[] {
  const before = namesInEnglish(source.text)
  if (before.length === 0) return []
  const text = new TextWithNames(locale, target.text)
  const lost = before.filter((name) => isLost(name, before, text))
  return lost.length === 0
    ? []
    : [warning('dates', complaint('check.dates', { months: some(lost.map(({ written }) => written)) }))]
}

function isLost({ what, index, isFirm }: Name, all: readonly Name[], text: TextWithNames): boolean {
  if (text.has(what, index, 'here') || text.has(what, index, 'anywhere')) return false
  const others = text.named(what).filter((each) => !all.some((name) => name.what === what && name.index === each))
  if (others.length > 0) return true
  return isFirm && !text.numbers().has(String(index + 1))
}

const anyMonth = months.join('|')
const shortMonth = '(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=[.\\s])'
const firmMonth = new RegExp(
  `\\d(?:st|nd|rd|th)?(?: of)? (${anyMonth}|${shortMonth})\\b|\\b(${anyMonth}|${shortMonth})\\.?,? \\d`,
  'g',
)
const before =
  'in|since|until|till|by|from|of|last|next|this|early|late|mid|to|and|between|through|before|after|during|for|every|each'
const looseMonth = new RegExp(`\\b(?:${before})[ -](${anyMonth})\\b`, 'gi')
/** March and May are words too. */
const surelyMonth = new RegExp(`\\b(?:${months.filter((month) => !/^Ma/.test(month)).join('|')})\\b`, 'g')
const anyWeekday = new RegExp(`\\b(${weekdays.join('|')})s?\\b`, 'g')

function namesInEnglish(text: string): readonly Name[] {
  const found = new Map<string, Name>()
  const add = (written: string, what: Named, isFirm: boolean) => {
    const list = what === 'month' ? months : weekdays
    const index = list.findIndex((each) => each.startsWith(written.slice(0, 3)))
    if (index !== -1) found.set(`${what} ${index}`, { written, what, index, isFirm })
  }
  for (const [month] of text.matchAll(surelyMonth)) add(month, 'month', false)
  for (const [, month = ''] of text.matchAll(looseMonth)) if (/^\p{Lu}/u.test(month)) add(month, 'month', false)
  for (const [, one, other] of text.matchAll(firmMonth)) add(one ?? other ?? '', 'month', true)
  for (const [, day = ''] of text.matchAll(anyWeekday)) add(day, 'weekday', false)
  return [...found.values()]
}

/** A translation, to be asked for months and weekdays. */
class TextWithNames {
  readonly #locale: Locale
  readonly #text: string
  readonly #words: readonly string[]
  #numbers: ReadonlySet<string> | undefined

  constructor(locale: Locale, text: string) {
    this.#locale = locale
    this.#text = text
    this.#words = folded(text).match(/\p{L}+/gu) ?? []
  }

  numbers(): ReadonlySet<string> {
    this.#numbers ??= new Set(amountsIn(this.#locale, this.#text).flatMap(({ values }) => values))
    return this.#numbers
  }

  /** Whether it has this month or weekday, inflected or not. */
  has(what: Named, index: number, where: 'here' | 'anywhere'): boolean {
    const names = (where === 'here' ? namesOf : namesInRegions)(this.#locale, what)[index] ?? []
    return names.some((name) => this.#hasName(name, 3))
  }

  /** All that it surely names. */
  named(what: Named): readonly number[] {
    return namesOf(this.#locale, what).flatMap((names, index) =>
      names.slice(0, 2).some((name) => this.#hasName(name, 2)) ? [index] : [],
    )
  }

  /** Whether it has a name, of which an inflection may change so many last letters. */
  #hasName(name: string, mostChanged: number): boolean {
    if (isSpaceless(this.#locale)) return this.#hasUnspaced(name)
    const [first = ''] = (folded(name).match(/\p{L}+/gu) ?? []).toSorted((one, other) => other.length - one.length)
    const stem = first.length < 5 ? first : first.slice(0, Math.max(4, first.length - mostChanged))
    return this.#words.some((word) =>
      first.length < 5 ? word === first || (mostChanged > 2 && isSuffixed(word, first)) : isBegunWith(word, stem),
    )
  }

  /** In scripts without spaces: not within another, as 1月 is in 11月. */
  #hasUnspaced(name: string): boolean {
    const text = this.#text.normalize('NFKC')
    const wanted = name.normalize('NFKC')
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
      if (!/[\d一二三四五六七八九十]/.test(text[at - 1] ?? '')) return true
    }
    return false
  }
}

const isSuffixed = (word: string, name: string) => name.length >= 3 && word.startsWith(name) && word.length <= name.length + 3

/** Whether a word begins so, after what Arabic writes together with it. */
const isBegunWith = (word: string, stem: string) =>
  word.startsWith(stem) || [1, 2, 3].some((length) => /^[وفبلكا]+$/.test(word.slice(0, length)) && word.startsWith(stem, length))
