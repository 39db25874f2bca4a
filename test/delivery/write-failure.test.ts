import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { writeFailureIn } from '../../src/delivery/write-failure'
import { grantToken } from '../../src/members/administer'
import { printWaiting } from '../../src/printing/print-waiting'
import { Refusal } from '../../src/problem'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aGrant } from '../support/grants'
import { shown } from '../support/html'
import { aMember, everyRow, linkTo, type Member, send } from '../support/membership'
import { type Newsroom, openNewsroom } from '../support/newsroom'

/** How databases say that they did not write. */
const failures = [
  ['full', 'database or disk is full', 'SQLITE_FULL'],
  ['full', 'D1_ERROR: database or disk is full: SQLITE_FULL', undefined],
  ['full', 'D1_ERROR: Exceeded maximum DB size.', undefined],
  ['full', 'D1_ERROR: Exceeded maximum account storage limit.', undefined],
  ['unwritable', 'attempt to write a readonly database', 'SQLITE_READONLY'],
  ['unwritable', 'database is locked', 'SQLITE_BUSY'],
  ['unwritable', 'unable to open database file', 'SQLITE_CANTOPEN'],
  ['unwritable', 'D1_ERROR: D1 DB is overloaded. Too many requests queued.', undefined],
  ['uncertain', 'disk I/O error', 'SQLITE_IOERR_WRITE'],
  ['uncertain', 'D1_ERROR: Network connection lost.', undefined],
  ['uncertain', 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.', undefined],
  ['uncertain', 'D1_ERROR: Internal error in D1 DB storage caused object to be reset.', undefined],
  ['uncertain', 'D1_ERROR: D1 DB reset because its code was updated.', undefined],
] as const

const failure = (message: string, code?: string) => Object.assign(new Error(message), code === undefined ? {} : { code })

test.each(failures)('%s: “%s”', (expected, message, code) => {
  expect(writeFailureIn(failure(message, code))).toBe(expected)
  expect(writeFailureIn(failure(message))).toBe(expected) // Also when a thread hands on no more than its words.
})

test.each([
  ['a constraint', failure('UNIQUE constraint failed: person.address', 'SQLITE_CONSTRAINT_UNIQUE')],
  ['a fault of ours', new TypeError('x is not a function')],
  ['a query that is wrong', failure('no such table: press', 'SQLITE_ERROR')],
  ['a damaged file', failure('database disk image is malformed', 'SQLITE_CORRUPT')],
  ['a refusal', new Refusal('database.full')],
  ['no error', 'disk I/O error'],
])('%s is no failure to write', (_name, error) => {
  expect(writeFailureIn(error)).toBeUndefined()
})

/** A database that writes nothing more from its n-th write on, and says so in these words. */
function stubborn() {
  let left = Number.POSITIVE_INFINITY
  let error = failure('')
  return {
    watch: ({ sql }: CompiledQuery) => {
      if (!/^\s*(insert|update|delete)/i.test(sql)) return
      left -= 1
      if (left <= 0) throw error
    },
    failFrom: (write: number, what: Error) => {
      left = write
      error = what
    },
    recover: () => {
      left = Number.POSITIVE_INFINITY
    },
  }
}

async function aSite() {
  const database = stubborn()
  const newsroom = await openNewsroom({ settings: { COMMENTS: 'on' }, watch: database.watch })
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl')] })
  const ada = await aMember(newsroom, 'ada@example.com', { locale: 'es' })
  const grant = aGrant({ locales: 'all', mayWrite: true, mayPublish: true, mayEdit: true, seesGated: true })
  const { secret } = await grantToken(newsroom.site, grant, 'a test')
  return { newsroom, database, ada, secret }
}

interface At {
  readonly newsroom: Newsroom
  readonly ada: Member
  readonly secret: string
}

const asProgram = ({ newsroom, secret }: At, path: string, init: RequestInit) =>
  newsroom.ask(path, { ...init, headers: { Accept: '*/*', Authorization: `Bearer ${secret}`, ...init.headers } })
const pack = JSON.stringify({
  locale: 'es',
  source: 'en',
  sourceRevision: 1,
  state: 'approved',
  provenance: 'human',
  credits: [],
  segments: { title: 'Cierra el puerto' },
})
const packs = '/api/v1/packs?file=harbour-closes.json&publish=true'
const polish = aTranslation(aBriefing(), 'pl')
const retitled = { ...polish, segments: { ...polish.segments, title: 'Port zamknięty' } }
const renamed = revised(aBriefing(), 'minor', '2025-12-02T08:00:00Z', (each) => ({ ...each, title: 'The port closes' }))

/** What people and programs send, each of which writes. */
const acts: Readonly<Record<string, (at: At) => Promise<Response>>> = {
  'a comment': ({ ada }) => ada.post('/es/briefings/harbour-closes/comments', { text: 'Hello.' }),
  'a report': ({ ada }) =>
    ada.post('/es/briefings/harbour-closes/report', { segment: 'body.closure', kind: 'meaning', detail: 'It opened.' }),
  'an application': ({ ada }) => ada.post('/es/join/alliance', { role: 'Analyst', organisation: 'Port', reason: 'We plan.' }),
  'a comment whose writer’s session has ended': async ({ newsroom, ada }) =>
    await send(newsroom, '/es/briefings/harbour-closes/comments', { text: 'Hello.', writer: ada.id }),
  'a wish to follow': ({ ada }) => ada.post('/fr/briefings/harbour-closes/follow', { wish: 'available' }),
  'a wish to follow, by email': ({ newsroom }) =>
    send(newsroom, '/fr/briefings/harbour-closes/follow', { wish: 'available', address: 'eve@example.com' }),
  'a subscription': ({ newsroom }) =>
    send(newsroom, '/es/newsletter', { rhythm: 'weekly', locale: 'es', address: 'eve@example.com' }),
  'a wish for a link': ({ newsroom }) => send(newsroom, '/es/sign-in', { address: 'eve@example.com' }),
  'the use of a link': async ({ newsroom }) => await send(newsroom, await linkTo(newsroom, 'bob@example.com')),
  'the language of an account': ({ ada }) => ada.post('/es/account/language', { locale: 'fr' }),
  'the end of an account': ({ ada }) => ada.post('/es/account/delete'),
  'a file of a translator’s program': (at) => asProgram(at, packs, { method: 'POST', body: pack }),
  'a file under a key': (at) =>
    asProgram(at, packs, { method: 'POST', body: pack, headers: { 'Idempotency-Key': crypto.randomUUID() } }),
  'a translation': (at) =>
    asProgram(at, '/api/v1/translations/pl/harbour-closes?publish=true', {
      method: 'PUT',
      headers: { 'If-Match': '*' },
      body: JSON.stringify(retitled),
    }),
  'a briefing': (at) =>
    asProgram(at, '/api/v1/sources/harbour-closes?publish=true', {
      method: 'PUT',
      headers: { 'If-Match': '*' },
      body: JSON.stringify({ briefing: renamed }),
    }),
  'a withdrawal': (at) => asProgram(at, '/api/v1/withdraw/pl/harbour-closes', { method: 'POST', body: '{}' }),
  'a briefing taken back': (at) =>
    asProgram(at, '/api/v1/take-back/harbour-closes', { method: 'POST', body: '{"why":"Wrong."}' }),
  'a briefing removed': (at) =>
    asProgram(at, '/api/v1/remove/harbour-closes', { method: 'POST', body: '{"why":"Wrong.","confirm":"harbour-closes"}' }),
}

/** What some of them need to have happened before. */
const preparations: Readonly<Record<string, (at: At) => Promise<unknown>>> = {
  'the use of a link': ({ newsroom }) => send(newsroom, '/es/sign-in', { address: 'bob@example.com' }),
  'a briefing removed': ({ newsroom }) => newsroom.takeBack('harbour-closes'),
  'a comment': async ({ newsroom: { clock, site } }) => {
    clock.now = new Date(site.now().getTime() + 7_200_000).toISOString() // So that the use of the session is noted first.
  },
}

/** What a request may write beside what it asks: that a session or a token was used, and its key. */
const notes = ['session', 'access_token', 'sent_before']
const content = async ({ database }: Newsroom) =>
  JSON.stringify([...(await everyRow(database))].filter(([table]) => !notes.includes(table)))

describe.each(Object.entries(acts))('%s, when the disk is full from each write of it on', (name, act) => {
  test('is answered 507 and says what became of it, truly', async () => {
    const { database, ...at } = await aSite()
    const { newsroom } = at
    await preparations[name]?.(at)
    let response: Response | undefined
    const told: string[] = []
    for (let write = 1; write < 200; write += 1) {
      const before = await content(newsroom)
      database.failFrom(write, failure('database or disk is full', 'SQLITE_FULL'))
      response = await act(at)
      database.recover()
      if (response.status < 500) break
      const text = await response.text()
      expect(response.status).toBe(507)
      const kept = keptIn(text, newsroom)
      told.push(kept)
      if (kept !== 'nothing') break
      expect(await content(newsroom)).toBe(before)
    }
    expect(told.length).toBeGreaterThan(0)
    expect(['nothing', 'saved']).toContain(told.at(-1))
    if (told.at(-1) === 'saved') {
      const saved = await content(newsroom)
      expect(await printWaiting(newsroom.site, 50)).toBeGreaterThan(0)
      expect(await content(newsroom)).not.toBe(saved)
    } else expect(response?.status).toBeLessThan(400 + (name.includes('session') ? 4 : 0))
  })

  test('is answered 503 and is not sure, when the disk fails', async () => {
    const { database, ...at } = await aSite()
    await preparations[name]?.(at)
    database.failFrom(name.endsWith('a key') ? 2 : 1, failure('disk I/O error', 'SQLITE_IOERR_WRITE'))
    const response = await act(at)
    database.recover()
    expect(response.status).toBe(503)
    expect(keptIn(await response.text(), at.newsroom)).toBe('unknown')
    expect(at.newsroom.logged.map(({ error }) => String(error)).join()).toContain('disk I/O error')
  })
})

test('a request under a key that was done is answered as done, even if its answer cannot be kept', async () => {
  const { database, ...at } = await aSite()
  const { newsroom } = at
  newsroom.forget()
  const act = acts['a file under a key'] as (at: At) => Promise<Response>
  const isKeeping = (sql: string) => /^update .?sent_before/i.test(sql)
  await act(at)
  const writes = newsroom.queries.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))
  expect(isKeeping(writes.at(-1) ?? '')).toBe(true)
  const other = await aSite()
  other.database.failFrom(writes.length, failure('database or disk is full', 'SQLITE_FULL'))
  const response = await act(other)
  expect([response.status, ((await response.json()) as { isSaved: boolean }).isSaved]).toEqual([200, true])
})

