import { hash32 } from './hash32'

/** The words of a text, in order: runs of letters, marks and digits, in NFC and lower case. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/**
 * How alike two texts are, in whole percent, rounded down. It is the share of the longer one's words that stay when one text is turned
 * into the other with as few insertions, deletions and replacements as possible (Levenshtein, 1966). Only the same text (in NFC) is 100.
 * Texts that differ only in case, spaces or signs are 99. Below `least` the result may be 0, which is cheaper.
 */
export function likenessOf(one: string, other: string, least = 0): number {
  if (one.normalize('NFC') === other.normalize('NFC')) return 100
  const [words, others] = [wordsOf(one), wordsOf(other)]
  const longer = Math.max(words.length, others.length)
  if (longer === 0 || percent(inCommon(words, others), longer) < least) return 0
  return Math.min(99, percent(longer - distance(words, others), longer))
}

const percent = (part: number, whole: number) => Math.floor((100 * part) / whole)

/** How many words two texts have in common, in any place. At least as many as can stay. */
function inCommon(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1)
  let count = 0
  for (const word of others) {
    const more = left.get(word) ?? 0
    if (more > 0) count += 1
    left.set(word, more - 1)
  }
  return count
}

/** The fewest insertions, deletions and replacements of words. */
function distance(words: readonly string[], others: readonly string[]): number {
  let row = Array.from({ length: others.length + 1 }, (_, at) => at)
  for (const [index, word] of words.entries()) {
    const next = [index + 1]
    for (const [at, other] of others.entries()) {
      const replaced = (row[at] ?? 0) + (word === other ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** The most marks of a text; and the most characters of a pair of words, such as `with the`, that says little about a text. */
const marksMax = 8
const tellsLittle = 8

/**
 * A few 32-bit numbers that represent a text in the database: the smallest hashes of its pairs of neighbouring words, or of its only
 * word (a bottom-k sketch, Broder 1997). Pairs that many texts have come last. Similar texts share marks: always if they are at least 70 %
 * alike and have at most nine words, and nearly always if they are longer.
 */
export function marksOf(text: string): readonly number[] {
  const words = wordsOf(text)
  const phrases = words.length === 1 ? words : words.slice(1).map((word, index) => `${words[index]} ${word}`)
  const marks = phrases.map((phrase) => (hash32(phrase) >>> 1) + (phrase.length > tellsLittle ? 0 : 2 ** 31))
  return [...new Set(marks)].sort((one, other) => one - other).slice(0, marksMax)
}
