import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { openApi } from '../../src/api/openapi'
import type { BriefingFile } from '../../src/briefings/briefing'
import { altOf, type ShareCard } from '../../src/editions/share-card'
import { bareIn, gapsIn } from '../support/bare'
import { aBriefing, aTranslation } from '../support/briefings'
import { faultsIn, promisedIn } from '../support/contract'
import { sparse } from '../support/generated'
import { find, shown } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

/** A site that asks for nothing but what every briefing has. */
const lenient = { kit: { settings: { ...kit.settings, requires: [] } } }

const bare: BriefingFile = {
  id: 'harbour',
  slug: 'harbour-closes',
  formerSlugs: [],
  state: 'published',
  publishedAt: '2025-03-01T08:00:00Z',
  byline: ['Harbour desk'],
  title: 'The harbour closes',
  summary: 'A dredger has run aground.',
  body: [{ id: 'closure', heading: 'The closure', text: 'The port **closed** on Monday.' }],
  regions: [],
  organisations: [],
  keyPoints: [],
  sources: [],
  affectedAreas: [],
  watch: [],
  sections: [],
  linkedOrganisations: { access: 'public', notes: [] },
  revisions: [{ revision: 1, savedAt: '2025-03-01T08:00:00Z', significance: 'material', note: 'First published' }],
}

const locales = ['en', 'ar', 'fr', 'ja'] as const

/** Every form in which readers of a language and programs get a briefing, by its path. */
const formsOf = (slug: string, locale: string) => [
  ...['', '.json', '.md', '/embed', '/share', '/follow'].map((each) => `/${locale}/briefings/${slug}${each}`),
  ...(locale === 'ar' ? [`/ar/briefings/${slug}/bilingual`, `/ar/briefings/${slug}/changes`] : []),
  `/oembed?url=${encodeURIComponent(`https://briefings.example/${locale}/briefings/${slug}`)}`,
  ...[`/${locale}/`, `/${locale}/feed.xml`, `/${locale}/feed.json`, `/${locale}/feed.xml?include=fallback`],
  ...[`/${locale}/search?q=harbour`, `/${locale}/search.json?q=harbour`],
]

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('\\"', '"')

/** What is wrong in any of these forms: what stands above nothing, and gaps. A search says by `null` that it suggests nothing. */
async function flawsIn(newsroom: Newsroom, slug: string) {
  const found: string[] = []
  for (const path of locales.flatMap((locale) => formsOf(slug, locale))) {
    const response = await newsroom.get(path)
    const text = unescaped(await response.text())
    if (response.status !== 200) found.push(`${path}: ${response.status}`)
    const gaps = gapsIn(path.includes('search.json') ? text.replace(/"(next|suggestion)": null/g, '') : text)
    found.push(...[...bareIn(text), ...gaps].map((flaw) => `${path}: ${flaw}`))
  }
  return found
}

const api = openApi({ origin: 'https://briefings.example', siteName: 'Vernacular' })

/** What an answer of the API has that the document of the API does not promise, or lacks. */
async function brokenPromises(newsroom: Newsroom, slug: string) {
  const paths = {
    '/api/v1/briefings/{slug}': `/api/v1/briefings/${slug}`,
    '/api/v1/briefings': '/api/v1/briefings',
    '/api/v1/search': '/api/v1/search?q=harbour',
  }
  const faults = await Promise.all(
    promisedIn(api).flatMap((promised) => {
      const path = Object.entries(paths).find(([name]) => promised.method === 'GET' && promised.path === name)?.[1]
      return path === undefined
        ? []
        : [
            newsroom
              .ask(path)
              .then(async (given) =>
                faultsIn(api, promised, { status: given.status, headers: given.headers, text: await given.text() }),
              ),
          ]
    }),
  )
  return faults.flat()
}

describe('a briefing with any of the parts that it may lack', () => {
  test('has no gap, no empty heading and no empty list in any form, and is what the API promises', async () => {
    const newsroom = await openNewsroom(lenient)
    let count = 0
    await fc.assert(
      fc.asyncProperty(sparse(fc.constant(aBriefing())), async (drawn) => {
        count += 1
        const briefing = { ...drawn, id: `harbour-${count}`, slug: `harbour-${count}` }
        await newsroom.load({ briefing, translations: [aTranslation(briefing, 'ar')] })
        expect(await flawsIn(newsroom, briefing.slug)).toEqual([])
        expect(await brokenPromises(newsroom, briefing.slug)).toEqual([])
      }),
      { numRuns: rounds(6) },
    )
  })

  test.each(['<p></p>', '<dl> </dl>', '<h2>Empty</h2><h2>Next</h2>', '<h3 lang="en">Empty</h3></section>', '# Empty\n\n## Next'])(
    'would be found with %j',
    (text) => {
      expect(bareIn(text)).toHaveLength(1)
    },
  )

  test.each([
    'kind: undefined',
    '<p>High · · 2025</p>',
    '<p>High · </p>',
    '<p> · High</p>',
    '*· Topic*',
    '(null)',
    'Category: </dt>',
  ])('would be found with the gap in %j', (text) => {
    expect(gapsIn(text)).toHaveLength(1)
  })
})

describe('a briefing of a title, a summary, a byline and one passage', () => {
  const open = async () => {
    const newsroom = await openNewsroom(lenient)
    await newsroom.load({ briefing: bare, translations: [aTranslation(bare, 'ar')] })
    return newsroom
  }

  test('has no flaw in any form, and names nothing that it lacks', async () => {
    const newsroom = await open()
    expect(await flawsIn(newsroom, bare.slug)).toEqual([])
    expect(await brokenPromises(newsroom, bare.slug)).toEqual([])
    const page = await newsroom.text('/en/briefings/harbour-closes')
    const { t } = newsroom.site.speak('en')
    const lacking = [
      'fact.category',
      'fact.impact',
      'fact.confidence',
      'fact.regions',
      'briefing.event',
      'briefing.context',
      'briefing.sources',
      'briefing.classifications',
    ] as const
    expect(lacking.filter((key) => shown(page).includes(t(key)))).toEqual([])
    expect(find(page, 'img', {})).toEqual([])
  })

  test('says in JSON what it has, and no more', async () => {
    const newsroom = await open()
    const { briefing } = JSON.parse(await newsroom.text('/en/briefings/harbour-closes.json')) as { briefing: object }
    expect(Object.keys(briefing).sort()).toEqual(
      [
        'slug',
        'locale',
        'tier',
        'facts',
        'byline',
        'translators',
        'publishedAt',
        'minutes',
        'title',
        'summary',
        'body',
        'state',
        'changes',
      ].sort(),
    )
    expect(briefing).toMatchObject({ facts: {} })
  })

  test('has filters for nothing, because nothing is used', async () => {
    const newsroom = await open()
    const selects = find(await newsroom.text('/en/'), 'select', {}).map(({ attributes }) => attributes.get('name'))
    expect(selects).toEqual([])
  })

  test('has a share card that says its title, the date and the site', () => {
    const card: ShareCard = {
      locale: 'en',
      siteName: 'Vernacular',
      title: { lang: 'en', text: 'The harbour closes' },
      date: '1 March 2025',
    }
    expect(altOf(card)).toBe('The harbour closes · 1 March 2025 · Vernacular')
  })
})
