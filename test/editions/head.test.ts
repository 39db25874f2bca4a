import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find, tagsOf } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const origin = 'https://briefings.example'
const address = (locale: string) => `${origin}/${locale}/briefings/harbour-closes`

async function newsroomWith(locales: readonly string[], briefing: BriefingFile = aBriefing()) {
  const newsroom = await openNewsroom()
  await newsroom.load({ briefing, translations: locales.map((locale) => aTranslation(briefing, locale)) })
  return newsroom
}

const alternatesOf = (page: string) =>
  Object.fromEntries(
    find(page, 'link', { rel: 'alternate' }).flatMap(({ attributes }) =>
      attributes.has('hreflang') ? [[attributes.get('hreflang'), attributes.get('href')] as const] : [],
    ),
  )
const canonicalOf = (page: string) => attributesOf(page, 'link', 'href', { rel: 'canonical' })
const meta = (page: string, property: string) => attributesOf(page, 'meta', 'content', { property })

/** The structured data of a page, as a program reads it. */
function structuredDataOf(page: string): Record<string, unknown> | undefined {
  const scripts = find(page, 'script', { type: 'application/ld+json' })
  expect(scripts.length).toBeLessThan(2)
  return scripts[0] && (JSON.parse(scripts[0].text) as Record<string, unknown>)
}

describe('what the head of a briefing page tells machines', () => {
  test('each page in its own language is canonical, and all name the same alternates and the address that negotiates', async () => {
    const newsroom = await newsroomWith(['fr', 'ar', 'zh-Hans'])
    const alternates = {
      en: address('en'),
      fr: address('fr'),
      ar: address('ar'),
      'zh-Hans': address('zh-Hans'),
      'x-default': `${origin}/briefings/harbour-closes`,
    }
    for (const locale of ['en', 'fr', 'ar', 'zh-Hans']) {
      const page = await newsroom.text(`/${locale}/briefings/harbour-closes`)
      expect(canonicalOf(page)).toEqual([address(locale)])
      expect(alternatesOf(page)).toEqual(alternates)
    }
    const negotiated = await newsroom.get('/briefings/harbour-closes', { 'Accept-Language': 'ar' })
    expect(negotiated.headers.get('Location')).toBe('/ar/briefings/harbour-closes')
  })

  test('a fallback page points to the page it stands in for and has no alternates and no structured data', async () => {
    const newsroom = await newsroomWith(['es'])
    for (const [asked, served] of [
      ['de', 'en'],
      ['ca', 'es'],
    ] as const) {
      const page = await newsroom.text(`/${asked}/briefings/harbour-closes`)
      expect(canonicalOf(page)).toEqual([address(served)])
      expect(alternatesOf(page)).toEqual({})
      expect(structuredDataOf(page)).toBeUndefined()
    }
  })

  test('a page in a language in preview is kept from search engines and from the alternates of the others', async () => {
    const newsroom = await newsroomWith(['ca', 'es'])
    const page = await newsroom.text('/ca/briefings/harbour-closes')
    expect(attributesOf(page, 'meta', 'content', { name: 'robots' })).toEqual(['noindex'])
    expect(alternatesOf(page)).toEqual({})
    expect(Object.keys(alternatesOf(await newsroom.text('/es/briefings/harbour-closes')))).toEqual(['en', 'es', 'x-default'])
  })

  test('addresses come from the configured origin, whatever host the request names', async () => {
    const newsroom = await newsroomWith(['fr'])
    const forged = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', Forwarded: 'host=evil.example' }
    for (const path of [
      '/fr/briefings/harbour-closes',
      '/fr/',
      '/fr/briefings/harbour-closes/bilingual',
      '/fr/briefings/harbour-closes.json',
    ]) {
      const response = await newsroom.app.request(`https://evil.example${path}`, { headers: { Accept: 'text/html', ...forged } })
      expect(response.status).toBe(200)
      expect(response.headers.get('Link')).toContain('<https://briefings.example/')
      expect(await response.text()).not.toContain('evil.example')
    }
  })

  test('the index names every public language and the address that negotiates; a language in preview is in none', async () => {
    const newsroom = await openNewsroom()
    const page = await newsroom.text('/fr/')
    const publicOnes = newsroom.site.locales.locales.filter(({ state }) => state === 'public').map(({ tag }) => tag)
    expect(Object.keys(alternatesOf(page))).toEqual([...publicOnes, 'x-default'])
    expect(canonicalOf(page)).toEqual([`${origin}/fr/`])
    const preview = await newsroom.text('/ca/')
    expect(alternatesOf(preview)).toEqual({})
    expect(attributesOf(preview, 'meta', 'content', { name: 'robots' })).toEqual(['noindex'])
  })

  test('a comparison is the translation’s page seen differently: canonical there, and no alternate of anything', async () => {
    const newsroom = await newsroomWith(['fr'])
    const page = await newsroom.text('/fr/briefings/harbour-closes/bilingual')
    expect(canonicalOf(page)).toEqual([address('fr')])
    expect(alternatesOf(page)).toEqual({})
  })

  test('Open Graph names the locale served, with a territory, and the others that exist', async () => {
    const newsroom = await newsroomWith(['fr', 'ar', 'pt-BR'])
    const french = await newsroom.text('/fr/briefings/harbour-closes')
    expect(meta(french, 'og:locale')).toEqual(['fr_FR'])
    expect(meta(french, 'og:locale:alternate')).toEqual(['en_GB', 'pt_BR', 'ar_EG'])
    expect(meta(french, 'og:title')).toEqual(['fr: The harbour closes for a month'])
    const fallback = await newsroom.text('/de/briefings/harbour-closes')
    expect(meta(fallback, 'og:locale')).toEqual(['en_GB'])
    expect(meta(fallback, 'og:url')).toEqual([address('en')])
  })
})

