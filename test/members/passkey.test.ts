import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aPasskey, type Claims } from '../support/authenticator'
import { fromOwnPage, type SignedIn, signedIn } from '../support/members'
import { openNewsroom } from '../support/newsroom'

let newsroom: Awaited<ReturnType<typeof openNewsroom>>
let ania: SignedIn
let salma: SignedIn
let here: Claims

beforeEach(async () => {
  newsroom = await openNewsroom()
  here = { origin: newsroom.origin }
  ania = await signedIn(newsroom, 'ania@example.com', { locale: 'pl' })
  salma = await signedIn(newsroom, 'salma@example.com', { locale: 'ar' })
})
afterAll(() => expect(newsroom.logged).toEqual([]))

/** Posts JSON as the script of our pages does. */
const post = (path: string, data: unknown, headers: Record<string, string> = {}) =>
  newsroom.ask(path, {
    method: 'POST',
    body: JSON.stringify(data),
    headers: { Origin: newsroom.origin, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers },
  })

async function challengeTo(path: string, cookie = '') {
  const response = await post(path, {}, { Cookie: cookie })
  return ((await response.json()) as { challenge: string }).challenge
}
const toAdd = ({ cookie }: { cookie: string }) => challengeTo('/pl/account/passkeys/options', cookie)
const toSignIn = () => challengeTo('/pl/sign-in/passkey/options')
const add = async ({ cookie }: { cookie: string }, credential: unknown) =>
  (await post('/pl/account/passkeys', { credential }, { Cookie: cookie })).status
const enter = (credential: unknown, headers: Record<string, string> = {}, next?: string) =>
  post('/pl/sign-in/passkey', { credential, next }, headers)

/** A passkey that Ania added. */
async function hers() {
  const passkey = await aPasskey()
  expect(await add(ania, await passkey.made(await toAdd(ania), here))).toBe(201)
  return passkey
}

describe('signing in with a passkey', () => {
  test('lets its owner in, as nobody else, and begins a session of its own', async () => {
    const passkey = await hers()
    const response = await enter(
      await passkey.signed(await toSignIn(), { ...here, owner: ania.person.id }),
      { Cookie: salma.cookie },
      '/pl/account/passkeys',
    )
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ location: '/pl/account/passkeys' })
    const [cookie = ''] = (response.headers.get('Set-Cookie') ?? '').split(';')
    expect(cookie).not.toBe(ania.cookie)
    expect(await newsroom.text('/pl/account/passkeys', { Cookie: cookie })).toContain(passkey.id)
    const before = await newsroom.get('/pl/account/passkeys', { Cookie: salma.cookie })
    expect(before.status).toBe(303) // The session that this browser had has ended.
  })

  test.each<[string, Partial<Claims>]>([
    ['for another site’s page', { origin: 'https://briefings.example.evil.example' }],
    ['bound to another site', { host: 'evil.example' }],
    ['without its owner’s finger', { isVerified: false }],
    ['in another’s name', { owner: 'somebody-else' }],
  ])('signs nobody in %s', async (_what, lie) => {
    const passkey = await hers()
    const response = await enter(await passkey.signed(await toSignIn(), { ...here, ...lie }))
    expect([response.status, response.headers.has('Set-Cookie')]).toEqual([400, false])
  })

  test('works once for each challenge, and for none that was not given, not given for this, or is too old', async () => {
    const passkey = await hers()
    const signed = await passkey.signed(await toSignIn(), here)
    const twice = await Promise.all([enter(signed), enter(signed)])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expect((await enter(await passkey.signed('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', here))).status).toBe(400)
    expect((await enter(await passkey.signed(await toAdd(ania), here))).status).toBe(400)
    const old = await toSignIn()
    newsroom.clock.now = '2026-01-01T00:05:01Z'
    expect((await enter(await passkey.signed(old, here))).status).toBe(400)
  })

  test('notices a copy, whose counter lags behind', async () => {
    const passkey = await hers()
    expect((await enter(await passkey.signed(await toSignIn(), { ...here, counter: 7 }))).status).toBe(200)
    expect((await enter(await passkey.signed(await toSignIn(), { ...here, counter: 7 }))).status).toBe(400)
    expect((await enter(await passkey.signed(await toSignIn(), { ...here, counter: 8 }))).status).toBe(200)
  })

  test('leads nowhere but to this site afterwards', async () => {
    const passkey = await hers()
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const response = await enter(await passkey.signed(await toSignIn(), here), {}, next)
      expect(await response.json()).toEqual({ location: '/pl/' })
    }
  })

  test('answers alike for a credential that nobody has and one that signed wrongly', async () => {
    const [known, unknown] = [await hers(), await aPasskey()]
    const bad = { ...here, isVerified: false }
    const answers = [
      await enter(await known.signed(await toSignIn(), bad)),
      await enter(await unknown.signed(await toSignIn(), here)),
    ]
    const [one, other] = await Promise.all(answers.map(async (each) => [each.status, await each.text()]))
    expect(one).toEqual(other)
  })
})

