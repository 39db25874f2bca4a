import type { D1Database, D1DatabaseSession } from '@cloudflare/workers-types'
import { type CompiledQuery, Kysely, type QueryResult } from 'kysely'
import type { Database } from './database'
import { compiled, type Observe, parametersOf, sqliteDialect } from './dialect'
import type { Schema } from './schema'

/** Where D1 may read: any replica, for readers of editions; the primary, for what decides a right or a revision. */
export type Consistency = 'any-replica' | 'primary'

/** The D1 binding as a database. Each statement has its own session, because readers' queries do not depend on one another. */
export function openD1(binding: D1Database, consistency: Consistency, observe?: Observe): Database {
  const session = (): D1DatabaseSession =>
    binding.withSession(consistency === 'primary' ? 'first-primary' : 'first-unconstrained')
  const run = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    observe?.(query)
    const statement = session()
      .prepare(query.sql)
      .bind(...parametersOf(query))
    const { results, meta } = await statement.all<Row>()
    return { rows: results, numAffectedRows: BigInt(meta.changes), insertId: BigInt(meta.last_row_id) }
  }
  return {
    query: new Kysely<Schema>({ dialect: sqliteDialect(run) }),
    blobs: 'numbers',
    async atomically(writes) {
      if (writes.length === 0) return []
      const queries = writes.map(compiled)
      for (const query of queries) observe?.(query)
      const primary = binding.withSession('first-primary')
      const results = await primary.batch(queries.map((query) => primary.prepare(query.sql).bind(...parametersOf(query))))
      return results.map(({ meta }) => meta.changes)
    },
  }
}
