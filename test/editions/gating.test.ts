import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tier } from '../../src/briefings/vocabulary'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation } from '../support/briefings'
import { articleIn, find, part, shown } from '../support/html'
import { signedIn } from '../support/members'
import { openNewsroom } from '../support/newsroom'
import { plainAnswers, plainEditions } from '../support/plain-rows'
import { rounds } from '../support/rounds'
import { tiers } from '../support/tiers'

const outputs = [
  ['the page', (locale: string) => `/${locale}/briefings/harbour-closes`],
  ['the data', (locale: string) => `/${locale}/briefings/harbour-closes.json`],
  ['the text', (locale: string) => `/${locale}/briefings/harbour-closes.md`],
  ['the comparison', (locale: string) => `/${locale}/briefings/harbour-closes/bilingual`],
  ['the changes', (locale: string) => `/${locale}/briefings/harbour-closes/changes`],
  ['the index', (locale: string) => `/${locale}/`],
  ['the narrowed index', (locale: string) => `/${locale}/?category=infrastructure&domain=infrastructure&impact=high&region=FR`],
  ['the index of this language', (locale: string) => `/${locale}/?only=${locale}`],
  ['the index of what is not translated', (locale: string) => `/${locale}/?standing=not-yet`],
  ['the search', (locale: string) => `/${locale}/search?q=dredger`],
  ['the search of all there is', (locale: string) => `/${locale}/search?q=harbour+${locale}`],
  ['the search’s data', (locale: string) => `/${locale}/search.json?q=insurers`],
  ['the page of translations', (locale: string) => `/${locale}/translations`],
  ['the page to share it by', (locale: string) => `/${locale}/briefings/harbour-closes/share`],
  ['the frame for other sites', (locale: string) => `/${locale}/briefings/harbour-closes/embed`],
  ['the answer to who embeds it', (locale: string) => `/oembed?url=https://briefings.example/${locale}/briefings/harbour-closes`],
  ['the feed', (locale: string) => `/${locale}/feed.xml`],
  ['the feed of everything', (locale: string) => `/${locale}/feed.xml?include=fallback`],
  ['the archive of the feed', (locale: string) => `/${locale}/feed.xml?include=fallback&archive=1`],
  ['the feed as JSON', (locale: string) => `/${locale}/feed.json?include=fallback`],
  ['the sitemap', (locale: string) => `/sitemap-${locale}-0.xml`],
  ['the sitemap of what is new', () => '/news-sitemap.xml'],
] as const

/** A briefing with canaries in its members' parts, translated in full into three languages and in part into one. */
async function newsroomWithCanaries() {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  await newsroom.load({
    briefing,
    translations: [
      aTranslation(briefing, 'es'),
      aTranslation(briefing, 'ar'),
      aTranslation(briefing, 'ja', { segments: { 'sections.insurers.heading': '', 'sections.repairs': '', summary: '' } }),
      aTranslation(briefing, 'fr', {
        segments: { 'sections.insurers': 'canary-translated', 'linkedOrganisations.dredgers': 'canary-translated' },
      }),
      aTranslation(briefing, 'de', { state: 'draft', segments: { 'sections.insurers': 'canary-draft' } }),
    ],
  })
  const last = openLocales(newsroom.site.locales).map((asked) => ({
    asked,
    with_fallback: 1,
    name: 'all',
    value: '',
    number: 19,
  }))
  await newsroom.database.query.insertInto('feed_place').values(last).execute() // So that the archive is full.
  return newsroom
}

