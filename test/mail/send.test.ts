import fc from 'fast-check'
import { Kysely } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aMail, leaseFor, type Mailer, MailRefused, type QueuedMail } from '../../src/mail/mail'
import { sendWaiting } from '../../src/mail/send'
import { lease, listUnsent, markRefused, markSent, writesToQueue } from '../../src/mail/store'
import type { Database } from '../../src/storage/database'
import { sqliteDialect } from '../../src/storage/dialect'
import type { Schema } from '../../src/storage/schema'
import { prune } from '../../src/tasks/prune'
import type { Letter } from '../../src/ui/letter'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const noon = '2026-01-01T12:00:00.000Z'
const minute = 60_000
const day = 24 * 60 * minute
const later = (milliseconds: number) => new Date(Date.parse(noon) + milliseconds)

const aLetter: Letter = {
  locale: 'ar',
  subject: 'رابط الدخول',
  text: 'https://briefings.example/ar/secret-token',
  html: '<p>secret-token</p>',
}

/** A newsroom at noon with these many mails in its queue. */
async function withQueue(count: number, disturbed?: (database: Database) => Database) {
  const newsroom = await openNewsroom({ now: noon, ...(disturbed ? { disturbed } : {}) })
  const mails = Array.from({ length: count }, (_, index) => aMail(`reader-${index}@example.com`, aLetter))
  const { database } = newsroom
  await database.atomically(mails.flatMap((mail) => writesToQueue(database, mail, new Date(noon), day)))
  return { ...newsroom, mails, at: (milliseconds: number) => (newsroom.clock.now = later(milliseconds).toISOString()) }
}

/** A mailer that takes every mail, or refuses it as it is told to. */
function aMailer(refuse: (mail: QueuedMail) => MailRefused | undefined = () => undefined) {
  const taken: QueuedMail[] = []
  const mailer: Mailer = {
    async send(mail) {
      const refusal = refuse(mail)
      if (refusal) throw refusal
      taken.push(mail)
    },
  }
  return { mailer, taken }
}

const notNow = () => new MailRefused(false, 'EENVELOPE 451', '451 reader-0@example.com: later')
const never = () => new MailRefused(true, 'EENVELOPE 550', '550 reader-0@example.com: no such mailbox')

/** Sends what is due and gives what was logged beside what it came to. */
async function sendDue({ site }: Pick<Newsroom, 'site'>, mailer: Mailer, most = 100) {
  const logged: Readonly<Record<string, unknown>>[] = []
  const counts = await sendWaiting(site, { mailer, log: (entry) => logged.push(entry) }, most)
  return { ...counts, logged }
}

const rowsOf = ({ query }: Database) => query.selectFrom('mail').selectAll().orderBy('recipient').execute()

describe('a mail is queued', () => {
  test('with what causes it, or not at all', async () => {
    const { database } = await openNewsroom()
    const { query } = database
    const mail = aMail('ada@example.com', aLetter)
    const cause = query.insertInto('moved').values({ slug: 'old', briefing_id: 'harbour', now: 'new' })
    await database.atomically([cause, ...writesToQueue(database, mail, new Date(noon), day)])
    expect(await rowsOf(database)).toHaveLength(1)

    const second = aMail('eve@example.com', aLetter)
    const twice = [...writesToQueue(database, second, new Date(noon), day), cause]
    await expect(database.atomically(twice)).rejects.toThrow('UNIQUE')
    expect((await rowsOf(database)).map(({ recipient }) => recipient)).toEqual(['ada@example.com'])
  })

  test('and sent as it was queued, with the date on which it was', async () => {
    const newsroom = await openNewsroom({ now: noon })
    const { database, clock } = newsroom
    const mail = aMail('ada@example.com', aLetter, { 'List-Id': '<briefings.example>' })
    await database.atomically(writesToQueue(database, mail, new Date(noon), day))
    clock.now = later(90 * minute).toISOString()
    const { mailer, taken } = aMailer()
    expect(await sendDue(newsroom, mailer)).toEqual({ sent: 1, postponed: 0, givenUp: 0, expired: 0, logged: [] })
    expect(taken).toMatchObject([{ ...mail, queuedAt: noon }])
  })
})

