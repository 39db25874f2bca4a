import { Kysely } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/storage/database'
import { sqliteDialect } from '../../src/storage/dialect'
import type { Schema } from '../../src/storage/schema'
import { aBriefing, aTranslation } from '../support/briefings'
import { find } from '../support/html'
import { signedIn } from '../support/members'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom()
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
})

const pages = [
  '/es/',
  '/es/?category=product',
  '/es/confidence',
  '/es/translations',
  '/es/briefings/harbour-closes',
  '/fr/briefings/harbour-closes',
  '/es/briefings/harbour-closes.json',
  '/es/briefings/harbour-closes.md',
  '/es/briefings/harbour-closes/bilingual',
  '/es/briefings/harbour-closes/changes',
]
const etagOf = async (path: string) => (await newsroom.get(path)).headers.get('ETag') ?? ''

describe('a page that all readers share', () => {
  test.each(pages)('%s says who may keep it, in which language it is, and where it belongs', async (path) => {
    const { status, headers } = await newsroom.get(path)
    expect(status).toBe(200)
    const isFleeting = path.endsWith('/translations') // What is asked for most changes without a print.
    expect(headers.get('Cache-Control')).toBe(
      isFleeting ? 'public, max-age=60' : 'public, max-age=0, s-maxage=60, must-revalidate',
    )
    expect(headers.get('Content-Language')).toBe(path.startsWith('/fr') ? 'en' : 'es')
    expect(headers.get('Link')).toMatch(/^<https:\/\/briefings\.example\/(es|en)\/[^>]*>; rel="canonical"$/)
    const isForMembersToo = path.includes('/briefings/') && !path.endsWith('/changes')
    const isInOtherFormsToo = /\/briefings\/[a-z-]+$/.test(path)
    expect(headers.get('Vary')).toBe(isInOtherFormsToo ? 'Accept, Cookie' : isForMembersToo ? 'Cookie' : null)
    expect(headers.has('Set-Cookie')).toBe(false)
  })

  test.each([
    ['/es/briefings/harbour-closes', 'text/html; charset=utf-8'],
    ['/es/briefings/harbour-closes.json', 'application/json; charset=utf-8'],
    ['/es/briefings/harbour-closes.md', 'text/markdown; charset=utf-8'],
  ])('%s is %s whatever the one who asks accepts', async (path, type) => {
    for (const accept of ['text/html', 'application/json', '*/*', 'image/png']) {
      expect((await newsroom.get(path, { Accept: accept })).headers.get('Content-Type')).toBe(type)
    }
  })

  test.each(pages)('%s has an ETag that names its state and is no hash of its body', async (path) => {
    const etag = await etagOf(path)
    expect(etag).toMatch(path.endsWith('confidence') ? /^W\/"[0-9a-f]{12}"$/ : /^W\/"1-(0-)?[0-9a-f]{12}([0-9a-f]{12})?"$/)
    expect(await etagOf(path)).toBe(etag)
  })

  test.each(pages)('%s is answered 304 to whoever has it, and whole to whoever has another', async (path) => {
    const etag = await etagOf(path)
    const strong = etag.replace('W/', '')
    for (const held of [etag, strong, '*', ` * `, `"other", ${etag}`, `W/"x" , ${strong},"y"`]) {
      const response = await newsroom.get(path, { 'If-None-Match': held })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe('')
      expect(response.headers.get('ETag')).toBe(etag)
      expect(response.headers.get('Cache-Control')).toContain('public')
    }
    for (const held of ['', '""', '"other"', etag.slice(0, -2), `x${etag}`, 'W/', ','.repeat(8000)]) {
      expect((await newsroom.get(path, { 'If-None-Match': held })).status).toBe(200)
    }
  })

  test('in one language is not held by who holds it in another', async () => {
    const english = await etagOf('/en/briefings/harbour-closes')
    expect((await newsroom.get('/es/briefings/harbour-closes', { 'If-None-Match': english })).status).toBe(200)
  })

  test('that has moved is kept by caches as a page is', async () => {
    const response = await newsroom.get('/es/briefings/harbour-old')
    expect(response.status).toBe(301)
    expect(response.headers.get('Cache-Control')).toContain('public')
  })
})

