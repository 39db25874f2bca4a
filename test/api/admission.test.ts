import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { revokeToken } from '../../src/members/administer'
import { listTokens } from '../../src/members/token-store'
import { aBriefing } from '../support/briefings'
import { routesOf } from '../support/outputs'
import { anHour, type Call, openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let secrets: Readonly<Record<Kind, string | undefined>>

const kinds = [
  'none',
  'unknown',
  'revoked',
  'expired',
  'reads Spanish',
  'sends Spanish',
  'sends Polish',
  'reads all',
  'sends all, with members’ texts',
  'edits',
  'publishes',
] as const
type Kind = (typeof kinds)[number]

beforeAll(async () => {
  programs = await openToPrograms()
  const { issue, site, clock } = programs
  const revoked = await issue({ locales: 'all', mayWrite: true })
  const expired = await issue({ locales: 'all', mayWrite: true, expiresAt: '2026-01-01T01:00:00.000Z' })
  await revokeToken(site, revoked.token.id, 'a test')
  secrets = {
    none: undefined,
    unknown: `vern_${'A'.repeat(43)}`,
    revoked: revoked.secret,
    expired: expired.secret,
    'reads Spanish': (await issue()).secret,
    'sends Spanish': (await issue({ mayWrite: true })).secret,
    'sends Polish': (await issue({ locales: ['pl'], mayWrite: true })).secret,
    'reads all': (await issue({ locales: 'all' })).secret,
    'sends all, with members’ texts': (await issue({ locales: 'all', mayWrite: true, seesGated: true })).secret,
    edits: (await issue({ mayEdit: true })).secret,
    publishes: (await issue({ mayEdit: true, mayWrite: true, mayPublish: true })).secret,
  }
  clock.now = '2026-01-01T01:00:00.000Z'
})

const file = JSON.stringify({
  locale: 'es',
  source: 'en',
  sourceRevision: 1,
  state: 'approved',
  provenance: 'human',
  credits: [],
  segments: { title: 'El puerto cierra un mes' },
})

const source = JSON.stringify({ briefing: aBriefing() })

type Row = { readonly request: [path: string, init?: Call]; readonly answers: readonly number[] }

/** What everybody may ask, without a token or with one that is worth something. */
const open = (path: string): Row => ({ request: [path], answers: [200, 401, 401, 401, 200, 200, 200, 200, 200, 200, 200] })

/** What is answered before it is looked at who asks. */
const toAnybody = (status: number, path: string, init?: Call): Row => ({
  request: init ? [path, init] : [path],
  answers: kinds.map(() => status),
})
const options = { method: 'OPTIONS' }

/** Each route of the API, with a request of it that concerns Spanish, and what each kind of token is answered. */
const matrix: Readonly<Record<string, Row>> = {
  'GET /api/v1/packs/:locale/:slug': {
    request: ['/api/v1/packs/es/harbour-closes'],
    answers: [401, 401, 401, 401, 200, 200, 403, 200, 200, 200, 200],
  },
  'POST /api/v1/packs': {
    request: ['/api/v1/packs?file=harbour-closes.json', { method: 'POST', body: file }],
    answers: [401, 401, 401, 401, 403, 200, 403, 403, 200, 403, 200],
  },
  'GET /api/v1/status': {
    request: ['/api/v1/status?locale=es'],
    answers: [401, 401, 401, 401, 200, 200, 403, 200, 200, 200, 200],
  },
  'GET /api/v1/memory/:locale': {
    request: ['/api/v1/memory/es?text=Harbour'],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 200, 403, 403],
  },
  'GET /api/v1/translations/:locale': {
    request: ['/api/v1/translations/es'],
    answers: [401, 401, 401, 401, 200, 200, 403, 200, 200, 200, 200],
  },
  'GET /api/v1/translations/:locale/:slug': {
    request: ['/api/v1/translations/es/harbour-closes'],
    answers: [401, 401, 401, 401, 200, 200, 403, 200, 200, 200, 200],
  },
  'PUT /api/v1/translations/:locale/:slug': {
    request: ['/api/v1/translations/es/harbour-closes', { method: 'PUT', body: file, headers: { 'If-Match': '*' } }],
    answers: [401, 401, 401, 401, 403, 200, 403, 403, 200, 403, 200],
  },
  'GET /api/v1/sources': {
    request: ['/api/v1/sources'],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 200, 200],
  },
  'GET /api/v1/sources/:slug': {
    request: ['/api/v1/sources/harbour-closes'],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 200, 200],
  },
  'PUT /api/v1/sources/:slug': {
    request: ['/api/v1/sources/harbour-closes', { method: 'PUT', body: source, headers: { 'If-Match': '*' } }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 200, 200],
  },
  'POST /api/v1/publish/:slug': {
    request: ['/api/v1/publish/harbour-closes?dry-run=true', { method: 'POST', body: JSON.stringify({ locales: ['en', 'es'] }) }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 200],
  },
  'POST /api/v1/withdraw/:locale/:slug': {
    request: ['/api/v1/withdraw/es/harbour-closes?dry-run=true', { method: 'POST' }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 200],
  },
  'POST /api/v1/remove/:slug': {
    request: ['/api/v1/remove/harbour-closes?dry-run=true', { method: 'POST', body: JSON.stringify({ why: 'It was wrong.' }) }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 200],
  },
  'POST /api/v1/take-back/:slug': {
    request: ['/api/v1/take-back/harbour-closes?dry-run=true', { method: 'POST', body: JSON.stringify({ why: '' }) }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 200],
  },
  'PUT /api/v1/members/:address/tier': {
    request: ['/api/v1/members/ada@example.org/tier', { method: 'PUT', body: JSON.stringify({ tier: 'public' }) }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 403],
  },
  'DELETE /api/v1/members/:address/tier': {
    request: ['/api/v1/members/ada@example.org/tier', { method: 'DELETE' }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 403],
  },
  'GET /api/v1/releases': {
    request: ['/api/v1/releases'],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 200],
  },
  'POST /api/v1/releases/:id/cancel': {
    request: ['/api/v1/releases/nothing/cancel?dry-run=true', { method: 'POST' }],
    answers: [401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 404],
  },
  'GET /api/v1/locales': open('/api/v1/locales'),
  'GET /api/v1/briefings': open('/api/v1/briefings?locale=es'),
  'GET /api/v1/briefings/:slug': open('/api/v1/briefings/harbour-closes?locale=es'),
  'GET /api/v1/briefings/:slug/editions': open('/api/v1/briefings/harbour-closes/editions'),
  'GET /api/v1/search': open('/api/v1/search?q=puerto&locale=es'),
  'GET /api/v1/glossary/:locale': open('/api/v1/glossary/es'),
  'OPTIONS /api/v1/locales': toAnybody(204, '/api/v1/locales', options),
  'OPTIONS /api/v1/briefings': toAnybody(204, '/api/v1/briefings', options),
  'OPTIONS /api/v1/briefings/:slug': toAnybody(204, '/api/v1/briefings/harbour-closes', options),
  'OPTIONS /api/v1/briefings/:slug/editions': toAnybody(204, '/api/v1/briefings/harbour-closes/editions', options),
  'OPTIONS /api/v1/search': toAnybody(204, '/api/v1/search', options),
  'OPTIONS /api/v1/glossary/:locale': toAnybody(204, '/api/v1/glossary/es', options),
  'GET /api/openapi.json': toAnybody(200, '/api/openapi.json'),
  'OPTIONS /api/openapi.json': toAnybody(204, '/api/openapi.json', options),
  'GET /api/docs': toAnybody(200, '/api/docs'),
}

