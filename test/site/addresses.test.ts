import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { aBriefing, aTranslation } from '../support/briefings'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom()
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
})

const goesTo = (response: Response) => [response.status, response.headers.get('Location')]

describe('an address without a locale', () => {
  test.each(['/', '/briefings/harbour-closes'])(
    '%s sends each reader to their language, and no cache keeps that',
    async (path) => {
      const rest = path === '/' ? '/' : path
      for (const [wanted, locale] of [
        ['es', 'es'],
        ['ar;q=0.5, fr;q=0.9', 'fr'],
        ['pt-PT', 'pt-BR'],
        ['zh-TW', 'en'],
        ['zh-CN', 'zh-Hans'],
        ['xx', 'en'],
        ['', 'en'],
        ['ca', 'en'],
      ] as const) {
        const response = await newsroom.get(path, { 'Accept-Language': wanted })
        expect(goesTo(response)).toEqual([302, `/${locale}${rest}`])
        expect(response.headers.get('Vary')).toBe('Accept-Language, Cookie')
        expect(response.headers.get('Cache-Control')).toBe('private, no-store')
      }
    },
  )

  test('follows what the reader once chose, before what their browser asks for', async () => {
    const headers = { Cookie: 'other=1; locale=ar', 'Accept-Language': 'es' }
    expect(goesTo(await newsroom.get('/', headers))).toEqual([302, '/ar/'])
    expect(goesTo(await newsroom.get('/briefings/harbour-closes', headers))).toEqual([302, '/ar/briefings/harbour-closes'])
  })

  test.each(['xx', '', '../evil', '//evil.example', '%0d%0aSet-Cookie:x', 'ES', '__proto__'])(
    'passes over a choice that is none: %s',
    async (value) => {
      const response = await newsroom.get('/', { Cookie: `locale=${value}`, 'Accept-Language': 'es' })
      expect(goesTo(response)).toEqual([302, '/es/'])
    },
  )

  test.each([
    ['twenty thousand ranges', Array.from({ length: 20_000 }, (_, index) => `a${index}`).join(',')],
    ['weights that are none', 'es;q=NaN, fr;q=-1, de;q=1e9, it;q=2'],
    ['eight thousand subtags', `a${'-a'.repeat(8000)}`],
    ['an endless range', 'a-'.repeat(4000)],
    ['commas', ','.repeat(8000)],
  ])('survives an Accept-Language of %s', async (_name, header) => {
    const begun = processorTime()
    expect(goesTo(await newsroom.get('/', { 'Accept-Language': header }))).toEqual([302, '/en/'])
    expect(processorTime() - begun).toBeLessThan(500)
  })

  test('keeps the query of a briefing’s address', async () => {
    const response = await newsroom.get('/briefings/harbour-closes?from=mail', { 'Accept-Language': 'es' })
    expect(goesTo(response)).toEqual([302, '/es/briefings/harbour-closes?from=mail'])
  })
})

