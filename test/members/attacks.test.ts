import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { runtime } from '#runtime'
import { fieldsIn } from '../../src/delivery/form'
import { limits } from '../../src/delivery/limits'
import type { QueuedMail } from '../../src/mail/mail'
import { sendWaiting } from '../../src/mail/send'
import { listNotes } from '../../src/members/audit-store'
import { findPerson, findVisitor, visitorOf } from '../../src/members/person-store'
import { pathToGo } from '../../src/members/session'
import { linkMax } from '../../src/members/sign-in'
import { withoutSecrets } from '../../src/secrets/secret'
import { dangersIn, find, shown } from '../support/html'
import { fromOwnPage, signedIn } from '../support/members'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const origin = 'https://briefings.example'
const address = 'ada@example.org'

let newsroom: Newsroom
let networks = 0
const aNetwork = () => {
  networks += 1
  return `network ${networks}`
}
beforeEach(async () => {
  newsroom = await openNewsroom()
})

/** Asks from a network; from one of its own, where none is named, so that no limit is met by chance. */
function askFrom(path: string, init: RequestInit, network = aNetwork()): Promise<Response> {
  return Promise.resolve(newsroom.app.request(origin + path, init, { network, log: () => {} }))
}

const askForLink = (fields: Readonly<Record<string, string>> = {}, network?: string) =>
  askFrom('/en/sign-in', fromOwnPage(origin, { address, ...fields }), network)

const press = (path: string, cookie?: string) => askFrom(path, fromOwnPage(origin, {}, cookie))

const mails = () => newsroom.database.query.selectFrom('mail').selectAll().orderBy('queued_at').execute()

/** The links in the mails that wait, as paths, the last one asked for last. */
const links = async (): Promise<readonly string[]> =>
  (await mails()).flatMap(({ text }) => /https:\/\/briefings\.example(\/\S+\/sign-in\/vern_[\w-]{43})/.exec(text)?.[1] ?? [])

async function aLink(fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const before = new Set(await links())
  expect((await askForLink(fields)).status).toBe(303)
  const [link] = (await links()).filter((each) => !before.has(each))
  if (link === undefined) throw new Error('No link was sent.')
  return link
}

const cookieOf = (response: Response) => response.headers.get('Set-Cookie')?.split(';')[0] ?? ''
const whoBrings = async (cookie: string) =>
  (await visitorOf(newsroom.database, origin, new Request(origin, { headers: { Cookie: cookie } }), newsroom.site.now()))?.person
    .address

const countOf = async (table: 'mail' | 'session' | 'person' | 'confirmation') =>
  (await newsroom.database.query.selectFrom(table).selectAll().execute()).length

describe('a form that another site sends', () => {
  const form = 'application/x-www-form-urlencoded'
  test.each([
    ['without an Origin', { 'Content-Type': form }],
    ['from a sandbox', { 'Content-Type': form, Origin: 'null' }],
    ['from elsewhere', { 'Content-Type': form, Origin: 'https://evil.example' }],
    ['from a neighbour', { 'Content-Type': form, Origin: 'https://x.briefings.example' }],
    ['from a name that begins like ours', { 'Content-Type': form, Origin: 'https://briefings.example.evil.example' }],
    ['from here without TLS', { 'Content-Type': form, Origin: 'http://briefings.example' }],
    ['as text', { 'Content-Type': 'text/plain', Origin: 'https://evil.example' }],
    ['of no type', { Origin: 'https://evil.example' }],
    ['as its browser tells', { 'Content-Type': form, 'Sec-Fetch-Site': 'cross-site' }],
    [
      'as its browser tells of a neighbour',
      { 'Content-Type': form, 'Sec-Fetch-Site': 'same-site', Origin: 'https://x.briefings.example' },
    ],
  ])(
    '%s changes nothing: it sends no mail, signs nobody in and nobody out',
    async (_how, headers: Readonly<Record<string, string>>) => {
      const { cookie } = await signedIn(newsroom, address)
      const link = await aLink()
      const before = [await countOf('mail'), await countOf('session'), (await listNotes(newsroom.database, 1))[0]?.number]
      const body = headers['Content-Type'] === form ? 'address=eve@example.org&locale=es' : undefined
      for (const path of ['/en/sign-in', link, '/en/sign-out', '/language']) {
        const init = { method: 'POST', headers: { ...headers, Cookie: cookie }, ...(body === undefined ? {} : { body }) }
        const response = await askFrom(path, init)
        expect([path, response.status]).toEqual([path, 400])
        expect(response.headers.has('Set-Cookie')).toBe(false)
      }
      expect([await countOf('mail'), await countOf('session'), (await listNotes(newsroom.database, 1))[0]?.number]).toEqual(
        before,
      )
      expect(await whoBrings(cookie)).toBe(address)
      expect((await press(link)).status).toBe(303)
    },
  )
})

