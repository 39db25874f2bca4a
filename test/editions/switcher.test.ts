import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { find, part, shown } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const menuOf = (page: string) => part(page, '<details class="switcher"', '</details>')

/** The languages that a page's menu offers: address by locale, and which of them is marked as shown. */
function offeredBy(page: string) {
  const links = find(menuOf(page), 'a')
  return {
    links: Object.fromEntries(
      links.map(({ attributes }) => [attributes.get('data-locale') ?? '', attributes.get('href') ?? ''] as const),
    ),
    marked: links
      .filter(({ attributes }) => attributes.has('aria-current'))
      .map(({ attributes }) => attributes.get('data-locale')),
  }
}

async function newsroomWithTranslations() {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  await newsroom.load({
    briefing,
    translations: [
      aTranslation(briefing, 'fr'),
      aTranslation(briefing, 'ar'),
      aTranslation(briefing, 'de', { state: 'draft' }),
      aTranslation(briefing, 'it', { state: 'in-review' }),
      aTranslation(briefing, 'pl', { state: 'withdrawn' }),
    ],
  })
  return { newsroom, briefing }
}

describe('the menu of languages on a briefing', () => {
  test('lists the languages in which the briefing exists, in every language of the site the same', async () => {
    const { newsroom } = await newsroomWithTranslations()
    for (const { tag } of newsroom.site.locales.locales) {
      const { links } = offeredBy(await newsroom.text(`/${tag}/briefings/harbour-closes`))
      expect(links).toEqual({
        en: '/en/briefings/harbour-closes',
        fr: '/fr/briefings/harbour-closes',
        ar: '/ar/briefings/harbour-closes',
      })
    }
  })

  test('marks the language that is served, which on a fallback page is not the one asked for', async () => {
    const { newsroom } = await newsroomWithTranslations()
    expect(offeredBy(await newsroom.text('/fr/briefings/harbour-closes')).marked).toEqual(['fr'])
    expect(offeredBy(await newsroom.text('/en/briefings/harbour-closes')).marked).toEqual(['en'])
    expect(offeredBy(await newsroom.text('/es/briefings/harbour-closes')).marked).toEqual(['en'])
    expect(offeredBy(await newsroom.text('/de/briefings/harbour-closes')).marked).toEqual(['en'])
  })

  test('leads to this briefing in each language, never to a home page, and every link answers 200 in its language', async () => {
    const { newsroom } = await newsroomWithTranslations()
    const { links } = offeredBy(await newsroom.text('/es/briefings/harbour-closes'))
    for (const [locale, href] of Object.entries(links)) {
      const response = await newsroom.get(href)
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Language')).toBe(locale)
    }
  })

  test('names each language in itself', async () => {
    const { newsroom } = await newsroomWithTranslations()
    const menu = menuOf(await newsroom.text('/es/briefings/harbour-closes'))
    expect(shown(menu)).toContain('English')
    expect(shown(menu)).toContain('Français')
    expect(shown(menu)).toContain('العربية')
    for (const { attributes } of find(menu, 'a')) expect(attributes.get('lang')).toBe(attributes.get('hreflang'))
  })

  test('gains a language when its translation is approved and loses it when the translation is withdrawn', async () => {
    const { newsroom, briefing } = await newsroomWithTranslations()
    await newsroom.load({
      briefing,
      translations: [aTranslation(briefing, 'de'), aTranslation(briefing, 'fr', { state: 'withdrawn' })],
    })
    const { links } = offeredBy(await newsroom.text('/es/briefings/harbour-closes'))
    expect(Object.keys(links)).toEqual(['en', 'de', 'ar'])
  })

  test('keeps a language in preview to those who know its address', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'ca')] })
    expect(Object.keys(offeredBy(await newsroom.text('/en/briefings/harbour-closes')).links)).toEqual(['en'])
    expect(offeredBy(await newsroom.text('/ca/briefings/harbour-closes'))).toEqual({
      links: { en: '/en/briefings/harbour-closes', ca: '/ca/briefings/harbour-closes' },
      marked: ['ca'],
    })
  })

  test('shows both sides of a comparison', async () => {
    const { newsroom } = await newsroomWithTranslations()
    expect(offeredBy(await newsroom.text('/fr/briefings/harbour-closes/bilingual'))).toEqual({
      links: { fr: '/fr/briefings/harbour-closes', en: '/en/briefings/harbour-closes' },
      marked: ['fr'],
    })
  })
})

describe('the menu of languages on a list keeps what the list shows', () => {
  test.each([
    ['/es/', '/fr/'],
    ['/es/?category=product', '/fr/?category=product'],
    ['/es/?category=product&only=es', '/fr/?category=product&only=fr'],
    ['/es/?region=ES&impact=high&after=1~2026-01-01T00:00:00.000Z~a', '/fr/?impact=high&region=ES'],
    ['/es/?standing=outdated', '/fr/?standing=outdated'],
    ['/es/search?q=quay', '/fr/search?q=quay'],
    ['/es/search?q=quay&domain=technology&only=es', '/fr/search?q=quay&domain=technology&only=fr'],
    ['/es/search?q=quay&domain=technology&after=1~title~1', '/fr/search?q=quay&domain=technology'],
  ])('%s leads to %s', async (path, expected) => {
    const newsroom = await openNewsroom()
    const { links } = offeredBy(await newsroom.text(path))
    expect(links['fr']?.replaceAll('&amp;', '&')).toBe(expected)
    for (const href of Object.values(links)) expect((await newsroom.get(href.replaceAll('&amp;', '&'))).status).toBe(200)
  })

  test('without the standing of a translation, in the language of the source', async () => {
    const newsroom = await openNewsroom()
    for (const path of ['/es/?standing=outdated', '/es/search?q=quay&standing=outdated']) {
      expect(offeredBy(await newsroom.text(path)).links['en']).not.toContain('standing')
    }
  })
})
