import { type Complaint, complaint, type NewsroomKey } from './complaint'

/**
 * What is wrong with a text that a person typed, or `undefined`. It refuses what readers cannot see and would still suffer from:
 * characters that XML forbids, lone surrogates, controls that reorder a line, and endless piles of marks. Joiners that scripts need
 * (ZWJ, ZWNJ) are allowed.
 */
export function flawIn(text: string): Complaint | undefined {
  if (!text.isWellFormed()) return complaint('text.half-character')
  for (const [pattern, flaw] of flaws) if (pattern.test(text)) return complaint(flaw)
  return undefined
}

const flaws: readonly (readonly [RegExp, NewsroomKey])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
  [/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/, 'text.control'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'text.reordering'],
  [/[\u200b\u2060\ufeff]/, 'text.invisible-space'],
  [/\p{M}{9}/u, 'text.marks'],
]

/** The same for a text that must not be empty, nor longer than so many UTF-16 units. */
export function flawInTextUpTo(most: number, text: string): Complaint | undefined {
  if (text.trim() === '') return complaint('text.empty')
  return text.length > most ? complaint('schema.longest', { most }) : flawIn(text)
}

/** A text from a form as it was typed, without what came along unseen. Forms end lines with CR LF (HTML, 4.10.21.4). */
export const typed = (text: string): string => unmarked(text.replace(/\r\n?/g, '\n'))

/**
 * A text without the invisible marks that copying from a page brings along: those at its ends, and isolates that are opened and closed
 * (UAX 9). Others stay for `flawIn` to judge.
 */
export function unmarked(text: string): string {
  const opened: number[] = []
  const paired = new Set<number>()
  for (const { index, 0: mark } of text.matchAll(/[\u2066-\u2069]/g)) {
    if (mark !== '\u2069') opened.push(index)
    else if (opened.length > 0) paired.add(index).add(opened.pop() ?? index)
  }
  const bare = paired.size === 0 ? text : text.replace(/[\u2066-\u2069]/g, (mark, at: number) => (paired.has(at) ? '' : mark))
  let [start, end] = [0, bare.length]
  while (start < end && atEnds.test(bare[start] ?? '')) start += 1
  while (start < end && atEnds.test(bare[end - 1] ?? '')) end -= 1
  return bare.slice(start, end)
}

/** White space, and marks that are not seen and join nothing. */
const atEnds = /[\s\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/

/** The invisible characters among those that `flawIn` refuses. */
const refused =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g

/** More characters that a terminal obeys or does not show: direction marks, line separators, annotations, tags. */
const unseen = /[\u061c\u200e\u200f\u2028\u2029\u2061-\u2065\u206a-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const inUnits = (found: string) =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

/** A text that was refused, with its invisible characters written out, such as `\u202e`, so that they can be found. */
export const mendable = (text: string): string => text.toWellFormed().replace(refused, inUnits)

/** The same, with everything written out that a terminal would obey without showing it. JSON stays valid. */
export const visible = (text: string): string => mendable(text).replace(unseen, inUnits)

/** The same on one line. */
export const visibleLine = (text: string): string => visible(text).replace(/[\t\n]/g, inUnits)

/** A person's text within a sentence, isolated so that its direction does not affect the rest (UAX 9). */
export const isolated = (text: string): string => `\u2068${text}\u2069`

/** The beginning of a text in one line: at most so many characters as readers count them (UAX 29), cut between words if possible, with a sign if more follows. */
export function beginningOf(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  const characters = [...graphemes.segment(line.slice(0, most * 8))].slice(0, most)
  const shown = characters.map(({ segment }) => segment).join('')
  if (shown.length === line.length) return shown
  const word = line[shown.length] === ' ' ? shown.length : shown.lastIndexOf(' ')
  return `${(word > shown.length / 2 ? shown.slice(0, word) : shown).trimEnd()}…`
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Scripts without spaces between words, and how many letters a word has on average. */
const unspaced = [
  { letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu, perWord: 2 },
  { letters: /(?=\p{L})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu, perWord: 4 },
]

/** Marks of footnotes in Markdown, in the text and before the text of each. */
const footnoteMarks = /\[\^[^\]\s]+\]:?/g

/**
 * The number of words in a text: those between spaces; in scripts without spaces, an estimate from the number of letters. Dictionaries
 * (UAX 29) would be more exact, but differ between the runtimes, and readers of both must see the same number.
 */
export function countWords(text: string): number {
  let rest = text.replace(footnoteMarks, '')
  let count = 0
  for (const { letters, perWord } of unspaced) {
    let found = 0
    rest = rest.replace(letters, () => {
      found += 1
      return ' '
    })
    count += Math.ceil(found / perWord)
  }
  return count + rest.split(/[\s|]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/**
 * A name of CLDR as an entry of a menu, a filter or a table has it: with the capital of its language. In running text it stays as it
 * is. Letters without a capital, and scripts that begin no word with one (Georgian), stay too.
 */
export const asEntry = (name: string, locale: string): string =>
  name.replace(/^\p{Changes_When_Titlecased}/u, (letter) => letter.toLocaleUpperCase(locale))