describe('a session', () => {
  test('that somebody put into the browser beforehand is not the one that it has after signing in', async () => {
    const eve = await signedIn(newsroom, 'eve@example.org')
    const madeUp = `vern_${'E'.repeat(43)}`
    for (const planted of [eve.secret, madeUp]) {
      const response = await press(await aLink(), `__Host-session=${planted}`)
      const cookie = cookieOf(response)
      expect(await whoBrings(cookie)).toBe(address)
      expect(cookie).not.toContain(planted)
      expect(await whoBrings(`__Host-session=${planted}`)).toBeUndefined()
    }
  })

  test('is in a cookie that no script, no other host and no page without TLS can reach', async () => {
    const header = (await press(await aLink())).headers.get('Set-Cookie') ?? ''
    expect(header).toMatch(/^__Host-session=vern_[\w-]{43}; /)
    expect(header.split('; ').slice(1).toSorted()).toEqual(['HttpOnly', 'Max-Age=15552000', 'Path=/', 'SameSite=Lax', 'Secure'])
  })
})

describe('a link to sign in with', () => {
  test('works once', async () => {
    const link = await aLink()
    const first = await press(link)
    expect(first.status).toBe(303)
    const second = await press(link)
    expect([second.status, second.headers.has('Set-Cookie')]).toEqual([410, false])
    expect((await newsroom.get(link)).status).toBe(410)
    expect(await countOf('session')).toBe(1)
  })

  test('lets one in of many who use it at once', async () => {
    const link = await aLink()
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(link)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, ...Array(7).fill(410)])
    expect(answers.filter(({ headers }) => headers.has('Set-Cookie'))).toHaveLength(1)
    expect([await countOf('session'), await countOf('person')]).toEqual([1, 1])
  })

  test('is worth nothing once its time is over, and something until then', async () => {
    const [early, late] = [await aLink(), await aLink()]
    const end = Date.parse(newsroom.clock.now) + linkMax
    newsroom.clock.now = new Date(end - 1).toISOString()
    expect((await press(early)).status).toBe(303)
    newsroom.clock.now = new Date(end).toISOString()
    expect((await newsroom.get(late)).status).toBe(410)
    expect((await press(late)).status).toBe(410)
  })

  test('is not used up by a scanner that opens it, and opening it writes nothing', async () => {
    const link = await aLink()
    newsroom.forget()
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'OPTIONS']) {
      const response = await askFrom(link, { method, headers: { Accept: 'text/html' } })
      expect(response.headers.has('Set-Cookie')).toBe(false)
    }
    expect(newsroom.queries.length).toBeGreaterThan(0)
    expect(newsroom.queries.filter((statement) => !/^select /i.test(statement))).toEqual([])
    expect((await press(link)).status).toBe(303)
  })

  test('says whom it signs in before it does, so that one who was sent another’s sees it', async () => {
    const page = await newsroom.text(await aLink())
    expect(shown(page)).toContain(address)
    expect(find(page, 'form', { method: 'post' })).not.toHaveLength(0)
  })

  test('gives nobody more than its address has, whatever is sent beside it', async () => {
    const extra = { tier: '2', role: 'administrator', roles: 'administrator', id: '1', locale: 'xx', person: '1', session: 'x' }
    const link = await aLink(extra)
    expect((await askFrom(link, fromOwnPage(origin, { ...extra, address: 'eve@example.org' }))).status).toBe(303)
    expect(await findPerson(newsroom.database, { address })).toMatchObject({ address, tier: 'circle', locale: 'en', roles: [] })
    expect(await countOf('person')).toBe(1)
  })
})

