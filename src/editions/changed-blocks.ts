import { diffArrays } from 'diff'
import { differenceOf, type Piece } from '../language/difference'
import type { Locale } from '../language/locale'

/** A stretch of a changed text: running text, or a table of rows of cells. */
export type ChangedBlock =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Piece[])[])[] }

/** A changed text for people: what is in a table is compared cell by cell, and its marks are not shown. */
export function blocksOf(pieces: readonly Piece[], locale: Locale): readonly ChangedBlock[] {
  const [before, after] = (['removed', 'added'] as const).map((side) =>
    stretchesIn(pieces.flatMap(({ kind, text }) => (kind === 'same' || kind === side ? text : [])).join('')),
  )
  if (!before || !after || ![...before, ...after].some(({ isTable }) => isTable)) return [{ kind: 'text', pieces }]
  return paired(
    before,
    after,
    ({ text }) => text,
    (one, other) => one.isTable === other.isTable,
  ).map(([was, is]) => {
    if ((is ?? was)?.isTable) return { kind: 'table', rows: rowsOf(was?.text ?? '', is?.text ?? '', locale) }
    return { kind: 'text', pieces: differenceOf(was?.text ?? '', is?.text ?? '', locale) }
  })
}

interface Stretch {
  readonly isTable: boolean
  readonly text: string
}

/** A text as stretches of lines that are rows of tables, and others. */
function stretchesIn(text: string): readonly Stretch[] {
  const found: Stretch[] = []
  for (const line of text.split('\n')) {
    const isTable = line.trimStart().startsWith('|')
    const last = found.at(-1)
    if (last?.isTable === isTable) found[found.length - 1] = { isTable, text: `${last.text}\n${line}` }
    else found.push({ isTable, text: line })
  }
  return found.map(({ isTable, text }) => ({ isTable, text: text.trim() })).filter(({ text }) => text !== '')
}

/** The rows of two tables, compared row by row and cell by cell. */
function rowsOf(before: string, after: string, locale: Locale) {
  return paired(cellsIn(before), cellsIn(after), (cells) => cells.join('|')).map(([was = [], is = []]) =>
    Array.from({ length: Math.max(was.length, is.length) }, (_, at) => differenceOf(was[at] ?? '', is[at] ?? '', locale)),
  )
}

/** The cells of each row of a table. The row that only sets its columns is left out. */
const cellsIn = (table: string): readonly (readonly string[])[] =>
  table
    .split('\n')
    .filter((row) => row.trim() !== '' && !/^[\s|:-]+$/.test(row))
    .map((row) => {
      const cells = row
        .trim()
        .replace(/^\||(?<!\\)\|$/g, '')
        .split(/(?<!\\)\|/)
      return cells.map((cell) => cell.trim().replaceAll('\\|', '|'))
    })

/** What belongs together of two lists: the same, and what was replaced by what, in order, if the two are alike. */
function paired<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
  isAlike: (one: Item, other: Item) => boolean = () => true,
): readonly (readonly [Item | undefined, Item | undefined])[] {
  const found: (readonly [Item | undefined, Item | undefined])[] = []
  let [gone, come]: [Item[], Item[]] = [[], []]
  const flush = () => {
    for (const item of come) {
      const at = gone.findIndex((each) => isAlike(each, item))
      for (const each of gone.splice(0, Math.max(at, 0))) found.push([each, undefined])
      found.push([at === -1 ? undefined : gone.shift(), item])
    }
    for (const each of gone) found.push([each, undefined])
    ;[gone, come] = [[], []]
  }
  let [one, other] = [0, 0]
  for (const { added, removed, count = 0 } of diffArrays(before.map(nameOf), after.map(nameOf))) {
    if (removed || added) {
      if (removed) gone.push(...before.slice(one, one + count))
      else come.push(...after.slice(other, other + count))
    } else {
      flush()
      for (let at = 0; at < count; at += 1) found.push([before[one + at], after[other + at]])
    }
    if (!added) one += count
    if (!removed) other += count
  }
  flush()
  return found
}
