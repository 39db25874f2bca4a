import { sql } from 'kysely'
import { type CondensedTable, condensedTables, condensedText } from '../storage/condensed'
import { type Blob, blobOf, type Database, type Write } from '../storage/database'

/** A revision that is kept as it is, and the newest of the same text that is deflated whole. */
interface Whole {
  readonly table: CondensedTable
  readonly key: readonly string[]
  readonly revision: number
  readonly text: string
  readonly base: number | null
  readonly baseBytes: Blob | null
}

/** Some of the revisions of a table that are kept as they are, those that were saved first. */
export async function listWhole(database: Database, table: CondensedTable, most: number): Promise<readonly Whole[]> {
  const { text, key } = condensedTables[table]
  const columns = (named: string) => key.map((column) => sql.ref(`${named}.${column}`))
  const same = sql.join(
    key.map((column) => sql`b.${sql.ref(column)} = w.${sql.ref(column)}`),
    sql` and `,
  )
  const { rows } = await sql<Omit<Whole, 'table' | 'key'> & { readonly key: string }>`
    select json_array(${sql.join(columns('w'))}) as key, w.revision, w.${sql.ref(text)} as text, b.revision as base,
      ${blobOf(database, sql.ref<Uint8Array | null>('b.deflated'))} as "baseBytes"
    from (select * from ${sql.table(table)} where deflated is null order by saved_at limit ${sql.lit(most)}) as w
    left join ${sql.table(table)} as b on ${same} and b.revision = (
      select max(revision) from ${sql.table(table)} as b where ${same} and b.deflated is not null and b.base is null
    )`.execute(database.query)
  return rows.map((row) => ({ ...row, table, key: JSON.parse(row.key) as string[] }))
}

/** The writes that condense these revisions, each like the last before it that is deflated whole. What they say stays the same. */
export function writesToCondense({ query }: Database, revisions: readonly Whole[]): readonly Write[] {
  const bases = new Map<string, { readonly revision: number; readonly bytes: Blob }>()
  return revisions.flatMap(({ table, key, revision, text, base, baseBytes }) => {
    const name = JSON.stringify(key)
    const known = bases.get(name) ?? (base === null || baseBytes === null ? undefined : { revision: base, bytes: baseBytes })
    const { bytes, isDifference } = condensedText(text, known?.bytes ?? null)
    if (!isDifference) bases.set(name, { revision, bytes })
    const { key: columns, text: column } = condensedTables[table]
    const here = sql.join(
      [...columns.map((each, at) => sql`${sql.ref(each)} = ${key[at]}`), sql`revision = ${revision}`, sql`deflated is null`],
      sql` and `,
    )
    const set = sql`${sql.ref(column)} = '{}', deflated = ${bytes}, base = ${isDifference ? (known?.revision ?? null) : null}`
    return [sql`update ${sql.table(table)} set ${set} where ${here}`.compile(query)]
  })
}