describe('where one goes after signing in', () => {
  const part = fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '/\\',
      '/.',
      '/..',
      '.',
      '..',
      '/.//',
      '/%2e//',
      '/%2E%2e/',
      '%2f',
      '%5c',
      '%09',
      '\t',
      '\n',
      '\r\n',
      ' ',
    ],
    ...['\u0000', '@', ':', '?', '#', ';', '&', 'http:', 'https:', 'https://', 'javascript:', 'data:text/html,', '／', '\u2044'],
    ...['evil.example', 'evil.example/', 'briefings.example', 'briefings.example@evil.example', 'en', 'Location: x', 'é'],
  )
  const hostile = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('')),
    fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join('')}evil.example`),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.webUrl(),
  )
  const isHere = (location: string) => {
    const { origin: to } = new URL(location, `${origin}/en/sign-in/x`)
    return to === origin && /^\/(?![/\\])[\x21-\x7e]*$/.test(location)
  }

  test('is this site, however an address is spelled', () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        expect(isHere(pathToGo(typed, '/en/'))).toBe(true)
      }),
      { numRuns: rounds(20_000) },
    )
    for (const typed of [
      '/.//evil.example',
      '/..//evil.example',
      '/en/..//evil.example',
      '/%2e//evil.example',
      '/./\\evil.example',
    ])
      expect([typed, isHere(pathToGo(typed, '/en/'))]).toEqual([typed, true])
  })

  test('is where the reader was going, where that is a page of this site', () => {
    for (const path of ['/', '/es/', '/es/briefings/harbour-closes?a=b#insurers', '/ar/?only=ar', '/pl/briefings/a//b'])
      expect(pathToGo(path, '/en/')).toBe(path)
  })

  test('is this site, from the form through the mail to the redirect', async () => {
    const typed = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/.//evil.example',
      '/\t/evil.example',
      'javascript:0',
    ]
    for (const [index, next] of typed.entries()) {
      const form = await newsroom.text(`/en/sign-in?next=${encodeURIComponent(next)}`)
      for (const { attributes } of find(form, 'input', { name: 'next' })) expect(isHere(attributes.get('value') ?? '')).toBe(true)
      const link = await aLink({ address: `reader-${index}@example.org`, next })
      const to = (await press(link)).headers.get('Location') ?? ''
      expect([next, isHere(to)]).toEqual([next, true])
    }
    const wanted = await aLink({ next: '/es/briefings/harbour-closes' })
    expect((await press(wanted)).headers.get('Location')).toBe('/es/briefings/harbour-closes')
  })
})

describe('whether an address is known', () => {
  beforeEach(async () => {
    await signedIn(newsroom, address, { tier: 'alliance', roles: [{ name: 'editor', locale: 'all' }] })
  })

  /** What is told to one who asks for a link, and how it was come by. */
  async function answerTo(typed: string) {
    newsroom.forget()
    const response = await askForLink({ address: typed })
    const told = { status: response.status, headers: [...response.headers], body: await response.text() }
    return { told, statements: [...newsroom.queries] }
  }

  test('is told neither by the answer nor by the statements that it takes', async () => {
    const [known, unknown] = [await answerTo(address), await answerTo('nobody@example.org')]
    expect(known.statements.length).toBeGreaterThan(1)
    expect(unknown).toEqual(known)
  })

  test('is not told to one who opens the link either: the pages say the same', async () => {
    const [known, unknown] = [await aLink(), await aLink({ address: 'bea@example.org' })]
    const pageOf = async (link: string, who: string) => (await newsroom.text(link)).replaceAll(link, '').replaceAll(who, '')
    expect(await pageOf(unknown, 'bea@example.org')).toBe(await pageOf(known, address))
  })

  // workerd's clock stands still while it works.
  test.runIf(runtime === 'node')('is not told by the time that it takes', async () => {
    const times = 60
    const ratios: number[] = []
    for (let round = 0; round < times; round += 1) {
      const timed = async (typed: string) => {
        await newsroom.database.query.deleteFrom('confirmation').execute()
        const begun = performance.now()
        await askForLink({ address: typed })
        return performance.now() - begun
      }
      const isKnownFirst = round % 2 === 0
      const first = await timed(isKnownFirst ? address : 'nobody@example.org')
      const second = await timed(isKnownFirst ? 'nobody@example.org' : address)
      ratios.push(isKnownFirst ? first / second : second / first)
    }
    const median = ratios.toSorted((one, other) => one - other)[times / 2] ?? 0
    expect(median).toBeGreaterThan(0.5)
    expect(median).toBeLessThan(2)
  })
})

describe('a stolen database', () => {
  /** Every text in every table. */
  async function textsInDatabase(): Promise<readonly string[]> {
    const { query } = newsroom.database
    const { rows: tables } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_cf%' escape '\\'
    `.execute(query)
    const texts = new Set<string>()
    for (const { name } of tables) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(query)
      for (const row of rows) for (const value of Object.values(row)) if (typeof value === 'string') texts.add(value)
    }
    return [...texts]
  }

  /** Those texts, and secrets within them, by which somebody or something is let in. */
  async function keys(): Promise<readonly string[]> {
    const texts = (await textsInDatabase()).flatMap((text) => [text, `vern_${text}`, ...(text.match(/vern_[\w-]+/g) ?? [])])
    const letIn: string[] = []
    for (const text of new Set(texts)) {
      if (/[^\x20-\x7e]/.test(text) || text.length > 300) continue
      const link = await askFrom(`/en/sign-in/${encodeURIComponent(text)}`, { headers: { Accept: 'text/html' } })
      const program = await askFrom('/api/v1/status', { headers: { Authorization: `Bearer ${text}` } })
      const who = (await whoBrings(`__Host-session=${text}`)) ?? (await whoBrings(`__Host-session=vern_${text.slice(0, 43)}`))
      if (link.status === 200 || program.status === 200 || who !== undefined) letIn.push(text)
    }
    return letIn
  }

  test('signs nobody in once the mail is sent: no text in it is a session, a link or a token', async () => {
    const { site, database } = newsroom
    await signedIn(newsroom, address, { roles: [{ name: 'administrator', locale: 'all' }] })
    await aLink()
    expect(await keys()).toHaveLength(1) // The link in the mail that waits: the one thing that there is to find.
    const sent: QueuedMail[] = []
    const mailer = { send: async (mail: QueuedMail) => void sent.push(mail) }
    await sendWaiting(site, { mailer, log: () => {} }, 10)
    expect(sent).toHaveLength(1)
    expect((await textsInDatabase()).length).toBeGreaterThan(20)
    expect(await keys()).toEqual([])
    expect(await findVisitor(database, 'vern_', site.now())).toBeUndefined()
  })
})

