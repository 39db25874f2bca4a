import { describe, expect, test } from 'vitest'
import type { Glossary } from '../../src/translations/glossary'
import { aBriefing, aTranslation } from '../support/briefings'
import { articleIn, find } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const commission = { id: 'commission', name: 'European Commission' }
const authority = { id: 'authority', name: 'Competition and Markets Authority' }
const port = { id: 'port', name: 'Port of Sète' }
const maker = { id: 'maker', name: 'Microsoft' }

const terms = {
  es: [{ term: 'European Commission', translation: 'Comisión Europea' }],
  fr: [
    { term: 'European Commission', translation: 'Commission européenne' },
    { term: 'Microsoft', translation: 'Microsoft', keep: true },
    { term: 'Competition and Markets Authority', translation: 'Competition and Markets Authority', keep: true, lang: 'en' },
    { term: 'port of sète', translation: 'un port' },
  ],
  ar: [{ term: 'Microsoft', translation: 'مايكروسوفت', keep: true }],
} satisfies Record<string, Glossary['terms']>

const having = (lists: Readonly<Record<string, Glossary['terms']>>) => ({
  glossaries: Object.fromEntries(Object.entries(lists).map(([locale, list]) => [locale, { locale, terms: list }])),
})
const agreed = having(terms)

/** A briefing about four organisations, of which two have a note that everyone may read, in French and Arabic. */
const briefing = aBriefing({
  organisations: [commission, maker, authority, port],
  linkedOrganisations: {
    access: 'public',
    notes: [
      { ...commission, note: 'Looks on.' },
      { ...port, note: 'Is closed.' },
    ],
  },
})

async function published() {
  const newsroom = await openNewsroom({ kit: agreed })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'fr'), aTranslation(briefing, 'ar')] })
  return newsroom
}

/** Names as a page has them, each with the language that it is marked with. */
const namesIn = (html: string) =>
  find(html, 'bdi').map(({ text, attributes }) => [text, attributes.get('lang'), attributes.get('dir')])
const opening = (page: string) => namesIn(articleIn(page)).slice(0, 4)

