import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SqliteDatabase } from './sqlite'

/**
 * Applies the migrations of a folder that a database file has not had, in the order of their names, each in a transaction
 * of its own, and returns their names. Keeps its record in wrangler's table, so that both runtimes tell the same story.
 */
export function migrate({ file }: SqliteDatabase, folder: string): readonly string[] {
  file.exec(
    'create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)',
  )
  const recorded = file.prepare('select 1 from d1_migrations where name = ?').pluck()
  const isApplied = (name: string) => recorded.get(name) !== undefined
  const apply = file.transaction((name: string) => {
    if (isApplied(name)) return false // By another process that was opening the file at the same moment.
    file.exec(readFileSync(join(folder, name), 'utf8'))
    file.prepare('insert into d1_migrations (name) values (?)').run(name)
    return true
  })
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .filter((name) => !isApplied(name) && apply.immediate(name))
}
