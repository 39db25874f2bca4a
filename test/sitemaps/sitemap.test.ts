import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openLocales, publicLocales } from '../../src/language/locale'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { published, readSitemap } from '../support/feeds'
import { attributesOf, find } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'
import { allowedBy } from '../support/sitemap-crawl'

const origin = 'https://briefings.example'
const pathOf = (address: string) => address.slice(origin.length)
const sitemapAt = async (newsroom: Newsroom, path: string) => readSitemap(await newsroom.text(path))

/** Every address in every sitemap that the index names. */
async function addressesOf(newsroom: Newsroom) {
  const files = await sitemapAt(newsroom, '/sitemap.xml')
  return (await Promise.all(files.map(({ loc }) => sitemapAt(newsroom, pathOf(loc))))).flat()
}

const alternatesIn = (page: string) =>
  Object.fromEntries(
    find(page, 'link', { rel: 'alternate' }).flatMap(({ attributes }) =>
      attributes.has('hreflang') ? [[attributes.get('hreflang') ?? '', attributes.get('href') ?? '']] : [],
    ),
  )

describe('the sitemaps', () => {
  test('name what exists and nothing else, each address with the alternates that its page names', async () => {
    const work = fc.constantFrom('approved', 'draft', 'in-review', 'withdrawn', undefined)
    const locales = ['es', 'fr', 'ar', 'zh-Hans', 'ca'] as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(work, work, work, work, work), { minLength: 1, maxLength: 3 }), async (briefings) => {
        const newsroom = await openNewsroom()
        await newsroom.load(
          ...briefings.map((states, index) => {
            const briefing = published(`b${index}`, `2025-03-0${index + 1}T08:00:00Z`)
            const translations = states.flatMap((state, at) =>
              state === undefined ? [] : [aTranslation(briefing, locales[at] ?? '', { state })],
            )
            return { briefing, translations }
          }),
        )
        const addresses = await addressesOf(newsroom)
        expect(new Set(addresses.map(({ loc }) => loc)).size).toBe(addresses.length)
        for (const { loc, alternates } of addresses) {
          const response = await newsroom.get(pathOf(loc))
          expect(response.status).toBe(200)
          const page = await response.text()
          expect(alternatesIn(page)).toEqual(alternates)
          expect(attributesOf(page, 'link', 'href', { rel: 'canonical' })).toEqual([loc])
          expect(Object.values(alternates)).toContain(loc)
          expect(attributesOf(page, 'meta', 'content', { name: 'robots' })).toEqual([])
        }
        const told = addresses.map(({ loc }) => pathOf(loc)).filter((path) => path.includes('/briefings/'))
        const real = briefings.flatMap((states, index) => [
          `/en/briefings/b${index}`,
          ...states.flatMap((state, at) =>
            state === 'approved' && locales[at] !== 'ca' ? [`/${locales[at]}/briefings/b${index}`] : [],
          ),
        ])
        expect(told.sort()).toEqual(real.sort())
      }),
      { numRuns: rounds(12) },
    )
  })

  test('name the pages that every public language has', async () => {
    const newsroom = await openNewsroom()
    const paths = (await addressesOf(newsroom)).map(({ loc }) => pathOf(loc))
    const { locales } = newsroom.site
    expect(paths).toEqual(
      ['', 'confidence', 'translations'].flatMap((path) => publicLocales(locales).map((tag) => `/${tag}/${path}`)),
    )
  })

  test('say when a page last changed materially', async () => {
    const briefing = aBriefing()
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    newsroom.clock.now = '2026-03-01T00:00:00Z'
    const changed = revised(briefing, 'material', '2026-02-28T00:00:00Z', (each) => ({ ...each, context: 'The port was sold.' }))
    await newsroom.load({ briefing: changed })
    const lastmods = Object.fromEntries((await addressesOf(newsroom)).map(({ loc, lastmod }) => [pathOf(loc), lastmod]))
    expect(lastmods).toMatchObject({
      '/en/briefings/harbour-closes': '2026-03-01T00:00:00.000Z',
      '/es/briefings/harbour-closes': '2025-03-01T08:00:00Z',
    })
    expect((await sitemapAt(newsroom, '/sitemap.xml')).map(({ loc, lastmod }) => [pathOf(loc), lastmod])).toEqual([
      ['/sitemap-site.xml', ''],
      ['/sitemap-en-0.xml', '2026-03-01T00:00:00.000Z'],
      ['/sitemap-es-0.xml', '2025-03-01T08:00:00Z'],
    ])
  })

  test('are cut by the place that a briefing was given when it was first printed, and cost a query each', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: published('first', '2025-03-01T08:00:00Z') })
    await newsroom.database.query.insertInto('place').values({ number: 2000, briefing_id: 'elsewhere' }).execute()
    await newsroom.load(
      { briefing: published('second', '2025-03-02T08:00:00Z') },
      { briefing: published('third', '2025-03-03T08:00:00Z') },
    )
    const files = (await sitemapAt(newsroom, '/sitemap.xml')).map(({ loc }) => pathOf(loc))
    expect(files).toEqual(['/sitemap-site.xml', '/sitemap-en-0.xml', '/sitemap-en-1.xml'])
    newsroom.forget()
    const second = await sitemapAt(newsroom, '/sitemap-en-1.xml')
    expect(newsroom.queries).toHaveLength(2)
    expect(second.map(({ loc }) => pathOf(loc))).toEqual(['/en/briefings/third', '/en/briefings/second'])
    newsroom.forget()
    await newsroom.get('/sitemap.xml')
    expect(newsroom.queries).toHaveLength(1 + publicLocales(newsroom.site.locales).length)
  })

  test('stay below fifty megabytes at the longest addresses there can be', async () => {
    const long = `https://${'a'.repeat(63)}.${'b'.repeat(63)}.example`
    const newsroom = await openNewsroom({ origin: long })
    const briefing = published('x', '2025-03-01T08:00:00Z', { slug: 'a'.repeat(60) })
    const locales = publicLocales(newsroom.site.locales).filter((locale) => locale !== 'en')
    await newsroom.load({ briefing, translations: locales.map((locale) => aTranslation(briefing, locale)) })
    const { length } = await newsroom.text('/sitemap-en-0.xml')
    expect(length).toBeGreaterThan(2000)
    expect(length * 2000).toBeLessThan(50 * 1024 * 1024)
  })

  test.each(['/sitemap-ca-0.xml', '/sitemap-xx-0.xml', '/sitemap-es-7.xml', '/sitemap-es-00.xml', '/sitemap-es-99999999999.xml'])(
    '%s, which the index does not name, is not there',
    async (path) => {
      const newsroom = await openNewsroom()
      const briefing = aBriefing()
      await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ca')] })
      expect((await newsroom.get(path)).status).toBe(404)
    },
  )
})

