import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { NodeConfig } from '../config'
import { loadAll } from '../newsroom/load'
import type { Site } from '../site'
import { migrate } from '../storage/migrate'
import { openSqlite, type SqliteDatabase } from '../storage/sqlite'
import { root } from './checkout'
import { readContentFiles } from './content-folder'

const migrations = join(root, 'db/migrations')

/** Opens the database and brings it up to date. If there is none, makes one, with the content of the site's folder if that is wanted. `say` reports it. */
export async function openDatabase(
  site: Site,
  folder: string,
  { databasePath, samples }: NodeConfig,
  say: (message: string) => void,
): Promise<SqliteDatabase> {
  mkdirSync(dirname(databasePath), { recursive: true })
  if (!existsSync(databasePath)) {
    if (samples) {
      const count = await makeFirstDatabase(site, folder, databasePath)
      const ofSample = folder === root ? 'sample ' : ''
      say(`Loaded ${count} ${ofSample}briefings with their translations.`)
    } else
      say(`There was no database at ${databasePath}. The new one is empty. If you expected your briefings, check DATABASE_PATH.`)
  }
  const database = openSqlite(databasePath)
  const applied = migrate(database, migrations)
  if (applied.length > 0) say(`Applied ${applied.length} migrations to ${databasePath}.`)
  return database
}

/** Makes the first database with the content of a folder, whole or not at all, even if it is interrupted. Returns the number of briefings. */
async function makeFirstDatabase(site: Site, folder: string, path: string): Promise<number> {
  const part = `${path}.part`
  for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true })
  const database = openSqlite(part)
  migrate(database, migrations)
  const receipts = await loadAll({ ...site, database, now: () => new Date(), printed: () => {} }, readContentFiles(folder))
  database.close()
  renameSync(part, path)
  return receipts.length
}
