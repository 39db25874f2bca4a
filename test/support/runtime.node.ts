import { join } from 'node:path'
import { fontFilesIn } from '../../src/doors/font-files'
import { gatherKit } from '../../src/doors/kit'
import type { FontFiles } from '../../src/sharing/rendering'
import type { Kit } from '../../src/site'
import type { Database } from '../../src/storage/database'
import type { Observe } from '../../src/storage/dialect'
import { migrate } from '../../src/storage/migrate'
import { openSqlite } from '../../src/storage/sqlite'

/** The runtime that a test runs in: here Node with better-sqlite3. */
export const runtime = 'node'

const root = join(import.meta.dirname, '../..')

export const kit: Kit = gatherKit(root)

/** What pictures are drawn with. */
export const fontFiles: FontFiles = fontFilesIn(root)

/** The processor time that this thread has taken, in milliseconds: what else the machine does is not in it. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** A file in which the migrations were applied once; each test gets a copy. */
const migrated = (() => {
  const database = openSqlite(':memory:')
  migrate(database, join(root, 'db/migrations'))
  const bytes = database.file.serialize()
  database.close()
  return bytes
})()

/** An empty database with the tables of today. */
export async function openDatabase(observe?: Observe): Promise<Database> {
  return openSqlite(migrated, observe)
}
