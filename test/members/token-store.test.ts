import { beforeEach, describe, expect, test } from 'vitest'
import { type Grant, issueToken } from '../../src/members/token'
import { findToken, listTokens, noteUse, writeToAddToken, writeToRevokeToken } from '../../src/members/token-store'
import { hashOfSecret } from '../../src/secrets/secret'
import type { Database } from '../../src/storage/database'
import { aGrant } from '../support/grants'
import { openNewsroom } from '../support/newsroom'
import { anHour } from '../support/programs'

let database: Database
beforeEach(async () => {
  database = (await openNewsroom()).database
})

const now = new Date('2026-01-01T00:00:00Z')
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)

async function issue(changes: Partial<Grant> = {}) {
  const issued = await issueToken(aGrant({ name: 'Desk', locales: ['es', 'pl'], mayWrite: true, ...changes }), now)
  await database.atomically([writeToAddToken(database, issued.token, issued.hash)])
  return issued
}

/** Whether that changed anything. */
const revoke = async (id: string, at: Date) => (await database.atomically([writeToRevokeToken(database, id, at)]))[0] === 1

describe('the tokens that are kept', () => {
  test('are each found by the hash of the token, with all that was granted', async () => {
    const desk = await issue()
    const machine = await issue({ name: 'Machine', locales: 'all', mayWrite: false, seesGated: true })
    expect(await findToken(database, await hashOfSecret(desk.secret), now)).toEqual(desk.token)
    expect(await findToken(database, await hashOfSecret(machine.secret), now)).toEqual(machine.token)
    expect(await findToken(database, await hashOfSecret('vern_x'), now)).toBeUndefined()
    expect(await findToken(database, desk.secret, now)).toBeUndefined()
  })

  test('are found until they expire or are revoked, and not for an instant longer', async () => {
    const { hash, token } = await issue({ expiresAt: later(1000).toISOString() })
    expect(await findToken(database, hash, later(999))).toEqual(token)
    expect(await findToken(database, hash, later(1000))).toBeUndefined()
    const other = await issue()
    expect(await revoke(other.token.id, later(5))).toBe(true)
    expect(await findToken(database, other.hash, later(5))).toBeUndefined()
    expect(await findToken(database, hash, later(5))).toEqual(token)
  })

  test('are listed for ever, with when they were revoked first', async () => {
    const { token } = await issue()
    const other = await issue({ name: 'Other' })
    await revoke(token.id, later(5))
    expect(await revoke(token.id, later(9))).toBe(false)
    expect(await revoke('nothing', later(9))).toBe(false)
    const kept = await listTokens(database)
    expect(kept).toHaveLength(2)
    expect(kept).toContainEqual({ ...token, revokedAt: later(5).toISOString() })
    expect(kept).toContainEqual(other.token)
  })

  test('have their use noted once an hour, and each its own', async () => {
    const { hash } = await issue()
    const { token: idle } = await issue({ name: 'Idle' })
    const use = async (at: Date) => {
      const token = await findToken(database, hash, at)
      if (token) await noteUse(database, token, at)
      return (await findToken(database, hash, at))?.lastUsedAt
    }
    expect(await use(now)).toBe(now.toISOString())
    expect(await use(later(anHour - 1))).toBe(now.toISOString())
    expect(await use(later(anHour))).toBe(later(anHour).toISOString())
    expect(await listTokens(database)).toContainEqual(idle)
  })

  test('cannot be two of the same hash', async () => {
    const { token, hash } = await issue()
    const twin = writeToAddToken(database, { ...token, id: 'another' }, hash)
    await expect(database.atomically([twin])).rejects.toThrow('UNIQUE constraint failed')
  })
})
