import SQLite from 'better-sqlite3'
import { type CompiledQuery, Kysely, type QueryResult } from 'kysely'
import type { Database, Write } from './database'
import { type Observe, parametersOf, sqliteDialect } from './dialect'
import type { Schema } from './schema'

export interface SqliteDatabase extends Database {
  /** The file itself, for migrations and for `data_version`. */
  readonly file: SQLite.Database
  close(): void
}

/** How much of a file is read as memory, in bytes: the most that SQLite takes. */
const mappedMax = 2_147_418_112
/** How much of what lies beyond is kept, in kilobytes: the upper levels of large indexes. */
const cachedMax = 32_000

/** Statements kept prepared; more are prepared anew, oldest first out. */
const statementsMax = 200

/**
 * Opens a database file, or `:memory:`. `synchronous=FULL` is set at every open, because better-sqlite3 falls back to
 * NORMAL on a WAL file and a power cut then loses acknowledged writes.
 */
export function openSqlite(path: string, observe?: Observe): SqliteDatabase {
  const file = new SQLite(path)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma('busy_timeout = 5000')
  file.pragma(`mmap_size = ${mappedMax}`)
  file.pragma(`cache_size = -${cachedMax}`)

  const statements = new Map<string, SQLite.Statement>()
  const prepare = (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) {
      const [oldest] = statements.keys()
      if (oldest !== undefined && statements.size >= statementsMax) statements.delete(oldest)
      statement = file.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }

  const run = <Row>(query: CompiledQuery): QueryResult<Row> => {
    observe?.(query.sql)
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
    undecoded: 'bytes',
    async atomically(writes) {
      return inOneTransaction.immediate(writes.map(compiled))
    },
    close() {
      file.close()
    },
  }
}

const compiled = (write: Write) => ('compile' in write ? write.compile() : write)
