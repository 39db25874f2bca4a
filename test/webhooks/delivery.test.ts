import fc from 'fast-check'
import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Write } from '../../src/storage/database'
import { prune } from '../../src/tasks/prune'
import { enableEndpoint, removeEndpoint, replay, rotateSecret } from '../../src/webhooks/administer'
import { tryEndpoint } from '../../src/webhooks/deliver'
import { judge, leaseFor, waits } from '../../src/webhooks/delivery'
import { listDeliveries } from '../../src/webhooks/delivery-store'
import { findEndpoint, listEndpoints } from '../../src/webhooks/store'
import { aBriefing } from '../support/briefings'
import { published } from '../support/feeds'
import { rounds } from '../support/rounds'
import { openToWebhooks, type Received, refused, taken, verified, type Webhooks } from '../support/webhooks'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const noon = '2026-01-01T12:00:00.000Z'
const printed = { events: ['briefing.printed'] } as const
const one = 'https://one.example/hook'

/** A newsroom at noon, with an endpoint that waits for as many events. */
async function withEvents(count: number, options: Parameters<typeof openToWebhooks>[0] = {}) {
  const site = await openToWebhooks({ now: noon, ...options })
  const endpoint = await site.add(printed)
  await publish(site, count)
  return { ...site, endpoint }
}

const publish = async (site: Pick<Webhooks, 'load'>, count: number, from = 0) => {
  const ids = Array.from({ length: count }, (_, index) => `briefing-${from + index}`)
  await site.load(...ids.map((id) => ({ briefing: published(id, '2025-05-01T08:00:00Z') })))
}

const idsOf = (received: readonly Received[]) => received.map(({ id }) => id)
const endpointOf = async ({ database, clock }: Webhooks, id: string) => await findEndpoint(database, id, new Date(clock.now))

describe('an event', () => {
  test('is sent so many times in a run at the most, however many endpoints want it', async () => {
    const site = await openToWebhooks({ now: noon })
    for (const name of ['one', 'two', 'three']) await site.add({ ...printed, url: `https://${name}.example/hook` })
    await publish(site, 4)
    await site.deliver(5)
    expect(site.received).toHaveLength(5)
    await site.deliver(100)
    expect(site.received).toHaveLength(12)
    expect(new Set(site.received.map(({ url, id }) => url + id)).size).toBe(12)
  })

  test('is sent once, signed so that the reference verifier knows it, as JSON with its id and the time at which it is sent', async () => {
    const site = await withEvents(1)
    site.pass(90_000)
    expect(await site.deliver()).toEqual({ delivered: 1, postponed: 0, givenUp: 0 })
    expect(await site.deliver()).toEqual({ delivered: 0, postponed: 0, givenUp: 0 })
    const [received] = site.received
    if (!received) throw new Error('Nothing arrived.')
    expect(verified(site.endpoint.secret, received)).toMatchObject({
      type: 'briefing.printed',
      timestamp: noon,
      data: { id: 'briefing-0' },
    })
    expect(received.headers['webhook-timestamp']).toBe(String((Date.parse(noon) + 90_000) / 1000))
    expect(received.id).toMatch(/^evt_[0-9a-f]{32}$/)
    for (const changed of [{ body: `${received.body} ` }, { headers: { ...received.headers, 'webhook-id': 'evt_0' } }]) {
      expect(() => verified(site.endpoint.secret, { ...received, ...changed })).toThrow('No matching signature')
    }
    expect(() => verified(`whsec_${btoa('another secret of a fair length.')}`, received)).toThrow('No matching signature')
  })

  test('has its own id, and the same for each endpoint, which each have a secret of their own', async () => {
    const site = await openToWebhooks({ now: noon })
    const endpoints = [await site.add(printed), await site.add({ ...printed, url: 'https://two.example/' })]
    await publish(site, 2)
    await site.deliver()
    expect(new Set(idsOf(site.received)).size).toBe(2)
    expect(site.received).toHaveLength(4)
    expect(new Set(endpoints.map(({ secret }) => secret)).size).toBe(2)
    for (const each of site.received) {
      const own = each.url === one ? 0 : 1
      expect(() => verified(endpoints[own]?.secret ?? '', each)).not.toThrow()
      expect(() => verified(endpoints[1 - own]?.secret ?? '', each)).toThrow('No matching signature')
    }
  })
})