describe('somebody’s mailbox', () => {
  test('is sent a few letters an hour, from however many networks they are asked for, and all who ask are told the same', async () => {
    const spellings = ['ada@example.org', 'ADA@example.org', ' ada@EXAMPLE.org ', 'ada@example.org']
    const answers: string[] = []
    for (let round = 0; round < 20; round += 1) {
      const response = await askForLink({ address: spellings[round % 4] ?? '' })
      answers.push(`${response.status} ${response.headers.get('Location')}`)
    }
    expect(new Set(answers)).toEqual(new Set(['303 /en/sign-in/sent']))
    expect(await countOf('mail')).toBe(5)
    newsroom.clock.now = new Date(Date.parse(newsroom.clock.now) + 3_600_001).toISOString()
    await askForLink()
    expect(await countOf('mail')).toBe(6)
  })

  test('is sent no more where all ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => askForLink()))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
    expect([await countOf('mail'), await countOf('confirmation')]).toEqual([5, 5])
  })

  test('is not filled by one network that asks for many: it is told to wait, in its own language', async () => {
    const ask = (index: number, network: string) =>
      askFrom('/ar/sign-in', fromOwnPage(origin, { address: `reader-${index}@example.org` }), network)
    for (let index = 0; index < limits['sign-in']; index += 1) expect((await ask(index, 'the same')).status).toBe(303)
    const refused = await ask(99, 'the same')
    expect([refused.status, refused.headers.get('Content-Language')]).toEqual([429, 'ar'])
    expect(await refused.text()).toContain(newsroom.site.speak('ar').t('error.too_many.title'))
    expect(await countOf('mail')).toBe(limits['sign-in'])
    expect((await ask(100, 'another')).status).toBe(303)
  })
})

describe('a secret in an address', () => {
  test('is in no log, also where something goes wrong and however it is spelled', async () => {
    let isBroken = false
    newsroom = await openNewsroom({
      disturbed: (database) => ({
        ...database,
        atomically: (writes) => (isBroken ? Promise.reject(new Error('The disk is full.')) : database.atomically(writes)),
      }),
    })
    const link = await aLink()
    const [, secret = ''] = /vern_(.*)$/.exec(link) ?? []
    isBroken = true
    for (const path of [link, link.replace('vern_', 'vern%5F'), link.replace('vern_', '%76ern_')]) {
      const response = await newsroom.ask(path, fromOwnPage(origin))
      expect([response.status, (await response.text()).includes(secret)]).toEqual([500, false])
    }
    expect(newsroom.logged).toHaveLength(3)
    expect(JSON.stringify(newsroom.logged)).toContain('The disk is full.')
    expect(JSON.stringify(newsroom.logged)).not.toContain(secret)
  })

  test('is told to no other site: pages at such addresses send no referrer', async () => {
    const link = await aLink()
    expect((await newsroom.get(link)).headers.get('Referrer-Policy')).toBe('same-origin')
    await press(link)
    expect((await newsroom.get(link)).headers.get('Referrer-Policy')).toBe('same-origin')
  })

  test('is made unreadable wherever it stands', () => {
    const secret = 'Ab-_'.repeat(11).slice(0, 43)
    for (const prefix of ['vern_', 'vern%5f', 'vern%5F', '%76%65%72%6E%5F', 'VERN_'])
      expect(withoutSecrets(`/en/sign-in/${prefix}${secret}?a=b`)).toBe('/en/sign-in/vern_…?a=b')
  })
})