describe('a gated word', () => {
  test('leaves in no output, in no language, to a reader below its tier', async () => {
    const newsroom = await newsroomWithCanaries()
    const locales = openLocales(newsroom.site.locales)
    const accept = fc.constantFrom('text/html', 'application/json', '*/*', '')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...locales), fc.constantFrom(...outputs), accept, async (locale, [, address], wanted) => {
        const response = await newsroom.get(address(locale), { Accept: wanted })
        const said = `${await response.text()}${JSON.stringify([...response.headers])}`
        expect(said).not.toContain('canary')
        expect(said).not.toContain('Dredgers SA')
      }),
      { numRuns: rounds(120) },
    )
  })

  test.each(outputs)('is not in %s in any language of the site', async (_name, address) => {
    const newsroom = await newsroomWithCanaries()
    for (const locale of openLocales(newsroom.site.locales)) {
      const response = await newsroom.get(address(locale))
      expect([200, 404]).toContain(response.status)
      expect(await response.text()).not.toContain('canary')
    }
  })

  test('is in no feed and no sitemap even for those who may read it elsewhere: what is fed is public', async () => {
    const newsroom = await newsroomWithCanaries()
    const { cookie } = await signedIn(newsroom, 'ania@example.com', { tier: 'alliance' })
    expect(await newsroom.text('/en/briefings/harbour-closes', { Cookie: cookie })).toContain('canary-alliance')
    const fed = outputs.filter(([name]) => /feed|sitemap/.test(name))
    expect(fed).toHaveLength(6)
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const [, address] of fed) {
        const theirs = await newsroom.text(address(locale), { Cookie: cookie })
        expect(theirs).not.toContain('canary')
        expect(theirs).toBe(await newsroom.text(address(locale)))
      }
    }
  })

  test('is in what was printed for those who may read it, each tier its own and no more', async () => {
    const { database } = await newsroomWithCanaries()
    const editions = await plainEditions(database)
    const holders = (word: string) =>
      new Set(editions.filter((each) => JSON.stringify(each).includes(word)).map(({ tier }) => tiers[tier === 0 ? 0 : tier - 2]))
    expect(new Set(editions.map(({ locale }) => locale))).toEqual(new Set(['en', 'es', 'fr', 'ar', 'ja']))
    expect(holders('canary-circle')).toEqual(new Set<Tier>(['circle', 'alliance']))
    expect(holders('canary-translated')).toEqual(new Set<Tier>(['circle', 'alliance']))
    expect(holders('canary-alliance')).toEqual(new Set<Tier>(['alliance']))
    expect(holders('canary-draft')).toEqual(new Set())
  })

  test('is in no card, and in nothing that is printed around the article', async () => {
    const { database } = await newsroomWithCanaries()
    const cards = await database.query.selectFrom('edition').select('card').execute()
    const answers = await plainAnswers(database)
    const facets = await database.query.selectFrom('facet').selectAll().execute()
    const shared = await database.query.selectFrom('share_card').selectAll().execute()
    expect(answers.length).toBeGreaterThan(10)
    expect(shared.length).toBeGreaterThan(4)
    expect(JSON.stringify([cards, answers, facets, shared])).not.toContain('canary')
  })
})

describe('a locked section', () => {
  test('shows its heading, what it takes to open it, and how much is behind it', async () => {
    const newsroom = await newsroomWithCanaries()
    for (const locale of ['en', 'es', 'ar']) {
      const { t } = newsroom.site.speak(locale)
      const page = await newsroom.text(`/${locale}/briefings/harbour-closes`)
      const insurers = shown(part(page, '<section id="sections.insurers"', '</section>'))
      expect(insurers).toContain('What insurers say')
      expect(insurers).toContain(t('tier.circle.locked'))
      expect(insurers).toContain(t('locked.words', { count: 4 }))
      const repairs = shown(part(page, '<section id="sections.repairs"', '</section>'))
      expect(repairs).toContain(t('tier.alliance.locked'))
      const linked = shown(part(page, '<section id="linkedOrganisations"', '</section>'))
      expect(linked).toContain(t('briefing.linked'))
      expect(linked).toContain(t('locked.notes', { count: 1 }))
    }
  })

  test('is locked in every language alike: the English decides, whatever the translator did', async () => {
    const newsroom = await newsroomWithCanaries()
    const locked = async (locale: string) =>
      find(articleIn(await newsroom.text(`/${locale}/briefings/harbour-closes`)), 'section', { class: 'locked' }).map(
        ({ attributes }) => attributes.get('id'),
      )
    for (const locale of openLocales(newsroom.site.locales)) {
      expect(await locked(locale)).toEqual(['sections.insurers', 'sections.repairs', 'linkedOrganisations'])
    }
  })

  test('a section for everyone is open, and stays when others are locked', async () => {
    const newsroom = await openNewsroom()
    const [insurers, ...others] = aBriefing().sections
    if (!insurers) throw new Error('The briefing has no sections.')
    await newsroom.load({ briefing: aBriefing({ sections: [{ ...insurers, access: 'public' }, ...others] }) })
    const page = await newsroom.text('/en/briefings/harbour-closes')
    expect(page).toContain('Insurers expect claims.')
    expect(page).not.toContain('canary-alliance')
  })

  test('counts and reading time say nothing about a section beyond its number of words', async () => {
    const newsroom = await openNewsroom()
    const long = aBriefing().sections.map((each) => ({ ...each, text: 'word '.repeat(3000).trim() }))
    await newsroom.load({ briefing: aBriefing({ sections: long }) })
    const page = await newsroom.text('/en/briefings/harbour-closes')
    expect(page).toContain(newsroom.site.speak('en').t('locked.words', { count: 3000 }))
    expect(page).toContain(newsroom.site.speak('en').t('briefing.minutes', { minutes: 1 }))
  })
})