describe('what is not taken', () => {
  test('is tried again after each wait of the table, with no more than a fifth added, and then given up and said so', async () => {
    const site = await withEvents(1)
    site.answer(one, () => refused(500))
    expect(await site.deliver()).toMatchObject({ postponed: 1 })
    for (const [index, wait] of waits.entries()) {
      site.pass(wait - 1000)
      expect(await site.deliver()).toEqual({ delivered: 0, postponed: 0, givenUp: 0 })
      site.pass(1000 + wait * 0.2)
      const outcome = index === waits.length - 1 ? 'givenUp' : 'postponed'
      expect(await site.deliver()).toMatchObject({ [outcome]: 1 })
    }
    site.pass(30 * day)
    await site.deliver()
    expect(site.received).toHaveLength(10)
    expect(new Set(idsOf(site.received)).size).toBe(1)
    const [delivery] = await listDeliveries(site.database, true, 10)
    expect(delivery).toMatchObject({ state: 'failed', attempts: 10, dueAt: null, status: 500, answer: 'not now' })
    expect(site.logged.at(-1)).toMatchObject({ level: 'error', outcome: 'givenUp', attempts: 10, status: 500 })
    expect(JSON.stringify(site.logged)).not.toMatch(/one\.example|not now|whsec/)
  })

  test.each([301, 302, 307, 308, 400, 401, 404, 429, 500, 503, null])('is what is answered by %s', async (status) => {
    const site = await withEvents(1)
    site.answer(one, () => refused(status))
    expect(await site.deliver()).toMatchObject({ postponed: 1 })
    site.answer(one, () => taken)
    site.pass(10_000)
    expect(await site.deliver()).toMatchObject({ delivered: 1 })
    expect(await listDeliveries(site.database, true, 10)).toEqual([])
    expect((await endpointOf(site, site.endpoint.id))?.failingSince).toBeNull()
  })

  test('waits as long as Retry-After asks, and so does all else that is for this endpoint', async () => {
    const site = await withEvents(2)
    site.answer(one, () => refused(429, '600'))
    await site.deliver()
    site.answer(one, () => taken)
    site.pass(599_000)
    expect(await site.deliver()).toMatchObject({ delivered: 0 })
    site.pass(1000)
    expect(await site.deliver()).toMatchObject({ delivered: 2 })
  })

  test('keeps nothing else from its endpoint for longer than five seconds', async () => {
    const site = await withEvents(3)
    const [first] = await site.told()
    site.answer(one, ({ body }) => (body === JSON.stringify(first) ? refused(400) : taken))
    for (let run = 0; run < 3; run += 1, site.pass(5000)) await site.deliver()
    expect(await listDeliveries(site.database, true, 10)).toHaveLength(1)
  })
})

describe('the judgement of an answer', () => {
  const now = new Date(noon)
  const at = (wait: number) => new Date(now.getTime() + wait)

  test('moves the next attempt by chance, within a fifth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: waits.length }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const wait = waits[attempts - 1] ?? 0
        const again = judge(refused(500), attempts, null, now, chance).again?.getTime() ?? 0
        expect(again).toBeGreaterThanOrEqual(at(wait).getTime())
        expect(again).toBeLessThanOrEqual(at(wait * 1.2).getTime())
      }),
    )
  })

  test('reads Retry-After as seconds and as a date, a day at the most, and not where it is nonsense or not for 429 and 503', () => {
    for (const [header, wanted] of [
      ['120', 120_000],
      ['Thu, 01 Jan 2026 12:02:00 GMT', 120_000],
      ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
      ['999999999', day],
      ['-5', 0],
      ['soon', 0],
      ['', 0],
      [null, 0],
    ] as const) {
      const { restsUntil } = judge({ ...refused(503), retryAfter: header }, 1, null, now, 0)
      expect([header, restsUntil]).toEqual([header, at(Math.max(wanted, 5000))])
    }
    expect(judge(refused(503, '7200'), 1, null, now, 0)).toMatchObject({ again: at(2 * hour), restsUntil: at(2 * hour) })
    expect(judge(refused(500, '7200'), 1, null, now, 0)).toMatchObject({ again: at(5000), restsUntil: at(5000) })
    expect(judge(refused(429, '1'), 4, null, now, 0)).toMatchObject({ again: at(2 * hour), restsUntil: at(5000) })
  })

  test('takes any 2xx, and no other', () => {
    for (const status of [200, 201, 202, 204, 299]) expect(judge(refused(status), 1, null, now, 0).outcome).toBe('delivered')
    for (const status of [100, 199, 300, 304, 410, 599]) expect(judge(refused(status), 1, null, now, 0).outcome).toBe('postponed')
  })
})