describe('an address that names a locale', () => {
  const paths = [
    '/es/',
    '/es/briefings/harbour-closes',
    '/fr/briefings/harbour-closes',
    '/es/briefings/harbour-closes.json',
    '/es/confidence',
    '/es/translations',
    '/es/search?q=harbour',
    '/es/search.json?q=harbour',
    '/es/briefings/harbour-closes/bilingual',
    '/es/briefings/harbour-closes/changes',
    '/es/nothing',
  ]

  test.each(paths)('%s answers everyone with the same bytes', async (path) => {
    const told = async (headers: Record<string, string>) => {
      const response = await newsroom.get(path, headers)
      return { status: response.status, headers: [...response.headers], body: await response.text() }
    }
    const first = await told({})
    for (const headers of [
      { 'Accept-Language': 'ar' },
      { Cookie: 'locale=fr' },
      { 'Accept-Language': 'de', Cookie: 'locale=it' },
    ]) {
      expect(await told(headers)).toEqual(first)
    }
  })

  test.each([
    ['/EN/', '/en/'],
    ['/en', '/en/'],
    ['/en_US/', '/en/'],
    ['/en-US/briefings/harbour-closes', '/en/briefings/harbour-closes'],
    ['/es/briefings', '/es/'],
    ['/es/briefings/', '/es/'],
    ['/zh-CN/', '/zh-Hans/'],
    ['/zh-hans/', '/zh-Hans/'],
    ['/pt/', '/pt-BR/'],
    ['/pt-br/briefings/harbour-closes.md', '/pt-BR/briefings/harbour-closes.md'],
    ['/PT_BR/briefings/harbour-closes/bilingual', '/pt-BR/briefings/harbour-closes/bilingual'],
    ['/EN/?category=product&after=x', '/en/?category=product&after=x'],
    ['/ES?only=es', '/es/?only=es'],
    ['/ZH_HANS/a/b/c?d=%20e', '/zh-Hans/a/b/c?d=%20e'],
  ])('%s is another spelling of %s', async (typed, own) => {
    expect(goesTo(await newsroom.get(typed))).toEqual([301, own])
  })

  test.each([
    ['/fr-CA/', '/fr/'],
    ['/en-GB', '/en/'],
    ['/pt-PT/briefings/harbour-closes?from=mail', '/pt-BR/briefings/harbour-closes?from=mail'],
    ['/es-MX/?category=product&only=es', '/es/?category=product&only=es'],
    ['/zh_SG/search?q=x', '/zh-Hans/search?q=x'],
    ['/ar-SA/feed.xml', '/ar/feed.xml'],
    ['/de-AT/sign-in', '/de/sign-in'],
  ])('%s is in no language of the site; for now it leads to the closest, %s, whoever asks', async (typed, own) => {
    for (const wanted of ['ja', 'it']) {
      const response = await newsroom.get(typed, { 'Accept-Language': wanted })
      expect(goesTo(response)).toEqual([302, own])
      expect(response.headers.has('Vary')).toBe(false)
    }
  })

  test.each([
    '/fr/briefings/harbour-closes',
    '/es/briefings/harbour-closes/bilingual',
    '/es/briefings/harbour-closes/share',
    '/es/briefings/harbour-closes/embed',
    '/es/briefings/harbour-closes/report',
    '/es/briefings/harbour-closes.json',
    '/fr/newsletter',
    '/fr/translations',
    '/fr/confidence',
    '/fr/search',
    '/fr/feed.xml',
    '/fr/sign-in',
    '/fr/account',
    '/fr/join/circle',
    '/briefings/harbour-closes',
    '/oembed',
    '/robots.txt',
    '/sitemap.xml',
  ])('%s has no slash at its end: with one, it leads there', async (path) => {
    expect(goesTo(await newsroom.get(`${path}/?from=mail`))).toEqual([301, `${path}?from=mail`])
    expect(goesTo(await newsroom.get(`${path}//`))).toEqual([301, path])
    expect((await newsroom.ask(`${path}/`, { method: 'HEAD' })).status).toBe(301)
    expect((await newsroom.ask(`${path}/`, { method: 'DELETE' })).status).not.toBe(301)
  })

  test.each(['', '.json', '.md', '/bilingual', '/share', '/embed', '/changes', '/follow'])(
    'a former one of a briefing leads to the present one with its query: %s',
    async (form) => {
      const moved = await newsroom.get(`/es/briefings/harbour-old${form}?from=mail&x=%20y`)
      expect(goesTo(moved)).toEqual([301, `/es/briefings/harbour-closes${form}?from=mail&x=%20y`])
    },
  )

  test.each([
    ['/sw/', 'sw', 'en'],
    ['/zh-TW/', 'ar', 'ar'],
    ['/en-XA/', 'ar', 'ar'],
    ['/ca-AD/', 'ar', 'ar'],
    ['/nothing/here', 'fr', 'fr'],
    ['/es/nothing', 'fr', 'es'],
    ['/es/briefings/never-was', 'fr', 'es'],
  ])('%s is no page of ours, said to a reader of %s in %s', async (path, wanted, told) => {
    const response = await newsroom.get(path, { 'Accept-Language': wanted })
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Language')).toBe(told)
    expect(await response.text()).toContain(newsroom.site.speak(told).t('error.not_found.title'))
  })

  test('has no comparison of a language with itself, nor of one that does not exist', async () => {
    for (const locale of ['en', 'fr', 'ca'])
      expect((await newsroom.get(`/${locale}/briefings/harbour-closes/bilingual`)).status).toBe(404)
    expect((await newsroom.get('/es/briefings/harbour-closes/bilingual')).status).toBe(200)
  })
})

