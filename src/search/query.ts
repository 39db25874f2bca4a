import type { Locale } from '../language/locale'
import { stemsFor, stemsOf, withoutPostposition } from './stem'
import { type Unit, unitsOf } from './units'

/** One item of a query: a word in any of its forms, or units side by side exactly as typed. */
export type Wanted = { readonly word: Unit } | { readonly phrase: readonly Unit[] }

/** What a reader asked for, in one language: all of `wanted`, none of `unwanted`. */
export interface Query {
  readonly wanted: readonly Wanted[]
  readonly unwanted: readonly (readonly Unit[])[]
}

/** The rest of a longer query is ignored. So its cost is bounded, whatever is typed. */
export const queryMax = 200
const wantedMax = 8
const phraseMax = 16

/** Quotation marks of any language. The one in a Hebrew abbreviation is none. */
const quotes = /((?<=\p{sc=Hebrew}\p{M}*)["”“](?=\p{sc=Hebrew}))|[“”„‟«»「」『』＂"]/gu
const chunks = /([-\u2212\uFF0D])?(?:"([^"]+)"|[^\s"]+)/g

/** What the reader typed, as it is shown back to them: one line, without half characters, no longer than `queryMax`. */
export const typedIn = (text: string): string =>
  text
    .slice(0, queryMax)
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/**
 * Reads what was typed. Quotation marks of any language make a phrase. A minus before a word or a phrase excludes it. Everything
 * else is text, and characters that are neither letters nor digits are gaps. Characters of a script without spaces are a phrase
 * as they stand.
 */
export function readQuery(typed: string, locale: Locale): Query {
  const wanted: Wanted[] = []
  const unwanted: (readonly Unit[])[] = []
  const text = typedIn(typed)
  const all = unitsOf(text, locale)
  const marked = text.replace(quotes, (_, hebrew: string | undefined) => (hebrew === undefined ? '"' : '״'))
  for (const { 0: chunk, 1: minus, 2: quoted, index } of marked.matchAll(chunks)) {
    const units = all.filter(({ start }) => start >= index && start < index + chunk.length).slice(0, phraseMax)
    const isMinus = minus !== undefined && (index === 0 || marked[index - 1] === ' ')
    if (units.length === 0) continue
    if (isMinus) unwanted.push(units)
    else wanted.push(...(quoted === undefined ? inPieces(units, text) : [{ phrase: units }]))
  }
  return { wanted: wanted.slice(0, wantedMax), unwanted: unwanted.slice(0, wantedMax) }
}

/** Pronouns that a hyphen sets behind a verb in Romance languages: tornou-se, comprar-lo, a-t-il. */
const pronoun = /^(?:se|l[oa]s?|lhes?|les?|li|[nv]os|me|te|ne|hi|ho|t|ils?|elles?)$/

/** Unquoted text: each word is an item, but no pronoun behind a hyphen. Characters that stand together are a phrase. */
function inPieces(units: readonly Unit[], text: string): readonly Wanted[] {
  const pieces: Wanted[] = []
  let run: Unit[] = []
  for (const [at, unit] of units.entries()) {
    if (!unit.isCharacter) {
      const isBehind = at > 0 && pronoun.test(unit.form) && text[unit.start - 1] === '-'
      if (!isBehind) pieces.push({ word: unit })
      continue
    }
    run.push(unit)
    if (units[at + 1]?.isJoined) continue
    pieces.push({ phrase: withoutPostposition(run) })
    run = []
  }
  return pieces
}

/** The positions of those units of a text that match the query. This agrees with what the index finds. */
export function placesOf(wanted: Wanted, units: readonly Unit[]): readonly number[] {
  if ('word' in wanted) {
    const stems = stemsFor(wanted.word)
    return units.flatMap((unit, at) => (!unit.isCharacter && stemsOf(unit).some((stem) => stems.includes(stem)) ? [at] : []))
  }
  const { phrase } = wanted
  const isAt = (at: number) =>
    phrase.every(({ form, isJoined }, offset) => {
      const unit = units[at + offset]
      return unit?.form === form && (offset === 0 || unit.isJoined === isJoined)
    })
  return units.flatMap((_, at) => (isAt(at) ? phrase.map((_unit, offset) => at + offset) : []))
}
