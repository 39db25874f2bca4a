import { sql } from 'kysely'
import { type Blob, blobOf, bytesIn, type Database, inPartsOf } from './database'
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
  return piecesWith(inflated(bytesIn(bytes), other), piecesOf(other)).join('')
}

/** The columns by which the hashes of a source revision are read (`wholeHashes`). */
export const keptHashes = [
  sql.ref<string>('source_revision.hashes').as('hashes'),
  sql<string | null>`(
    select b.hashes from source_revision as b
    where b.briefing_id = source_revision.briefing_id and b.revision = source_revision.base
  )`.as('baseHashes'),
] as const

/** The hashes of a source revision: as they are kept, or from how they differ from those of its base. */
export function wholeHashes(kept: { readonly hashes: string; readonly baseHashes: string | null }): Record<string, string> {
  if (kept.baseHashes === null || !kept.hashes.startsWith('[')) return JSON.parse(kept.hashes) as Record<string, string>
  const flat = piecesWith(kept.hashes, idsAndHashes(kept.baseHashes))
  return Object.fromEntries(inPartsOf(flat, 2).map(([id = '', hash = '']) => [id, hash]))
}

/** A difference that is not at least this much smaller than the whole is not worth reading two rows. */
const smaller = 4

/** A revision in its fewest bytes: how it differs from a base, if that is much less, or whole. */
export function condensedText(text: string, base: Blob | null): { readonly bytes: Uint8Array; readonly isDifference: boolean } {
  const whole = deflated(text)
  if (base === null) return { bytes: whole, isDifference: false }
  const other = inflated(bytesIn(base))
  const difference = deflated(differenceOf(piecesOf(text), piecesOf(other)), other)
  const isDifference = difference.length * smaller < whole.length
  return { bytes: isDifference ? difference : whole, isDifference }
}

/** How hashes differ from others, as JSON. Each hash that the others have not is a value of its own in it. */
export const condensedHashes = (hashes: string, others: string): string =>
  differenceOf(idsAndHashes(hashes), idsAndHashes(others))

const idsAndHashes = (hashes: string) => Object.entries(JSON.parse(hashes) as Record<string, string>).flat()

/** The pieces of a text, cut where JSON may have the next value. Joined, they are the text. */
const piecesOf = (text: string) => text.split(/(?<=,)(?=")/)

/** A part of a difference: a run of the pieces of another, from one on, or a piece that the other has not. */
type Part = readonly [from: number, count: number] | string

/** How pieces differ from others, as JSON. */
function differenceOf(pieces: readonly string[], others: readonly string[]): string {
  const places = new Map(others.map((piece, at) => [piece, at]))
  const parts: Part[] = []
  for (const piece of pieces) {
    const last = parts.at(-1)
    const at = places.get(piece)
    if (Array.isArray(last) && others[last[0] + last[1]] === piece) parts[parts.length - 1] = [last[0], last[1] + 1]
    else parts.push(at === undefined ? piece : [at, 1])
  }
  return JSON.stringify(parts)
}

/** The pieces that differ so from others. */
const piecesWith = (difference: string, others: readonly string[]): readonly string[] =>
  (JSON.parse(difference) as readonly Part[]).flatMap((part) =>
    typeof part === 'string' ? [part] : others.slice(part[0], part[0] + part[1]),
  )