/** Addresses that people with bad intentions type. */
const nasty = [
  '/e%00s/',
  '/%00',
  '/en-GB-oxendict/',
  '/i-klingon/',
  '/x-private/',
  '/xx-invalid-/',
  '/und/',
  '/art-lojban/',
  '/zh-min/',
  '/en-u-nu-latn/',
  '/../',
  '/../../etc/passwd',
  '/en/../../x',
  '//evil.example/',
  '//evil.example/en/',
  '///evil.example',
  '/\\evil.example/',
  '/%2f%2fevil.example',
  '/%2f%2f',
  '/%5c',
  '/%5cevil.example/',
  '/EN//evil.example/',
  '/EN/%2f/evil.example',
  '/EN/\\evil.example',
  '/briefings//evil.example',
  '/briefings/%2f%2fevil.example',
  '/briefings/%5c%5cevil.example',
  '/briefings/https:evil.example',
  '/briefings/%0d%0aLocation:%20https://evil.example',
  '/%ff%fe',
  '/%c0%ae',
  '/%zz',
  '/%',
  '/en/%',
  '/en/briefings/%',
  '/en/briefings/%ff',
  '/en/briefings/%00',
  '/en/briefings/.json',
  '/en/briefings/.md',
  '/en/briefings/harbour-closes.json.json',
  '/en/briefings/harbour-closes.css',
  '/en/briefings/harbour-closes%00.json',
  '/en/briefings/harbour-closes;x.js',
  '/en/briefings/h%D0%B0rbour-closes',
  '/__proto__/',
  '/constructor/',
  '/hasOwnProperty/',
  '/en/briefings/__proto__',
  '/en/briefings/constructor',
  '/language',
  '/healthz/',
  '/.git/config',
  `/${'a'.repeat(20_000)}/`,
  `/en/briefings/${'a'.repeat(20_000)}`,
  `/en${'-a1'.repeat(2000)}/`,
  `/en?${'a'.repeat(20_000)}`,
]

/** Where a redirect leads a browser that was at this address. */
const target = (response: Response, at: string) => new URL(response.headers.get('Location') ?? '', newsroom.origin + at).origin

describe('a nasty address', () => {
  test.each(nasty.map((path) => [path.length > 80 ? `${path.slice(0, 30)}… (${path.length} characters)` : path, path]))(
    '%s is refused or harmless',
    async (_name, path) => {
      const begun = processorTime()
      const response = await newsroom.get(path)
      await response.text()
      expect(response.status).toBeLessThan(500)
      if (response.headers.has('Location')) expect(target(response, path)).toBe(newsroom.origin)
      else expect([200, 400, 404, 405]).toContain(response.status)
      expect(processorTime() - begun).toBeLessThan(2000)
      expect(newsroom.logged).toEqual([])
    },
  )

  test('whatever it is made of, answers below 500 and sends nobody to another site', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        '..',
        '.',
        '%2f',
        '%5c',
        '%00',
        '%',
        '%ff',
        '@',
        ':',
        'evil.example',
        'https:',
        'javascript:',
        '\t',
        '%09',
        '%0d%0a',
        '?',
        '#',
        ';',
      ),
      fc.constantFrom(
        'en',
        'EN',
        'es',
        'pt',
        'zh_CN',
        'en-US',
        'briefings',
        'harbour-closes',
        'harbour-old',
        '.json',
        '.md',
        'bilingual',
        'changes',
        'confidence',
        'translations',
      ),
      fc.string({ maxLength: 6 }),
      fc.string({ maxLength: 4, unit: 'grapheme' }),
    )
    const paths = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`)
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const response = await newsroom.get(path)
        expect(response.status).toBeLessThan(500)
        if (response.headers.has('Location')) expect(target(response, path)).toBe(newsroom.origin)
        await response.text()
      }),
      { numRuns: rounds(400) },
    )
    expect(newsroom.logged).toEqual([])
  })
})
