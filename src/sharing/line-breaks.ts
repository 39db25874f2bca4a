import type { Locale } from '../language/locale'

/** The stretch of a text that no line ends in, and whether a space comes after it. */
export interface Unit {
  readonly text: string
  readonly isSpaced: boolean
}

/** Where lines may end: at spaces, after hyphens, and in Chinese and Japanese between words, as their rules allow. */
export function unitsOf(text: string, locale: Locale): readonly Unit[] {
  const words = new Intl.Segmenter(locale, { granularity: 'word' })
  return text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((each) => {
      const parts: string[] = []
      for (const { segment } of words.segment(each)) {
        const before = parts.at(-1)
        if (before === undefined || mayBreak(before, segment)) parts.push(segment)
        else parts[parts.length - 1] = before + segment
      }
      return parts.map((part, index) => ({ text: part, isSpaced: index === parts.length - 1 }))
    })
}

const ideographic = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60]/u
/** Characters that begin no line (JIS X 4051, GB/T 15834): closing marks, small kana, marks of repetition and length. */
const beginsNoLine =
  /^[\p{Pe}\p{Pf}、。，．・：；？！:;,.?!…‥ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％%‰℃゛゜～]/u
/** Characters that end no line: opening marks. */
const endsNoLine = /[\p{Ps}\p{Pi}￥＄£€#＃№]$/u

function mayBreak(before: string, after: string): boolean {
  if (beginsNoLine.test(after) || endsNoLine.test(before)) return false
  const last = charactersOf(before).at(-1) ?? ''
  const [first = ''] = charactersOf(after)
  if (/^\p{sc=Hiragana}/u.test(after)) return false // A particle or an ending stays with its word.
  if (/\p{Nd}/u.test(last) && ideographic.test(first)) return false // A number stays with what it counts.
  if (ideographic.test(last) || ideographic.test(first)) return true
  return /[\p{L}\p{N}][-‐–—/]$/u.test(before) && /\p{L}/u.test(first)
}

/** A unit that is longer than a line, cut between its characters. */
export const broken = ({ text, isSpaced }: Unit): readonly Unit[] => {
  const parts = charactersOf(text)
  return parts.map((part, index) => ({ text: part, isSpaced: isSpaced && index === parts.length - 1 }))
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The characters of a text as its readers count them (UAX 29). */
export const charactersOf = (text: string): readonly string[] => [...graphemes.segment(text)].map(({ segment }) => segment)
