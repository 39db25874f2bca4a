import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openToPrograms, type Programs } from '../support/programs'
import { rounds } from '../support/rounds'

let programs: Programs

const numbered = Array.from({ length: 30 }, (_, index) =>
  aBriefing({
    id: `of-${index}`,
    slug: `briefing-${index}`,
    formerSlugs: index === 0 ? ['briefing-once'] : [],
    title: `Quay ${index} closes`,
    publishedAt: `2025-02-${String(1 + (index % 25)).padStart(2, '0')}T08:00:00Z`,
    category: kit.settings.vocabulary.category[index % 3] ?? 'event',
    state: index === 29 ? 'draft' : 'published',
  }),
)

beforeAll(async () => {
  programs = await openToPrograms()
  await programs.load(
    ...numbered.map((briefing, index) => ({
      briefing,
      translations: [
        ...(index % 4 === 0 ? [aTranslation(briefing, 'es')] : []),
        ...(index % 5 === 0 ? [aTranslation(briefing, 'ja', { state: index === 5 ? 'withdrawn' : 'in-review' })] : []),
      ],
    })),
  )
})

interface Listed {
  readonly slug: string
  readonly url: string
  readonly resolution: Readonly<Record<string, unknown>>
}

async function valueAt(path: string, headers: Record<string, string> = {}) {
  const response = await programs.call(path, { headers })
  expect([path, response.status]).toEqual([path, 200])
  const link = response.headers.get('Link')
  const next = link === null ? undefined : /^<https:\/\/briefings\.example(\/[^>]+)>; rel="next"$/.exec(link)?.[1]
  return { response, next, value: (await response.json()) as Readonly<Record<string, unknown>> }
}

async function everyPage(path: string, list: 'briefings' | 'results') {
  const all: Listed[] = []
  for (let at: string | undefined = path; at !== undefined; ) {
    const { value, next }: Awaited<ReturnType<typeof valueAt>> = await valueAt(at)
    all.push(...(value[list] as Listed[]))
    at = next
  }
  return all
}

const resolutionOnPage = async (locale: string, slug: string) =>
  ((await valueAt(`/${locale}/briefings/${slug}.json`)).value as { resolution: unknown }).resolution