describe('mail that was sent', () => {
  test('is not sent again, and its texts are forgotten', async () => {
    const newsroom = await withQueue(12)
    const { mailer, taken } = aMailer()
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 12 })
    newsroom.at(10 * 24 * 60 * minute)
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 0 })
    expect(taken.map(({ to }) => to).toSorted()).toEqual(newsroom.mails.map(({ to }) => to).toSorted())
    const rows = await rowsOf(newsroom.database)
    expect(JSON.stringify(rows)).not.toContain('secret-token')
    expect(rows.every(({ sent_at, due_at, error }) => sent_at === noon && due_at === null && error === null)).toBe(true)
  })

  test('is noted as sent even where the database fails for a moment', async () => {
    let failures = 0
    const newsroom = await withQueue(1, (database) => ({
      ...database,
      query: disturbedQuery(database, async (sql) => {
        if (!sql.includes('"sent_at" = ?') || failures > 0) return
        failures += 1
        throw new Error('the database is away')
      }),
    }))
    const { mailer, taken } = aMailer()
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 1 })
    newsroom.at(leaseFor)
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 0 })
    expect([failures, taken.length]).toEqual([1, 1])
  })

  test('is sent no further than it may be at a time, those due longest first', async () => {
    const newsroom = await withQueue(3)
    const { database } = newsroom
    const late = aMail('late@example.com', aLetter)
    await database.atomically(writesToQueue(database, late, later(-minute), day))
    const { mailer, taken } = aMailer()
    await sendDue(newsroom, mailer, 1)
    expect(taken.map(({ to }) => to)).toEqual(['late@example.com'])
    await sendDue(newsroom, mailer, 2)
    expect(taken).toHaveLength(3)
  })
})

describe('two senders', () => {
  test('at once, in whatever order their statements come, send each mail once', async () => {
    const turns = fc.record({
      scheduler: fc.scheduler(),
      count: fc.integer({ min: 1, max: 12 }),
      senders: fc.integer({ min: 2, max: 4 }),
    })
    const check = fc.asyncProperty(turns, async ({ scheduler, count, senders }) => {
      const newsroom = await withQueue(count, (database) => ({
        ...database,
        query: disturbedQuery(database, () => scheduler.schedule(Promise.resolve(), 'a statement')),
      }))
      const { mailer, taken } = aMailer()
      const slow: Mailer = { send: (mail) => scheduler.schedule(Promise.resolve(), 'SMTP').then(() => mailer.send(mail)) }
      const all = await scheduler.waitFor(Promise.all(Array.from({ length: senders }, () => sendDue(newsroom, slow))))
      expect(taken.map(({ id }) => id).toSorted()).toEqual(newsroom.mails.map(({ id }) => id).toSorted())
      expect(all.reduce((sum, { sent }) => sum + sent, 0)).toBe(count)
    })
    await fc.assert(check, { numRuns: rounds(60) })
  })

  test('have a mail one after the other: only when the first has said nothing for two minutes is the second given it', async () => {
    const { database, mails } = await withQueue(1)
    const first = await lease(database, later(0), 5)
    expect(first.map(({ id }) => id)).toEqual([mails[0]?.id])
    expect(await lease(database, later(0), 5)).toEqual([])
    expect(await lease(database, later(leaseFor - 1), 5)).toEqual([])
    const second = await lease(database, later(leaseFor), 5)
    expect(second.map(({ id }) => id)).toEqual([mails[0]?.id])
  })

  test('are heeded in turn: what the first says of a refusal, once the second has the mail, changes nothing', async () => {
    const { database } = await withQueue(1)
    const [first] = await lease(database, later(0), 1)
    const [second] = await lease(database, later(leaseFor), 1)
    if (!first || !second) throw new Error('Nothing was leased.')
    const before = await rowsOf(database)
    await markRefused(database, first, undefined, 'no such mailbox', later(leaseFor + 1))
    expect(await rowsOf(database)).toEqual(before)
    await markSent(database, second, later(leaseFor + 2))
    await markRefused(database, second, later(leaseFor + minute), 'later', later(leaseFor + 3))
    expect(await lease(database, later(10 * leaseFor), 1)).toEqual([])
    expect((await rowsOf(database))[0]).toMatchObject({
      sent_at: later(leaseFor + 2).toISOString(),
      error: null,
      failed_at: null,
    })
  })

  test('whom a late word tells that the mail was taken after all do not send it once more', async () => {
    const { database } = await withQueue(1)
    const [first] = await lease(database, later(0), 1)
    const [second] = await lease(database, later(leaseFor), 1)
    if (!first || !second) throw new Error('Nothing was leased.')
    await markSent(database, first, later(leaseFor + 1))
    await markRefused(database, second, later(leaseFor + minute), 'later', later(leaseFor + 2))
    expect(await lease(database, later(10 * leaseFor), 1)).toEqual([])
  })
})