describe('adding a passkey', () => {
  test('takes a session: without one there is nothing here, and the page leads to where one signs in', async () => {
    const { status } = await post('/pl/account/passkeys/options', {})
    expect([status, await add({ cookie: '' }, {})]).toEqual([404, 404])
    const page = await newsroom.get('/pl/account/passkeys')
    expect([page.status, page.headers.get('Location')]).toEqual([303, '/pl/sign-in?next=%2Fpl%2Faccount%2Fpasskeys'])
  })

  test('takes a challenge that this person was given, once', async () => {
    const passkey = await aPasskey()
    expect(await add(ania, await passkey.made(await toAdd(salma), here))).toBe(400)
    expect(await add(ania, await passkey.made(await toSignIn(), here))).toBe(400)
    const made = await passkey.made(await toAdd(ania), here)
    expect(await add(ania, made)).toBe(201)
    expect(await add(ania, made)).toBe(400)
  })

  test('takes no credential that somebody has, on another site’s word, or of another form', async () => {
    const passkey = await hers()
    expect(await add(salma, await passkey.made(await toAdd(salma), here))).toBe(400)
    const other = await aPasskey()
    expect(await add(salma, await other.made(await toAdd(salma), { origin: 'https://evil.example' }))).toBe(400)
    expect(await add(salma, await other.made(await toAdd(salma), { ...here, isVerified: false }))).toBe(400)
    for (const credential of [null, 7, 'x', [], {}, { id: '__proto__' }, { ...(await other.made('x', here)), response: {} }]) {
      expect(await add(salma, credential)).toBe(400)
    }
  })

  test('stops at twenty', async () => {
    await hers()
    const { query } = newsroom.database
    const [first] = await query.selectFrom('passkey').selectAll().execute()
    for (let count = 1; first && count < 20; count++)
      await query
        .insertInto('passkey')
        .values({ ...first, id: `more-${count}` })
        .execute()
    const passkey = await aPasskey()
    expect(await add(ania, await passkey.made(await toAdd(ania), here))).toBe(400)
    expect(await newsroom.text('/pl/account/passkeys', { Cookie: ania.cookie })).not.toContain('data-passkey')
  })

  test('is asked for by our own pages alone', async () => {
    const { cookie } = ania
    const made = await (await aPasskey()).made(await toAdd(ania), here)
    const body = JSON.stringify({ credential: made })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { Origin: newsroom.origin, 'Content-Type': type, Cookie: cookie }
      expect((await newsroom.ask('/pl/account/passkeys', { method: 'POST', body, headers })).status).toBe(400)
    }
    const foreign = {
      'Content-Type': 'text/plain',
      Origin: 'https://evil.example',
      'Sec-Fetch-Site': 'cross-site',
      Cookie: cookie,
    }
    expect((await newsroom.ask('/pl/account/passkeys', { method: 'POST', body, headers: foreign })).status).toBe(400)
    expect(await newsroom.text('/pl/account/passkeys', { Cookie: cookie })).not.toContain(made.id)
  })
})

test('a passkey is removed by its owner and by nobody else', async () => {
  const { id } = await hers()
  const path = '/pl/account/passkeys/remove'
  const remove = async ({ cookie }: SignedIn, from = newsroom.origin) =>
    (await newsroom.ask(path, fromOwnPage(from, { id }, cookie))).status
  expect(await remove(salma)).toBe(404)
  expect(await remove(ania, 'https://evil.example')).toBe(400)
  expect(await newsroom.text('/pl/account/passkeys', { Cookie: ania.cookie })).toContain(id)
  expect(await remove(ania)).toBe(303)
  expect(await newsroom.text('/pl/account/passkeys', { Cookie: ania.cookie })).not.toContain(id)
})

test('the log of what happened tells that passkeys came and went', async () => {
  const { id } = await hers()
  await newsroom.ask('/pl/account/passkeys/remove', fromOwnPage(newsroom.origin, { id }, ania.cookie))
  const acts = await newsroom.database.query
    .selectFrom('audit')
    .select('act')
    .where('actor', '=', ania.person.id)
    .orderBy('number')
    .execute()
  expect(acts.map(({ act }) => act)).toEqual(['signed-in', 'passkey-added', 'passkey-removed'])
})
