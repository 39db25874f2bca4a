import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { placed } from '../../src/briefings/files'
import type { MessageKey } from '../../src/language/catalog'
import { explain } from '../../src/language/newsroom'
import { wordsGone } from '../../src/newsroom/words-gone'
import type { Settings } from '../../src/settings/settings'
import type { Kit, LiveSite } from '../../src/site'
import { aBriefing } from '../support/briefings'
import { find, shown } from '../support/html'
import { filesOf, openNewsroom } from '../support/newsroom'

/** A site of fishermen: words, grades and requirements of its own. */
const settings: Settings = {
  ...kit.settings,
  vocabulary: {
    ...kit.settings.vocabulary,
    category: ['catch', 'weather'],
    impact: ['calm', 'rough', 'wild'],
    risk: ['fresh', 'stale'],
  },
  requires: ['category', 'image'],
  confidence: {
    grades: [
      { id: 'sure', letters: 'S', from: 0.5 },
      { id: 'likely', letters: 'L', from: 0.3 },
    ],
  },
}
const names: Readonly<Record<string, string>> = {
  'category.catch': 'The catch',
  'category.weather': 'Weather',
  'impact.calm': 'Calm',
  'impact.rough': 'Rough',
  'impact.wild': 'Wild',
  'risk.fresh': 'Fresh source',
  'risk.stale': 'Stale source',
  'grade.sure': 'Sure',
  'grade.likely': 'Likely',
}
const catalogs = Object.fromEntries(Object.entries(kit.catalogs).map(([tag, each]) => [tag, { ...each, ...names }]))
const own: Partial<Kit> = { settings, catalogs }
const fishy = aBriefing({
  category: 'catch',
  impact: 'rough',
  confidence: 0.35,
  sources: [{ id: 'log', title: 'The log', url: 'https://log.example/', risk: 'stale' }],
})

const optionsOf = (page: string) => find(page, 'option', {}).map(({ attributes }) => attributes.get('value'))

describe('a site with words of its own', () => {
  test('names them everywhere, and offers those that are used', async () => {
    const newsroom = await openNewsroom({ kit: own })
    await newsroom.load({ briefing: fishy })
    const page = await newsroom.text('/en/briefings/harbour-closes')
    for (const name of ['The catch', 'Rough', 'Likely (35%)', 'Stale source']) expect(shown(page)).toContain(name)
    const index = await newsroom.text('/en/')
    expect(shown(index)).toContain('Impact: Rough')
    expect(optionsOf(index)).toEqual(expect.arrayContaining(['catch', 'rough']))
    expect(optionsOf(index)).not.toContain('weather')
    expect(optionsOf(index)).not.toContain('calm')
    expect((await newsroom.get('/en/?category=catch')).status).toBe(200)
    expect((await newsroom.get('/en/?category=event')).status).toBe(400)
    expect(await newsroom.text('/en/briefings/harbour-closes.md')).toContain('Impact: Rough')
    expect(JSON.parse(await newsroom.text('/en/briefings/harbour-closes.json'))).toMatchObject({
      briefing: { facts: { category: 'catch', impact: 'rough', confidence: 0.35, grade: 'likely' } },
    })
    const grades = await newsroom.text('/en/confidence')
    for (const cell of ['50', '100%', 'Sure', 'S', '30', '49%', 'Likely', 'L']) expect(shown(grades)).toContain(cell)
  })

  test('has a phrase of its own for the line below a title, where it says one', async () => {
    const stated = Object.fromEntries(
      Object.entries(catalogs).map(([tag, each]) => [tag, { ...each, 'impact.rough.stated': 'Rough sea' }]),
    )
    const newsroom = await openNewsroom({ kit: { ...own, catalogs: stated } })
    await newsroom.load({ briefing: fishy })
    expect(shown(await newsroom.text('/en/'))).toContain('Rough sea')
  })

  test('refuses a word of another site, and prints nothing below its lowest grade', async () => {
    const newsroom = await openNewsroom({ kit: own })
    await expect(newsroom.load({ briefing: { ...fishy, category: 'regulation' } })).rejects.toThrow(
      /category: This must be catch or weather/,
    )
    await newsroom.load({ briefing: { ...fishy, confidence: 0.2 } })
    expect((await newsroom.get('/en/briefings/harbour-closes')).status).toBe(404)
  })

  test('without grades states no confidence, has no page for it and keeps nothing back', async () => {
    const { confidence: _, ...ungraded } = settings
    const newsroom = await openNewsroom({ kit: { ...own, settings: ungraded } })
    await newsroom.load({ briefing: { ...fishy, confidence: 0.05 } })
    const page = await newsroom.text('/en/briefings/harbour-closes')
    const { t } = newsroom.site.speak('en')
    for (const key of ['confidence.what', 'layout.confidence'] satisfies MessageKey[]) expect(shown(page)).not.toContain(t(key))
    expect(page).not.toContain('/en/confidence')
    expect((await newsroom.get('/en/confidence')).status).toBe(404)
    expect(await newsroom.text('/sitemap.xml')).not.toContain('confidence')
    expect(await newsroom.text('/en/briefings/harbour-closes.json')).not.toContain('"confidence": 0')
  })
})

describe('what a site asks for before a briefing is published', () => {
  const { image: _image, category: _category, ...lacking } = fishy

  test('may be missing in a draft, and not when it is published', async () => {
    const newsroom = await openNewsroom({ kit: own })
    await newsroom.load({ briefing: { ...lacking, state: 'draft' } })
    await expect(newsroom.publish('harbour-closes', 'en')).rejects.toThrow(
      'harbour-closes lacks parts that this site asks for: category and image. Add them before you publish it.',
    )
    await expect(newsroom.load({ briefing: lacking })).rejects.toThrow(
      /: category: This site asks for this part[\s\S]*: image: This site asks/,
    )
  })

  test('is asked for when it is published, and does not take from readers what they have', async () => {
    const newsroom = await openNewsroom({ kit: { ...own, settings: { ...settings, requires: [] } } })
    await newsroom.load({ briefing: lacking })
    const stricter = await newsroom.deploy(own)
    expect(await stricter.printWaiting()).toBeGreaterThanOrEqual(0)
    expect((await stricter.get('/en/briefings/harbour-closes')).status).toBe(200)
    await expect(stricter.loadFiles(filesOf([{ briefing: lacking }]))).rejects.toThrow(/image/)
  })
})

async function missedIn(site: LiveSite): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const problem of wordsGone(site)) lines.push(explain(placed(problem)))
  return lines
}

describe('a word that a site removes', () => {
  test('is missed by name in each stored briefing that uses it, which can be read all the same', async () => {
    const newsroom = await openNewsroom({ kit: own })
    await newsroom.load({ briefing: fishy })
    const vocabulary = { ...settings.vocabulary, category: ['weather'], risk: [] }
    const { site, text } = await newsroom.deploy({ ...own, settings: { ...settings, vocabulary } })
    const missed = await missedIn(site)
    const what = 'Put the word back, or change this briefing first.'
    expect(missed).toEqual([
      `harbour-closes: category: catch is not in the list category of site.json. ${what}`,
      `harbour-closes: sources.0.risk: stale is not in the list risk of site.json. ${what}`,
    ])
    expect(shown(await text('/en/briefings/harbour-closes'))).toContain('The catch')
    expect(await missedIn(newsroom.site)).toEqual([])
  })
})
