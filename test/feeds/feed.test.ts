import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { feedAt, linkOf, published, readAtom } from '../support/feeds'
import { attributesOf, dangersIn, find, shown } from '../support/html'
import { inLocales, type Loaded, type Newsroom, openNewsroom, reworded } from '../support/newsroom'
import { writePlain } from '../support/plain-rows'

const origin = 'https://briefings.example'
const briefing = aBriefing()
const withSpanish = { briefing, translations: [aTranslation(briefing, 'es')] }

async function newsroomWith(...content: readonly Loaded[]) {
  const newsroom = await openNewsroom()
  await newsroom.load(...content)
  return newsroom
}

describe('a feed', () => {
  test('lists the whole text of what is in its language, says so, and leads to the page', async () => {
    const newsroom = await newsroomWith(withSpanish, { briefing: published('other', '2025-04-01T08:00:00Z') })
    const feed = await feedAt(newsroom, '/es/feed.xml')
    expect(feed.lang).toBe('es')
    expect(linkOf(feed, 'self')).toBe(`${origin}/es/feed.xml`)
    expect(linkOf(feed, 'alternate')).toBe(`${origin}/es/`)
    expect(feed.entries).toMatchObject([
      {
        lang: 'es',
        title: 'es: The harbour closes for a month',
        url: `${origin}/es/briefings/harbour-closes`,
        authors: ['Harbour desk'],
        published: '2025-03-01T08:00:00Z',
        updated: '2025-03-01T08:00:00Z',
      },
    ])
    const text = shown(feed.entries[0]?.html ?? '')
    for (const said of ['es: The closure lasts thirty days.', 'es: Ships go to Marseille', 'es: The port is public property.'])
      expect(text).toContain(said)
    expect(feed.entries[0]?.links).toEqual([
      { rel: 'alternate', type: 'text/html', hreflang: 'es', href: `${origin}/es/briefings/harbour-closes` },
    ])
  })

  test('lists what is not in its language only where that is asked for, marked in sentences of the reader’s language', async () => {
    const newsroom = await newsroomWith(withSpanish)
    expect((await feedAt(newsroom, '/fr/feed.xml')).entries).toEqual([])
    const [entry, ...others] = (await feedAt(newsroom, '/fr/feed.xml?include=fallback')).entries
    expect(others).toEqual([])
    expect(entry).toMatchObject({ lang: 'en', title: briefing.title, url: `${origin}/fr/briefings/harbour-closes` })
    expect(entry?.terms).toContain('not-yet-available')
    const [notice] = find(entry?.html ?? '', 'em')
    expect(notice?.text).toBe(newsroom.site.speak('fr').t('notice.not-yet-available'))
    expect(find(entry?.html ?? '', 'p', { lang: 'fr' })).toHaveLength(1)
    const catalan = (await feedAt(newsroom, '/ca/feed.xml?include=fallback')).entries
    expect(catalan).toMatchObject([{ lang: 'es', title: 'es: The harbour closes for a month' }])
    expect((await feedAt(newsroom, '/es/feed.xml?include=fallback')).entries[0]?.terms).not.toContain('not-yet-available')
  })

  test('says of a title that is not translated in which language it is', async () => {
    const newsroom = await newsroomWith({ briefing, translations: [aTranslation(briefing, 'ar', { segments: { title: '' } })] })
    const [entry] = (await feedAt(newsroom, '/ar/feed.xml')).entries
    expect(entry).toMatchObject({ lang: 'ar', title: briefing.title, titleLang: 'en' })
    expect(find(entry?.html ?? '', 'div')[0]?.attributes.get('dir')).toBe('rtl')
  })

  test('says the same as JSON Feed, item by item', async () => {
    const newsroom = await newsroomWith(withSpanish, { briefing: published('other', '2025-04-01T08:00:00Z') })
    for (const query of ['', '?include=fallback']) {
      const atom = await feedAt(newsroom, `/es/feed.xml${query}`)
      const response = await newsroom.get(`/es/feed.json${query}`)
      expect(response.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8')
      const json = (await response.json()) as Record<string, unknown> & { items: Record<string, unknown>[] }
      expect(json).toMatchObject({
        version: 'https://jsonfeed.org/version/1.1',
        language: 'es',
        home_page_url: `${origin}/es/`,
        feed_url: `${origin}/es/feed.json${query}`,
      })
      expect(
        json.items.map((item) => [item['id'], item['url'], item['language'], item['date_modified'], item['content_html']]),
      ).toEqual(atom.entries.map(({ id, url, lang, updated, html }) => [id, url, lang, updated, html]))
      expect(json.items.map((item) => '_vernacular' in item)).toEqual(atom.entries.map(({ lang }) => lang !== 'es'))
    }
  })

  test('has addresses that lead there from anywhere, and nothing that runs', async () => {
    const newsroom = await newsroomWith(withSpanish)
    for (const locale of ['en', 'es']) {
      const [entry] = (await feedAt(newsroom, `/${locale}/feed.xml`)).entries
      const html = entry?.html ?? ''
      const addresses = [...attributesOf(html, 'a', 'href'), ...attributesOf(html, 'img', 'src')]
      expect(addresses.length).toBeGreaterThan(2)
      expect(addresses.filter((address) => !/^(https?:\/\/|mailto:)/.test(address))).toEqual([])
      expect(dangersIn(html)).toEqual([])
    }
  })

  test('is narrowed by the filters of the index, to the same briefings', async () => {
    const newsroom = await newsroomWith(
      withSpanish,
      ...['product', 'regulation'].map((category, index) => {
        const another = published(category, `2025-0${index + 4}-01T08:00:00Z`, {
          category: category as 'product',
          regions: ['DE'],
          impact: 'low',
        })
        return { briefing: another, translations: [aTranslation(another, 'es')] }
      }),
    )
    const queries = [
      'category=product',
      'impact=low',
      'region=DE&category=regulation',
      'region=DE&impact=high',
      'domain=infrastructure',
    ]
    const sizes = new Set<number>()
    for (const query of queries) {
      const index = await newsroom.text(`/es/?${query}&only=es`)
      const hrefs = find(index, 'a').flatMap(({ attributes }) => {
        const href = attributes.get('href') ?? ''
        return /^\/es\/briefings\/[a-z-]+$/.test(href) ? [origin + href] : []
      })
      const feed = await feedAt(newsroom, `/es/feed.xml?${query}`)
      expect(feed.entries.map(({ url }) => url)).toEqual(hrefs)
      expect(linkOf(feed, 'self')).toContain('/es/feed.xml?')
      sizes.add(hrefs.length)
    }
    expect(sizes).toEqual(new Set([0, 1, 2, 3]))
  })

  test.each(['category=nonsense', 'region=UK', 'include=everything', 'archive=2025-3', 'archive=0', 'archive=x', 'after=1~2'])(
    'refuses a query that means nothing: %s',
    async (query) => {
      const newsroom = await openNewsroom()
      expect((await newsroom.get(`/es/feed.xml?${query}`)).status).toBe(400)
      expect((await newsroom.get(`/es/feed.json?${query}`)).status).toBe(400)
    },
  )

  test('exists in each open language and no other, and where there is nothing yet is a feed without entries', async () => {
    const newsroom = await openNewsroom()
    for (const locale of openLocales(newsroom.site.locales)) {
      expect(await feedAt(newsroom, `/${locale}/feed.xml`)).toMatchObject({ lang: locale, entries: [] })
    }
    expect((await newsroom.get('/nl/feed.xml')).status).toBe(404)
  })

  test('is the same for everyone who asks, and 304 to those who hold it until the next print', async () => {
    const newsroom = await newsroomWith(withSpanish)
    for (const path of ['/es/feed.xml', '/es/feed.json']) {
      const { headers } = await newsroom.get(path)
      expect(headers.get('Cache-Control')).toBe('public, max-age=0, s-maxage=60, must-revalidate')
      expect(headers.get('Vary')).toBeNull()
      expect(headers.get('Content-Language')).toBe('es')
      const held = { 'If-None-Match': headers.get('ETag') ?? '' }
      expect((await newsroom.get(path, held)).status).toBe(304)
      await newsroom.load({ briefing: published(path.endsWith('l') ? 'one' : 'two', '2025-05-01T08:00:00Z') })
      expect((await newsroom.get(path, held)).status).toBe(200)
    }
  })

  test('is named in the head of every page of its language, and at its foot for people', async () => {
    const newsroom = await newsroomWith(withSpanish)
    for (const path of ['/es/', '/es/confidence', '/es/briefings/harbour-closes', '/es/nothing-here', '/es/sign-in']) {
      const page = await newsroom.text(path, { 'Accept-Language': 'es' })
      expect(attributesOf(page, 'link', 'href', { type: 'application/atom+xml' })).toEqual(['/es/feed.xml'])
      expect(attributesOf(page, 'link', 'href', { type: 'application/feed+json' })).toEqual(['/es/feed.json'])
      expect(find(page, 'a', { href: '/es/feed.xml' }).map(({ text }) => text)).toEqual([
        newsroom.site.speak('es').t('feed.link'),
      ])
    }
  })

  test('costs the same few queries, each by an index, however many briefings there are', async () => {
    const newsroom = await openNewsroom({ kit: inLocales('en', 'fr') })
    const costOf = async (path: string) => {
      const fresh = await newsroom.deploy() // It has no entry ready.
      newsroom.forget()
      await fresh.get(path)
      return newsroom.queries.length
    }
    const costs = async () => [
      await costOf('/en/feed.xml'),
      await costOf('/en/feed.xml?impact=high&region=FR'),
      await costOf('/en/feed.json?include=fallback'),
      await costOf('/en/feed.xml?archive=1'),
    ]
    const many = Array.from({ length: 70 }, (_, index) => ({
      briefing: published(`b${index}`, `2025-${String((index % 7) + 1).padStart(2, '0')}-01T08:00:00Z`),
    }))
    await newsroom.load(...many.slice(0, 25))
    expect(await costs()).toEqual([2, 2, 2, 3])
    await newsroom.load(...many.slice(25))
    expect(await costs()).toEqual([2, 2, 2, 3])
    const fresh = await newsroom.deploy()
    newsroom.forget()
    await fresh.get('/en/feed.xml?impact=high&region=FR')
    for (const query of newsroom.queries.splice(0)) {
      const parameters = [...query.matchAll(/\?/g)].map(() => '')
      const plan = await newsroom.database.query.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${query}`, parameters),
      )
      expect(plan.rows.map(({ detail }) => detail).filter((detail) => /^SCAN (?!json_each)|TEMP B-TREE/.test(detail))).toEqual([])
    }
  })
})

describe('an entry', () => {
  const entryOf = async (newsroom: Newsroom, path = '/es/feed.xml') => {
    const [entry] = (await feedAt(newsroom, path)).entries
    if (!entry) throw new Error(`${path} has no entry.`)
    return entry
  }

  test('keeps its id through corrections, slugs, retranslation and a move of the site, and shares it with no other', async () => {
    const newsroom = await newsroomWith(withSpanish)
    const { id } = await entryOf(newsroom)
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const corrected = revised(briefing, 'material', '2025-05-01T08:00:00Z', (each) => ({ ...each, title: 'Closed for two' }))
    const moved = { ...corrected, slug: 'harbour-closed', formerSlugs: ['harbour-closes'] }
    await newsroom.load({
      briefing: moved,
      translations: [aTranslation(moved, 'es', { credits: ['Otra'], provenance: 'machine' })],
    })
    expect(await entryOf(newsroom)).toMatchObject({ id, url: `${origin}/es/briefings/harbour-closed` })
    const elsewhere = await openNewsroom({ origin: 'https://moved.example' })
    await elsewhere.load({ briefing })
    expect((await entryOf(elsewhere, '/es/feed.xml?include=fallback')).id).toBe(id)
    const ids = new Set([id, (await entryOf(newsroom, '/en/feed.xml')).id])
    await newsroom.load({ briefing: published('other', '2025-04-01T08:00:00Z') })
    for (const each of (await feedAt(newsroom, '/en/feed.xml')).entries) ids.add(each.id)
    expect(ids.size).toBe(3)
  })

  test('is updated by a material change of what it serves, and by nothing else', async () => {
    const newsroom = await newsroomWith(withSpanish)
    const updated = async () => [(await entryOf(newsroom, '/en/feed.xml')).updated, (await entryOf(newsroom)).updated]
    const first = ['2025-03-01T08:00:00Z', '2025-03-01T08:00:00Z']
    expect(await updated()).toEqual(first)

    newsroom.clock.now = '2026-02-01T00:00:01Z'
    const typo = revised(briefing, 'typo', '2026-02-01T00:00:00Z', (each) => ({ ...each, summary: 'A dredger ran aground.' }))
    await newsroom.load({ briefing: typo })
    const minor = revised(typo, 'minor', '2026-02-01T00:00:01Z', (each) => ({ ...each, topic: 'A closure' }))
    await newsroom.load({ briefing: minor, translations: [aTranslation(minor, 'es', { credits: ['Otra Traductora'] })] })
    const next = await newsroom.deploy(reworded('es', { 'briefing.watch': 'A qué atender' }))
    await next.printWaiting()
    expect(await updated()).toEqual(first)

    newsroom.clock.now = '2026-03-01T00:00:00Z'
    const change = (each: typeof briefing) => ({ ...each, context: 'The port was sold.' })
    const material = revised(minor, 'material', '2026-03-01T00:00:00Z', change)
    await newsroom.load({ briefing: material })
    const [english, spanish] = await updated()
    expect([english, spanish]).toEqual(['2026-03-01T00:00:00.000Z', first[1]])

    newsroom.clock.now = '2026-04-01T00:00:00Z'
    await newsroom.load({ briefing: material, translations: [aTranslation(material, 'es')] })
    expect(await updated()).toEqual([english, '2026-04-01T00:00:00.000Z'])
    expect((await feedAt(newsroom, '/es/feed.xml')).updated).toBe('2026-04-01T00:00:00.000Z')
  })

  test('is not updated by what only members read', async () => {
    const newsroom = await newsroomWith(withSpanish)
    const gated = revised(briefing, 'material', '2026-02-01T00:00:00Z', ({ sections: [first, ...rest], ...each }) => ({
      ...each,
      sections: first ? [{ ...first, text: 'canary-circle Insurers refuse.' }, ...rest] : rest,
    }))
    newsroom.clock.now = '2026-02-01T00:00:00Z'
    await newsroom.load({ briefing: gated })
    expect((await entryOf(newsroom, '/en/feed.xml')).updated).toBe('2025-03-01T08:00:00Z')
  })

  test('of a translation that came late is the newest of its feed, so that who subscribes hears of it', async () => {
    const newer = published('newer', '2025-06-01T08:00:00Z')
    const newsroom = await newsroomWith({ briefing }, { briefing: newer, translations: [aTranslation(newer, 'es')] })
    newsroom.clock.now = '2026-02-03T00:00:00Z'
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(
      (await feedAt(newsroom, '/es/feed.xml')).entries.map(({ url, published: at }) => [url?.split('/').at(-1), at]),
    ).toEqual([
      ['harbour-closes', '2026-02-03T00:00:00.000Z'],
      ['newer', '2025-06-01T08:00:00Z'],
    ])
    expect((await feedAt(newsroom, '/en/feed.xml')).entries.map(({ url }) => url?.split('/').at(-1))).toEqual([
      'newer',
      'harbour-closes',
    ])
  })

  test('goes when its translation or its briefing is withdrawn', async () => {
    const newsroom = await newsroomWith(withSpanish)
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'withdrawn' })] })
    expect((await feedAt(newsroom, '/es/feed.xml')).entries).toEqual([])
    expect((await entryOf(newsroom, '/es/feed.xml?include=fallback')).terms).toContain('withdrawn')
    await newsroom.takeBack('harbour-closes')
    for (const path of ['/es/feed.xml?include=fallback', '/en/feed.xml'])
      expect((await feedAt(newsroom, path)).entries).toEqual([])
  })

  test('with characters that XML forbids, however they came into the store, leaves the feed well-formed', async () => {
    const newsroom = await newsroomWith({ briefing })
    const hostile = String.raw`\u0000\u0008\u001b\ufffe\ud800 ]]> &amp; <![CDATA[ </title>`
    await writePlain(newsroom.database)
    await newsroom.database.query
      .updateTable('edition')
      .set(({ ref, fn, val }) => ({ reading: fn('replace', [ref('reading'), val('The harbour closes'), val(hostile)]) }))
      .execute()
    const xml = await newsroom.text('/en/feed.xml')
    expect(readAtom(xml).entries[0]?.title).toBe(' ]]> &amp; <![CDATA[ </title> for a month')
    expect((await newsroom.get('/en/feed.json')).status).toBe(200)
  })

  test('has what a print changes at once, and asks for no other entry again', async () => {
    const newsroom = await openNewsroom()
    const [one, other] = [aBriefing({ id: 'one', slug: 'one' }), aBriefing({ id: 'other', slug: 'other' })]
    await newsroom.load({ briefing: one }, { briefing: other })
    const title = 'Of a quokka'
    const feeds = ['/en/feed.xml', '/en/feed.json']
    const before: string[] = []
    for (const path of feeds) before.push(await newsroom.text(path))
    newsroom.forget()
    for (const [at, path] of feeds.entries()) expect(await newsroom.text(path)).toBe(before[at])
    expect(newsroom.queries).toHaveLength(feeds.length)
    await newsroom.load({ briefing: revised(one, 'minor', '2025-06-01T00:00:00Z', (each) => ({ ...each, title })) })
    for (const [at, path] of feeds.entries()) {
      newsroom.forget()
      const after = await newsroom.text(path)
      expect(newsroom.queries).toHaveLength(2)
      expect([before[at]?.split(title).length, after.split(title).length]).toEqual([1, 2])
      expect(after.replace(title, one.title).length).toBe(before[at]?.length)
    }
  })
})
