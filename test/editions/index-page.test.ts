import { CompiledQuery } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { attributesOf, find, part, shown } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const two = (number: number) => String(number).padStart(2, '0')

/** Forty-five briefings, several of them of the same hour, every third of them in Spanish. */
const briefings: readonly BriefingFile[] = Array.from({ length: 45 }, (_, index) =>
  aBriefing({
    id: `b${two((index * 7) % 45)}`,
    slug: `briefing-${two((index * 7) % 45)}`,
    publishedAt: `2025-01-${two(1 + Math.floor(index / 4))}T08:00:00Z`,
    category: index % 2 === 0 ? 'infrastructure' : 'product',
    domain: index % 3 === 0 ? 'technology' : 'finance',
    impact: index % 5 === 0 ? 'critical' : 'low',
    regions: index % 4 === 0 ? ['FR', '001'] : ['DE'],
  }),
)
const isSpanish = (briefing: BriefingFile) => briefings.indexOf(briefing) % 3 === 0

/** The order that the index promises: native first, then newest, and the same order each time among those of one hour. */
const promised = briefings.toSorted(
  (one, other) =>
    Number(isSpanish(other)) - Number(isSpanish(one)) ||
    other.publishedAt.localeCompare(one.publishedAt) ||
    (other.id < one.id ? -1 : 1),
)

const slugsOn = (page: string) =>
  [...part(page, '<main', '</main>').matchAll(/href="\/[a-zA-Z-]+\/briefings\/([a-z0-9-]+)"/g)].map(([, slug]) => slug ?? '')

/** Follows "older" from this address to the end. */
async function followed(newsroom: Newsroom, address: string): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = []
  for (let next: string | undefined = address; next !== undefined && pages.length < 20; ) {
    const response = await newsroom.get(next)
    expect(response.status).toBe(200)
    const page = await response.text()
    pages.push(slugsOn(page))
    next = attributesOf(page, 'a', 'href', { rel: 'next' })[0]
  }
  return pages
}

