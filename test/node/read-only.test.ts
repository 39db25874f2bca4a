import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../../src/doors/checkout'
import { isViolated } from '../../src/storage/database'
import { migrate } from '../../src/storage/migrate'
import { openReadOnly, openSqlite, type SqliteDatabase } from '../../src/storage/sqlite'

let folder: string
let writer: SqliteDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-read-only-'))
  writer = openSqlite(join(folder, 'site.db'))
  migrate(writer, join(root, 'db/migrations'))
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true })
})

/** A connection that reads, what it asked to have written, and how many there are of a thing. */
function aReader() {
  const asked: string[] = []
  const reader = openReadOnly(join(folder, 'site.db'), async (writes) => {
    asked.push(...writes.map(({ sql }) => sql))
    return await writer.atomically(writes.map(({ sql, parameters }) => CompiledQuery.raw(sql, [...parameters])))
  })
  const slugs = async () =>
    (await reader.query.selectFrom('removed').select('slug').orderBy('slug').execute()).map(({ slug }) => slug)
  const insert = (slug: string) => reader.query.insertInto('removed').values({ slug, at: '2026-11-30T00:00:00Z' })
  return { reader, asked, slugs, insert }
}

test('what reads reads the last commit, also while a write transaction is held, and what writes is handed over', async () => {
  const { reader, asked, slugs, insert } = aReader()
  expect((await insert('port').executeTakeFirst()).numInsertedOrUpdatedRows).toBe(1n)
  expect(await reader.atomically([insert('lock'), reader.query.deleteFrom('removed').where('slug', '=', 'port')])).toEqual([1, 1])
  expect(asked).toHaveLength(3)
  writer.file.exec("begin immediate; delete from removed where slug = 'lock'")
  expect(await slugs()).toEqual(['lock'])
  writer.file.exec('commit')
  expect(await slugs()).toEqual([])
  expect(asked).toHaveLength(3)
  reader.close()
})

test('a write that fails fails in the same words, and a reading connection cannot write by itself', async () => {
  const { reader, insert } = aReader()
  await insert('port').execute()
  const failed = await insert('port')
    .execute()
    .then(String, (error: unknown) => error)
  expect(isViolated(failed, 'UNIQUE', 'removed.slug')).toBe(true)
  await expect(insert('lock').returning('slug').execute()).rejects.toThrow('readonly')
  reader.close()
})
