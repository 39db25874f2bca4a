import type { Reading } from '../editions/reading'
import type { Speak } from '../language/catalog'
import type { Locale } from '../language/locale'
import { plain, textsOf } from './entry'
import { canBeMisspelt, nearestTo } from './nearest'
import { typedIn } from './query'
import { type Unit, unitsOf } from './units'

/** How many words of a query are corrected at most. */
const mendedMost = 2

/** The public words, as far as corrections need them. */
export interface Vocabulary {
  readonly speak: Speak
  /** The words of a language that a misspelt one may mean, with the number of briefings that have them. */
  wordsLike(locale: Locale, unit: Unit): Promise<ReadonlyMap<string, number>>
  /** A briefing that has this word. */
  readingWith(locale: Locale, word: string): Promise<Reading | undefined>
}

/**
 * The query with corrections: each word that no text has is replaced by the nearest one, spelled as in a text. It uses the first
 * of the languages that has such words. `undefined` if there are none.
 */
export async function mended(typed: string, locales: readonly Locale[], vocabulary: Vocabulary): Promise<string | undefined> {
  const text = typedIn(typed)
  for (const locale of locales) {
    const units = unitsOf(text, locale).filter(canBeMisspelt).slice(0, mendedMost)
    const words = await Promise.all(
      units.map(async (unit) => {
        const word = nearestTo(unit, await vocabulary.wordsLike(locale, unit))
        return word === undefined ? undefined : spelledIn(await vocabulary.readingWith(locale, word), word, vocabulary.speak)
      }),
    )
    if (words.every((word) => word === undefined)) continue
    return units.reduceRight(
      (rest, { start, end }, at) => rest.slice(0, start) + (words[at] ?? rest.slice(start, end)) + rest.slice(end),
      text,
    )
  }
  return undefined
}

/** A word of the index in the letters of a text that has it. */
function spelledIn(reading: Reading | undefined, word: string, speak: Speak): string | undefined {
  if (!reading) return undefined
  const { title, summary, body } = textsOf(reading, speak(reading.locale))
  for (const text of [title, summary, ...body].map(plain)) {
    const unit = unitsOf(text, reading.locale).find(({ form }) => form === word)
    if (unit) return text.slice(unit.start, unit.end)
  }
  return undefined
}
