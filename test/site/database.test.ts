import { Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#runtime'
import { bytesIn, chunked, type Database, isAlive, parametersMax } from '../../src/storage/database'
import { sqliteDialect } from '../../src/storage/dialect'
import type { StoredBytes } from '../../src/storage/readers-tables'
import type { Schema } from '../../src/storage/schema'

const briefing = (id: string) => ({ id, slug: id, state: 'draft' as const, published_at: '2025-01-01T00:00:00Z', revision: 1 })
const idsIn = async ({ query }: Database) =>
  (await query.selectFrom('briefing').select('id').orderBy('id').execute()).map(({ id }) => id)

describe('writes handed over together', () => {
  test('are all done, in their order, and each tells how many rows it changed', async () => {
    const database = await openDatabase()
    const { query } = database
    const changed = await database.atomically([
      query.insertInto('briefing').values([briefing('one'), briefing('two')]),
      query.updateTable('briefing').set({ revision: 2 }),
      query.deleteFrom('briefing').where('id', '=', 'one'),
      query.deleteFrom('briefing').where('id', '=', 'absent'),
    ])
    expect(changed).toEqual([2, 2, 1, 0])
    expect(await idsIn(database)).toEqual(['two'])
  })

  test('are none, where the last of them fails', async () => {
    const database = await openDatabase()
    const { query } = database
    await database.atomically([query.insertInto('briefing').values(briefing('before'))])
    const writes = [
      query.deleteFrom('briefing').where('id', '=', 'before'),
      query.insertInto('briefing').values(briefing('one')),
      query.insertInto('briefing').values(briefing('one')),
    ]
    await expect(database.atomically(writes)).rejects.toThrow('UNIQUE constraint failed: briefing')
    expect(await idsIn(database)).toEqual(['before'])
  })

  test('are none, where the database has to refuse a parameter of the last', async () => {
    const database = await openDatabase()
    const { query } = database
    const writes = [
      query.insertInto('briefing').values(briefing('one')),
      query.updateTable('briefing').set({ revision: true as never }),
    ]
    await expect(database.atomically(writes)).rejects.toThrow('binds a boolean')
    expect(await idsIn(database)).toEqual([])
  })

  test('of none at all are nothing', async () => {
    expect(await (await openDatabase()).atomically([])).toEqual([])
  })

  test('may not point to what does not exist', async () => {
    const database = await openDatabase()
    const orphan = database.query.insertInto('former_slug').values({ slug: 'x', briefing_id: 'absent' })
    await expect(database.atomically([orphan])).rejects.toThrow('FOREIGN KEY')
  })
})

describe('statements of requests at once', () => {
  test('wait for none that is not answered yet', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const dialect = sqliteDialect(async ({ sql }) => {
      if (sql.includes('"edition"')) await promise
      return { rows: [] }
    })
    const query = new Kysely<Schema>({ dialect })
    const held = query.selectFrom('edition').selectAll().execute()
    expect(await query.selectFrom('briefing').selectAll().execute()).toEqual([])
    resolve()
    expect(await held).toEqual([])
  })
})

describe('compare-and-swap', () => {
  const swap = ({ query }: Database, from: number) =>
    query
      .updateTable('briefing')
      .set({ revision: from + 1 })
      .where('id', '=', 'one')
      .where('revision', '=', from)

  test('of two hands that saw the same revision, one wins and the other is told', async () => {
    const database = await openDatabase()
    await database.atomically([database.query.insertInto('briefing').values(briefing('one'))])
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => database.atomically([swap(database, 1)])))
    expect(outcomes.flat().toSorted()).toEqual([0, 0, 0, 1])
    const row = await database.query.selectFrom('briefing').select('revision').executeTakeFirstOrThrow()
    expect(row.revision).toBe(2)
  })

  test('tells by its count on a single statement too', async () => {
    const database = await openDatabase()
    await database.query.insertInto('briefing').values(briefing('one')).execute()
    const [first] = await swap(database, 1).execute()
    const [second] = await swap(database, 1).execute()
    expect([first?.numUpdatedRows, second?.numUpdatedRows]).toEqual([1n, 0n])
  })
})

describe('what only one of the two databases would take', () => {
  test.each([
    ['undefined', undefined],
    ['a boolean', true],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['an object', {}],
  ])('%s as a parameter is refused', async (_name, value) => {
    const { query } = await openDatabase()
    await expect(sql`select ${value} as value`.execute(query)).rejects.toThrow(/^A statement binds a /)
  })

  test('bytes are stored as they were given, and handed over as each database has them', async () => {
    const { query } = await openDatabase()
    const given = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const { rows } = await sql<{ value: StoredBytes; size: number }>`select ${given} as value, length(${given}) as size`.execute(
      query,
    )
    expect([new Uint8Array(bytesIn(rows[0]?.value ?? [])), rows[0]?.size]).toEqual([given, 256])
  })

  test.each([
    ['a text', 'é\u{1f30a}'],
    ['an empty text', ''],
    ['a number', -1.5],
    ['null', null],
  ])('%s comes back as it was given', async (_name, value) => {
    const { query } = await openDatabase()
    const { rows } = await sql<{ value: unknown }>`select ${value} as value`.execute(query)
    expect(rows).toEqual([{ value }])
  })

  test('a hundred parameters are taken and a hundred and one refused', async () => {
    const { query } = await openDatabase()
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`)
    expect(await query.selectFrom('briefing').select('id').where('id', 'in', ids(parametersMax)).execute()).toEqual([])
    const tooMany = query
      .selectFrom('briefing')
      .select('id')
      .where('id', 'in', ids(parametersMax + 1))
      .execute()
    await expect(tooMany).rejects.toThrow('A statement binds 101 parameters; 100 is the most.')
  })

  test('an interactive transaction is refused', async () => {
    const { query } = await openDatabase()
    await expect(query.transaction().execute(async () => 1)).rejects.toThrow('Interactive transactions do not exist')
  })

  test('a long list is cut so that no statement has more, and nothing of it is lost', () => {
    const list = Array.from({ length: 205 }, (_, index) => index)
    for (const each of [1, 7, 100, 250]) {
      const pieces = chunked(list, each)
      expect(pieces.flat()).toEqual(list)
      for (const piece of pieces) expect(piece.length * each).toBeLessThanOrEqual(Math.max(each, parametersMax))
    }
  })
})

test('a database that answers is alive', async () => {
  expect(await isAlive(await openDatabase())).toBe(true)
})