describe('an endpoint', () => {
  test('that is gone (410) is disabled, told of nothing more, and told of what waited once it is enabled', async () => {
    const site = await withEvents(2)
    site.answer(one, () => refused(410))
    await site.deliver()
    expect(await endpointOf(site, site.endpoint.id)).toMatchObject({ disabledAt: noon, reason: 'it answered 410 Gone' })
    await publish(site, 1, 2)
    site.pass(day)
    await site.deliver()
    expect(site.received).toHaveLength(1)
    expect(site.logged).toMatchObject([{ level: 'error', disabled: 'it answered 410 Gone' }])
    site.answer(one, () => taken)
    expect(await enableEndpoint(site.site, site.endpoint.id, 'a test')).toBe(true)
    expect(await enableEndpoint(site.site, site.endpoint.id, 'a test')).toBe(false)
    expect(await site.deliver()).toMatchObject({ delivered: 2 })
    expect(new Set(idsOf(site.received)).size).toBe(2)
  })

  test('that has taken nothing for five days is disabled; one that took something between is not', async () => {
    const site = await withEvents(1)
    let status = 500
    site.answer(one, () => refused(status))
    for (let count = 1; count <= 4; count += 1) {
      await site.deliver()
      site.pass(day + 1)
      await publish(site, 1, count)
      if (count === 2) {
        status = 200
        await site.deliver()
        status = 500
      }
    }
    expect((await endpointOf(site, site.endpoint.id))?.disabledAt).toBeNull()
    for (let count = 5; count <= 9; count += 1) {
      await publish(site, 1, count)
      await site.deliver()
      site.pass(day + 1)
    }
    expect(await endpointOf(site, site.endpoint.id)).toMatchObject({ reason: 'it has taken nothing for 5 days: 500' })
  })

  test('that hangs keeps no other from what is for it, in the same run or the next', async () => {
    const site = await withEvents(2)
    await site.add({ ...printed, url: 'https://two.example/' })
    let answer: (value: typeof taken) => void = () => {}
    const hanging = new Promise<typeof taken>((resolve) => {
      answer = resolve
    })
    site.answer(one, () => hanging)
    await publish(site, 1, 2)
    const first = site.deliver()
    await expect.poll(() => site.received.length).toBe(1)
    await publish(site, 1, 3)
    await site.deliver()
    expect(site.received.map(({ url }) => url)).toEqual(['https://two.example/', 'https://two.example/'])
    answer(taken)
    await first
    expect(site.received.filter(({ url }) => url === one)).toHaveLength(4)
    expect(new Set(idsOf(site.received)).size).toBe(4)
  })

  test('that was removed is sent nothing more', async () => {
    const site = await withEvents(2)
    expect(await removeEndpoint(site.site, site.endpoint.id, 'a test')).toBe(true)
    expect(await removeEndpoint(site.site, site.endpoint.id, 'a test')).toBe(false)
    await site.deliver()
    await publish(site, 1, 2)
    await site.deliver()
    expect(site.received).toEqual([])
    expect(await listDeliveries(site.database, false, 10)).toEqual([])
  })

  test('is shown without its secret', async () => {
    const site = await withEvents(1)
    expect(JSON.stringify(await listEndpoints(site.database))).not.toContain('whsec_')
    const notes = await site.database.query
      .selectFrom('audit')
      .selectAll()
      .where('subject', '=', `webhook ${site.endpoint.id}`)
      .execute()
    expect(notes).toMatchObject([{ actor: 'a test', act: 'webhook-added', detail: '{}' }])
  })

  test('is tried with an event that tells of nothing, at once, and nothing is kept of it', async () => {
    const site = await withEvents(0)
    site.answer(one, () => refused(503))
    expect(await tryEndpoint(site.site, site.caller, site.endpoint.id)).toMatchObject({ status: 503 })
    const [received] = site.received
    if (!received) throw new Error('Nothing arrived.')
    expect(verified(site.endpoint.secret, received)).toMatchObject({ type: 'webhook.test', data: { endpoint: site.endpoint.id } })
    expect(await site.told()).toEqual([])
    expect(await tryEndpoint(site.site, site.caller, 'nobody')).toBeUndefined()
  })
})