describe('a program that reads', () => {
  test('and names no language is answered in the one that it accepts, and caches are told what decided', async () => {
    for (const [path, part] of [
      ['/api/v1/briefings', 'asked'],
      ['/api/v1/search?q=quay', 'asked'],
    ] as const) {
      for (const [header, asked] of [
        ['ja, en;q=0.5', 'ja'],
        ['pt-PT', 'pt-BR'],
        ['tlh', 'en'],
        ['', 'en'],
      ] as const) {
        const { response, value } = await valueAt(path, { 'Accept-Language': header })
        expect([value[part], response.headers.get('Content-Language')]).toEqual([asked, asked])
        expect(response.headers.get('Vary')).toContain('Accept-Language')
      }
    }
    const { value, response } = await valueAt('/api/v1/briefings/briefing-4', { 'Accept-Language': 'fr' })
    expect(value).toMatchObject({ resolution: { asked: 'fr', served: 'en', reason: 'not-yet-available' } })
    expect(response.headers.get('Content-Language')).toBe('en') // The language served, as of the page.
  })

  test('and names a language is answered in it, whatever it accepts; one that there is not is not found', async () => {
    const { value } = await valueAt('/api/v1/briefings?locale=es', { 'Accept-Language': 'ja' })
    expect(value['asked']).toBe('es')
    for (const path of ['/api/v1/briefings', '/api/v1/briefings/briefing-1', '/api/v1/search']) {
      for (const locale of ['sv', 'zh-TW', '__proto__', '']) {
        expect([path, (await programs.call(`${path}?locale=${locale}`)).status]).toEqual([path, 404])
      }
    }
  })

  test.each([
    ['zh-CN', 'zh-Hans'],
    ['zh_cn', 'zh-Hans'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ES', 'es'],
    ['fr-CA', 'fr'],
  ])('and names a language near one of the site, %s, is answered in that, %s', async (typed, locale) => {
    for (const path of ['/api/v1/briefings', '/api/v1/search?q=x'])
      expect((await valueAt(`${path}${path.includes('?') ? '&' : '?'}locale=${typed}`)).value['asked']).toBe(locale)
    const { value } = await valueAt(`/api/v1/briefings/briefing-4?locale=${typed}`)
    expect(value).toMatchObject({ resolution: { asked: locale } })
  })

  test('gets of a briefing exactly what the page has as data', async () => {
    for (const locale of ['en', 'es', 'ja', 'ar']) {
      const page = await valueAt(`/${locale}/briefings/briefing-8.json`)
      const { value } = await valueAt(`/api/v1/briefings/briefing-8?locale=${locale}`)
      expect(value).toEqual(page.value)
    }
  })

  test('is told of each briefing in each answer which language was asked for, which is served, and why', async () => {
    for (const locale of ['es', 'ja', 'ca']) {
      const listed = await everyPage(`/api/v1/briefings?locale=${locale}`, 'briefings')
      const found = await everyPage(`/api/v1/search?q=quay&locale=${locale}`, 'results')
      for (const { slug, resolution } of [...listed, ...found]) {
        expect(resolution).toEqual(await resolutionOnPage(locale, slug))
      }
      expect(new Set(listed.map(({ resolution }) => resolution['reason'])).size).toBeGreaterThan(1)
    }
  })

  test('finds in the list of editions each language of the site with what is served in it', async () => {
    const { value } = await valueAt('/api/v1/briefings/briefing-5/editions')
    const editions = value['editions'] as Listed[]
    expect(editions.map(({ resolution }) => resolution['asked'])).toEqual(openLocales(programs.site.locales))
    for (const { url, resolution } of editions) {
      expect(url).toBe(`https://briefings.example/${resolution['asked']}/briefings/briefing-5`)
      expect(resolution).toEqual(await resolutionOnPage(String(resolution['asked']), 'briefing-5'))
    }
    const reasons = Object.fromEntries(editions.map(({ resolution }) => [resolution['asked'], resolution['reason']]))
    expect(reasons).toMatchObject({ en: 'exact', ja: 'withdrawn', es: 'not-yet-available' })
  })

  test('comes through the pages to each briefing once, in the order of the index, however the list is narrowed', async () => {
    const narrowed = fc.record({
      locale: fc.constantFrom('en', 'es', 'ja'),
      category: fc.option(fc.constantFrom(...kit.settings.vocabulary.category), { nil: undefined }),
      only: fc.option(fc.constant('true'), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(narrowed, async ({ locale, category, only }) => {
        const query = new URLSearchParams({ locale, ...(category ? { category } : {}), ...(only ? { only } : {}) })
        const slugs = (await everyPage(`/api/v1/briefings?${query}`, 'briefings')).map(({ slug }) => slug)
        const onIndex: string[] = []
        query.delete('locale')
        for (let at: string | undefined = `/${locale}/?${query}`; at !== undefined; ) {
          const page: string = await programs.text(at)
          onIndex.push(...[...page.matchAll(/<h3><a href="\/[^/]+\/briefings\/([a-z0-9-]+)"/g)].map(([, slug]) => slug ?? ''))
          at = /<a rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
        }
        expect(slugs).toEqual(onIndex)
        expect(new Set(slugs).size).toBe(slugs.length)
      }),
      { numRuns: rounds(12) },
    )
    expect((await everyPage('/api/v1/briefings?locale=en', 'briefings')).length).toBe(30) // 29 that are published, and the harbour.
  })

  test('never sees a draft, nor what is for members, unless its token does', async () => {
    const { secret: outsider } = await programs.issue({ locales: 'all' })
    const { secret: insider } = await programs.issue({ locales: 'all', seesGated: true })
    expect((await programs.call('/api/v1/briefings/briefing-29')).status).toBe(404)
    expect((await programs.call('/api/v1/briefings/briefing-29/editions', { token: insider })).status).toBe(404)
    expect(JSON.stringify(await everyPage('/api/v1/briefings?locale=en', 'briefings'))).not.toContain('briefing-29')
    const text = async (token?: string) => await (await programs.call('/api/v1/briefings/harbour-closes', { token })).text()
    expect(await text()).not.toContain('canary')
    expect(await text(outsider)).not.toContain('canary')
    expect(await text(insider)).toContain('canary-alliance')
    const found = async (token?: string) =>
      ((await (await programs.call('/api/v1/search?q=Genoa&locale=en', { token })).json()) as { results: unknown[] }).results
        .length
    expect([await found(), await found(outsider)]).toEqual([0, 0])
    expect(await found(insider)).toBeGreaterThan(0)
  })

  test('is led on from an address that a briefing once had', async () => {
    const answer = async (path: string) => {
      const { status, headers } = await programs.call(path)
      return [status, headers.get('Location')]
    }
    expect(await answer('/api/v1/briefings/briefing-once?locale=es')).toEqual([301, '/api/v1/briefings/briefing-0?locale=es'])
    expect(await answer('/api/v1/briefings/briefing-once/editions')).toEqual([301, '/api/v1/briefings/briefing-0/editions'])
    expect(await answer('/api/v1/briefings/nowhere')).toEqual([404, null])
  })

  test('is refused a filter or a place that no list has, by its name', async () => {
    for (const query of [
      'category=gossip',
      'only=maybe',
      'impact=',
      'standing=no',
      'after=x',
      'region=XX',
      `after=${'x'.repeat(200)}`,
    ]) {
      const response = await programs.call(`/api/v1/briefings?${query}`)
      expect([query, response.status]).toEqual([query, 400])
      expect(((await response.json()) as { detail: string }).detail).toMatch(/not valid/)
    }
    expect((await programs.call(`/api/v1/search?q=${'x'.repeat(1001)}`)).status).toBe(400)
  })

  test('is told that nothing has changed until something is printed', async () => {
    for (const path of [
      '/api/v1/locales',
      '/api/v1/briefings?locale=es',
      '/api/v1/briefings/harbour-closes?locale=es',
      '/api/v1/briefings/harbour-closes/editions',
    ]) {
      const { response } = await valueAt(path)
      const etag = response.headers.get('ETag') ?? ''
      const again = () => programs.call(path, { headers: { 'If-None-Match': etag } })
      expect([path, (await again()).status]).toEqual([path, 304])
      const head = await programs.call(path, { method: 'HEAD', headers: { 'If-None-Match': etag } })
      expect([path, head.status]).toEqual([path, 304])
      expect(response.headers.get('Cache-Control')).toBe('private, no-cache')
      const { briefing } = await present()
      await programs.load({
        briefing: revised(briefing, 'material', nextDay(), (each) => ({ ...each, title: `${each.title}!` })),
      })
      expect([path, (await again()).status]).toEqual([path, 200])
    }
  })

  test('costs few questions to the database, however many briefings there are', async () => {
    for (const [path, cost] of [
      ['/api/v1/locales', 2],
      ['/api/v1/briefings?locale=es', 3],
      ['/api/v1/briefings/briefing-4?locale=es', 1],
      ['/api/v1/briefings/briefing-4/editions', 1],
      ['/api/v1/search?q=quay&locale=es', 3],
      ['/api/v1/glossary/es', 0],
    ] as const) {
      programs.forget()
      await valueAt(path)
      expect([path, programs.queries.length]).toEqual([path, cost])
    }
  })
})

describe('a page of another site', () => {
  test('may read what everyone may, by a script of its own, and learns what the answer says of itself', async () => {
    const headers = { Origin: 'https://elsewhere.example' }
    for (const path of [
      '/api/v1/briefings',
      '/api/v1/briefings/harbour-closes',
      '/api/v1/briefings/nowhere',
      '/api/v1/locales',
    ]) {
      const { headers: answered } = await programs.call(path, { headers })
      expect(answered.get('Access-Control-Allow-Origin')).toBe('*')
      expect(answered.get('Access-Control-Allow-Credentials')).toBe(null)
      expect(answered.get('Access-Control-Expose-Headers')).toContain('Link')
    }
    const asked = { ...headers, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'if-none-match' }
    const ahead = await programs.call('/api/v1/briefings', { method: 'OPTIONS', headers: asked })
    expect(ahead.status).toBe(204)
    expect(ahead.headers.get('Access-Control-Allow-Headers')).toContain('if-none-match')
    expect(ahead.headers.get('Access-Control-Allow-Methods')).not.toMatch(/PUT|POST|DELETE/)
  })

  test('may not ask with a token, nor send anything', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'PUT' }
    for (const path of [
      '/api/v1/status',
      '/api/v1/packs',
      '/api/v1/sources/harbour-closes',
      '/api/v1/translations/es/harbour-closes',
    ]) {
      const { status, headers: answered } = await programs.call(path, { method: 'OPTIONS', headers })
      expect([path, status, answered.get('Access-Control-Allow-Origin')]).toEqual([path, 405, null])
    }
  })
})

let day = 2
const nextDay = () => `2025-04-${String(day++).padStart(2, '0')}T08:00:00Z`

/** The harbour's briefing as it stands. */
async function present() {
  const { secret } = await programs.issue({ locales: 'all', mayEdit: true })
  const response = await programs.call('/api/v1/sources/harbour-closes', { token: secret })
  return (await response.json()) as { briefing: ReturnType<typeof aBriefing> }
}
