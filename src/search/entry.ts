import { everyone } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { facetsOf } from '../editions/card'
import type { Answer, Audience, Print } from '../editions/print'
import type { Reading, Text } from '../editions/reading'
import { textsOf as segmentTexts } from '../editions/texts'
import type { Words } from '../language/catalog'
import type { Locale } from '../language/locale'
import { plainText } from '../language/markdown'
import { isFallback } from '../language/resolution'
import { facetKey, paired, type Shelf, servedKey, shelfFor, stemKey, wordKey } from './keys'
import { isOwnStem, stemsOf } from './stem'
import { type Unit, unitsOf } from './units'

/** The most characters of a shelf, some ten thousand words. D1 takes two megabytes at once. */
const shelfMax = 120_000

/** What an index entry is made of: the readings of a language, and the answers that serve it. */
export interface Indexed {
  readonly locale: Locale
  readonly tiers: readonly Reading[]
  readonly served: readonly Answer[]
  /** Whom each reading is for. */
  readonly audiences: readonly Audience[]
  /** The number of the ladder. */
  readonly ladder: number
}

/** What a print has to index: an entry for each language that somebody is served. */
export const indexedIn = ({ audiences, ladder, readings, answers }: Print): readonly Indexed[] =>
  Map.groupBy(readings, ({ locale }) => locale)
    .entries()
    .map(([locale, tiers]) => ({
      locale,
      tiers,
      served: answers.filter(({ resolution }) => resolution.served === locale),
      audiences,
      ladder,
    }))
    .filter(({ served }) => served.length > 0)
    .toArray()

/** How many shelves everyone reads: title, summary and text. They come first. */
const everyonesShelves = 3

/** An index entry in the words of its language. */
export function wordsOf({ served, ...indexed }: Indexed, words: Words): string {
  const shelves = shelvesOf(indexed, words)
  const facts = served.flatMap(({ resolution, reading }) => [
    servedKey(resolution.asked, !isFallback(resolution)),
    ...facetsOf({ resolution, reading }).map(([name, value]) => facetKey(resolution.asked, name, value)),
  ])
  const known = new Set<string>()
  const written = shelves.map(([shelf, texts], at) => shelved(words.locale, shelf, texts, known, at < everyonesShelves))
  return [...new Set(facts), ...written].join(' ')
}

/** The texts by the shelves that they are on: each on one, which says exactly who may read it. */
function shelvesOf(
  { tiers, audiences, ladder }: Omit<Indexed, 'served'>,
  words: Words,
): readonly (readonly [Shelf, readonly string[]])[] {
  const everyones = tiers.find(({ tier }) => tier === everyone)
  if (!everyones) return []
  const { title, summary, body } = textsOf(everyones, words)
  const seen = new Set(body.map(({ text }) => text))
  const readers = new Map<string, { readonly text: Text; readonly tiers: Tier[] }>()
  for (const reading of tiers.filter((each) => each !== everyones)) {
    const added = textsOf(reading, words).body.filter(({ text }) => !seen.has(text))
    const audience = audiences.find(({ tier }) => tier === reading.tier)?.tiers ?? []
    for (const text of new Map(added.map((each) => [each.text, each])).values()) {
      readers.set(text.text, { text, tiers: [...(readers.get(text.text)?.tiers ?? []), ...audience] })
    }
  }
  const members = Map.groupBy(readers.values(), (each) => shelfFor(each.tiers, ladder))
  return [
    ['t', [title.text]],
    ['s', [summary.text]],
    [shelfFor([]), body.map(plain)],
    ...members.entries().map(([shelf, texts]) => [shelf, texts.map(({ text }) => plain(text))] as const),
  ]
}

/**
 * Texts in the words of the index: in order, with a bar between two texts, and then each stem once, if it is not among the words, and not
 * among those that are `known` from a shelf that each reader of this one reads too. If it is a shelf for everyone, its stems become known.
 */
export function shelved(
  locale: Locale,
  shelf: Shelf,
  texts: readonly string[],
  known = new Set<string>(),
  isEveryones = false,
): string {
  const different = new Map<string, Unit>()
  let words = ''
  for (const text of texts) {
    const units = unitsOf(text, locale)
    for (const [at, unit] of units.entries()) {
      if (words.length > shelfMax) break
      different.set(unit.form, unit)
      words += `${wordKey(locale, shelf, paired(unit, units[at + 1]))} `
    }
    words += '| '
  }
  const stems = new Set(different.values().flatMap(stemsApart)).difference(known)
  if (isEveryones) for (const stem of stems) known.add(stem)
  return words + [...stems].map((stem) => stemKey(locale, shelf, stem)).join(' ')
}

/** The stems of a word, without the word itself. */
const stemsApart = (unit: Unit) => (isOwnStem(unit) ? stemsOf(unit).filter((stem) => stem !== unit.form) : stemsOf(unit))

/** What a text says, without the marks of its Markdown. */
export const plain = ({ text, html }: Text): string => (html === undefined ? text : plainText(html))

/**
 * The texts of a reading that search looks at, in reading order. Names are texts too: those of organisations as the language has
 * them, and then as the source has them.
 */
export function textsOf(
  reading: Reading,
  { organisation }: Pick<Words, 'organisation'>,
): { readonly title: Text; readonly summary: Text; readonly body: readonly Text[] } {
  const { title, summary, linkedOrganisations: linked, locale } = reading
  const called = [...reading.organisations, ...(linked.locked ? [] : linked.notes)].flatMap(({ name }) => [
    organisation(name).text,
    name,
  ])
  const names = new Set([...called, ...reading.byline])
  return {
    title,
    summary,
    body: [
      ...segmentTexts(reading).flatMap(({ text }) => (text === title || text === summary ? [] : [text])),
      ...[...names].map((text) => ({ lang: locale, text })),
    ],
  }
}
