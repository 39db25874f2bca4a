import type { Reading } from '../editions/reading'
import type { Speak } from '../language/catalog'
import type { Locale } from '../language/locale'
import { plain, textsOf } from './entry'
import { canBeMisspelt, nearestTo } from './nearest'
import { placesOf, readQuery, typedIn } from './query'
import { type Unit, unitsOf } from './units'

/** How many words of a query are corrected at most. */
const mendedMost = 2

/** What the index has, as far as corrections need it. */
export interface Vocabulary {
  readonly speak: Speak
  /** Of words of the query, those of which no text that this reader may read has any form, in no language that is searched. */
  unknownAmong(words: readonly Unit[]): Promise<readonly Unit[]>
  /** The public words of a language that a misspelt one may mean, with the number of briefings that have them. */
  wordsLike(locale: Locale, unit: Unit): Promise<ReadonlyMap<string, number>>
  /** The first result of a query for this reader. */
  firstFor(typed: string): Promise<Reading | undefined>
}

/**
 * The query with corrections, if it then finds something: each word that no text has is replaced by the nearest one, spelled as in the first
 * result. It uses the first of the languages that finds something. A word that a text has is never replaced. `undefined` if there are none.
 */
export async function mended(
  typed: string,
  locales: readonly [Locale, ...Locale[]],
  vocabulary: Vocabulary,
): Promise<string | undefined> {
  const text = typedIn(typed)
  const words = wordsOf(text, locales[0])
  const unknown = words.length > 0 ? await vocabulary.unknownAmong(words) : []
  if (unknown.length === 0 || unknown.length > mendedMost) return undefined
  for (const locale of locales) {
    const nearest = await Promise.all(
      unitsAt(unknown, text, locale).map(async (unit) => nearestTo(unit, await vocabulary.wordsLike(locale, unit))),
    )
    const found = nearest.filter((word) => word !== undefined)
    if (found.length < unknown.length) continue
    const first = await vocabulary.firstFor(replaced(text, unknown, found))
    if (!first) continue
    const spelled = spellingsIn(first, vocabulary.speak)
    return replaced(text, unknown, found.map(spelled))
  }
  return undefined
}

/** The words that a query looks for and that can be misspelt. */
const wordsOf = (text: string, locale: Locale): readonly Unit[] =>
  readQuery(text, locale)
    .wanted.flatMap((wanted) => ('word' in wanted ? [wanted.word] : wanted.phrase))
    .filter(canBeMisspelt)

/** The same words as another language compares them. */
const unitsAt = (words: readonly Unit[], text: string, locale: Locale): readonly Unit[] =>
  unitsOf(text, locale).filter(({ start }) => words.some((word) => word.start === start))

const replaced = (text: string, units: readonly Unit[], words: readonly string[]): string =>
  units.reduceRight(
    (rest, { start, end }, at) => rest.slice(0, start) + (words[at] ?? rest.slice(start, end)) + rest.slice(end),
    text,
  )

/** Spells words of the index in the letters of a text that has them, or a form of them. */
function spellingsIn(reading: Reading, speak: Speak): (word: string) => string {
  const { title, summary, body } = textsOf(reading, speak(reading.locale))
  const words = [title, summary, ...body]
    .map(plain)
    .flatMap((text) => unitsOf(text, reading.locale).map((unit) => ({ unit, text })))
  const units = words.map(({ unit }) => unit)
  return (word) => {
    const exact = units.findIndex(({ form }) => form === word)
    const [sought] = unitsOf(word, reading.locale)
    const at = exact >= 0 || !sought ? exact : (placesOf({ word: sought }, units)[0] ?? -1)
    const found = words[at]
    return found ? found.text.slice(found.unit.start, found.unit.end) : word
  }
}
