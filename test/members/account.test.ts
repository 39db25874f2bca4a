import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPerson } from '../../src/members/person-store'
import { find, shown } from '../support/html'
import { aMember, anApplication, editor, everyRow, linkTo, send } from '../support/membership'
import { openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const actions = ['language', 'sessions', 'sign-out', 'delete'] as const

describe('somebody who is not signed in', () => {
  test('is led to sign in, and from there to their account in the same language', async () => {
    const newsroom = await openNewsroom()
    for (const path of ['/fr/account', '/fr/account/export', '/fr/account/delete']) {
      const response = await newsroom.get(path)
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/fr/sign-in?next=%2Ffr%2Faccount'])
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    }
    const form = await newsroom.text('/fr/sign-in?next=%2Ffr%2Faccount')
    expect(find(form, 'input', { name: 'next' })[0]?.attributes.get('value')).toBe('/fr/account')
    await send(newsroom, '/fr/sign-in', { address: 'ada@example.com', next: '/fr/account' })
    const confirmed = await send(newsroom, await linkTo(newsroom, 'ada@example.com'))
    expect(confirmed.headers.get('Location')).toBe('/fr/account')
  })

  test('and asks without a language is led to one they read', async () => {
    const newsroom = await openNewsroom()
    const response = await newsroom.get('/account', { 'Accept-Language': 'pl' })
    expect([response.status, response.headers.get('Location')]).toEqual([302, '/pl/account'])
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
  })

  test('can change, end and delete nothing', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const before = await everyRow(newsroom.database)
    for (const action of actions) {
      const response = await send(newsroom, `/en/account/${action}`, { locale: 'fr', person: ada.id, session: 'x' })
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/en/sign-in?next=%2Fen%2Faccount'])
    }
    expect(await everyRow(newsroom.database)).toEqual(before)
  })
})

describe('an account', () => {
  test('shows its address, its membership and where it is signed in, to its owner alone', async () => {
    const newsroom = await openNewsroom({ now: '2026-03-01T10:00:00Z' })
    await aMember(newsroom, 'ada@example.com')
    newsroom.clock.now = '2026-03-05T10:00:00Z'
    const ada = await aMember(newsroom, 'ada@example.com')
    const eve = await aMember(newsroom, 'eve@example.com')
    const response = await ada.get('/en/account')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    const page = await response.text()
    const text = shown(page)
    for (const said of ['ada@example.com', 'Strategy Circle', 'Firefox · Linux', '1 March 2026', '5 March 2026']) {
      expect(text).toContain(said)
    }
    expect(text).not.toContain('Roles')
    expect(text.match(/This browser/g)).toHaveLength(1)
    expect(find(page, 'a', { href: '/en/join/alliance' })).toHaveLength(1)
    expect(await eve.text('/en/account')).not.toContain('ada@example.com')
  })

  test('names roles with their language, and leads those who decide on requests to them', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com', {
      roles: [editor, { name: 'translator', locale: 'es' }],
      tier: 'alliance',
    })
    const bob = await aMember(newsroom, 'bob@example.com')
    await bob.post('/en/join/alliance', anApplication)
    const text = shown(await ada.text('/de/account'))
    expect(text).toContain('Übersetzung (Spanisch)')
    expect(text).toContain('Aufnahmeanträge: 1')
    expect(await ada.text('/de/account')).not.toContain('href="/de/join/alliance"')
    expect(await bob.text('/de/account')).not.toContain('/account/requests')
  })

  test('is written to in the language that its owner chooses, and goes on in it', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const response = await ada.post('/en/account/language', { locale: 'ar', tier: '2', role: 'administrator' })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/ar/account'])
    expect(await findPerson(newsroom.database, { id: ada.id })).toMatchObject({ locale: 'ar', tier: 'circle', roles: [] })
    expect(find(await ada.text('/ar/account'), 'option', { value: 'ar', selected: '' })).toHaveLength(1)
    for (const locale of ['', 'xx', '../en', 'ca\n']) {
      expect((await ada.post('/en/account/language', { locale })).status).toBe(400)
    }
    expect((await findPerson(newsroom.database, { id: ada.id }))?.locale).toBe('ar')
  })

  test('keeps what a form has no field for, whatever is sent with it', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const kept = await findPerson(newsroom.database, { id: ada.id })
    const name = fc.constantFrom('tier', 'role', 'roles', 'roles[]', 'person', 'person_id', 'id', 'address', 'name', 'joined_at')
    const value = fc.constantFrom('2', 'alliance', 'administrator', 'editor', 'all', 'eve@example.com')
    const forms = fc.constantFrom<readonly [string, Record<string, string>]>(
      ['/en/account/language', { locale: 'en' }],
      ['/en/account/sessions', { session: 'none' }],
      ['/en/join/alliance', anApplication],
    )
    await fc.assert(
      fc.asyncProperty(forms, fc.dictionary(name, value), async ([path, fields], more) => {
        await ada.post(
          `${path}?${new URLSearchParams(more)}`,
          { ...more, ...fields },
          { Cookie: `${ada.cookie}; tier=2; role=editor` },
        )
        expect(await findPerson(newsroom.database, { id: ada.id })).toEqual(kept)
      }),
      { numRuns: rounds(12) },
    )
  })

  test('believes no form of another site, and none that does not say where it is from', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const before = await everyRow(newsroom.database)
    const send = (path: string, headers: Record<string, string>) =>
      newsroom.ask(path, {
        method: 'POST',
        headers: { Cookie: ada.cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ locale: 'fr', ...anApplication }).toString(),
      })
    const paths = [...actions.map((action) => `/en/account/${action}`), '/en/join/alliance', '/en/account/requests']
    for (const path of paths) {
      for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, {}]) {
        expect([path, (await send(path, headers)).status]).toEqual([path, 400])
      }
      expect([path, (await newsroom.get(path, { Cookie: ada.cookie })).status]).not.toEqual([path, 303])
    }
    expect(await everyRow(newsroom.database)).toEqual(before)
  })
})

