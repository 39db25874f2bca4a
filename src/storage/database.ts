import type { Compilable, CompiledQuery, Expression, Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { StoredBytes } from './readers-tables'
import type { Schema } from './schema'

/** What a store needs of a database. Both of our databases have it. */
export interface Database {
  readonly query: Kysely<Schema>

  /**
   * Runs the writes in order, all or none, and returns how many rows each changed.
   *
   * D1 has no interactive transaction, so a store decides first and then hands over its writes at once.
   */
  atomically(writes: readonly Write[]): Promise<readonly number[]>

  /** How this database returns a blob: as bytes, or as a list of numbers, which costs more than all else of a query. */
  readonly blobs: 'bytes' | 'numbers'
}

export type Write = Compilable | CompiledQuery

/** The most parameters in a statement. It is D1's limit, and holds on both so that no test passes on SQLite alone. */
export const parametersMax = 100

/**
 * A parameter that the query planner ignores. SQLite built with STAT4 plans a statement again each time a plain parameter of a join or a
 * limit is bound. That costs twice as much as running the statement.
 */
export const settled = (value: string): RawBuilder<string> => sql<string>`cast(${value} as text)`

/** A blob as a query returns it that asks for it by `blobOf`: bytes, or a text of hexadecimal digits. */
export type Blob = Uint8Array | string

/** A blob in the form that the database returns at the least cost. */
export const blobOf = ({ blobs }: Pick<Database, 'blobs'>, column: Expression<StoredBytes | null>): RawBuilder<Blob | null> =>
  blobs === 'bytes'
    ? sql<Uint8Array | null>`${column}`
    : sql<string | null>`case when ${column} is not null then hex(${column}) end`

/** Values as one parameter, however many there are: for `in`. */
export const among = (values: readonly string[]): RawBuilder<string> =>
  sql<string>`(select value from json_each(${JSON.stringify(values)}))`

/** The bytes of a blob. */
export function bytesIn(stored: Blob | StoredBytes): Uint8Array {
  if (stored instanceof Uint8Array) return stored
  if (typeof stored !== 'string') return new Uint8Array(stored)
  const bytes = new Uint8Array(stored.length / 2)
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = digitOf(stored.charCodeAt(at * 2)) * 16 + digitOf(stored.charCodeAt(at * 2 + 1))
  }
  return bytes
}

/** SQLite writes hexadecimal digits with capital letters. */
const digitOf = (code: number) => (code < 58 ? code - 48 : code - 55)

/** Cuts a list into parts. A statement with `each` parameters for each item of a part stays within `parametersMax`. */
export const chunked = <Item>(items: readonly Item[], each: number): Item[][] =>
  inPartsOf(items, Math.max(1, Math.floor(parametersMax / each)))

/** A list cut into parts of at most this size. */
export const inPartsOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

/**
 * Whether a write failed by this constraint, such as NOT NULL of `confirmation.address`. Both databases report it in the same
 * words.
 */
export const isViolated = (error: unknown, constraint: 'NOT NULL' | 'UNIQUE', where: string): boolean =>
  error instanceof Error && error.message.includes(`${constraint} constraint failed: ${where}`)

/** Whether a write failed because what it belongs to was removed meanwhile. */
export const isOrphaned = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('FOREIGN KEY constraint failed')

/** Whether the database answers. */
export async function isAlive({ query }: Database): Promise<boolean> {
  try {
    await query.selectFrom('print').select('number').limit(1).execute()
    return true
  } catch {
    return false // The next query shows the reason.
  }
}