describe('a secret that is changed', () => {
  test('signs at once, and the one before it beside it for a day', async () => {
    const site = await withEvents(1)
    const old = site.endpoint.secret
    const next = (await rotateSecret(site.site, site.endpoint.id, false, 'a test')) ?? ''
    await site.deliver()
    site.pass(day)
    await publish(site, 1, 1)
    await site.deliver()
    const [during, after] = site.received
    if (!during || !after) throw new Error('Two are to arrive.')
    for (const secret of [old, next]) expect(verified(secret, during)).toMatchObject({ data: { id: 'briefing-0' } })
    expect(verified(next, after)).toMatchObject({ data: { id: 'briefing-1' } })
    expect(() => verified(old, after)).toThrow('No matching signature')
    await prune(site.site)
    const rows = await site.database.query.selectFrom('webhook_endpoint').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(old)
  })

  test('because others know it signs nothing more', async () => {
    const site = await withEvents(1)
    const next = (await rotateSecret(site.site, site.endpoint.id, true, 'a test')) ?? ''
    await site.deliver()
    const [received] = site.received
    if (!received) throw new Error('Nothing arrived.')
    expect(() => verified(next, received)).not.toThrow()
    expect(() => verified(site.endpoint.secret, received)).toThrow('No matching signature')
    expect(await rotateSecret(site.site, 'nobody', true, 'a test')).toBeUndefined()
  })
})

describe('a replay', () => {
  test('sends the same bytes under the same id, at another time and so with another signature', async () => {
    const site = await withEvents(2)
    await site.deliver()
    const [first] = site.received
    if (!first) throw new Error('Nothing arrived.')
    site.pass(3 * day)
    expect(await replay(site.site, { event: first.id }, 'a test')).toBe(1)
    expect(await site.deliver()).toMatchObject({ delivered: 1 })
    const again = site.received.at(-1)
    if (!again) throw new Error('Nothing arrived.')
    expect([again.id, again.body]).toEqual([first.id, first.body])
    expect(Number(again.headers['webhook-timestamp']) - Number(first.headers['webhook-timestamp'])).toBe((3 * day) / 1000)
    expect(again.headers['webhook-signature']).not.toBe(first.headers['webhook-signature'])
    expect(verified(site.endpoint.secret, again)).toEqual(verified(site.endpoint.secret, first))
  })

  test('of an endpoint is of what was given up, or of all from a day on', async () => {
    const site = await withEvents(1)
    await site.deliver()
    site.answer(one, () => refused(500))
    site.pass(day)
    await publish(site, 1, 1)
    for (let attempt = 0; attempt <= waits.length; attempt += 1) {
      await site.deliver()
      site.pass((waits[attempt] ?? 0) * 1.2)
    }
    const [, failed] = [...new Set(idsOf(site.received))]
    site.answer(one, () => taken)
    const { id } = site.endpoint
    site.pass(5000)
    expect(await replay(site.site, { endpoint: id, since: undefined }, 'a test')).toBe(1)
    expect(await site.deliver()).toMatchObject({ delivered: 1 })
    expect(site.received.at(-1)?.id).toBe(failed)
    expect(await replay(site.site, { endpoint: id, since: undefined }, 'a test')).toBe(0)
    expect(await replay(site.site, { endpoint: id, since: '2026-01-02T00:00:00.000Z' }, 'a test')).toBe(1)
    expect(await replay(site.site, { endpoint: id, since: '2026-01-01T00:00:00.000Z' }, 'a test')).toBe(2)
    expect(await replay(site.site, { event: 'evt_0' }, 'a test')).toBe(0)
  })

  test('that is asked for while the event is on its way is not taken for done', async () => {
    const site = await withEvents(1)
    const [event] = await site.database.query.selectFrom('webhook_event').select('id').execute()
    let isFirst = true
    site.answer(one, async () => {
      if (isFirst) {
        isFirst = false
        site.pass(1000)
        await replay(site.site, { event: event?.id ?? '' }, 'a test')
      }
      return taken
    })
    await site.deliver()
    expect(site.received).toHaveLength(2)
    site.pass(day)
    await site.deliver()
    expect(site.received).toHaveLength(2)
  })
})

