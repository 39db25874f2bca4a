import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSegment } from '../../src/translations/checks/checks'
import type { Rule } from '../../src/translations/checks/finding'
import type { Glossary } from '../../src/translations/glossary'

/** What may be wrong with a sentence of the corpus. */
export type FaultKind = 'number' | 'date' | 'address' | 'quotation' | 'glossary'

/** An English sentence with a translation that is sound, or has one fault. */
export interface Pair {
  readonly english: string
  readonly translation: string
  readonly fault: FaultKind | null
  readonly why: string
  readonly terms?: readonly { readonly source: string; readonly target: string }[]
}

export const languages = ['es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca']

/** The sentences of a language in one of the halves. */
export const pairsIn = (folder: string, tag: string): readonly Pair[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, folder, `${tag}.json`), 'utf8')) as readonly Pair[]

/** The rules that find a kind of fault. */
const rulesOf: Readonly<Record<FaultKind, readonly Rule[]>> = {
  number: ['numbers', 'dates'],
  date: ['dates', 'numbers'],
  address: ['addresses', 'links'],
  quotation: ['quotation'],
  glossary: ['glossary'],
}
const measured = new Set(Object.values(rulesOf).flat())

const isMarkdown = (text: string) => /\]\(|`|\*|<http/.test(text)

/** The rules of the five kinds by which a translation is warned of. */
export function rulesFound(locale: string, { english, translation, terms = [] }: Pair): readonly Rule[] {
  const glossary: Glossary = { locale, terms: terms.map(({ source, target }) => ({ term: source, translation: target })) }
  const kind = isMarkdown(english + translation) ? 'markdown' : 'plain'
  const findings = checkSegment({ locale, id: 'x', kind, source: english, target: translation, names: [], glossary })
  return findings.map(({ rule }) => rule).filter((rule) => measured.has(rule))
}

export interface Rates {
  readonly sound: number
  readonly faulty: number
  /** Sound ones that are warned of. */
  readonly warned: readonly (Pair & { readonly rules: readonly Rule[] })[]
  /** Faulty ones of which the fault is not found. */
  readonly missed: readonly Pair[]
}

const isFound = (locale: string, pair: Pair) =>
  rulesFound(locale, pair).some((rule) => pair.fault !== null && rulesOf[pair.fault].includes(rule))

export function ratesOf(locale: string, pairs: readonly Pair[]): Rates {
  const sound = pairs.filter(({ fault }) => fault === null)
  const faulty = pairs.filter(({ fault }) => fault !== null)
  return {
    sound: sound.length,
    faulty: faulty.length,
    warned: sound.map((pair) => ({ ...pair, rules: rulesFound(locale, pair) })).filter(({ rules }) => rules.length > 0),
    missed: faulty.filter((pair) => !isFound(locale, pair)),
  }
}
