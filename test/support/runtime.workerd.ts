import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { D1Database, D1PreparedStatement, Fetcher } from '@cloudflare/workers-types'
import bundled from '../../dist/kit.json'
import { newsroomWordsIn } from '../../src/language/assets'
import { fromColumns } from '../../src/language/columns'
import { fontFilesOf } from '../../src/sharing/assets'
import type { FontFiles } from '../../src/sharing/rendering'
import type { Kit } from '../../src/site'
import { openD1 } from '../../src/storage/d1'
import type { Database } from '../../src/storage/database'
import type { Observe } from '../../src/storage/dialect'

/** The runtime that a test runs in: here workerd with D1. */
export const runtime = 'workerd'

const { ASSETS, DB, MIGRATIONS } = env as unknown as {
  ASSETS: Fetcher
  DB: D1Database
  MIGRATIONS: Parameters<typeof applyD1Migrations>[1]
}

export const kit: Kit = {
  ...(bundled as unknown as Kit),
  catalogs: fromColumns(bundled.catalogs),
  newsroom: newsroomWordsIn(ASSETS, 'https://assets.example', bundled.newsroom),
}

/** What pictures are drawn with. */
export const fontFiles: FontFiles = fontFilesOf(ASSETS, 'https://assets.example', bundled.faces)

/** Nothing is timed here: the clock of this runtime stands still while it works. */
export const processorTime = (): number => performance.now()

/** An empty database with the tables of today. There is one D1 in this runtime: migrated once, and emptied for each test. */
export async function openDatabase(observe?: Observe): Promise<Database> {
  emptying ??= migrated()
  const { empty } = await emptying
  await empty()
  return openD1(DB, 'primary', observe)
}

let emptying: ReturnType<typeof migrated> | undefined

/** Applies the migrations. Returns what brings the database back to how they left it. */
async function migrated() {
  await applyD1Migrations(DB as never, MIGRATIONS)
  const { results } = await DB.prepare('select name, type, sql from sqlite_master').all<{
    name: string
    type: string
    sql: string
  }>()
  const guards = results.filter(({ type, sql }) => type === 'trigger' && /before delete/i.test(sql))
  const tables = results.filter(({ name, type }) => type === 'table' && !/^(sqlite_|_cf_|d1_)/.test(name))
  const indexes = tables.filter(({ sql }) => /^create virtual table/i.test(sql))
  const names = tables
    .filter((each) => !/using fts5vocab/i.test(each.sql) && !indexes.some(({ name }) => each.name.startsWith(`${name}_`)))
    .map(({ name }) => name)
  const filled = DB.prepare(`select ${names.map((name) => `exists (select 1 from ${name}) as ${name}`)}`)
  const tablesWithRows = async () => {
    const found = await filled.first<Record<string, number>>()
    return names.filter((name) => found?.[name] === 1)
  }
  const brought = await Promise.all((await tablesWithRows()).map(rowsOf))

  /** Removes what tests have written, the log that the database itself guards too. */
  async function empty() {
    const written = await tablesWithRows()
    await DB.batch([
      DB.prepare('pragma defer_foreign_keys = on'),
      ...guards.map(({ name }) => DB.prepare(`drop trigger ${name}`)),
      ...written.map((name) => DB.prepare(`delete from ${name}`)),
      ...guards.map(({ sql }) => DB.prepare(sql)),
      DB.prepare('delete from sqlite_sequence'),
      ...brought.flat(),
    ])
  }

  return { empty }
}

/** The statements that write a table's rows again. */
async function rowsOf(table: string): Promise<readonly D1PreparedStatement[]> {
  const { results } = await DB.prepare(`select * from ${table}`).all()
  return results.map((row) => {
    const values = Object.values(row)
    return DB.prepare(`insert into ${table} values (${values.map(() => '?')})`).bind(...values)
  })
}
