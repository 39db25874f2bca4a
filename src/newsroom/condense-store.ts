import { sql } from 'kysely'
import { type CondensedTable, condensedHashes, condensedTables, condensedText } from '../storage/condensed'
import { type Blob, blobOf, type Database, type Write } from '../storage/database'

/** The newest revision of a text that is deflated whole, if there is one. */
interface Base {
  readonly base: number | null
  readonly baseBytes: Blob | null
  readonly baseHashes: string | null
}

/** A revision that is kept as it is, with its base. */
interface Whole extends Base {
  readonly table: CondensedTable
  readonly key: readonly string[]
  readonly revision: number
  readonly text: string
  /** The hashes of a source revision. */
  readonly hashes: string | null
}

/** Some of the revisions of a table that are kept as they are, those that were saved first. */
export async function listWhole(database: Database, table: CondensedTable, most: number): Promise<readonly Whole[]> {
  const { text, key } = condensedTables[table]
  const hashes = (named: string) => (table === 'source_revision' ? sql.ref(`${named}.hashes`) : sql`null`)
  const columns = (named: string) => key.map((column) => sql.ref(`${named}.${column}`))
  const same = sql.join(
    key.map((column) => sql`b.${sql.ref(column)} = w.${sql.ref(column)}`),
    sql` and `,
  )
  const { rows } = await sql<Omit<Whole, 'table' | 'key'> & { readonly key: string }>`
    select json_array(${sql.join(columns('w'))}) as key, w.revision, w.${sql.ref(text)} as text, ${hashes('w')} as hashes, b.revision as base,
      ${hashes('b')} as "baseHashes",
      ${blobOf(database, sql.ref<Uint8Array | null>('b.deflated'))} as "baseBytes"
    from (select * from ${sql.table(table)} where deflated is null order by saved_at limit ${sql.lit(most)}) as w
    left join ${sql.table(table)} as b on ${same} and b.revision = (
      select max(revision) from ${sql.table(table)} as b where ${same} and b.deflated is not null and b.base is null
    )`.execute(database.query)
  return rows.map((row) => ({ ...row, table, key: JSON.parse(row.key) as string[] }))
}

/** The writes that condense these revisions, each like the last before it that is deflated whole. What they say stays the same. */
export function writesToCondense({ query }: Database, revisions: readonly Whole[]): readonly Write[] {
  const bases = new Map<string, Base>()
  return revisions.flatMap(({ table, key, revision, text, hashes, ...stored }) => {
    const name = JSON.stringify(key)
    const base = bases.get(name) ?? stored
    const { bytes, isDifference } = condensedText(text, base.baseBytes)
    if (!isDifference) bases.set(name, { base: revision, baseBytes: bytes, baseHashes: hashes })
    const { key: columns, text: column } = condensedTables[table]
    const here = sql.join(
      [...columns.map((each, at) => sql`${sql.ref(each)} = ${key[at]}`), sql`revision = ${revision}`, sql`deflated is null`],
      sql` and `,
    )
    const set = [sql`${sql.ref(column)} = '{}'`, sql`deflated = ${bytes}`, sql`base = ${isDifference ? base.base : null}`]
    if (isDifference && hashes !== null && base.baseHashes !== null)
      set.push(sql`hashes = ${condensedHashes(hashes, base.baseHashes)}`)
    return [sql`update ${sql.table(table)} set ${sql.join(set)} where ${here}`.compile(query)]
  })
}
