import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { migrate } from '../../src/storage/migrate'
import { openSqlite, type SqliteDatabase } from '../../src/storage/sqlite'

const migrations = join(import.meta.dirname, '../../db/migrations')

/** Tries something in a database as it was before a migration. `upgrade` brings it up to date. */
export async function beforeMigration(
  name: string,
  attempt: (database: SqliteDatabase, upgrade: () => void) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-migrations-'))
  const database = openSqlite(':memory:')
  try {
    const earlier = readdirSync(migrations).filter((each) => each < name)
    for (const each of earlier) cpSync(join(migrations, each), join(folder, each))
    expect(migrate(database, folder)).toEqual(earlier.sort())
    await attempt(database, () => expect(migrate(database, migrations)).toContain(name))
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
}
