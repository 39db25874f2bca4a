import type { Locale } from '../../language/locale'
import { isInflected } from './inflections'

/** The language and the script of a locale. Asking Intl takes long, and it is asked for each word. */
function partsOf(locale: Locale): { readonly language: string; readonly script: string } {
  const known = parts.get(locale)
  if (known) return known
  const { language, script = 'Latn' } = new Intl.Locale(locale).maximize()
  const found = { language: new Intl.Locale(locale).language || language, script }
  parts.set(locale, found)
  return found
}

const parts = new Map<Locale, ReturnType<typeof partsOf>>()

/** The language of a locale, as the tables name it. */
export const languageOf = (locale: Locale) => partsOf(locale).language

/** The script that a locale is written in: `Latn`, `Arab`, `Hans`. */
export const scriptOf = (locale: Locale) => partsOf(locale).script

/** Scripts that set no space between words. */
const spaceless = new Set(['Hans', 'Hant', 'Jpan', 'Khmr', 'Laoo', 'Mymr', 'Thai'])

/** Finds an English phrase in a text as whole words, in any case, also in the plural. Hyphens count as spaces. */
export function occurrencesOf(phrase: string, text: string): readonly { readonly from: number; readonly to: number }[] {
  const words = phrase.split(/[\s-]+/).filter(Boolean)
  const [first = text] = words
  const beginning = words.length === 1 ? first.replace(/(?<=.{3})(?:y|is)$/i, '') : first
  if (!text.toLowerCase().includes(beginning.toLowerCase())) return []
  const pattern = inPlural(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('[\\s-]'))
  const found = text.matchAll(new RegExp(`(?<![\\p{L}\\p{Nd}])${pattern}(?![\\p{L}\\p{Nd}])`, 'giu'))
  return [...found].map(({ index, 0: { length } }) => ({ from: index, to: index + length }))
}

/** A pattern of an English word, also in the plural: companies, crises, risks. */
function inPlural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}(?:y|ies)`
  return /[a-z]sis$/i.test(word) ? `${word.slice(0, -2)}[ie]s` : `${word}(?:e?s)?`
}

/** A text, prepared for many questions about its phrases. */
export interface SearchedText {
  readonly locale: Locale
  readonly text: string
  /** The text. In scripts with spaces: its words in plain form, between single spaces. */
  readonly plain: string
  /** The beginnings of its words. */
  readonly stems: () => ReadonlySet<string>
}

export function searched(locale: Locale, text: string): SearchedText {
  const plain = plainly(locale, text)
  let stems: ReadonlySet<string> | undefined
  return {
    locale,
    text,
    plain,
    stems() {
      stems ??= new Set(stemsIn(plain))
      return stems
    },
  }
}

/**
 * Whether a text has a phrase, in any inflection: unchanged from the beginning of a word, or by the beginnings of its words of four or
 * more letters, in any order. In scripts without spaces, Intl finds where words begin.
 */
export const has = (text: SearchedText, phrase: string) =>
  hasWords(text, phrase, stem, isInflected) || hasInitials(text.text, phrase)

/**
 * The same for a name. Inflections only add to a name, and to a longer one in place of its last letter: `Mistralowi AI` is Mistral AI,
 * `Microsofcie` is Microsoft, but `Azur` is not Azure.
 */
export const hasName = (text: SearchedText, name: string) =>
  hasWords(text, name, (word) => word.slice(0, stemMax), isNameInflected)

const isNameInflected = (name: string, form: string) =>
  name.length > 5 && form.length > name.length && form.length < name.length + 4 && form.startsWith(name.slice(0, -1))

/** Whether a text has a phrase of several words as its initials: `KI` for künstliche Intelligenz. */
function hasInitials(text: string, phrase: string): boolean {
  const words = phrase.match(/\p{L}+/gu) ?? []
  const initials = words.map((word) => word.charAt(0).toUpperCase()).join('')
  return initials.length > 1 && new RegExp(`(?<!\\p{L})${initials}(?!\\p{L})`, 'u').test(text)
}

function hasWords(
  { locale, plain, stems }: SearchedText,
  phrase: string,
  beginning: (word: string) => string,
  isForm: (word: string, form: string) => boolean = () => false,
): boolean {
  const wanted = plainly(locale, phrase).trimEnd().replace(/ー$/, '')
  if (wanted.trim() === '') return true
  if (isSpaceless(locale)) return beginsWord(locale, plain, wanted)
  if (plain.includes(wanted)) return true
  const words = wanted
    .trim()
    .split(' ')
    .map(bare)
    .filter(({ length }, _index, all) => length >= (all.length > 1 ? stemMin : 3))
  const forms = plain.trim().split(' ')
  return (
    words.length > 0 &&
    words.every((word) => (word.length >= stemMin && stems().has(beginning(word))) || forms.some((form) => isForm(word, form)))
  )
}

/** Whether a locale is written without spaces between words. */
export const isSpaceless = (locale: Locale) => spaceless.has(scriptOf(locale))

/** Letters in lower case, without marks that only vary them: `Grundsätze` begins like `Grundsatz`. */
function plainly(locale: Locale, text: string): string {
  if (isSpaceless(locale)) return text.normalize('NFKC').toLowerCase()
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase()
  return ` ${letters.match(/[\p{L}\p{Nd}]+/gu)?.join(' ') ?? ''} `
}

/** Whether a phrase occurs at the beginning of a word. A name in Latin letters counts anywhere. */
function beginsWord(locale: Locale, text: string, phrase: string): boolean {
  const first = text.indexOf(phrase)
  if (first === -1 || /^\p{Script=Latin}/u.test(phrase)) return first !== -1
  const starts = new Set<number>()
  for (const { index, segment } of segmenterOf(locale).segment(text)) {
    starts.add(index)
    if (segment.length > phrase.length + 1 && segment.endsWith(phrase)) return true // A word put together from two.
  }
  for (let at = first; at !== -1; at = text.indexOf(phrase, at + 1)) if (starts.has(at)) return true
  return false
}

const stemMin = 4
const stemMax = 24

/** What the inflections of a word have in common: all but its last letters. */
const stem = (word: string) => word.slice(0, Math.min(stemMax, Math.max(stemMin, word.length - 3)))

function* stemsIn(plain: string): Generator<string> {
  for (const word of plain.split(' ')) {
    for (const form of new Set([word, bare(word)])) {
      for (let length = stemMin; length <= Math.min(form.length, stemMax); length += 1) yield form.slice(0, length)
    }
  }
}

/** An Arabic word without the words written together with its beginning: and, in, for, as, the. */
const bare = (word: string) => word.replace(/^[وف]?(?:[بك]?ال|لل)(?=\p{L}{3})|^[وفبلك](?=\p{L}{4})/u, '')

const segmenters = new Map<Locale, Intl.Segmenter>()

function segmenterOf(locale: Locale): Intl.Segmenter {
  const known = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' })
  segmenters.set(locale, known)
  return known
}
