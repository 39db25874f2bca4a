import { everyone, type Ladder } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { facetNames } from '../editions/card'
import type { ListingFilter } from '../editions/listing'
import { isPseudo, type Locale, type Locales, openLocales, writtenForm } from '../language/locale'
import { chainOf } from '../language/resolution'
import { facetKey, paired, type Shelf, servedKey, shelfFor, stemKey, wordKey } from './keys'
import { type Query, readQuery, typedIn, type Wanted } from './query'
import { placesOfStem, stemsFor } from './stem'
import { type Unit, unitsOf } from './units'

/** Where the whole query was found: in the title, in title and summary, or anywhere. */
export const fields = ['title', 'summary', 'body'] as const
export type Field = (typeof fields)[number]

/** The index query of one page, in the order in which it is shown. */
export interface Stage {
  readonly isNative: boolean
  /** An expression of FTS5 for each field. No two match the same row. */
  readonly expressions: Readonly<Record<Field, string>>
}

/** What is searched: by readers of this language who may read this tier. */
export interface Sought {
  readonly asked: Locale
  readonly tier: Tier
  /** The site's tiers: texts may be for any of them. */
  readonly ladder: Ladder
  /** The number of the ladder that was noted last. What was printed under an earlier one is found once it is printed again. */
  readonly noted: number
  readonly typed: string
  readonly filter: ListingFilter
}

/**
 * The index query of a search: first what is in the reader's language, then what they are served in another; nothing if the query
 * is empty. Each word of it names a language and a shelf that this reader may read. So it cannot match any other.
 */
export function stagesOf(site: Locales, { asked, typed, filter, ...reader }: Sought): readonly Stage[] {
  const { natives, others } = searchedIn(site, asked, filter)
  const stages = [stage(true, natives)]
  if (others.length > 0) stages.push(stage(false, others))
  return stages.filter((each) => each !== undefined)

  function stage(isNative: boolean, locales: readonly Locale[]): Stage | undefined {
    const queries = locales.map((locale) => ({ locale, query: readQuery(typed, locale) }))
    if (queries.every(({ query }) => query.wanted.length === 0)) return undefined
    const shelves = shelvesOf(reader)
    const facets = facetNames.flatMap((name) => (filter[name] ? [facetKey(asked, name, filter[name])] : []))
    const given = [servedKey(asked, isNative), ...facets].map(literal)
    const within = (count: number) => anyOf(queries.map(({ locale, query }) => wantedIn(query, locale, shelves.slice(0, count))))
    const unwanted = queries.flatMap(({ locale, query }) => unwantedIn(query, locale, shelves))
    const [title, summary, body] = [within(1), within(2), within(shelves.length)]
    return {
      isNative,
      expressions: {
        title: without(allOf([...given, title]), unwanted),
        summary: without(allOf([...given, summary]), [...unwanted, title]),
        body: without(allOf([...given, body]), [...unwanted, summary]),
      },
    }
  }
}

/** The languages that are searched: those that readers take for theirs, and those that they are served otherwise. */
function searchedIn(site: Locales, asked: Locale, filter: ListingFilter) {
  const natives = openLocales(site).filter((locale) => isSameLanguage(locale, asked))
  const others = filter.only ? [] : new Set([...chainOf(site, asked), site.source]).difference(new Set(natives))
  return { natives, others: [...others] }
}

/** Expressions that match if a text that this reader may read has a form of the word at a place of the query: one for each place. */
export function expressionsFor(
  site: Locales,
  { asked, typed, filter, ...reader }: Sought,
  places: readonly number[],
): readonly string[] {
  const { natives, others } = searchedIn(site, asked, filter)
  const words = [...natives, ...others].map((locale) => ({ locale, units: unitsOf(typedIn(typed), locale) }))
  const at = (place: number) =>
    words.flatMap(({ locale, units }) =>
      units
        .filter(({ start }) => start === place)
        .flatMap((word) => shelvesOf(reader).flatMap((shelf) => keysOf({ word }, locale, shelf))),
    )
  return places.map((place) => anyOf(at(place)))
}

/** The shelves that a tier may read: those for everyone, and those for any set of tiers that it is in. */
function shelvesOf({ tier, ladder, noted }: Pick<Sought, 'tier' | 'ladder' | 'noted'>): readonly Shelf[] {
  const everyones = ['t', 's', shelfFor([])]
  if (tier === everyone) return everyones
  let sets: readonly Ladder[] = [[tier]]
  for (const other of ladder) if (other !== tier) sets = sets.flatMap((set) => [set, [...set, other]])
  return [...everyones, ...sets.map((set) => shelfFor(set, noted))]
}

/** Whether readers of one language read the other as their own, as `resolve` decides. */
const isSameLanguage = (locale: Locale, asked: Locale) =>
  locale === asked || (!isPseudo(locale) && !isPseudo(asked) && writtenForm(locale) === writtenForm(asked))

const literal = (words: string) => `"${words}"`
const allOf = (parts: readonly string[]) => `(${parts.join(' AND ')})`
const anyOf = (parts: readonly string[]) => `(${parts.join(' OR ')})`
const without = (all: string, none: readonly string[]) => (none.length === 0 ? all : `(${all} NOT ${anyOf(none)})`)

const wantedIn = ({ wanted }: Query, locale: Locale, shelves: readonly Shelf[]) =>
  allOf(wanted.map((each) => anyOf(shelves.flatMap((shelf) => keysOf(each, locale, shelf)))))

const unwantedIn = ({ unwanted }: Query, locale: Locale, shelves: readonly Shelf[]) =>
  unwanted.flatMap((phrase) => shelves.map((shelf) => phraseOn(phrase, locale, shelf)))

const keysOf = (wanted: Wanted, locale: Locale, shelf: Shelf): readonly string[] =>
  'word' in wanted
    ? stemsFor(wanted.word).flatMap((stem) => stemOn(stem, wanted.word, locale, shelf))
    : [phraseOn(wanted.phrase, locale, shelf)]

const stemOn = (stem: string, { isCharacter }: Unit, locale: Locale, shelf: Shelf): readonly string[] =>
  (isCharacter ? (['stem'] as const) : placesOfStem(stem)).map((place) =>
    literal((place === 'word' ? wordKey : stemKey)(locale, shelf, stem)),
  )

/** Units side by side, as the index keeps them. The last character of a run is found by the pair before it, or else by itself. */
function phraseOn(phrase: readonly Unit[], locale: Locale, shelf: Shelf): string {
  const last = phrase.at(-1)
  const words = (last?.isCharacter ? phrase.slice(0, -1) : phrase).map((unit, at) =>
    wordKey(locale, shelf, paired(unit, phrase[at + 1])),
  )
  const character = last?.isCharacter && !last.isJoined ? [literal(stemKey(locale, shelf, last.form))] : []
  return allOf([...(words.length > 0 ? [literal(words.join(' '))] : []), ...character])
}