describe('what is asked without a wish for the body, or with another wish', () => {
  test.each([...pages, '/', '/healthz', '/es/nothing', '/EN/', '/es/briefings/harbour-old', '/es/?impact=x'])(
    'HEAD %s is GET without its body',
    async (path) => {
      const got = await newsroom.get(path)
      const head = await newsroom.ask(path, { method: 'HEAD', headers: { Accept: 'text/html' } })
      expect(head.status).toBe(got.status)
      expect([...head.headers]).toEqual([...got.headers])
      expect(await head.text()).toBe('')
    },
  )

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s is refused with what is allowed', async (method) => {
    for (const path of ['/', '/es/', '/es/briefings/harbour-closes', '/healthz', '/nothing', '/EN/']) {
      const response = await newsroom.ask(path, { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('Allow')).toBe('GET, HEAD')
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    }
  })

  test('an address that is only written to says so', async () => {
    expect((await newsroom.ask('/language', { method: 'PUT' })).headers.get('Allow')).toBe('POST')
  })

  test('TRACE is refused and echoes nothing', async () => {
    const request = new Request(`${newsroom.origin}/es/`, { headers: { 'X-Secret': 'echo-me' } })
    Object.defineProperty(request, 'method', { value: 'TRACE' })
    const response = await newsroom.app.fetch(request)
    expect(response.status).toBe(405)
    expect(await response.text()).not.toContain('echo-me')
  })

  test('no header makes a reading into something else', async () => {
    const plain = await newsroom.text('/es/')
    for (const header of [
      'X-HTTP-Method-Override',
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Forwarded-Prefix',
      'X-Forwarded-Host',
    ]) {
      expect(await newsroom.text('/es/', { [header]: header.includes('Method') ? 'DELETE' : '/ar/' })).toBe(plain)
    }
  })
})

describe('pages of forms for one reader', () => {
  test.each(['/es/sign-in', '/es/sign-in/sent', '/es/join/circle', '/es/newsletter', '/es/briefings/harbour-closes/report'])(
    '%s keeps apart from the page that opens it',
    async (path) => expect((await newsroom.get(path)).headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin'),
  )

  test('but no page of a briefing does, for members neither, so a sandboxed frame can open it', async () => {
    const { cookie } = await signedIn(newsroom, 'ania@example.com')
    for (const headers of [{}, { Cookie: cookie }])
      for (const path of ['/es/briefings/harbour-closes', '/briefings/harbour-closes', '/es/briefings/harbour-closes/embed'])
        expect((await newsroom.get(path, headers)).headers.has('Cross-Origin-Opener-Policy')).toBe(false)
  })
})

describe('headers that protect', () => {
  const kinds = [...pages, '/', '/healthz', '/es/nothing', '/EN/', '/es/briefings/harbour-old', '/es/?impact=x']

  test.each(kinds)('stand on the answer to %s', async (path) => {
    const { headers } = await newsroom.get(path)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.has('Cross-Origin-Opener-Policy')).toBe(false) // A sandboxed frame could not open it.
    expect(headers.get('Strict-Transport-Security')).toContain('max-age=')
    const policy = headers.get('Content-Security-Policy') ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(rule)
    }
    expect(policy).not.toContain('unsafe')
    expect(headers.has('X-Powered-By')).toBe(false)
    expect(headers.has('Access-Control-Allow-Origin')).toBe(false)
  })

  test('stand on 304 and on refusals of what was sent', async () => {
    const held = await newsroom.get('/es/', { 'If-None-Match': '*' })
    const posted = await newsroom.ask('/language', { method: 'POST', body: 'x', headers: { Origin: 'https://evil.example' } })
    for (const { headers } of [held, posted]) expect(headers.has('Content-Security-Policy')).toBe(true)
  })

  test('nothing on a page breaks its own policy: no script, style or handler stands in the text', async () => {
    for (const path of pages.filter((each) => !/\.(json|md)$/.test(each))) {
      const page = await newsroom.text(path)
      expect(find(page, 'style')).toEqual([])
      for (const { attributes } of find(page, 'script'))
        expect(attributes.has('src') || attributes.get('type') === 'application/ld+json').toBe(true)
      expect(page).not.toMatch(/\s(style|onclick|onload)="/)
    }
  })

  test('a site without encryption does not promise any', async () => {
    const local = await openNewsroom({ origin: 'http://localhost:8787' })
    for (const path of ['/es/', '/', '/es/nothing'])
      expect((await local.get(path)).headers.has('Strict-Transport-Security')).toBe(false)
  })
})

