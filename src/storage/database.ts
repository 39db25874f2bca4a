import type { Compilable, CompiledQuery, Expression, Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { StoredBytes } from './readers-tables'
import type { Schema } from './schema'

/** What a store needs from a database, and all that our two databases have in common. */
export interface Database {
  readonly query: Kysely<Schema>

  /**
   * Runs the writes in order, all or none, and returns how many rows each changed.
   *
   * D1 has no interactive transaction, so a store decides first and then hands over its writes at once.
   */
  atomically(writes: readonly Write[]): Promise<readonly number[]>

  /** How this database hands over a text column without decoding it: as bytes, or as the text itself. */
  readonly undecoded: 'bytes' | 'text'
}

export type Write = Compilable | CompiledQuery

/** What both databases accept in one statement: D1's limit, held everywhere so that no test passes on SQLite alone. */
export const parametersMax = 100

/** A text as the database hands it over most cheaply. */
export function undecoded(database: Database, column: Expression<string>): RawBuilder<string | Uint8Array<ArrayBuffer>> {
  return database.undecoded === 'bytes' ? sql<Uint8Array<ArrayBuffer>>`cast(${column} as blob)` : sql<string>`${column}`
}

/** Bytes that a database handed over: D1 lists them as numbers. */
export const bytesIn = (stored: StoredBytes): Uint8Array<ArrayBuffer> => new Uint8Array(stored)

/** Cuts a list so that a statement with `each` parameters an item stays within `parametersMax`. */
export function chunked<Item>(items: readonly Item[], each: number): Item[][] {
  const size = Math.max(1, Math.floor(parametersMax / each))
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** Whether a write failed by this constraint, which both databases tell alike: such as `confirmation.address` that must not be null. */
export const isViolated = (error: unknown, constraint: 'NOT NULL' | 'UNIQUE', where: string): boolean =>
  error instanceof Error && error.message.includes(`${constraint} constraint failed: ${where}`)

/** Whether the database answers, from a page of its file. */
export async function isAlive({ query }: Database): Promise<boolean> {
  try {
    await query.selectFrom('print').select('number').limit(1).execute()
    return true
  } catch {
    return false // The reason is told where something was wanted of the database; here only whether.
  }
}
