import type { Text } from '../editions/reading'
import type { Locale } from '../language/locale'
import { plain } from './entry'
import { placesOf, type Query } from './query'
import { type Unit, unitsOf } from './units'

/** A stretch of a text: a match, or the text around it. */
export interface Piece {
  readonly text: string
  readonly isMatch: boolean
}

/** A text with the matches in it, in its own letters. */
export interface Marked {
  readonly lang: Locale
  readonly pieces: readonly Piece[]
}

/** How long an excerpt is, and how much of it comes before the first match, in characters: fewer if the characters are words. */
const size = { letters: { all: 240, before: 70 }, characters: { all: 110, before: 30 } }

interface Match {
  readonly start: number
  readonly end: number
}

/** A whole text, with what was found in it marked. */
export function markedIn(text: Text, query: Query, locale: Locale): Marked {
  const said = plain(text)
  const { matches } = matchesIn(unitsOf(said, locale), query)
  return { lang: text.lang, pieces: piecesOf(said, matches) }
}

/** An excerpt around the matches: from the first text that has most of the query; else the beginning of the first text. */
export function excerptOf(texts: readonly Text[], query: Query, locale: Locale): Marked {
  let best: { text: Text; said: string; units: readonly Unit[]; matches: readonly Match[] } | undefined
  let most = -1
  for (const text of texts) {
    const said = plain(text)
    const units = unitsOf(said, locale)
    const { matches, kinds } = matchesIn(units, query)
    if (kinds > most) {
      best = { text, said, units, matches }
      most = kinds
    }
    if (kinds > 0 && kinds === query.wanted.length) break
  }
  if (!best) return { lang: locale, pieces: [] }
  const { text, said, units, matches } = best
  const { start, end } = windowIn(said, units, matches[0])
  const within = matches.filter((match) => match.start >= start && match.end <= end)
  const shifted = within.map((match) => ({ start: match.start - start, end: match.end - start }))
  const ellipsis = (isCut: boolean): readonly Piece[] => (isCut ? [{ text: '…', isMatch: false }] : [])
  return {
    lang: text.lang,
    pieces: [
      ...ellipsis(start > 0),
      ...piecesOf(said.slice(start, end).trimEnd(), shifted),
      ...ellipsis(end < said.trimEnd().length),
    ],
  }
}

/** The matches of a query in a text, in order, and how many items of the query match. */
function matchesIn(units: readonly Unit[], { wanted }: Query): { readonly matches: readonly Match[]; readonly kinds: number } {
  const places = wanted.map((each) => placesOf(each, units))
  const all = [...new Set(places.flat())].sort((one, other) => one - other)
  const matches: { start: number; end: number }[] = []
  for (const at of all) {
    const { start = 0, end = 0 } = units[at] ?? {}
    const before = matches.at(-1)
    if (before?.end === start) before.end = end
    else matches.push({ start, end })
  }
  return { matches, kinds: places.filter((each) => each.length > 0).length }
}

/** Where an excerpt begins and ends: between units, never inside one. */
function windowIn(said: string, units: readonly Unit[], first: Match | undefined): Match {
  const { all, before } = units.some(({ isCharacter }) => isCharacter) ? size.characters : size.letters
  const from = (first?.start ?? 0) - before
  const start = from <= 0 ? 0 : (units.find((unit) => unit.start >= from)?.start ?? 0)
  if (said.length <= start + all) return { start, end: said.length }
  const end = units.findLast((unit) => unit.end <= start + all)?.end ?? 0
  return { start, end: Math.max(end, first?.end ?? start) }
}

function piecesOf(text: string, matches: readonly Match[]): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of matches) {
    pieces.push({ text: text.slice(at, start), isMatch: false }, { text: text.slice(start, end), isMatch: true })
    at = end
  }
  pieces.push({ text: text.slice(at), isMatch: false })
  return pieces.filter((piece) => piece.text !== '')
}