describe('the field for an address', () => {
  test('puts nothing but an address into a mail, whatever was typed', async () => {
    const piece = fc.constantFrom(
      'a',
      '@',
      'b.example',
      '\r\n',
      '\n',
      '\r',
      'Bcc: eve@evil.example',
      ',',
      ';',
      '<',
      '>',
      '"',
      ' ',
      '\u2028',
      '\u0000',
      '%0a',
      '=?utf-8?q?=0A?=',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 9 }), async (pieces) => {
        const typed = pieces.join('')
        const response = await askForLink({ address: typed })
        expect([303, 400]).toContain(response.status)
      }),
      {
        numRuns: rounds(150),
        examples: [
          [['a', '@', 'b.example', '\r\n', 'Bcc: eve@evil.example']],
          [['a', '@', 'b.example', ',', 'a', '@', 'b.example']],
        ],
      },
    )
    const recipients = (await mails()).map(({ recipient }) => recipient)
    for (const each of recipients) expect(each).toMatch(/^[^\s@,;<>"\p{Cc}]+@[a-z0-9.-]+$/u)
    for (const { subject, headers } of await mails()) expect(subject + headers).not.toMatch(/[\r\n]|Bcc/)
    expect(recipients.join(' ')).not.toContain('evil')
  })

  test('is shown again as text, whatever was typed', async () => {
    for (const typed of [
      '"><script>alert(1)</script>',
      '\'"onfocus=alert(1) autofocus x="',
      '</form><form action=//evil.example>',
    ]) {
      const page = await (await askForLink({ address: typed })).text()
      expect(dangersIn(page)).toEqual([])
      expect(find(page, 'input', { name: 'address' }).map(({ attributes }) => attributes.get('value'))).toEqual([typed])
    }
  })
})

describe('fields with treacherous names', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

  test('are fields like others, and change nothing', async () => {
    for (const name of names) {
      const missing = await askFrom('/en/sign-in', fromOwnPage(origin, { [name]: address }))
      expect([name, missing.status]).toEqual([name, 400])
      const body = `${name}=x&${name}[address]=eve@example.org&address=${encodeURIComponent(address)}`
      const init = fromOwnPage(origin)
      const headers = { ...Object.fromEntries(new Headers(init.headers)), 'Content-Type': 'application/x-www-form-urlencoded' }
      expect((await askFrom('/en/sign-in', { ...init, headers, body })).status).toBe(303)
      expect((await askFrom('/language', fromOwnPage(origin, { locale: name }))).status).toBe(400)
      expect((await newsroom.get(`/${name}/sign-in`)).status).toBe(404)
    }
    expect(new Set((await mails()).map(({ recipient }) => recipient))).toEqual(new Set([address]))
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('are read as they were sent', async () => {
    const body = new URLSearchParams([...names.map((name) => [name, 'x']), ['address', address]])
    const fields = await fieldsIn(new Request(origin, { method: 'POST', body }))
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    for (const name of names) expect(Object.hasOwn(fields, name)).toBe(true)
    expect(fields['address']).toBe(address)
  })
})

describe('a cookie that somebody made up', () => {
  test('neither changes the language of an address that names one, nor is said back', async () => {
    const plain = await newsroom.text('/es/sign-in')
    for (const cookie of ['locale=ar', 'locale=<script>', 'locale=xx; tier=alliance; role=editor', 'session=1; __Host-session='])
      expect(await newsroom.text('/es/sign-in', { Cookie: cookie })).toBe(plain)
    for (const [locale, to] of [
      ['ar', '/ar/'],
      ['<script>', '/en/'],
      ['//evil.example', '/en/'],
      ['__proto__', '/en/'],
    ])
      expect((await newsroom.get('/', { Cookie: `locale=${locale}` })).headers.get('Location')).toBe(to)
  })
})