describe('who is let in', () => {
  test('is said of every route of the API and every kind of token', async () => {
    const routes = routesOf(programs.site).filter((route) => route.includes(' /api/'))
    expect([...routes].sort()).toEqual(Object.keys(matrix).sort())
    for (const [
      route,
      {
        request: [path, init],
        answers,
      },
    ] of Object.entries(matrix)) {
      const statuses = await Promise.all(
        kinds.map(async (kind) => (await programs.call(path, { ...init, token: secrets[kind] })).status),
      )
      expect({ route, statuses }).toEqual({ route, statuses: answers })
    }
  })

  test('is told nothing more by a refusal than that: unknown, revoked, expired and absent tokens are refused alike', async () => {
    for (const {
      request: [path, init],
      answers,
    } of Object.values(matrix)) {
      const refused = kinds.filter((_kind, place) => answers[place] === 401)
      if (refused.length === 0) continue
      const refusals = await Promise.all(
        refused.map(async (kind) => {
          const response = await programs.call(path, { ...init, token: secrets[kind] })
          return { headers: [...response.headers].sort(), body: await response.text() }
        }),
      )
      expect(new Set(refusals.map((each) => JSON.stringify(each))).size).toBe(1)
      const [{ headers, body } = { headers: [], body: '' }] = refusals
      expect(Object.fromEntries(headers)).toMatchObject({
        'www-authenticate': 'Bearer',
        'content-type': 'application/problem+json',
        'cache-control': 'private, no-store',
      })
      expect(JSON.parse(body)).toMatchObject({ status: 401, code: 'unauthorised', title: expect.stringContaining('token') })
    }
  })

  test('costs the same whether a token is unknown, revoked or expired: one question to the database', async () => {
    const { call, queries, forget } = programs
    const asked: string[] = []
    for (const kind of ['unknown', 'revoked', 'expired'] as const) {
      forget()
      await call('/api/v1/status', { token: secrets[kind] })
      asked.push(JSON.stringify(queries))
      expect(queries).toHaveLength(1)
    }
    expect(new Set(asked).size).toBe(1)
  })

  test('is decided before the file that is sent is looked at', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const init = { method: 'POST', body, duplex: 'half', token: secrets['reads all'] }
    expect((await programs.call('/api/v1/packs', init)).status).toBe(403)
    expect(pulled).toBeLessThan(3)
  })
})

