import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { printWaiting } from '../../src/printing/print-waiting'
import { type Kit, openSite } from '../../src/site'
import { aBriefing, aTranslation } from '../support/briefings'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'
import { plainAnswers, plainEditions } from '../support/plain-rows'

const path = '/es/briefings/harbour-closes'

/** A site with a briefing in two languages, one of which has a part in English. */
async function aNewsroom(): Promise<Newsroom> {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  const partial = aTranslation(briefing, 'fr', { provenance: 'machine', segments: { 'body.closure': '' } })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), partial] })
  return newsroom
}

/** The printed rows, each by its place, as bytes that readers get, with the print that made it. */
async function rowsIn({ database }: Newsroom) {
  const [editions, answers] = await Promise.all([plainEditions(database), plainAnswers(database)])
  return [
    ...editions.map(({ locale, tier, print, card, lead, body }) => ({
      ...{ place: `edition ${locale} ${tier}`, print, bytes: card + lead + body },
    })),
    ...answers.map(({ asked, print, resolution, head, masthead, notice, facts, ending }) => ({
      ...{ place: `answer ${asked}`, print, bytes: resolution + head + masthead + notice + facts + ending },
    })),
  ].toSorted((one, other) => (one.place < other.place ? -1 : 1))
}

/** Pages as a program answers with them. A page that is made anew names the card that was printed: its picture exists. */
const pagesOf = async (program: Pick<Newsroom, 'text'>) =>
  await Promise.all(
    ['es', 'fr', 'ca', 'en'].map(async (locale) =>
      (await program.text(`/${locale}/briefings/harbour-closes`)).replaceAll(/cards\/[0-9a-f]{32}/g, 'cards/…'),
    ),
  )

/** Deploys a program and prints what waits. Returns the places of the rows that were printed again, and of those that have other bytes. */
async function deployed(newsroom: Newsroom, changes: Partial<Kit>, settings?: Readonly<Record<string, string>>) {
  const before = new Map((await rowsIn(newsroom)).map((row) => [row.place, row]))
  const next = await newsroom.deploy(changes, settings)
  const pages = await pagesOf(next)
  const prints = await next.printWaiting()
  const rows = await rowsIn(newsroom)
  newsroom.forget()
  expect((await pagesOf(next)).map((page, at) => page === pages[at])).toEqual([true, true, true, true])
  expect(newsroom.queries).toHaveLength(4) // None is made anew any more.
  expect(await next.printWaiting()).toBe(0)
  const changed = (differs: (row: (typeof rows)[number], was: (typeof rows)[number] | undefined) => boolean) =>
    rows.filter((row) => differs(row, before.get(row.place))).map(({ place }) => place)
  return {
    prints,
    again: changed((row, was) => row.print !== was?.print),
    other: changed((row, was) => row.bytes !== was?.bytes),
  }
}

const assets = (changes: Readonly<Record<string, string>>): Partial<Kit> => ({ assets: { ...kit.assets, ...changes } })
/** A glossary that gives the port a name in a language. */
const called = (locale: string, translation: string): Partial<Kit> => ({
  glossaries: { ...kit.glossaries, [locale]: { locale, terms: [{ term: 'Port of Sète', translation }] } },
})
const nothing = { prints: 0, again: [], other: [] }
const editionsIn = (locale: string) => [0, 3, 4].map((tier) => `edition ${locale} ${tier}`)

describe('what did not change is not printed again', () => {
  test.each<[string, Partial<Kit>]>([
    ['a rule of the style sheet', assets({ 'style.css': '/assets/style.0123456789ab.css' })],
    ['a script', assets({ 'script.js': '/assets/script.0123456789ab.js' })],
    ['a picture of another briefing', assets({ 'images/another.svg': '/assets/images/another.0123456789ab.svg' })],
    ['a word of the menu', reworded('es', { 'layout.account': 'Mi cuenta' })],
    ['a word of another page', reworded('en', { 'search.title': 'Look for' })],
    ['a line of the program that makes no page', { version: 'another' }],
    ['the maker of frames', { makers: { ...kit.makers, frame: { ...kit.makers.frame, code: 'another' } } }],
  ])('%s', async (_, changes) => {
    const newsroom = await aNewsroom()
    const before = await newsroom.text(path)
    expect(await deployed(newsroom, changes)).toEqual(nothing)
    const next = await newsroom.deploy(changes)
    if (changes.catalogs?.['es'] !== kit.catalogs['es'] && changes.catalogs) expect(await next.text(path)).not.toBe(before)
  })
})

