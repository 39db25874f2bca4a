import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#runtime'
import { deflated, inflated } from '../../src/storage/deflate'
import { isFormerProgramGone } from '../../src/storage/former-program'

describe('a deflated text', () => {
  test.each(['', 'The harbour', 'ميناء 港 🚢', 'x'.repeat(100_000)])('is the same when it is inflated: %.20s', (text) => {
    expect(inflated(deflated(text))).toBe(text)
    expect(inflated(deflated(text, 'The harbour is open.'), 'The harbour is open.')).toBe(text)
  })

  test('costs little for what it has in common with another', () => {
    const text = Array.from({ length: 300 }, (_, at) => `${at * 7919}`).join(' ')
    expect(deflated(text, text).length).toBeLessThan(deflated(text).length / 10)
  })
})

describe('the program of before', () => {
  const now = new Date('2026-01-01T12:00:00Z')
  test('never was, on a site that had printed nothing', async () => {
    expect(await isFormerProgramGone(await openDatabase(), now)).toBe(true)
  })

  test('may run until its time is over, and never after', async () => {
    const database = await openDatabase()
    await sql`update former_program set until = '2026-01-01T12:30:00Z'`.execute(database.query)
    expect(await isFormerProgramGone(database, now)).toBe(false)
    expect(await isFormerProgramGone(database, new Date('2026-01-01T12:31:00Z'))).toBe(true)
  })
})
