import type { Locale } from '../../language/locale'
import { languageOf } from './words'

/** What a unit of an East Asian number multiplies by. */
export const chainUnits: Readonly<Record<string, number>> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  億: 1e8,
  亿: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
}

type Scale = readonly [stem: string, value: number]

const million: Scale = ['million', 1e6]

/**
 * The words for thousands and more. A stem that ends in * begins words of its language; others are whole words. Billions are
 * a thousand millions in English and Portuguese, and a million millions elsewhere: the slip that this table is for.
 */
const scales: Readonly<Record<string, readonly Scale[]>> = {
  en: [['thousand', 1e3], million, ['billion', 1e9], ['trillion', 1e12], ['bn', 1e9], ['tn', 1e12]],
  fr: [
    ['mille', 1e3],
    ['million*', 1e6],
    ['milliard*', 1e9],
    ['billion*', 1e12],
    ['md', 1e9],
    ['mds', 1e9],
  ],
  de: [
    ['tausend', 1e3],
    ['million*', 1e6],
    ['milliarde*', 1e9],
    ['billion*', 1e12],
    ['mio', 1e6],
    ['mrd', 1e9],
  ],
  es: [
    ['mil', 1e3],
    ['millon*', 1e6],
    ['billon*', 1e12],
  ],
  ca: [
    ['mil', 1e3],
    ['milio*', 1e6],
    ['bilio*', 1e12],
  ],
  pt: [
    ['mil', 1e3],
    ['milhão', 1e6],
    ['milhao', 1e6],
    ['milhoes', 1e6],
    ['bilh*', 1e9],
    ['trilh*', 1e12],
  ],
  it: [
    ['mila', 1e3],
    ['milion*', 1e6],
    ['miliard*', 1e9],
    ['bilion*', 1e12],
    ['mln', 1e6],
    ['mld', 1e9],
  ],
  pl: [
    ['tys', 1e3],
    ['tysi*', 1e3],
    ['milion*', 1e6],
    ['mln', 1e6],
    ['miliard*', 1e9],
    ['mld', 1e9],
    ['bilion*', 1e12],
  ],
  ar: [
    ['الف', 1e3],
    ['الاف', 1e3],
    ['مليون*', 1e6],
    ['ملايين', 1e6],
    ['مليار*', 1e9],
    ['بليون*', 1e9],
    ['تريليون*', 1e12],
  ],
  ja: [],
  zh: [],
  ko: [],
}

/** The possible factors of the word after a number; several if it is ambiguous. */
export function scalesOf(locale: Locale, rest: string): readonly number[] {
  const language = languageOf(locale)
  const table = scales[language]
  if (!table) return anyScale
  if (language === 'en' && /^[mk]\b/i.test(rest)) return [1, 1e3, 1e6] // 15m: millions, or metres.
  const words = folded(rest).match(/^[\s.]{0,2}\p{L}+(?:\s\p{L}+)?/u)?.[0]
  const [first = 1, second = 1] =
    words
      ?.split(/[\s.]+/)
      .filter(Boolean)
      .map((word) => scaleOf(table, word)) ?? []
  return [first === 1e3 ? first * second : first] // mil millones, but not a word that happens to follow millones.
}

/** For a language that is not in the table, only the digits count, whatever the factor. */
const anyScale = Array.from({ length: 14 }, (_, power) => 10 ** power)

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const scaleOf = (table: readonly Scale[], word: string) =>
  table.find(([stem]) => (stem.endsWith('*') ? word.startsWith(stem.slice(0, -1)) : word === stem))?.[1] ?? 1