describe('a mail that is refused', () => {
  test('for now is tried again after 1, 5 and 30 minutes, 2 and 12 hours, and then given up and kept', async () => {
    const newsroom = await withQueue(1)
    const { mailer } = aMailer(notNow)
    const tried: number[] = []
    for (let time = 0; time <= 24 * 60; time += time < 48 ? 1 : 12) {
      newsroom.at(time * minute)
      const { postponed, givenUp } = await sendDue(newsroom, mailer)
      if (postponed + givenUp > 0) tried.push(time)
    }
    expect(tried).toEqual([0, 1, 1 + 5, 1 + 5 + 30, 36 + 120, 156 + 720])
    const [mail] = await listUnsent(newsroom.database, 5)
    expect(mail).toMatchObject({ isGivenUp: true, refusals: 6, error: '451 reader-0@example.com: later', text: aLetter.text })
  })

  test('for now is not given up sooner because its senders have died', async () => {
    const newsroom = await withQueue(1)
    for (let death = 0; death < 20; death += 1) expect(await lease(newsroom.database, later(death * leaseFor), 1)).toHaveLength(1)
    newsroom.at(20 * leaseFor)
    expect(await sendDue(newsroom, aMailer(notNow).mailer)).toMatchObject({ postponed: 1, logged: [{ refusals: 1 }] })
  })

  test('for now is sent when the server has thought better of it', async () => {
    const newsroom = await withQueue(1)
    await sendDue(newsroom, aMailer(notNow).mailer)
    newsroom.at(minute)
    const { mailer, taken } = aMailer()
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 1 })
    expect(taken).toHaveLength(1)
    expect((await rowsOf(newsroom.database))[0]).toMatchObject({ error: null, failed_at: null })
  })

  test('for good is given up at once, and does not keep another from being sent', async () => {
    const newsroom = await withQueue(7)
    const { mailer, taken } = aMailer(({ to }) => (to.startsWith('reader-3') ? never() : undefined))
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 6, givenUp: 1, postponed: 0 })
    newsroom.at(24 * 60 * minute)
    expect(await sendDue(newsroom, mailer)).toMatchObject({ sent: 0, givenUp: 0 })
    expect(taken).toHaveLength(6)
  })

  test('by a fault of ours is refused for now', async () => {
    const newsroom = await withQueue(1)
    const broken: Mailer = { send: () => Promise.reject(new TypeError('secret-token is not a function')) }
    expect(await sendDue(newsroom, broken)).toMatchObject({ postponed: 1, logged: [{ code: 'TypeError' }] })
  })

  test('is logged without its address, its answer or its text', async () => {
    const newsroom = await withQueue(2)
    const { mailer } = aMailer(({ to }) => (to.startsWith('reader-0') ? notNow() : never()))
    const { logged } = await sendDue(newsroom, mailer)
    const [one, other] = newsroom.mails
    expect(logged.toSorted((a, b) => String(b['level']).localeCompare(String(a['level'])))).toEqual([
      { level: 'warn', mail: one?.id, outcome: 'postponed', refusals: 1, code: 'EENVELOPE 451' },
      { level: 'error', mail: other?.id, outcome: 'givenUp', refusals: 1, code: 'EENVELOPE 550' },
    ])
    expect(JSON.stringify(logged)).not.toMatch(/@|secret|mailbox|later/)
  })
})

test('a sender that is told to stop finishes what it has begun and takes up nothing more', async () => {
  const { site, database } = await withQueue(20)
  const stop = new AbortController()
  const { mailer, taken } = aMailer()
  const stopping: Mailer = {
    async send(mail) {
      stop.abort()
      await mailer.send(mail)
    },
  }
  const { sent } = await sendWaiting(site, { mailer: stopping, log: () => {}, stop: stop.signal }, 20)
  expect([sent, taken.length]).toEqual([5, 5])
  const rows = await rowsOf(database)
  expect(rows.filter(({ due_at }) => due_at === noon)).toHaveLength(15)
  expect(rows.filter(({ sent_at }) => sent_at !== null)).toHaveLength(5)
})

test('that a mail was sent is known for a week, and one that could not be sent is kept for thirty days', async () => {
  const newsroom = await withQueue(3)
  const { mailer } = aMailer(({ to }) => (to.startsWith('reader-0') ? never() : to.startsWith('reader-1') ? notNow() : undefined))
  await sendDue(newsroom, mailer)
  const leftAfter = async (days: number) => {
    newsroom.at(days * 24 * 60 * minute)
    await prune(newsroom.site)
    return (await rowsOf(newsroom.database)).map(({ recipient }) => recipient.slice(0, 8))
  }
  expect(await leftAfter(7)).toEqual(['reader-0', 'reader-1', 'reader-2'])
  expect(await leftAfter(7.01)).toEqual(['reader-0', 'reader-1'])
  expect(await leftAfter(30)).toEqual(['reader-0', 'reader-1'])
  expect(await leftAfter(30.01)).toEqual([])
})

/** The database with something done before each statement that is not part of a batch. */
const disturbedQuery = (database: Database, before: (sql: string) => Promise<void>): Database['query'] =>
  new Kysely<Schema>({
    dialect: sqliteDialect(async (query) => {
      await before(query.sql)
      return (await database.query.executeQuery(query)) as never
    }),
  })