describe('a token', () => {
  const status = '/api/v1/status?limit=1'

  test('is shown in the Authorization header, in any case of its scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { Authorization: `${scheme} ${secrets['reads all']}` }
      expect((await programs.call(status, { headers })).status).toBe(200)
    }
  })

  test('is nothing anywhere else: in the address, in a cookie, in a form, in another header', async () => {
    const token = secrets['sends all, with members’ texts']
    for (const name of ['access_token', 'token', 'api_key', 'authorization'])
      expect((await programs.call(`${status}&${name}=${token}`)).status).toBe(401)
    for (const headers of [
      { Cookie: `token=${token}; access_token=${token}; Authorization=Bearer ${token}` },
      { 'X-Api-Key': `${token}` },
      { 'X-Access-Token': `${token}` },
      { 'Proxy-Authorization': `Bearer ${token}` },
      { Authorization: `Basic ${btoa(`x:${token}`)}` },
      { Authorization: `Bearer ${token?.toUpperCase()}` },
      { Authorization: `Bearer ${token}x` },
      { Authorization: `Bearer vern_${'A'.repeat(5000)}` },
    ]) {
      expect((await programs.call(status, { headers })).status).toBe(401)
    }
    const form = { method: 'POST', body: new URLSearchParams({ access_token: `${token}` }) }
    expect((await programs.call('/api/v1/packs', form)).status).toBe(401)
  })

  test('is what lets a page of another site send nothing: a browser sends its cookies, and these open nothing', async () => {
    const { ask, database } = programs
    const before = await database.query.selectFrom('translation_revision').select('revision').execute()
    const response = await ask('/api/v1/packs?file=harbour-closes.json', {
      method: 'POST',
      body: file,
      headers: { 'Content-Type': 'text/plain', Origin: 'https://evil.example', Cookie: 'language=es; session=x' },
    })
    expect(response.status).toBe(401)
    expect(response.headers.has('Access-Control-Allow-Origin')).toBe(false)
    expect(response.headers.has('Set-Cookie')).toBe(false)
    expect(await database.query.selectFrom('translation_revision').select('revision').execute()).toEqual(before)
  })

  test('that was revoked while it was in use is worth nothing at the next request', async () => {
    const { issue, call, site } = programs
    const { secret, token } = await issue({ locales: 'all' })
    expect((await call(status, { token: secret })).status).toBe(200)
    await revokeToken(site, token.id, 'a test')
    expect((await call(status, { token: secret })).status).toBe(401)
  })

  test('has its use noted, once an hour, and a reading with it writes nothing else', async () => {
    const { issue, call, database, clock, queries, forget } = programs
    const { secret, token } = await issue()
    const lastUse = async () => (await listTokens(database)).find(({ id }) => id === token.id)?.lastUsedAt
    const writes = async () => {
      forget()
      expect((await call(status, { token: secret })).status).toBe(200)
      return queries.filter((each) => !/^select/i.test(each)).length
    }
    expect(await lastUse()).toBe(null)
    expect(await writes()).toBe(1)
    expect(await lastUse()).toBe(clock.now)
    expect(await writes()).toBe(0)
    clock.now = new Date(Date.parse(clock.now) + anHour).toISOString()
    expect(await writes()).toBe(1)
    expect(await lastUse()).toBe(clock.now)
  })

  test('is in no row of a stolen database, and nothing in one lets anybody in', async () => {
    const { database, call } = programs
    const { rows } = await sql<Record<string, unknown>>`select * from access_token`.execute(database.query)
    expect(rows.length).toBeGreaterThan(5)
    const stolen = JSON.stringify(rows)
    for (const secret of Object.values(secrets)) if (secret !== undefined) expect(stolen).not.toContain(secret.slice(5, 15))
    const values = rows.flatMap((row) => Object.values(row).filter((value) => value !== null))
    for (const value of values.map(String)) {
      const base64url = btoa(encodeURIComponent(value)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 43)
      for (const shown of [value, `vern_${value}`, `vern_${value.slice(0, 43)}`, `vern_${base64url}`]) {
        const response = await call(status, { token: shown.replace(/[^\x21-\x7e]/g, '') })
        expect(response.status).toBe(401)
      }
    }
  })
})

