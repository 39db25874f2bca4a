import { describe, expect, test } from 'vitest'
import { writesToRemove } from '../../src/members/kept-store'
import { prune } from '../../src/tasks/prune'
import { aBriefing } from '../support/briefings'
import { formerProgram } from '../support/former-program'
import { openToSubscribers } from '../support/subscribers'

const ada = 'ada@example.com'
const eve = 'eve@example.com'
const now = '2026-01-01T00:00:00.000Z'
const kinds = ['signIn', 'following', 'newsletter'] as const

/** A site that is deployed while the program before it still answers readers, on the same database. */
async function openBesideFormer() {
  const site = await openToSubscribers({ now })
  await site.load({ briefing: aBriefing() })
  const former = formerProgram(site.database)
  const kept = async () =>
    await Promise.all([
      ...kinds.map((kind) => former[kind].rows()),
      site.database.query
        .selectFrom('confirmation')
        .select('hash')
        .execute()
        .then(({ length }) => length),
    ])
  return { ...site, former, kept }
}

describe.each(kinds)('a link that the program before sent while this one runs (%s)', (kind) => {
  test('is good here, once, and then no longer there', async () => {
    const { former, get, post } = await openBesideFormer()
    const link = await former[kind].ask(ada, now)
    expect((await get(link)).status).toBe(200)
    expect((await post(link, {})).status).toBe(303)
    expect([(await get(link)).status, (await post(link, {})).status]).toEqual([410, 410])
    expect(await former[kind].use(link)).toBe(0)
  })

  test('is good there, once, as that program counts, and then no longer here', async () => {
    const { former, post } = await openBesideFormer()
    const link = await former[kind].ask(ada, now)
    expect([await former[kind].use(link), await former[kind].use(link)]).toEqual([1, 0])
    expect((await post(link, {})).status).toBe(410)
  })

  test('counts among those that an address is sent within the hour', async () => {
    const site = await openBesideFormer()
    const asking = {
      signIn: () => site.post('/es/sign-in', { address: ada }),
      following: () => site.request(ada, 'es'),
      newsletter: () => site.order(ada),
    }
    for (let count = 0; count < 4; count += 1) await site.former[kind].ask(ada, now)
    for (let count = 0; count < 3; count += 1) expect((await asking[kind]()).status).toBe(303)
    expect(await site.mails(ada)).toHaveLength(1)
  })
})

test('a person who is removed by either program leaves no link with the other, and nobody else loses one', async () => {
  const { former, kept, database, post } = await openBesideFormer()
  const links = await Promise.all(kinds.flatMap((kind) => [former[kind].ask(ada, now), former[kind].ask(eve, now)]))
  expect(await kept()).toEqual([2, 2, 2, 6])
  await database.atomically(writesToRemove(database, { id: 'nobody', address: ada }))
  expect(await kept()).toEqual([1, 1, 1, 3])
  for (const kind of kinds) await former[kind].remove(eve)
  expect(await kept()).toEqual([0, 0, 0, 0])
  for (const link of links) expect([link, (await post(link, {})).status]).toEqual([link, 410])
})

test('a day after they were asked for, links are forgotten in both places', async () => {
  const { former, kept, site, wait } = await openBesideFormer()
  for (const kind of kinds) await former[kind].ask(ada, now)
  wait(24)
  await prune(site)
  expect(await kept()).toEqual([1, 1, 1, 3])
  wait(0.001)
  await prune(site)
  expect(await kept()).toEqual([0, 0, 0, 0])
})
