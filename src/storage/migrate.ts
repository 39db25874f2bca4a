import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../problem'
import type { SqliteDatabase } from './sqlite'

/**
 * Applies the migrations of a folder that a database file lacks, in the order of their names, each in its own transaction. Returns
 * their names. Records them in wrangler's table, as D1 does. Refuses a database that has migrations of a newer program.
 */
export function migrate({ file }: SqliteDatabase, folder: string): readonly string[] {
  file.exec(
    'create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)',
  )
  const recorded = file.prepare('select 1 from d1_migrations where name = ?').pluck()
  const isApplied = (name: string) => recorded.get(name) !== undefined
  const apply = file.transaction((name: string) => {
    if (isApplied(name)) return false // Another process opened the file at the same moment and applied it.
    file.exec(readFileSync(join(folder, name), 'utf8'))
    file.prepare('insert into d1_migrations (name) values (?)').run(name)
    return true
  })
  const known = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const newer = file
    .prepare<[], string>('select name from d1_migrations order by name')
    .pluck()
    .all()
    .filter((name) => !known.includes(name))
  if (newer.length > 0) throw new Refusal('database.newer', { name: (newer.at(-1) ?? '').replace(/\.sql$/, '') })
  return known.sort().filter((name) => !isApplied(name) && apply.immediate(name))
}