describe('what changed is printed again, and nothing else', () => {
  test('a word on the article: the editions of its language', async () => {
    const newsroom = await aNewsroom()
    const { prints, again, other } = await deployed(newsroom, reworded('es', { 'briefing.sources-intro': 'De dónde viene.' }))
    expect([prints, again]).toEqual([1, editionsIn('es')])
    expect(other).toEqual(again)
  })

  test('an English word on the article: the editions in English', async () => {
    const newsroom = await aNewsroom()
    const { again, other } = await deployed(newsroom, reworded('en', { 'briefing.sources-intro': 'Where it is from.' }))
    expect(again).toEqual(editionsIn('en'))
    expect(other).toEqual(again)
  })

  test('a word of a notice: the answers in its language', async () => {
    const newsroom = await aNewsroom()
    const { again, other } = await deployed(newsroom, reworded('fr', { 'notice.machine': 'Fait par une machine.' }))
    expect(again).toEqual(['answer fr'])
    expect(other).toEqual(again)
  })

  test('the address of a picture: the rows that name it, and those alone', async () => {
    const newsroom = await aNewsroom()
    await newsroom.load({
      briefing: aBriefing({
        id: 'other',
        slug: 'other',
        image: {
          ...aBriefing().image,
          file:
            Object.keys(kit.assets)
              .filter((name) => name.startsWith('images/'))
              .map((name) => name.slice(7))
              .find((name) => name !== aBriefing().image.file) ?? '',
        },
      }),
    })
    const { prints, again, other } = await deployed(
      newsroom,
      assets({ [`images/${aBriefing().image.file}`]: '/assets/images/drawn-again.svg' }),
    )
    expect(prints).toBe(1)
    expect(new Set(again)).toEqual(new Set((await rowsIn(newsroom)).map(({ place }) => place)))
    expect(new Set(other)).toEqual(new Set(again))
  })

  test.each<[string, Partial<Kit>, Readonly<Record<string, string>>]>([
    ['a setting', {}, { SITE_NAME: 'Another name' }],
    ['the address of the site', {}, { ORIGIN: 'https://other.example' }],
    ['a term of the glossary', called('es', 'Puerto de Sète'), {}],
    ['the makers of editions', { makers: { ...kit.makers, edition: { ...kit.makers.edition, code: 'another' } } }, {}],
  ])('%s: none is missed', async (_, changes, settings) => {
    const newsroom = await aNewsroom()
    const { again, other } = await deployed(newsroom, changes, settings)
    expect(again).not.toEqual([])
    for (const place of other) expect(again).toContain(place)
  })

  test('a picture that the site does not have waits for nothing, until it has it', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing({ image: { ...aBriefing().image, file: 'missing.svg' } }) })
    expect(await newsroom.printWaiting()).toBe(0)
    const { prints } = await deployed(newsroom, assets({ 'images/missing.svg': '/assets/images/missing.0123456789ab.svg' }))
    expect(prints).toBe(1)
  })
})

test('a message that a maker does not name keeps no briefing from readers, and fails each test that prints it', async () => {
  const makers = { ...kit.makers, edition: { ...kit.makers.edition, names: [] } }
  const newsroom = await openNewsroom({ kit: { makers } })
  await expect(newsroom.load({ briefing: aBriefing() })).rejects.toThrow('does not name')
  const site = { ...newsroom.site, ...(await openSite({ ...kit, makers }, newsroom.site.config)) }
  expect(await printWaiting(site, 1)).toBe(1)
  expect(await newsroom.text('/en/briefings/harbour-closes')).toContain(aBriefing().title)
})

describe('two programs beside each other', () => {
  test('each answers with its own bytes, and prints no more than the other has printed', async () => {
    const newsroom = await aNewsroom()
    const next = await newsroom.deploy(reworded('es', { 'briefing.sources-intro': 'De dónde viene.' }))
    for (const program of [next, newsroom, next, newsroom]) {
      expect(await program.printWaiting()).toBe(1)
      expect(await program.printWaiting()).toBe(0)
      expect(await next.text(path)).toContain('De dónde viene.')
      expect(await newsroom.text(path)).not.toContain('De dónde viene.')
    }
  })
})
