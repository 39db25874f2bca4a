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
  const applied = new Set(file.prepare('select name from d1_migrations').pluck().all())
  const pending = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .sort()
  for (const name of pending) {
    const script = readFileSync(join(folder, name), 'utf8')
    file
      .transaction(() => {
        file.exec(script)
        file.prepare('insert into d1_migrations (name) values (?)').run(name)
      })
      .immediate()
  }
  return pending
}
