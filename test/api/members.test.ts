import { beforeEach, describe, expect, test } from 'vitest'
import { addPerson } from '../../src/members/administer'
import { listNotes } from '../../src/members/audit-store'
import { findPerson } from '../../src/members/person-store'
import { withTiers } from '../support/ladders'
import { openToPrograms, type Programs } from '../support/programs'

const tiers = [
  { id: 'circle', entry: 'sign-in' },
  { id: 'patron', entry: 'call' },
  { id: 'sponsor', entry: 'call' },
  { id: 'alliance', entry: 'invitation' },
] as const

let programs: Programs
let cashier: string

beforeEach(async () => {
  programs = await openToPrograms({ kit: withTiers(tiers) })
  cashier = (await programs.issue({ name: 'The cashier', locales: [], mayAdmit: true })).secret
})

async function asked(method: 'PUT' | 'DELETE', address: string, tier?: string, more: { token?: string; key?: string } = {}) {
  const { token = cashier, key } = more
  const response = await programs.call(`/api/v1/members/${encodeURIComponent(address)}/tier`, {
    method,
    token,
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
    ...(tier === undefined ? {} : { body: JSON.stringify({ tier }) }),
  })
  return { status: response.status, told: (await response.json()) as Record<string, unknown>, headers: response.headers }
}

const tierOf = async (address: string) => (await findPerson(programs.database, { address }))?.tier
const acts = async () => (await listNotes(programs.database, 10)).map(({ actor, act, detail }) => [actor, act, detail['tier']])

describe('a call of the payment system', () => {
  test('gives a tier to somebody new, and the next call another; the log says who did it', async () => {
    const { status, told } = await asked('PUT', 'Ada@Example.org', 'patron')
    expect([status, told]).toEqual([200, { address: 'ada@example.org', tier: 'patron', isChanged: true }])
    expect((await asked('PUT', 'ada@example.org', 'sponsor')).told).toMatchObject({ tier: 'sponsor', isChanged: true })
    expect((await asked('PUT', 'ada@example.org', 'sponsor')).told).toMatchObject({ tier: 'sponsor', isChanged: false })
    expect((await acts()).slice(0, 2)).toEqual([
      ['The cashier', 'tier-changed', 'sponsor'],
      ['The cashier', 'person-added', 'patron'],
    ])
  })

  test('is done once, however often it is sent with its key', async () => {
    await asked('PUT', 'ada@example.org', 'patron', { key: 'order-1' })
    const again = await asked('PUT', 'ada@example.org', 'patron', { key: 'order-1' })
    expect([again.told['isChanged'], again.headers.get('Idempotency-Replayed')]).toEqual([true, 'true'])
  })

  test.each([
    ['DELETE', undefined],
    ['PUT', 'public'],
  ] as const)('takes it away by %s: what signing in gives is left', async (method, tier) => {
    await asked('PUT', 'ada@example.org', 'sponsor')
    expect((await asked(method, 'ada@example.org', tier)).told).toMatchObject({ tier: 'circle', isChanged: true })
    expect((await asked(method, 'ada@example.org', tier)).told).toMatchObject({ tier: 'circle', isChanged: false })
  })

  test('lowers and takes nothing that editors gave', async () => {
    await addPerson(programs.site, { address: 'eve@example.org', locale: 'en', tier: 'alliance', roles: [] }, 'a test')
    expect((await asked('PUT', 'eve@example.org', 'patron')).told).toMatchObject({ tier: 'alliance', isChanged: false })
    expect((await asked('DELETE', 'eve@example.org')).told).toMatchObject({ tier: 'alliance', isChanged: false })
    expect(await tierOf('eve@example.org')).toBe('alliance')
  })

  test('is refused for other tiers with the list, for an address that is none, for nobody, and for a token without the right', async () => {
    const { status, told } = await asked('PUT', 'ada@example.org', 'alliance')
    expect([status, told['detail']]).toEqual([422, 'No call gives the tier alliance. Calls give patron, sponsor and public.'])
    expect((await asked('PUT', 'ada', 'patron')).status).toBe(422)
    expect((await asked('DELETE', 'nobody@example.org')).status).toBe(404)
    const { secret } = await programs.issue({ locales: 'all', mayWrite: true, mayEdit: true, mayPublish: true, seesGated: true })
    expect((await asked('PUT', 'ada@example.org', 'patron', { token: secret })).status).toBe(403)
    expect(await tierOf('ada@example.org')).toBeUndefined()
  })
})
