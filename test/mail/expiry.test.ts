import { beforeEach, describe, expect, test } from 'vitest'
import { sendWaiting } from '../../src/mail/send'
import { listUnsent } from '../../src/mail/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { openToSubscribers, type Subscribers, tuesday } from '../support/subscribers'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let newsroom: Subscribers
beforeEach(async () => {
  newsroom = await openToSubscribers()
  await newsroom.load({ briefing: aBriefing() })
})

const later = (time: number, queuedAt = newsroom.clock.now) => new Date(Date.parse(queuedAt) + time).toISOString()

/** Sends what is due after so long, to a server that takes it or does not: who got something, and what was logged. */
async function sent(after: number, { isRefused = false } = {}) {
  newsroom.clock.now = later(after)
  const [to, logged]: [string[], Readonly<Record<string, unknown>>[]] = [[], []]
  const mailer = {
    send: async (mail: { to: string }) => {
      if (isRefused) throw new Error('Not now.')
      to.push(mail.to)
    },
  }
  const counts = await sendWaiting(newsroom.site, { mailer, log: (entry) => logged.push(entry) }, 100)
  return { to: to.toSorted(), counts, logged }
}

const row = () => newsroom.database.query.selectFrom('mail').selectAll().executeTakeFirstOrThrow()

/** Every kind of email, what queues it for a reader, and until when it may be sent. */
const kinds: readonly (readonly [string, number, () => Promise<unknown>])[] = [
  ['a link to sign in', 30 * minute, () => newsroom.post('/es/sign-in', { address: 'ada@example.com' })],
  ['a link to confirm a following', day, () => newsroom.request('ada@example.com', 'es')],
  ['a link to confirm the newsletter', day, () => newsroom.order('ada@example.com')],
  ['a daily digest', day, () => aDigest('daily')],
  ['a weekly digest', 7 * day, () => aDigest('weekly')],
  ['the news that a translation is there', 7 * day, theNews],
]

async function aDigest(rhythm: 'daily' | 'weekly') {
  await newsroom.admit('ada@example.com', 'es', rhythm)
  await newsroom.publish(1, 'es')
  newsroom.wait(rhythm === 'daily' ? 24 : 7 * 24)
  await newsroom.digest()
}

async function theNews() {
  await newsroom.follow('ada@example.com', 'pl')
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'pl')] })
  await newsroom.notify()
}

describe('an email that could not be sent in time', () => {
  test.each(kinds)('is never sent: %s', async (_, goodFor, queue) => {
    await queue()
    expect(await row()).toMatchObject({ sent_at: null, send_by: later(goodFor) })
    const { to, counts, logged } = await sent(goodFor)
    expect([to, counts]).toEqual([[], { sent: 0, postponed: 0, givenUp: 0, expired: 1 }])
    const { id, text, html } = await row()
    expect(logged).toEqual([{ level: 'warn', mail: id, outcome: 'expired' }])
    expect([text, html]).toEqual(['', ''])
    expect(await listUnsent(newsroom.database, 5)).toMatchObject([
      { isGivenUp: true, error: 'It expired before it could be sent.' },
    ])
    expect((await sent(hour)).counts).toEqual({ sent: 0, postponed: 0, givenUp: 0, expired: 0 })
  })

  test.each(kinds)('is sent until then: %s', async (_, goodFor, queue) => {
    await queue()
    expect((await sent(goodFor - 1)).to).toEqual(['ada@example.com'])
  })

  test('is not sent if a program of before queued it, who did not say until when: a day, and no longer', async () => {
    await newsroom.post('/es/sign-in', { address: 'ada@example.com' })
    await newsroom.database.query.updateTable('mail').set({ send_by: null }).execute()
    expect((await sent(day)).counts).toMatchObject({ sent: 0, expired: 1 })
    await newsroom.database.query.deleteFrom('mail').execute()
    newsroom.clock.now = tuesday
    await newsroom.post('/es/sign-in', { address: 'eve@example.com' })
    await newsroom.database.query.updateTable('mail').set({ send_by: null }).execute()
    expect((await sent(day - 1)).to).toEqual(['eve@example.com'])
  })

  test('does not keep others from being sent', async () => {
    await newsroom.post('/es/sign-in', { address: 'ada@example.com' })
    await newsroom.order('eve@example.com')
    expect(await sent(31 * minute)).toMatchObject({ to: ['eve@example.com'], counts: { sent: 1, expired: 1 } })
  })

  test('is not tried again, if its server would not take it in time', async () => {
    await newsroom.post('/es/sign-in', { address: 'ada@example.com' })
    expect(await sent(20 * minute, { isRefused: true })).toMatchObject({ to: [], counts: { postponed: 1, expired: 0 } })
    expect(await sent(10 * minute)).toMatchObject({ to: [], counts: { sent: 0, expired: 1 } })
  })
})