describe('the index', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom()
    await newsroom.load(
      ...briefings.map((briefing) => ({ briefing, translations: isSpanish(briefing) ? [aTranslation(briefing, 'es')] : [] })),
    )
  })

  test('shows each briefing exactly once, what is in the reader’s language first and each of the two newest first', async () => {
    const pages = await followed(newsroom, '/es/')
    expect(pages.map((page) => page.length)).toEqual([20, 20, 5])
    expect(pages.flat()).toEqual(promised.map(({ slug }) => slug))
  })

  test('of the English is newest first', async () => {
    const pages = await followed(newsroom, '/en/')
    const dates = pages.flat().map((slug) => briefings.find((each) => each.slug === slug)?.publishedAt ?? '')
    expect(dates).toHaveLength(45)
    expect(dates).toEqual(dates.toSorted().reverse())
  })

  test.each([
    ['category=infrastructure', (each: BriefingFile) => each.category === 'infrastructure'],
    ['domain=finance', (each: BriefingFile) => each.domain === 'finance'],
    ['impact=critical', (each: BriefingFile) => each.impact === 'critical'],
    ['region=FR', (each: BriefingFile) => each.regions.includes('FR')],
    ['region=001', (each: BriefingFile) => each.regions.includes('001')],
    ['only=es', isSpanish],
    ['category=product&impact=low', (each: BriefingFile) => each.category === 'product' && each.impact === 'low'],
    [
      'category=product&domain=finance&impact=low&region=DE',
      (each: BriefingFile) =>
        each.category === 'product' && each.domain === 'finance' && each.impact === 'low' && each.regions.includes('DE'),
    ],
    ['domain=technology&only=es', isSpanish],
    ['domain=finance&only=es', () => false],
    ['category=&domain=&impact=&region=&only=', () => true],
  ])('narrowed by %s shows those briefings and no others, over all its pages', async (query, fits) => {
    const pages = await followed(newsroom, `/es/?${query}`)
    expect(pages.flat()).toEqual(promised.filter(fits).map(({ slug }) => slug))
  })

  test('narrowed to nothing says so', async () => {
    const page = await newsroom.text('/es/?domain=finance&only=es')
    expect(page).toContain(newsroom.site.speak('es').t('index.empty'))
  })

  test('shows in its form what it is narrowed to', async () => {
    const page = await newsroom.text('/es/?category=product&region=DE&only=es')
    const chosen = find(page, 'option')
      .filter(({ attributes }) => attributes.has('selected'))
      .map(({ attributes }) => attributes.get('value'))
    expect(chosen).toEqual(['product', 'DE'])
    expect(find(page, 'input', { name: 'only' })[0]?.attributes.has('checked')).toBe(true)
    expect(find(page, 'details', { class: 'filters' })[0]?.attributes.has('open')).toBe(true)
  })

  test('offers the regions of what there is, by their names in the reader’s language', async () => {
    const page = part(await newsroom.text('/es/'), '<select name="region"', '</select>')
    expect(attributesOf(page, 'option', 'value')).toEqual(['', '001', 'DE', 'FR'])
    expect(shown(page)).toContain('Alemania')
    expect(shown(page)).toContain('Mundo')
  })

  test('keeps what it is narrowed to in the address of the older page, and leads back to the newest', async () => {
    const page = await newsroom.text('/es/?domain=finance')
    const [next = ''] = attributesOf(page, 'a', 'href', { rel: 'next' })
    expect(new URL(next, newsroom.origin).searchParams.get('domain')).toBe('finance')
    const older = await newsroom.text(next)
    expect(attributesOf(older, 'a', 'href')).toContain('/es/?domain=finance')
  })

  test('labels what is shown in English, marks its language, and labels nothing else', async () => {
    const page = await newsroom.text('/es/')
    const native = part(page, 'aria-labelledby="native"', '</section>')
    const elsewhere = part(page, 'aria-labelledby="elsewhere"', '</section>')
    const label = newsroom.site.speak('es').t('card.in-source-language')
    expect(slugsOn(`<main${native}</main>`)).toHaveLength(15)
    expect(shown(native)).not.toContain(label)
    expect(slugsOn(`<main${elsewhere}</main>`)).toHaveLength(5)
    expect(elsewhere.split(label)).toHaveLength(6)
    expect(find(elsewhere, 'a', { lang: 'en', dir: 'ltr' })).toHaveLength(5)
    expect(find(native, 'a', { lang: 'en' })).toEqual([])
  })

  test('costs three statements, narrowed and on every page, and one when it is shown again', async () => {
    const program = await newsroom.deploy()
    for (const query of [
      '',
      '?category=product',
      '?category=product&domain=finance&impact=low&region=DE&only=es',
      '?after=1~2025-01-05T08:00:00Z~b10',
    ]) {
      newsroom.forget()
      expect((await program.get(`/es/${query}`)).status).toBe(200)
      expect(newsroom.queries.length, query).toBeLessThanOrEqual(3)
      newsroom.forget()
      await program.get(`/es/${query}`)
      expect(newsroom.queries.length, query).toBe(query.includes('only') ? 2 : 1) // Nothing is listed that would name the newest print.
    }
  })

  test('is read from where a page begins, and not from the first', async () => {
    newsroom.forget()
    await newsroom.get('/es/?after=1~2025-01-05T08:00:00Z~b10')
    const [query = ''] = newsroom.queries
    const parameters = [...query.matchAll(/\?/g)].map(() => '')
    const { rows } = await newsroom.database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${query}`, parameters),
    )
    expect(rows.map(({ detail }) => detail).join()).toContain('(native,published_at,briefing_id)<(?,?,?)')
  })

  test.each([
    'category=weather',
    'category=toString',
    'category=__proto__',
    'domain=infrastructure2',
    'impact=HIGH',
    'standing=published',
    'standing=none',
    'region=Europe',
    "region=FR' or 1=1 --",
    'region=%00',
    'after=1',
    'after=2~2025-01-05T08:00:00Z~b10',
    'after=1~9999-99-99T99:99:99Z~b10',
    'after=1~2025-01-05T08:00:00Z~',
    'after=1~2025-01-05T08:00:00Z~b10%27--',
    `after=${'1'.repeat(5000)}`,
  ])('answers 400 to what no list has: %s', async (query) => {
    const response = await newsroom.get(`/es/?${query}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('Content-Language')).toBe('es')
    expect(await response.text()).toContain(newsroom.site.speak('es').t('error.invalid.title'))
  })

  test('takes the first of a repeated parameter and passes over those it does not know', async () => {
    expect((await newsroom.get('/es/?impact=low&impact=weather&utm_source=x')).status).toBe(200)
    expect((await newsroom.get('/es/?impact=weather&impact=low')).status).toBe(400)
  })
})

describe('the index of a small site', () => {
  test('costs the same three statements', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    newsroom.forget()
    await newsroom.get('/es/')
    expect(newsroom.queries).toHaveLength(3)
  })

  test('of nothing is a page that says so, in every language', async () => {
    const newsroom = await openNewsroom()
    for (const { tag } of newsroom.site.locales.locales) {
      expect(await newsroom.text(`/${tag}/`)).toContain(newsroom.site.speak(tag).t('translations.empty'))
    }
  })

  test('calls a neighbour’s language by its name on the card', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const page = await newsroom.text('/ca/')
    expect(shown(part(page, '<span class="label"', '</span>'))).toBe('Espanyol')
    expect(find(part(page, '<main', '</main>'), 'a', { lang: 'es' })).toHaveLength(1)
  })

  test('shows another title as soon as it is printed, and the same cards around it', async () => {
    const newsroom = await openNewsroom()
    const [one, other] = [aBriefing({ id: 'one', slug: 'one' }), aBriefing({ id: 'other', slug: 'other' })]
    await newsroom.load({ briefing: one }, { briefing: other })
    const before = await newsroom.text('/es/')
    await newsroom.load({
      briefing: revised(one, 'minor', '2025-06-01T00:00:00Z', (each) => ({ ...each, title: 'Of a quokka' })),
    })
    const after = await newsroom.text('/es/')
    const [upTo, rest] = before.split('href="/es/briefings/one"')
    expect(after).toBe([upTo, rest?.replace(`>${one.title}<`, '>Of a quokka<')].join('href="/es/briefings/one"'))
    expect(after).toContain('>Of a quokka<')
  })
})