describe('whoever sends', () => {
  test('and dies after the answer leaves it to be sent again, a minute later, under the same id; nothing is lost', async () => {
    let isDying = false
    const site = await withEvents(3, {
      disturbed: (database) => ({
        ...database,
        atomically: async (writes: readonly Write[]) => {
          if (isDying) throw new Error('The process is gone.')
          return await database.atomically(writes)
        },
      }),
    })
    isDying = true
    await expect(site.deliver()).rejects.toThrow('The process is gone.')
    expect(site.received).toHaveLength(1)
    isDying = false
    site.pass(leaseFor - 1)
    expect(await site.deliver()).toMatchObject({ delivered: 0 })
    site.pass(1)
    expect(await site.deliver()).toMatchObject({ delivered: 3 })
    expect(new Set(idsOf(site.received)).size).toBe(3)
    expect(site.received).toHaveLength(4)
  })

  test('at once with others, in whatever order they come, sends each event once', async () => {
    const turns = fc.record({
      scheduler: fc.scheduler(),
      count: fc.integer({ min: 1, max: 6 }),
      senders: fc.integer({ min: 2, max: 4 }),
    })
    const check = fc.asyncProperty(turns, async ({ scheduler, count, senders }) => {
      const site = await withEvents(count)
      await site.add({ ...printed, url: 'https://two.example/' })
      site.answer(one, () => scheduler.schedule(Promise.resolve(taken), 'an answer'))
      const all = await scheduler.waitFor(Promise.all(Array.from({ length: senders }, () => site.deliver())))
      expect(site.received).toHaveLength(count)
      expect(all.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(count)
    })
    await fc.assert(check, { numRuns: rounds(24) })
  })

  test('that was taken for dead and comes back says nothing of what another has sent meanwhile', async () => {
    const site = await withEvents(1)
    let isFirst = true
    site.answer(one, async () => {
      if (!isFirst) return taken
      isFirst = false
      site.pass(leaseFor)
      await site.deliver()
      return refused(500)
    })
    await site.deliver()
    expect(await listDeliveries(site.database, false, 10)).toMatchObject([{ state: 'delivered', attempts: 1 }])
    expect(await endpointOf(site, site.endpoint.id)).toMatchObject({ failingSince: null })
  })

  test('reads what is due off an index that holds nothing else, however much was sent before', async () => {
    const site = await withEvents(1)
    site.forget()
    await site.deliver()
    const asked = site.queries.filter((sql) => sql.startsWith('select') && sql.includes('"due_at" <= ?'))
    expect(asked.length).toBeGreaterThan(1)
    for (const sql of asked) {
      const anything = [...sql.matchAll(/\?/g)].map(() => 1)
      const { rows } = await site.database.query.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, anything),
      )
      expect(rows.map(({ detail }) => detail).join('\n')).toContain('webhook_delivery_due')
    }
  })

  test('sends no more to an endpoint at a time than it may', async () => {
    const site = await withEvents(5)
    expect(await site.deliver(2)).toMatchObject({ delivered: 2 })
    expect(await site.deliver(2)).toMatchObject({ delivered: 2 })
    expect(await site.deliver(2)).toMatchObject({ delivered: 1 })
  })
})

describe('events', () => {
  test('are kept for thirty days, to be sent again, with what became of them', async () => {
    const site = await withEvents(1)
    await site.deliver()
    site.pass(30 * day)
    await prune(site.site)
    expect(await listDeliveries(site.database, false, 10)).toHaveLength(1)
    site.pass(1)
    await prune(site.site)
    expect(await site.told()).toEqual([])
    expect(await site.database.query.selectFrom('webhook_delivery').selectAll().execute()).toEqual([])
    await site.load({ briefing: aBriefing() })
    expect(await site.deliver()).toMatchObject({ delivered: 1 })
  })
})
