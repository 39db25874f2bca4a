import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom()
})

const form = 'application/x-www-form-urlencoded'

/** Sends the form of the language menu, as a browser on a page of this site does. */
const choose = (locale: string, headers: Record<string, string> = {}, next?: string) =>
  newsroom.ask('/language', {
    method: 'POST',
    body: `locale=${encodeURIComponent(locale)}${next === undefined ? '' : `&from=${encodeURIComponent(next)}`}`,
    headers: { 'Content-Type': form, Origin: newsroom.origin, Accept: 'text/html', ...headers },
  })

describe('choosing a language', () => {
  test('is remembered for a year, and the reader is back on the page that they chose it on', async () => {
    const response = await choose('ar', { Referer: `${newsroom.origin}/ar/briefings/harbour-closes?from=mail` })
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('/ar/briefings/harbour-closes?from=mail')
    expect(response.headers.get('Set-Cookie')).toBe('locale=ar; Path=/; Max-Age=31536000; SameSite=Lax; Secure')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
  })

  test('leads back also where a browser does not say which page it is on, and never to another site', async () => {
    const next = async (path: string) => (await choose('ar', {}, path)).headers.get('Location')
    expect(await next('/ar/?category=product&only=ar')).toBe('/ar/?category=product&only=ar')
    expect(await next('/ar/sign-in?next=%2Far%2Fsearch')).toBe('/ar/sign-in?next=%2Far%2Fsearch')
    for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example', '', 'ar'])
      expect(await next(evil)).toBe('/ar/')
  })

  test('is asked with the address of the very page, in its menu: index, filtered index, search, briefing, English in its place, its views', async () => {
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    for (const path of [
      '/es/',
      '/es/?category=product&only=es',
      '/es/search?q=quay&domain=technology',
      '/es/confidence',
      '/es/translations',
      '/es/briefings/harbour-closes',
      '/fr/briefings/harbour-closes',
      '/es/briefings/harbour-closes/bilingual',
      '/es/briefings/harbour-closes/share',
      '/es/briefings/harbour-closes/report',
      '/es/newsletter',
      '/es/sign-in?next=%2Fes%2Fsearch',
      '/ca/',
    ])
      expect([path, attributesOf(await newsroom.text(path), 'input', 'value', { name: 'from' })[0]]).toEqual([path, path])
  })

  test('leads to the index of that language where no page is named', async () => {
    expect((await choose('pt-BR')).headers.get('Location')).toBe('/pt-BR/')
  })

  test('is then what an address without a locale follows', async () => {
    const cookie = (await choose('ar')).headers.get('Set-Cookie')?.split(';')[0] ?? ''
    expect((await newsroom.get('/', { Cookie: cookie, 'Accept-Language': 'es' })).headers.get('Location')).toBe('/ar/')
  })

  test('needs no Secure cookie on a machine of one’s own', async () => {
    const local = await openNewsroom({ origin: 'http://localhost:8787' })
    const headers = { 'Content-Type': form, Origin: 'http://localhost:8787' }
    const response = await local.ask('/language', { method: 'POST', body: 'locale=es', headers })
    expect(response.headers.get('Set-Cookie')).not.toContain('Secure')
  })

  test.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['a page without an origin', { Origin: 'null' }],
    ['nobody knows where', { Origin: '' }],
    ['a site whose name begins with ours', { Origin: 'https://briefings.example.evil.example' }],
    ['our name without encryption', { Origin: 'http://briefings.example' }],
    ['another site, as plain text', { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }],
    ['another site, as a form with files', { Origin: 'https://evil.example', 'Content-Type': 'multipart/form-data; boundary=x' }],
    ['another site, as its fetch says', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ])('is refused from %s', async (_name, headers) => {
    const response = await choose('ar', headers)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(response.headers.has('Set-Cookie')).toBe(false)
  })

  test.each(['xx', '', 'EN', 'en-US', '__proto__', 'es; Path=/x', 'es\r\nSet-Cookie: a=b', '../es', '//evil.example'])(
    'of what is no language of this site is refused: %s',
    async (locale) => {
      const response = await choose(locale)
      expect(response.status).toBe(400)
      expect(response.headers.has('Set-Cookie')).toBe(false)
    },
  )

  test.each([
    ['an oversized form', `locale=es&more=${'a'.repeat(20_000)}`, form, 413],
    ['a form that lies about its kind', 'locale=es', 'multipart/form-data; boundary=x', 400],
    ['a form with files and no boundary', 'locale=es', 'multipart/form-data', 400],
    ['data', '{"locale":"es"}', 'application/json', 400],
    ['broken escapes', 'locale=%zz%', form, 400],
    ['nothing', '', form, 400],
  ])('by %s is refused and nothing is remembered', async (_name, body, type, status) => {
    const response = await newsroom.ask('/language', {
      method: 'POST',
      body,
      headers: { 'Content-Type': type, Origin: newsroom.origin },
    })
    expect(response.status).toBe(status)
    expect(response.headers.has('Set-Cookie')).toBe(false)
    expect(newsroom.logged).toEqual([])
  })

  test.each([
    'https://evil.example/es/',
    'https://evil.example//briefings.example/',
    'https://briefings.example//evil.example/',
    'https://briefings.example/\\evil.example/',
    'https://briefings.example/.//evil.example/',
    'https://briefings.example/%2e//evil.example/',
    'https://briefings.example/..//evil.example',
    'https://briefings.example@evil.example/',
    'https://user:word@briefings.example/es/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    'about:blank',
    'https://briefings.example/\t/evil.example',
    'no address',
  ])('never leads to another site: sent from %s', async (referer) => {
    const response = await choose('es', { Referer: referer })
    expect(response.status).toBe(303)
    expect(new URL(response.headers.get('Location') ?? '', newsroom.origin).origin).toBe(newsroom.origin)
  })

  test('leads to a page of this site wherever the form says it was sent from', async () => {
    const part = fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        '..',
        '.',
        '%2f',
        '%5c',
        '@',
        ':',
        '?',
        '#',
        'evil.example',
        'https:',
        'briefings.example',
        ' ',
        '%0d%0a',
      ),
      fc.string({ maxLength: 5, unit: 'grapheme-ascii' }),
    )
    const starts = fc.constantFrom('https://briefings.example', 'https://evil.example', 'https:', 'javascript:', '')
    await fc.assert(
      fc.asyncProperty(starts, fc.array(part, { maxLength: 7 }), async (start, parts) => {
        const response = await choose('es', { Referer: start + parts.join('') })
        expect(response.status).toBe(303)
        expect(new URL(response.headers.get('Location') ?? '', `${newsroom.origin}/language`).origin).toBe(newsroom.origin)
      }),
      { numRuns: rounds(300) },
    )
  })

  test('is not done by opening an address', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await newsroom.ask('/language?locale=es', { method })
      expect(response.headers.has('Set-Cookie')).toBe(false)
      expect(response.status).toBeGreaterThanOrEqual(400)
    }
  })
})
