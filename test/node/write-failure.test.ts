import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFailureIn } from '../../src/delivery/write-failure'
import { failureToWrite } from '../../src/entrance/store'
import { migrate } from '../../src/storage/migrate'
import { openSqlite, type SqliteDatabase } from '../../src/storage/sqlite'
import { root } from '../support/server'

let folder: string
let database: SqliteDatabase

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-full-'))
  database = openSqlite(join(folder, 'site.db'))
  migrate(database, join(root, 'db/migrations'))
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What keeps SQLite from writing, and what ends it. */
const obstacles: readonly (readonly [string, string, () => () => void])[] = [
  [
    'full',
    'a file that may not grow',
    () => {
      database.file.pragma(`max_page_count = ${Number(database.file.pragma('page_count', { simple: true }))}`)
      return () => database.file.pragma('max_page_count = 1000000')
    },
  ],
  [
    'unwritable',
    'a database that may only be read',
    () => {
      database.file.pragma('query_only = on')
      return () => database.file.pragma('query_only = off')
    },
  ],
  [
    'unwritable',
    'a database that another program keeps',
    () => {
      database.file.pragma('busy_timeout = 0')
      const other = openSqlite(join(folder, 'site.db'))
      other.file.exec('begin immediate')
      return () => other.close()
    },
  ],
]

test.each(obstacles)(
  'SQLite says %s of %s, keeps nothing, and writes again when that has ended',
  async (expected, _what, begin) => {
    const end = begin()
    const { query } = database
    const hash = 'x'.repeat(100_000)
    const challenge = query.insertInto('passkey_challenge').values({ hash, person_id: null, expires_at: '2026' })
    const small = query.insertInto('passkey_challenge').values({ hash: 'y', person_id: null, expires_at: '2026' })
    const kept = () => query.selectFrom('passkey_challenge').select('hash').execute()
    const error = await database.atomically([small, challenge]).catch((thrown: unknown) => thrown)
    expect(writeFailureIn(error)).toBe(expected)
    expect(await failureToWrite(database, new Date())).toBe(expected)
    expect(await kept()).toEqual([])
    end()
    expect(await failureToWrite(database, new Date())).toBeUndefined()
    await database.atomically([small, challenge])
    expect(await kept()).toHaveLength(2)
  },
)
