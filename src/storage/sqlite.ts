import SQLite from 'better-sqlite3'
import { type CompiledQuery, Kysely, type QueryResult } from 'kysely'
import { Refusal } from '../problem'
import type { Database } from './database'
import { compiled, type Observe, parametersOf, sqliteDialect } from './dialect'
import type { Schema } from './schema'

export interface SqliteDatabase extends Database {
  /** The file itself, for migrations and backups. */
  readonly file: SQLite.Database
  close(): void
}

/** How many prepared statements are kept. The oldest goes first. */
const statementsMax = 200

/** The Node that better-sqlite3 is built for. An older one ends the process without a message. */
const nodeMin = 22

function openFile(path: string | Buffer, isReadOnly = false): SQLite.Database {
  if (Number.parseInt(process.versions.node, 10) < nodeMin) {
    throw new Refusal('database.node', { least: String(nodeMin), version: process.versions.node })
  }
  try {
    const file = new SQLite(path, { readonly: isReadOnly, timeout: isReadOnly ? 0 : 5000 })
    file.pragma('mmap_size = 1073741824')
    if (isReadOnly) return file
    file.pragma('journal_mode = WAL')
    file.pragma('synchronous = FULL')
    file.pragma('foreign_keys = ON')
    return file
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    throw new Refusal('database.file', { path: typeof path === 'string' ? path : ':memory:', fault }, { cause: error })
  }
}

/** Prepares a statement once. */
function preparing(file: SQLite.Database): (sql: string) => SQLite.Statement {
  const statements = new Map<string, SQLite.Statement>()
  return (sql) => {
    let statement = statements.get(sql)
    if (!statement) {
      const [oldest] = statements.keys()
      if (oldest !== undefined && statements.size >= statementsMax) statements.delete(oldest)
      statement = file.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
}

/**
 * Opens a database file, or one in memory: `:memory:` is empty, and the bytes of a file make a copy of it. `synchronous=FULL` is set at
 * every open, because better-sqlite3 falls back to NORMAL on a WAL file. A power cut would then lose acknowledged writes.
 */
export function openSqlite(path: string | Buffer, observe?: Observe): SqliteDatabase {
  const file = openFile(path)
  const prepare = preparing(file)

  const run = <Row>(query: CompiledQuery): QueryResult<Row> => {
    observe?.(query)
    const statement = prepare(query.sql)
    const parameters = parametersOf(query)
    if (statement.reader) return { rows: statement.all(parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  const inOneTransaction = file.transaction((queries: readonly CompiledQuery[]) =>
    queries.map((query) => Number(run(query).numAffectedRows ?? 0)),
  )

  return {
    file,
    query: new Kysely<Schema>({ dialect: sqliteDialect(async (query) => run(query)) }),
    blobs: 'bytes',
    async atomically(writes) {
      return inOneTransaction.immediate(writes.map(compiled))
    },
    close() {
      file.close()
    },
  }
}

/**
 * Opens a file that another connection of this process holds open for writing. Reading it never waits: not for a lock, nor for a writer. What
 * would write goes to `atomically`, which has that connection do it.
 */
export function openReadOnly(
  path: string,
  atomically: (writes: readonly CompiledQuery[]) => Promise<readonly number[]>,
): Database & Pick<SqliteDatabase, 'close'> {
  const file = openFile(path, true)
  const prepare = preparing(file)
  const run = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    const statement = prepare(query.sql)
    if (statement.reader) return { rows: statement.all(parametersOf(query)) as Row[] }
    const [count = 0] = await atomically([query])
    return { rows: [], numAffectedRows: BigInt(count) }
  }
  return {
    query: new Kysely<Schema>({ dialect: sqliteDialect(run) }),
    blobs: 'bytes',
    atomically: async (writes) => await atomically(writes.map(compiled)),
    close() {
      file.close()
    },
  }
}
