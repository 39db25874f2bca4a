import { sql } from 'kysely'
import { type Blob, blobOf, bytesIn, type Database } from './database'
import { deflated, inflated } from './deflate'

/** The tables of revisions, which may be condensed: what their texts are, and by which columns the revisions of a text are found. */
export const condensedTables = {
  source_revision: { text: 'document', key: ['briefing_id'] },
  translation_revision: { text: 'segments', key: ['briefing_id', 'locale'] },
} as const

export type CondensedTable = keyof typeof condensedTables

/** How a revision is kept: its text, or, if that is deflated, its bytes, and those of the revision from which it tells the difference. */
export interface KeptText {
  readonly text: string
  readonly deflated: Blob | null
  readonly base: Blob | null
}

/** The columns by which the text of a revision is read (`wholeText`). */
export function keptText(database: Database, table: CondensedTable) {
  const { text, deflated, base } = keptIn(database, table)
  return [text.as('text'), deflated.as('deflated'), base.as('base')] as const
}

/** The same, not yet named, of a table as a query names it. */
export function keptIn(database: Database, table: CondensedTable, named: string = table) {
  const { text, key } = condensedTables[table]
  const deflatedOf = (name: string) => blobOf(database, sql.ref<Uint8Array | null>(`${name}.deflated`))
  const same = key.map((column) => sql`b.${sql.ref(column)} = ${sql.ref(`${named}.${column}`)}`)
  const base = sql<Blob | null>`(
    select ${deflatedOf('b')} from ${sql.table(table)} as b
    where ${sql.join(same, sql` and `)} and b.revision = ${sql.ref(`${named}.base`)}
  )`
  return { text: sql.ref<string>(`${named}.${text}`), deflated: deflatedOf(named), base }
}

/** The text of a revision, of whatever form. */
export function wholeText({ text, deflated: bytes, base }: KeptText): string {
  if (bytes === null) return text
  if (base === null) return inflated(bytesIn(bytes))
  const other = inflated(bytesIn(base))
  return withDifference(inflated(bytesIn(bytes), other), other)
}

/** A difference that is not at least this much smaller than the whole is not worth reading two rows. */
const smaller = 4

/** A revision in its fewest bytes: how it differs from a base, if that is much less, or whole. */
export function condensedText(text: string, base: Blob | null): { readonly bytes: Uint8Array; readonly isDifference: boolean } {
  const whole = deflated(text)
  if (base === null) return { bytes: whole, isDifference: false }
  const other = inflated(bytesIn(base))
  const difference = deflated(differenceOf(text, other), other)
  const isDifference = difference.length * smaller < whole.length
  return { bytes: isDifference ? difference : whole, isDifference }
}

/** The pieces of a text, cut where JSON may have the next value. Joined, they are the text. */
const piecesOf = (text: string) => text.split(/(?<=,)(?=")/)

/** A part of a difference: a run of pieces of the other text, from one on, or a piece that the other text has not. */
type Part = readonly [from: number, count: number] | string

/** How a text differs from another, as JSON. */
function differenceOf(text: string, other: string): string {
  const others = piecesOf(other)
  const places = new Map(others.map((piece, at) => [piece, at]))
  const parts: Part[] = []
  for (const piece of piecesOf(text)) {
    const last = parts.at(-1)
    const at = places.get(piece)
    if (Array.isArray(last) && others[last[0] + last[1]] === piece) parts[parts.length - 1] = [last[0], last[1] + 1]
    else parts.push(at === undefined ? piece : [at, 1])
  }
  return JSON.stringify(parts)
}

function withDifference(difference: string, other: string): string {
  const others = piecesOf(other)
  const parts = JSON.parse(difference) as readonly Part[]
  return parts.map((part) => (typeof part === 'string' ? part : others.slice(part[0], part[0] + part[1]).join(''))).join('')
}
