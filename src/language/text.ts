/**
 * What is wrong with a text that a person typed, as a phrase, or `undefined`. Refused is what no reader can see but every
 * reader would suffer: characters that XML forbids, half surrogate pairs, controls that reorder the line they stand in,
 * and marks piled up without end. Joiners that scripts need (ZWJ, ZWNJ) are welcome.
 */
export function flawIn(text: string): string | undefined {
  if (!text.isWellFormed()) return 'has half of a character (an unpaired surrogate)'
  for (const [pattern, flaw] of flaws) if (pattern.test(text)) return flaw
  return undefined
}

const flaws: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
  [/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/, 'has a control character'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'has an invisible control that reorders text'],
  [/[\u200b\u2060\ufeff]/, 'has an invisible space'],
  [/\p{M}{9}/u, 'piles up combining marks'],
]

/** A text for a terminal: what could move its cursor, colour it or reorder its line is spelled out, as JSON would have it. */
export const spelledOut = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (unseen) =>
    Array.from({ length: unseen.length }, (_, at) => `\\u${unseen.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )

const scriptsWithoutSpaces = new Set(['Hans', 'Hant', 'Jpan', 'Khmr', 'Laoo', 'Mymr', 'Thai'])
const segmenters = new Map<string, Intl.Segmenter>()

/** The number of words in a text: between spaces, or by Intl's dictionaries (UAX 29) where its script sets none. */
export function countWords(text: string, locale: string): number {
  const { script = '' } = new Intl.Locale(locale).maximize()
  if (!scriptsWithoutSpaces.has(script)) return text.match(/\S+/g)?.length ?? 0
  let segmenter = segmenters.get(locale)
  if (!segmenter) {
    segmenter = new Intl.Segmenter(locale, { granularity: 'word' })
    segmenters.set(locale, segmenter)
  }
  let count = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1
  return count
}
