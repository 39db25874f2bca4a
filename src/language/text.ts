import { type Complaint, complaint, type NewsroomKey } from './complaint'

/**
 * What is wrong with a text that a person typed, or `undefined`. Refused is what no reader can see but every
 * reader would suffer: characters that XML forbids, half surrogate pairs, controls that reorder the line they stand in,
 * and marks piled up without end. Joiners that scripts need (ZWJ, ZWNJ) are welcome.
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

/** The same of a text that may not be missing, and not be longer than so many UTF-16 units. */
export function flawInTextUpTo(most: number, text: string): Complaint | undefined {
  if (text.trim() === '') return complaint('text.empty')
  return text.length > most ? complaint('schema.longest', { most }) : flawIn(text)
}

/** A text as it was meant by whoever typed it into a form, where a line ends in CR LF (HTML, 4.10.21.4). */
export const typed = (text: string): string => text.replace(/\r\n?/g, '\n').trim()

/** Of what `flawIn` refuses, the characters that cannot be seen. */
const refused =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g

/** What a terminal obeys beside that, or shows as nothing: marks of direction, separators of lines, annotations, tags. */
const unseen = /[\u061c\u200e\u200f\u2028\u2029\u2061-\u2065\u206a-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const inUnits = (found: string) =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

/** A text that was refused, with what was wrong in it written out, as `\u202e`, for whoever is to mend it. */
export const mendable = (text: string): string => text.toWellFormed().replace(refused, inUnits)

/** The same with everything written out that a terminal would obey and nobody see. JSON stays the JSON that it was. */
export const visible = (text: string): string => mendable(text).replace(unseen, inUnits)

/** The same on one line. */
export const visibleLine = (text: string): string => visible(text).replace(/[\t\n]/g, inUnits)

/** A text that a person typed, within a sentence, so that its direction turns nothing around it (UAX 9). */
export const isolated = (text: string): string => `\u2068${text}\u2069`

/** The beginning of a text in one line, of so many characters at the most as its reader counts them (UAX 29), cut between words where there are any, with a sign where more follows. */
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

/** Scripts that set no spaces between words, and how many of their letters a word has by and large. */
const unspaced = [
  { letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu, perWord: 2 },
  { letters: /(?=\p{L})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu, perWord: 4 },
]

/**
 * The number of words in a text: those between spaces, and in scripts that set none as many as its letters come to. Dictionaries
 * (UAX 29) would be nearer, but differ from one runtime to the next, and readers of both are told the same.
 */
export function countWords(text: string): number {
  let rest = text
  let count = 0
  for (const { letters, perWord } of unspaced) {
    let found = 0
    rest = rest.replace(letters, () => {
      found += 1
      return ' '
    })
    count += Math.ceil(found / perWord)
  }
  return count + rest.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