describe('the structured data of a briefing page', () => {
  test('says in which language it is and which works it is a translation of or has', async () => {
    const newsroom = await newsroomWith(['fr', 'ar'])
    expect(structuredDataOf(await newsroom.text('/en/briefings/harbour-closes'))).toMatchObject({
      '@id': address('en'),
      inLanguage: 'en',
      headline: 'The harbour closes for a month',
      workTranslation: [
        { '@id': address('fr'), inLanguage: 'fr' },
        { '@id': address('ar'), inLanguage: 'ar' },
      ],
    })
    const french = structuredDataOf(await newsroom.text('/fr/briefings/harbour-closes'))
    expect(french).toMatchObject({
      '@id': address('fr'),
      inLanguage: 'fr',
      translationOfWork: { '@id': address('en'), inLanguage: 'en' },
      translator: [{ name: 'Ada Traductrice' }],
    })
    expect(french).not.toHaveProperty('workTranslation')
  })

  test('says that those who sign it are persons, but for the site itself and organisations that say so', async () => {
    const byline = ['Ada Byron', { organisation: 'Harbour desk' }, 'Vernacular']
    const newsroom = await newsroomWith(['fr'], aBriefing({ byline }))
    for (const locale of ['en', 'fr']) {
      const page = await newsroom.text(`/${locale}/briefings/harbour-closes`)
      expect(structuredDataOf(page)?.['author']).toEqual([
        { '@type': 'Person', name: 'Ada Byron' },
        { '@type': 'Organization', name: 'Harbour desk' },
        { '@type': 'Organization', name: 'Vernacular' },
      ])
    }
    expect(await newsroom.text('/en/briefings/harbour-closes.md')).toContain('Ada Byron, Harbour desk and Vernacular')
    const { briefing } = JSON.parse(await newsroom.text('/en/briefings/harbour-closes.json')) as { briefing: object }
    const names = ['Ada Byron', 'Harbour desk', 'Vernacular']
    expect(briefing).toMatchObject({ byline: names, bylineOrganisations: ['Harbour desk'] })
  })

  test('says which parts are not free, by anchors that are on the page, and not a word of them', async () => {
    const newsroom = await newsroomWith(['fr'])
    for (const locale of ['en', 'fr']) {
      const page = await newsroom.text(`/${locale}/briefings/harbour-closes`)
      const data = structuredDataOf(page)
      expect(data).toMatchObject({ isAccessibleForFree: false })
      const parts = data?.['hasPart'] as { isAccessibleForFree: boolean; cssSelector: string }[]
      expect(parts.map(({ isAccessibleForFree }) => isAccessibleForFree)).toEqual([false, false, false])
      const ids = tagsOf(page).flatMap(({ attributes }) => attributes.get('id') ?? [])
      for (const { cssSelector } of parts) expect(ids).toContain(cssSelector.slice(1).replaceAll('\\', ''))
      expect(JSON.stringify(data)).not.toContain('canary')
    }
  })

  test('says that a briefing without members’ parts is free', async () => {
    const newsroom = await newsroomWith([], aBriefing({ sections: [], linkedOrganisations: { access: 'circle', notes: [] } }))
    const data = structuredDataOf(await newsroom.text('/en/briefings/harbour-closes'))
    expect(data).toMatchObject({ isAccessibleForFree: true })
    expect(data).not.toHaveProperty('hasPart')
  })

  test('cannot be broken out of by a title that closes the script', async () => {
    const title = 'Ends </script><script>alert(1)</script><!-- here'
    const newsroom = await newsroomWith([], aBriefing({ title }))
    const page = await newsroom.text('/en/briefings/harbour-closes')
    expect(structuredDataOf(page)).toMatchObject({ headline: title })
    expect(page).not.toContain('<script>alert')
  })
})
