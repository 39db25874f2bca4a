import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { parametersMax, type Write } from './database'

/** Runs one statement. A driver needs nothing more, because connections and transactions are not its job here. */
export type Run = <Row>(query: CompiledQuery) => Promise<QueryResult<Row>>

/** Sees each statement that goes to the database. Tests count queries by it, and repeat writes. */
export type Observe = (query: CompiledQuery) => void

/** Kysely over any SQLite that can run one statement at a time. */
export function sqliteDialect(run: Run): Dialect {
  const connection: DatabaseConnection = {
    executeQuery: run,
    // biome-ignore lint/correctness/useYield: Kysely's interface asks for a generator; ours refuses.
    async *streamQuery() {
      throw new Error('Streaming is not supported: read by pages.')
    },
  }
  return {
    createAdapter: () => new ManyConnections(),
    createDriver: () => new OneConnection(connection),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/**
 * Kysely assumes that SQLite has one connection, and lets statements wait for one another. Ours must not wait: if a request of a Worker
 * waits for a promise of another request, the platform takes it for one that hangs. Transactions bypass Kysely, so nothing needs to wait.
 */
class ManyConnections extends SqliteAdapter {
  override get supportsMultipleConnections() {
    return true
  }
}

class OneConnection implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async beginTransaction() {
    throw new Error('Interactive transactions do not exist on D1: decide first, then hand the writes to atomically().')
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}

/**
 * The parameters of a query as both databases accept them. Throws for what only one of them would take (undefined, booleans, dates,
 * more than `parametersMax`), so that a mistake shows on both.
 */
export function parametersOf(query: CompiledQuery): readonly Parameter[] {
  if (query.parameters.length > parametersMax) {
    throw new RangeError(`A statement binds ${query.parameters.length} parameters; ${parametersMax} is the most.`)
  }
  return query.parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) return value
    throw new TypeError(`A statement binds a ${typeof value}: ${query.sql}`)
  })
}

export type Parameter = string | number | Uint8Array | null

export const compiled = (write: Write): CompiledQuery => ('compile' in write ? write.compile() : write)
