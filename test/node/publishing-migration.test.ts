import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listTokens } from '../../src/members/token-store'
import { migrate } from '../../src/storage/migrate'
import { openSqlite } from '../../src/storage/sqlite'

const migrations = join(import.meta.dirname, '../../db/migrations')

test('a token that was made before may publish if it gives access to the English, and otherwise only save', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-migrations-'))
  const database = openSqlite(':memory:')
  try {
    for (const name of readdirSync(migrations).filter((each) => each < '0026')) cpSync(join(migrations, name), join(folder, name))
    migrate(database, folder)
    const token = { locales: '["es"]', may_write: 1, sees_gated: 0, created_at: '2025-01-01T00:00:00Z' }
    await database.atomically(
      ['edits', 'sends'].map((name) =>
        database.query
          .insertInto('access_token')
          .values({ ...token, id: name, name, hash: name.padEnd(64, '0'), may_edit: name === 'edits' ? 1 : 0 }),
      ),
    )
    expect(migrate(database, migrations)).toContain('0026_saved_revisions.sql')
    const tokens = await listTokens(database)
    expect(tokens.map(({ name, mayPublish }) => [name, mayPublish]).toSorted()).toEqual([
      ['edits', true],
      ['sends', false],
    ])
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
})