/** What an answer says became of what was sent: in its problem, or in the words of its page. */
function keptIn(text: string, { site }: Newsroom): string {
  if (text.startsWith('{')) return String((JSON.parse(text) as { kept?: string }).kept)
  const said = (['nothing', 'unknown', 'saved'] as const).filter((kept) =>
    ['es', 'fr'].some((locale) => shown(text).includes(site.speak(locale).t(`error.kept.${kept}`))),
  )
  expect(said).toHaveLength(1)
  return said.join()
}

test('what is read is read all the same: by members, by programs, by everybody', async () => {
  const { newsroom, database, ada, secret } = await aSite()
  newsroom.clock.now = new Date(newsroom.site.now().getTime() + 7_200_000).toISOString() // So that the use of both is noted.
  database.failFrom(1, failure('database or disk is full', 'SQLITE_FULL'))
  for (const path of ['/es/briefings/harbour-closes', '/es/account', '/es/briefings/harbour-closes/comments']) {
    expect((await ada.get(path)).status).toBe(200)
  }
  expect((await newsroom.get('/es/')).status).toBe(200)
  expect((await asProgram({ newsroom, ada, secret }, '/api/v1/status', {})).status).toBe(200)
  expect((await newsroom.get('/healthz')).status).toBe(200)
})

test('the readiness says that writing fails and why, and that it works again, by itself; nobody can make it write all the time', async () => {
  const { newsroom, database } = await aSite()
  const ready = async () => {
    newsroom.clock.now = new Date(newsroom.site.now().getTime() + 5000).toISOString()
    const response = await newsroom.get('/readyz')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    return [response.status, (await response.json()) as object]
  }
  expect(await ready()).toEqual([200, { status: 'ok' }])
  for (const [status, message] of failures) {
    database.failFrom(1, failure(message))
    expect(await ready()).toEqual([503, { status }])
  }
  database.recover()
  expect(await ready()).toEqual([200, { status: 'ok' }])
  expect((await everyRow(newsroom.database)).get('write_attempt')).toBe('[]')
  newsroom.forget()
  for (let asked = 0; asked < 20; asked += 1) await newsroom.get('/readyz')
  expect(newsroom.queries).toEqual([])
})