describe('the name of an organisation', () => {
  test('is that of the language of the text, as its glossary has it; without one it is English, and marked as English', async () => {
    const newsroom = await published()
    expect(opening(await newsroom.text('/fr/briefings/harbour-closes'))).toEqual([
      ['Commission européenne', undefined, undefined],
      ['Microsoft', undefined, undefined],
      ['Competition and Markets Authority', 'en', 'ltr'],
      ['Port of Sète', 'en', 'ltr'],
    ])
    expect(opening(await newsroom.text('/ar/briefings/harbour-closes'))).toEqual([
      ['European Commission', 'en', 'ltr'],
      ['مايكروسوفت', undefined, undefined],
      ['Competition and Markets Authority', 'en', 'ltr'],
      ['Port of Sète', 'en', 'ltr'],
    ])
  })

  test('is English where the English is served, whatever language was asked for', async () => {
    const newsroom = await published()
    for (const asked of ['en', 'es']) {
      const names = opening(await newsroom.text(`/${asked}/briefings/harbour-closes`))
      expect(names).toEqual([commission, maker, authority, port].map(({ name }) => [name, undefined, undefined]))
    }
  })

  test('is that of a neighbour’s language, and marked with it, where only that one has it', async () => {
    const newsroom = await published()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'ca')] })
    expect(opening(await newsroom.text('/ca/briefings/harbour-closes')).slice(0, 2)).toEqual([
      ['Comisión Europea', 'es', 'ltr'],
      ['Microsoft', 'en', 'ltr'],
    ])
  })

  test('is the same in the notes, in Markdown and in feeds', async () => {
    const newsroom = await published()
    const path = '/fr/briefings/harbour-closes'
    expect(namesIn(articleIn(await newsroom.text(path))).slice(-2)).toEqual([
      ['Commission européenne', undefined, undefined],
      ['Port of Sète', 'en', 'ltr'],
    ])
    expect(await newsroom.text(`${path}.md`)).toContain(
      '- **Commission européenne**\u00a0: fr: Looks on.\n- **Port of Sète**\u00a0: fr: Is closed.',
    )
    const feed = JSON.parse(await newsroom.text('/fr/feed.json')) as { items: { content_html: string }[] }
    expect(feed.items[0]?.content_html).toContain('<b>Commission européenne</b>\u00a0: fr: Looks on.')
    expect(feed.items[0]?.content_html).toContain('<b lang="en" dir="ltr">Port of Sète</b>\u00a0: fr: Is closed.')
  })

  test('stands beside the name in the source for programs and for search engines', async () => {
    const newsroom = await published()
    const path = '/fr/briefings/harbour-closes'
    const { briefing: reading } = JSON.parse(await newsroom.text(`${path}.json`)) as {
      briefing: { organisations: unknown[]; linkedOrganisations: { notes: unknown[] } }
    }
    expect(reading.organisations.slice(0, 3)).toEqual([
      { ...commission, localName: { lang: 'fr', text: 'Commission européenne' } },
      { ...maker, localName: { lang: 'fr', text: 'Microsoft' } },
      { ...authority, localName: { lang: 'en', text: 'Competition and Markets Authority' } },
    ])
    expect(reading.linkedOrganisations.notes[0]).toMatchObject({ name: commission.name, localName: { lang: 'fr' } })
    const [data] = find(await newsroom.text(path), 'script', { type: 'application/ld+json' })
    expect((JSON.parse(data?.text ?? '') as { about: unknown }).about).toEqual([
      { '@type': 'Organization', name: 'Commission européenne', alternateName: 'European Commission' },
      { '@type': 'Organization', name: 'Microsoft' },
      { '@type': 'Organization', name: 'Competition and Markets Authority' },
      { '@type': 'Organization', name: 'Port of Sète' },
    ])
  })

  test('is found by search in both languages, and a typo in it is corrected', async () => {
    const newsroom = await published()
    const search = async (query: string) =>
      JSON.parse(await newsroom.text(`/fr/search.json?q=${encodeURIComponent(query)}`)) as {
        results: { native: boolean; excerpt: { pieces: { text: string; isMatch: boolean }[] } }[]
        suggestion: string | null
      }
    for (const name of ['"Commission européenne"', '"European Commission"']) {
      const { results } = await search(name)
      expect([name, results[0]?.native]).toEqual([name, true])
    }
    const matches = (await search('européenne')).results[0]?.excerpt.pieces.filter(({ isMatch }) => isMatch)
    expect(matches?.map(({ text }) => text)).toEqual(['européenne'])
    expect((await search('eurpéenne')).suggestion).toBe('européenne')
    expect((await search('"Comisión Europea"')).results).toEqual([])
  })
})

describe('a name that a glossary has from now on', () => {
  const later = having({ ...terms, fr: [...terms.fr, { term: 'Port of Sète', translation: 'Port de Sète' }] })

  test('is on pages at once, and printed again with its language alone', async () => {
    const newsroom = await published()
    const next = await newsroom.deploy(later)
    const fingerprints = (site: typeof next.site) => ['fr', 'ar'].map((locale) => site.fingerprint(locale))
    const [[fr, ar], [frLater, arLater]] = [fingerprints(newsroom.site), fingerprints(next.site)]
    expect([fr === frLater, ar === arLater]).toEqual([false, true])
    expect(opening(await next.text('/fr/briefings/harbour-closes'))[3]).toEqual(['Port de Sète', undefined, undefined])
    const found = async () => (JSON.parse(await next.text('/fr/search.json?q=%22port+de%22')) as { results: unknown[] }).results
    expect(await found()).toEqual([])
    expect(await next.printWaiting()).toBe(1)
    expect(await found()).toHaveLength(1)
  })

  test('prints nothing again if only its note to translators changes', async () => {
    const newsroom = await published()
    const noted = having({ ...terms, fr: terms.fr.map((term) => ({ ...term, note: 'A note.' })) })
    expect(await (await newsroom.deploy(noted)).printWaiting()).toBe(0)
  })
})

describe('the name of a region', () => {
  test('has a capital in filters and tables, and none within a line of text', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing({ regions: ['001'] }) })
    for (const [locale, name] of [
      ['en', 'World'],
      ['pl', 'Świat'],
    ] as const) {
      expect(find(await newsroom.text(`/${locale}/`), 'option', { value: '001' })[0]?.text).toBe(name)
      expect(await newsroom.text(`/${locale}/briefings/harbour-closes`)).toContain(`<dd>${name}</dd>`)
    }
    expect(await newsroom.text('/en/briefings/harbour-closes.md')).toMatch(/\bworld\n/)
  })
})