describe('a refusal', () => {
  test('is a page for people, with a way on', async () => {
    const small = await openNewsroom()
    const response = await small.get('/es/nothing')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    const page = await response.text()
    expect(find(page, 'html')[0]?.attributes.get('lang')).toBe('es')
    expect(find(page, 'meta', { name: 'robots' })[0]?.attributes.get('content')).toBe('noindex')
    expect(find(page, 'a', { href: '/es/' }).length).toBeGreaterThan(0)
  })

  test('is problem+json for programs, in the reader’s language', async () => {
    const small = await openNewsroom()
    for (const accept of ['application/json', '*/*', '']) {
      const response = await small.get('/es/?impact=x', { Accept: accept })
      expect(response.status).toBe(400)
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({
        type: 'about:blank',
        title: small.site.speak('es').t('error.invalid.title'),
        status: 400,
        code: 'invalid',
        detail: expect.stringContaining('filter'),
      })
    }
  })

  test('is kept by no cache', async () => {
    const small = await openNewsroom()
    for (const path of ['/es/nothing', '/es/?impact=x', '/nothing']) {
      expect((await small.get(path)).headers.get('Cache-Control')).toBe('private, no-store')
    }
  })
})

describe('a change that readers see', () => {
  test('changes the ETag: a print, and other words', async () => {
    const small = await openNewsroom()
    const briefing = aBriefing()
    await small.load({ briefing })
    const etags = async (program: Pick<Newsroom, 'get'>) =>
      await Promise.all(
        ['/es/', '/es/briefings/harbour-closes', '/es/briefings/harbour-closes.json'].map(async (path) =>
          (await program.get(path)).headers.get('ETag'),
        ),
      )
    const before = await etags(small)
    await small.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const after = await etags(small)
    const next = await etags(await small.deploy(reworded('es', { 'layout.skip': 'Saltar' })))
    for (const index of before.keys()) expect(new Set([before[index], after[index], next[index]]).size).toBe(3)
  })
})

describe('a database that does not answer', () => {
  const secret = 'SQLITE_IOERR: disk I/O error at /srv/secret/vernacular.db, select * from edition'
  const silent = (database: Database): Database => ({
    ...database,
    query: new Kysely<Schema>({
      dialect: sqliteDialect(async () => {
        throw new Error(secret)
      }),
    }),
  })

  test('is told to whoever watches over the site, and to nobody more than that', async () => {
    const ill = await openNewsroom({ disturbed: silent })
    const response = await ill.get('/healthz')
    expect(response.status).toBe(503)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(await response.json()).toEqual({ status: 'no database' })
    const well = await openNewsroom()
    expect((await well.get('/healthz')).status).toBe(200)
  })

  test('gives readers a page in their language with a number to quote, and the log the reason under that number', async () => {
    const ill = await openNewsroom({ disturbed: silent })
    for (const path of [
      '/es/',
      '/es/briefings/harbour-closes',
      '/es/briefings/harbour-closes.json',
      '/es/briefings/harbour-closes/bilingual',
      '/es/briefings/harbour-closes/changes',
    ]) {
      ill.logged.splice(0)
      const response = await ill.get(path)
      expect(response.status).toBe(503)
      expect(response.headers.get('Content-Language')).toBe('es')
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
      expect(response.headers.has('ETag')).toBe(false)
      const page = await response.text()
      expect(page).not.toMatch(/SQLITE|secret|select|edition|Error:| at /)
      expect(ill.logged).toHaveLength(1)
      const [entry] = ill.logged
      expect(entry).toMatchObject({ level: 'error', path })
      expect(String(entry?.['error'])).toContain(secret)
      expect(page).toContain(String(entry?.['id']))
    }
  })

  test('gives programs the number and no reason', async () => {
    const ill = await openNewsroom({ disturbed: silent })
    const response = await ill.get('/es/', { Accept: 'application/json' })
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ status: 503, code: 'unavailable', instance: ill.logged[0]?.['id'] })
    expect(JSON.stringify(problem)).not.toContain('SQLITE')
  })

  test('in one thing only is a fault of ours, and told as one', async () => {
    const ill = await openNewsroom({
      disturbed: (database) => ({
        ...database,
        query: new Kysely<Schema>({
          dialect: sqliteDialect(async (query) => {
            if (!query.sql.includes('from "print"')) throw new Error(secret)
            return (await database.query.executeQuery(query)) as never
          }),
        }),
      }),
    })
    const response = await ill.get('/es/briefings/harbour-closes')
    expect(response.status).toBe(500)
    const page = await response.text()
    expect(page).toContain(String(ill.logged[0]?.['id']))
    expect(page).not.toContain('SQLITE')
  })

  test('is no matter for what needs no database', async () => {
    const ill = await openNewsroom({ disturbed: silent })
    expect((await ill.get('/')).status).toBe(302)
    expect((await ill.get('/es/confidence')).status).toBe(200)
    expect((await ill.get('/es/nothing/at/all')).status).toBe(404)
  })
})