describe('a session', () => {
  test('that is ended elsewhere no longer signs in, and the others go on', async () => {
    const newsroom = await openNewsroom()
    const lost = await aMember(newsroom, 'ada@example.com')
    const kept = await aMember(newsroom, 'ada@example.com')
    const [entry] = find(await kept.text('/en/account'), 'form', { action: '/en/account/sessions' })
    expect(entry).toBeDefined()
    const [button] = find(await kept.text('/en/account'), 'button', { name: 'session' }).filter(
      ({ text }) => text === 'End this session',
    )
    const ended = await kept.post('/en/account/sessions', { session: button?.attributes.get('value') ?? '' })
    expect([ended.status, ended.headers.get('Location')]).toEqual([303, '/en/account'])
    expect((await lost.get('/en/account')).status).toBe(303)
    expect((await kept.get('/en/account')).status).toBe(200)
  })

  test('of another person cannot be ended, and whoever tries is not told that it is there', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const eve = await aMember(newsroom, 'eve@example.com')
    const { id } = await newsroom.database.query
      .selectFrom('session')
      .select('id')
      .where('person_id', '=', ada.id)
      .executeTakeFirstOrThrow()
    const answers = await Promise.all(
      [id, 'nothing'].map((session) => eve.post('/en/account/sessions', { session, person: ada.id })),
    )
    expect(answers.map(({ status, headers }) => [status, headers.get('Location'), headers.get('Set-Cookie')])).toEqual([
      [303, '/en/account', null],
      [303, '/en/account', null],
    ])
    expect((await ada.get('/en/account')).status).toBe(200)
  })

  test('ends by signing out everywhere, wherever it is', async () => {
    const newsroom = await openNewsroom()
    const [one, other] = [await aMember(newsroom, 'ada@example.com'), await aMember(newsroom, 'ada@example.com')]
    const eve = await aMember(newsroom, 'eve@example.com')
    const response = await one.post('/en/account/sign-out')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/en/'])
    expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-session=; .*Max-Age=0/)
    expect(response.headers.get('Clear-Site-Data')).toBe('"cache"')
    expect((await one.get('/en/account')).status).toBe(303)
    expect((await other.get('/en/account')).status).toBe(303)
    expect((await eve.get('/en/account')).status).toBe(200)
  })

  test('that has been idle for too long is not shown as one', async () => {
    const newsroom = await openNewsroom({ now: '2026-01-01T00:00:00Z' })
    await aMember(newsroom, 'ada@example.com')
    newsroom.clock.now = '2026-03-01T00:00:00Z'
    const ada = await aMember(newsroom, 'ada@example.com')
    expect(shown(await ada.text('/en/account'))).not.toContain('1 January 2026')
  })
})

