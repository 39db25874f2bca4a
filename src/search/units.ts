import type { Locale } from '../language/locale'
import { apostrophes, isParticle, joiners } from './apostrophes'

/** What a text is searched by: a word, or one character of a script that sets no spaces. */
export interface Unit {
  /** What it is compared by: without case, accents, vowel signs and other differences that readers type past. */
  readonly form: string
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly isCharacter: boolean
  /** Whether it is a character that follows the one before without a gap. */
  readonly isJoined: boolean
}

/** A longer word is compared by its beginning. */
const formMax = 40

const spaceless = String.raw`[[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30FC\uFF70]&&[\p{L}\p{N}]]`
/** A syllable of Hangul in its parts, as some systems write it. */
const decomposed = String.raw`[\u1100-\u115F][\u1160-\u11A7][\u11A8-\u11FF]?`
const letter = String.raw`[[\p{L}\p{M}\p{N}\u00AD\u200C\u200D]--[${spaceless}\uFF9E\uFF9F${apostrophes}]]`
const parts = new RegExp(String.raw`${decomposed}|${spaceless}[\p{M}\uFF9E\uFF9F]*|${letter}+(?:(?:${joiners})${letter}+)*`, 'gv')
const marksInside = new RegExp(`[${apostrophes}"״”“׳]`, 'gu')
const isSpaceless = new RegExp(`^${spaceless}`, 'v')
const isKatakana = /^[\u30A1-\u30FC]/

/**
 * The units of a text in order. Texts and queries are read by the same rules. Only these rules decide which words are the same; no database
 * does. The rules depend on the script, and on whether the locale is German.
 */
export function unitsOf(text: string, locale: Locale): readonly Unit[] {
  const units: Unit[] = []
  const isGerman = locale === 'de' || locale.startsWith('de-')
  for (const { 0: written, index: start } of text.matchAll(parts)) {
    const isCharacter = isSpaceless.test(written)
    const form = isCharacter ? written.normalize('NFKC').toLowerCase() : folded(written.replace(marksInside, ''), isGerman)
    const end = start + written.length
    const before = units.at(-1)
    const isJoined = isCharacter && before?.isCharacter === true && before.end === start
    if (form !== '' && (isCharacter || !isParticle(text, form, start, end)))
      units.push({ form, start, end, isCharacter, isJoined })
  }
  return units.filter((_, at) => !isFinalLength(units, at))
}

/** Whether this is the long-vowel mark at the end of a longer katakana word. It is often left out: サーバー is サーバ, but ビール is not ビル. */
function isFinalLength(units: readonly Unit[], at: number): boolean {
  if (units[at]?.form !== 'ー') return false
  const next = units[at + 1]
  if (next?.isJoined && isKatakana.test(next.form)) return false
  return (
    [0, 1, 2].every((back) => units[at - back]?.isJoined) &&
    [1, 2, 3].every((back) => isKatakana.test(units[at - back]?.form ?? ''))
  )
}

/** Marks on letters of scripts that are readable without them. In other scripts (が, हि) marks are part of the letter. */
const marks = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{M}+/gu

/**
 * Letters that Unicode does not decompose. Those of Arabic follow Lucene's normalisation. Tatweel only stretches a line. Hebrew has
 * other letters at the end of a word, which is no end if an ending follows.
 */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ς: 'σ',
  ـ: '',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
}
const otherLetters = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')

/** What Devanagari writes with a dot, too: candrabindu, and the nasal of the letter that follows (हिन्दी is हिंदी). */
const nasals = /ँ|ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])/g

/** A word without what readers type past: é is e, ñ is n, ł is l; أ is ا; ٣ is 3; क़ is क. */
function folded(word: string, isGerman: boolean): string {
  const plain = /^[A-Za-z0-9]+$/.test(word) ? word.toLowerCase() : unaccented(word)
  return (isGerman ? plain.replace(/([ao])e|(?<![aeiouq])ue/g, (_, letter: string | undefined) => letter ?? 'u') : plain).slice(
    0,
    formMax,
  )
}

const unaccented = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .replace(/[\u093C\u0A3C\u0ABC]/g, '')
    .replace(nasals, 'ं')
    .normalize('NFC')
    .replace(otherLetters, (letter) => letters[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\u0966-\u096F\u09E6-\u09EF]/g, (digit) => String((digit.charCodeAt(0) & 15) - 6))
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