describe('an address of the API', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('refuses %s and says what it allows', async (method) => {
    for (const [path, allowed] of [
      ['/api/v1/packs/es/harbour-closes', 'GET, HEAD'],
      ['/api/v1/status', 'GET, HEAD'],
      ['/api/v1/packs', 'POST'],
    ] as const) {
      const response = await programs.call(path, { method, token: secrets['sends all, with members’ texts'] })
      expect([response.status, response.headers.get('Allow')]).toEqual([405, allowed])
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    }
  })

  test('that is only written to is not read', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await programs.call('/api/v1/packs', { method, token: secrets['reads all'] })
      expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST'])
    }
  })

  test('that there is not is not found, by any method', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      for (const path of ['/api/v1/nothing', '/api/v2/status', '/api/v1/packs/es', '/api/v1/packs/es/x/y']) {
        expect([path, (await programs.call(path, { method })).status]).toEqual([path, 404])
      }
    }
  })

  test('answers HEAD as GET, without the body', async () => {
    for (const path of ['/api/v1/packs/es/harbour-closes', '/api/v1/status', '/api/v1/packs/pl/harbour-closes']) {
      const [got, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) => programs.call(path, { method, token: secrets['reads Spanish'] })),
      )
      const headers = (response: Response | undefined) => [...(response?.headers ?? [])].filter(([name]) => name !== 'ratelimit')
      expect(headers(head)).toEqual(headers(got))
      expect([head?.status, await head?.text()]).toEqual([got?.status, ''])
    }
  })

  test('answers a browser’s refusal as a page, in its language, and a program’s as problem+json', async () => {
    const headers = { Accept: 'text/html', 'Accept-Language': 'pl' }
    const page = await programs.call('/api/v1/status', { headers })
    expect([page.status, page.headers.get('Content-Language')]).toEqual([401, 'pl'])
    expect(await page.text()).toContain(programs.site.speak('pl').t('error.unauthorised.title'))
    for (const accept of ['*/*', 'application/json', 'application/xliff+xml', '']) {
      const response = await programs.call('/api/v1/status', { headers: { Accept: accept } })
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    }
  })
})