describe('the download of one’s data', () => {
  test('holds everything that is kept of a person, nothing that signs in, and nobody else', async () => {
    const newsroom = await openNewsroom()
    const eve = await aMember(newsroom, 'eve@example.com')
    await eve.post('/en/join/alliance', { ...anApplication, reason: 'The reason of Eve' })
    const ada = await aMember(newsroom, 'ada@example.com', { roles: [{ name: 'translator', locale: 'es' }] })
    await ada.post('/en/join/alliance', anApplication)
    await send(newsroom, '/en/sign-in', { address: ada.address, next: '/en/confidence' })
    const response = await ada.get('/en/account/export')
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="account.json"')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
    const text = await response.text()
    const kept = JSON.parse(text)
    expect(kept).toMatchObject({
      person: { id: ada.id, address: ada.address, locale: 'en', tier: 'circle', roles: [{ name: 'translator', locale: 'es' }] },
      sessions: [{ browser: 'Firefox · Linux' }],
      requests: [{ ...anApplication, decidedAt: null }],
    })
    expect(kept.links).toHaveLength(2)
    expect(kept.mails).toHaveLength(1)
    expect(kept.log.map(({ act }: { act: string }) => act)).toEqual(['joined', 'signed-in'])
    expect(text).not.toMatch(/vern_|[0-9a-f]{64}|hash/)
    expect(text).not.toMatch(/Eve|eve@|sign-in\//)
    for (const [table, rows] of await everyRow(newsroom.database)) {
      if (!rows.includes(ada.id) && !rows.includes(ada.address)) continue
      expect(['person', 'role', 'session', 'confirmation', 'membership_request', 'mail', 'audit']).toContain(table)
    }
  })
})

describe('an account that is deleted', () => {
  test('asks once more before, and nothing happens until the button is pressed', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const page = await ada.text('/en/account/delete')
    expect(find(page, 'form', { method: 'post', action: '/en/account/delete' })).toHaveLength(1)
    expect(shown(page)).toContain('You cannot undo this.')
    expect((await ada.get('/en/account')).status).toBe(200)
  })

  test('leaves its address in no table, and its id in the log alone', async () => {
    const newsroom = await openNewsroom()
    const chief = await aMember(newsroom, 'chief@example.com', { roles: [editor] })
    const ada = await aMember(newsroom, 'ada.leaves@example.com', { roles: [{ name: 'translator', locale: 'es' }] })
    await ada.post('/en/join/alliance', { ...anApplication, reason: 'A reason of their own' })
    const { id } = await newsroom.database.query
      .selectFrom('membership_request')
      .select('id')
      .where('person_id', '=', ada.id)
      .executeTakeFirstOrThrow()
    await chief.post('/en/account/requests', { request: id, decision: 'refused' })
    await ada.post('/en/join/alliance', { ...anApplication, reason: 'Another reason of their own' })
    await send(newsroom, '/en/sign-in', { address: ada.address })
    const other = await aMember(newsroom, ada.address)
    await send(newsroom, '/en/sign-in', { address: ada.address })
    const waiting = await linkTo(newsroom, ada.address)
    const holding = async (what: string) =>
      [...(await everyRow(newsroom.database))].filter(([, rows]) => rows.includes(what)).map(([table]) => table)
    expect((await holding(ada.address)).toSorted()).toEqual(['confirmation', 'mail', 'person'])

    const response = await other.post('/en/account/delete')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/en/account/deleted'])
    expect(response.headers.get('Clear-Site-Data')).toBe('"cache", "cookies", "storage"')
    expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-session=; .*Max-Age=0/)
    expect(await holding(ada.address)).toEqual([])
    expect(await holding('of their own')).toEqual([])
    expect(await holding(ada.id)).toEqual(['audit'])
    expect((await ada.get('/en/account')).status).toBe(303)
    expect((await newsroom.get(waiting)).status).toBe(410)
    expect(shown(await newsroom.text('/en/account/deleted'))).toContain('Your account has been deleted')
    expect((await chief.get('/en/account')).status).toBe(200)
  })

  test('of an editor leaves what they decided, without their name', async () => {
    const newsroom = await openNewsroom()
    const chief = await aMember(newsroom, 'chief@example.com', { roles: [editor] })
    const ada = await aMember(newsroom, 'ada@example.com')
    await ada.post('/en/join/alliance', anApplication)
    const request = (await newsroom.database.query.selectFrom('membership_request').select('id').executeTakeFirstOrThrow()).id
    await chief.post('/en/account/requests', { request, decision: 'granted' })
    await chief.post('/en/account/delete')
    const row = await newsroom.database.query.selectFrom('membership_request').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ decision: 'granted', decided_by: null })
    expect((await findPerson(newsroom.database, { id: ada.id }))?.tier).toBe('alliance')
  })
})