describe('the sitemap of what is new', () => {
  test('names what appeared in the last two days in each language, for as long', async () => {
    const newsroom = await openNewsroom({ now: '2026-01-10T12:00:00Z' })
    const old = published('old', '2026-01-01T08:00:00Z')
    const fresh = published('fresh', '2026-01-09T08:00:00Z', { title: 'Fresh & <new>' })
    await newsroom.load({ briefing: old }, { briefing: fresh, translations: [aTranslation(fresh, 'zh-Hans')] })
    await newsroom.load({ briefing: old, translations: [aTranslation(old, 'fr')] })
    const response = await newsroom.get('/news-sitemap.xml')
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60')
    const xml = await response.text()
    expect(readSitemap(xml).map(({ loc }) => pathOf(loc))).toEqual([
      '/fr/briefings/old',
      '/en/briefings/fresh',
      '/zh-Hans/briefings/fresh',
    ])
    expect(xml).toContain('<news:title>Fresh &amp; &lt;new&gt;</news:title>')
    expect(xml).toContain('<news:language>zh-cn</news:language>')
    newsroom.clock.now = '2026-01-11T12:00:00Z'
    expect((await sitemapAt(newsroom, '/news-sitemap.xml')).map(({ loc }) => pathOf(loc))).toEqual(['/fr/briefings/old'])
    newsroom.clock.now = '2026-01-13T12:00:00Z'
    expect(await sitemapAt(newsroom, '/news-sitemap.xml')).toEqual([])
  })
})

/** Whether a file for robots keeps them from a path. */
function refusedBy(robots: string): (path: string) => boolean {
  const isAllowed = allowedBy(robots)
  return (path) => !isAllowed(path)
}

describe('what programs are told of the site', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom()
  })

  test('robots are shown the sitemaps and kept from what is for one reader', async () => {
    const robots = await newsroom.text('/robots.txt')
    for (const path of ['/sitemap.xml', '/news-sitemap.xml']) {
      expect(robots).toContain(`\nSitemap: ${origin}${path}\n`)
      expect((await newsroom.get(path)).status).toBe(200)
    }
    const isRefused = refusedBy(robots)
    for (const path of ['/sign-in', '/account', '/outbox']) expect(isRefused(path)).toBe(true)
    for (const locale of openLocales(newsroom.site.locales))
      for (const path of ['/account', '/account/passkeys', '/sign-in?next=%2F', '/sign-in/sent'])
        expect(isRefused(`/${locale}${path}`)).toBe(true)
    for (const path of ['/', '/es/', '/es/feed.xml', '/assets/style.css']) expect(isRefused(path)).toBe(false)
  })

  test('robots may read every address of every sitemap, whatever a briefing is called', async () => {
    const slugs = ['accounting-rules', 'account', 'newsroom-on-the-quay', 'sign-in-at-the-gate', 'sign-in', 'outbox', 'join']
    const named = await openNewsroom()
    for (const slug of slugs) {
      const briefing = aBriefing({ id: `of-${slug}`, slug })
      await named.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    }
    const isRefused = refusedBy(await named.text('/robots.txt'))
    const addresses = await addressesOf(named)
    for (const slug of slugs)
      expect(addresses.map(({ loc }) => pathOf(loc))).toEqual(
        expect.arrayContaining([`/en/briefings/${slug}`, `/es/briefings/${slug}`]),
      )
    expect(addresses.filter(({ loc }) => isRefused(pathOf(loc)))).toEqual([])
  })

  test('llms.txt names every public language with addresses that answer', async () => {
    const text = await newsroom.text('/llms.txt')
    const addresses = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, address = '']) => address)
    expect(addresses).toHaveLength(publicLocales(newsroom.site.locales).length * 3 + 4)
    for (const address of addresses) expect((await newsroom.get(pathOf(address))).status).toBe(200)
  })
})
