import { describe, expect, test } from 'vitest'
import { withReason } from '../../src/language/newsroom'
import {
  catalogAncestors,
  catalogPack,
  numberOf,
  type TravellingCatalog,
  takeCatalogIn,
} from '../../src/translations/catalog-pack'
import type { ReceiptLine } from '../../src/translations/intake'
import { confirmMessages, withMarks } from '../../src/translations/marks'
import { withAncestors } from '../../src/translations/outgoing'
import { readPack, writePack } from '../../src/translations/packs/formats'
import { packFormats, type ReturnedPack } from '../../src/translations/packs/pack'
import { encode } from '../support/newsroom'

const english = {
  '@menu': 'Short.',
  menu: 'Menu',
  by: 'By {names}',
  parts: '{count, plural, one {# part} other {# parts}}',
}
const polish = { menu: 'Menu', parts: '{count, plural, one {# część} few {# części} many {# części} other {# części}}' }

const travelling = { english, catalog: polish, outdated: {}, revision: 7, number: 9 }
const sent = () => catalogPack('site', 'en', 'pl', travelling, 'all')
const returned = (changes: Record<string, string>): ReturnedPack => ({ ...sent(), targets: new Map(Object.entries(changes)) })
const unsaid = new Map<string, string>()
/** What becomes of a file that does not say what it was made from. */
const taken = (pack: ReturnedPack, into: TravellingCatalog) => takeCatalogIn(pack, into, unsaid)
const outcomes = (changes: Record<string, string>) =>
  Object.fromEntries(taken(returned(changes), travelling).lines.map(({ segment, outcome }) => [segment, outcome]))

/** A line with its reason in words alone. */
const inWords = (line: ReceiptLine) => {
  const { complaint: _code, ...said } = withReason(line)
  return said
}

describe('the site’s own words as a pack', () => {
  test('hold every message with its note, and no note as a message', () => {
    expect(sent().units.map(({ id, state }) => [id, state])).toEqual([
      ['menu', 'current'],
      ['by', 'missing'],
      ['parts', 'current'],
    ])
    expect(sent().units[0]?.note).toBe('Short.')
    expect(catalogPack('site', 'en', 'pl', travelling, 'missing').units.map(({ id }) => id)).toEqual(['by'])
  })

  test('come back as they went, in every format', () => {
    for (const format of packFormats) {
      const pack = readPack('site.json', encode(writePack(format, sent())))
      const { catalog, lines } = taken(pack, travelling)
      expect(catalog).toEqual(polish)
      expect(lines.every(({ outcome }) => outcome === 'unchanged')).toBe(true)
    }
  })

  test('take in what is right and name what is not, in the order of the English', () => {
    expect(outcomes({ by: 'Autor: {names}' })).toEqual({ by: 'accepted' })
    expect(outcomes({ by: 'Autor' })).toEqual({ by: 'rejected' })
    expect(outcomes({ parts: '{count, plural, one {# część} other {# części}}' })).toEqual({ parts: 'rejected' })
    expect(outcomes({ nothing: 'x', '@menu': 'x', __proto__x: 'x' })).toEqual({
      nothing: 'unknown',
      '@menu': 'unknown',
      __proto__x: 'unknown',
    })
    expect(outcomes({ by: '', menu: 'Men\u202eu' })).toEqual({ menu: 'rejected' })
    const { catalog } = taken(returned({ by: 'Autor: {names}' }), travelling)
    expect(Object.keys(catalog)).toEqual(['menu', 'by', 'parts'])
  })

  test('refuse what is an error, by rule and remedy, and take in what a person should look at', () => {
    const source = { help: 'Write to us: https://briefings.example/help', by: 'By {names}' }
    const { lines, catalog } = taken(returned({ help: 'Prosimy pisać', by: 'Tekst: {nazwiska}' }), {
      ...travelling,
      english: source,
      catalog: { help: 'Pomoc: https://briefings.example/help' },
    })
    expect(lines.map(inWords)).toEqual([
      {
        segment: 'help',
        outcome: 'rejected',
        text: 'Prosimy pisać',
        reason: expect.stringMatching(/^addresses: The text lacks these addresses: .*\. Copy them from the English\.$/),
      },
      {
        segment: 'by',
        outcome: 'rejected',
        text: 'Tekst: {nazwiska}',
        reason: expect.stringMatching(/^message-arguments: The message lacks .*\. Keep everything in braces/),
      },
    ])
    expect(catalog).toEqual({ help: 'Pomoc: https://briefings.example/help' })
    expect(outcomes({ by: ' "Autor": {names}' })).toEqual({ by: 'accepted' })
  })
})

describe('a catalog that somebody else changed since the file was made', () => {
  const late = { ...travelling, catalog: { ...polish, menu: 'Jadłospis' }, number: 10 }
  const file = async (format: (typeof packFormats)[number], menu: string) => {
    const pack = await withAncestors(sent(), travelling.number, (key) => new Map(Object.entries(polish)).get(key))
    const units = pack.units.map((unit) => ({
      ...unit,
      state: 'current' as const,
      target: { menu, by: 'Autor: {names}' }[unit.id] ?? unit.target,
    }))
    return readPack('site.json', encode(writePack(format, { ...pack, units })))
  }

  test('keeps their message, tells both, and takes in the others, in every format that has room for hashes', async () => {
    for (const format of ['xliff', 'xliff12', 'po'] as const) {
      const pack = await file(format, 'Spis treści')
      const { lines, catalog } = takeCatalogIn(pack, late, await catalogAncestors(pack, late))
      expect([format, catalog]).toEqual([format, { menu: 'Jadłospis', by: 'Autor: {names}', parts: polish.parts }])
      expect(lines.map(({ outcome }) => outcome)).toEqual(['conflict', 'accepted', 'unchanged'])
      expect(lines[0]).toMatchObject({ text: 'Spis treści', stands: 'Jadłospis' })
    }
  })

  test('is not undone by a file that did not touch the message, and a file of what stands is taken in', async () => {
    const pack = await file('po', 'Menu')
    expect(takeCatalogIn(pack, late, await catalogAncestors(pack, late)).catalog).toMatchObject({ menu: 'Jadłospis' })
    for (const format of packFormats) {
      const edited = await file(format, 'Spis')
      const { lines, catalog } = takeCatalogIn(edited, travelling, await catalogAncestors(edited, travelling))
      expect([format, catalog['menu'], lines[0]?.outcome, lines[0]?.complaint]).toEqual([format, 'Spis', 'accepted', undefined])
    }
  })

  test('in a JSON file, which has no room for hashes, is replaced with word of what stood', async () => {
    const pack = await file('json', 'Spis treści')
    const { lines } = takeCatalogIn(pack, late, await catalogAncestors(pack, late))
    expect(lines[0]).toMatchObject({ outcome: 'accepted', replaced: 'Jadłospis' })
  })
})

describe('messages whose English has changed in substance', () => {
  const marked = { ...travelling, outdated: { menu: 'Main menu' } }
  const back = (target: string, changes: Partial<ReturnedPack> = {}) =>
    taken({ ...sent(), targets: new Map([['menu', target]]), done: new Set(), ...changes }, marked)
  const done = { done: new Set(['menu']) }

  test('go out as outdated, with the earlier English, and alone if only they are asked for', () => {
    const { units } = catalogPack('site', 'en', 'pl', marked, 'outdated')
    expect(units.map(({ id, state, previous }) => [id, state, previous])).toEqual([['menu', 'outdated', 'Main menu']])
    expect(writePack('po', catalogPack('site', 'en', 'pl', marked, 'outdated'))).toContain('#| msgid "Main menu"')
    expect(catalogPack('site', 'en', 'pl', marked, 'missing').units.map(({ id }) => id)).toEqual(['by'])
  })

  test('are settled by a new translation, and by the word that the old one is still right', () => {
    expect(back('Spis')).toMatchObject({ lines: [{ outcome: 'accepted' }], outdated: {}, catalog: { menu: 'Spis' } })
    expect(back('Menu', done)).toMatchObject({ lines: [{ outcome: 'confirmed' }], outdated: {} })
    expect(back('Menu')).toMatchObject({ lines: [{ outcome: 'unchanged' }], outdated: marked.outdated })
  })

  test('are settled by no file that was made from the English before', () => {
    const stale = { sourceRevision: 6 }
    expect(back('Menu', { ...done, ...stale })).toMatchObject({ lines: [{ outcome: 'unchanged' }], outdated: marked.outdated })
    const late = back('Spis', stale)
    expect(late).toMatchObject({ lines: [{ outcome: 'outdated-saved' }], outdated: marked.outdated, catalog: { menu: 'Spis' } })
    expect(taken({ ...returned({ by: 'Autor: {names}' }), ...stale }, marked)).toMatchObject({
      lines: [{ outcome: 'accepted' }],
      outdated: marked.outdated,
    })
  })

  test('come back untouched as unchanged, in every format', () => {
    for (const format of packFormats) {
      const pack = readPack('site.json', encode(writePack(format, catalogPack('site', 'en', 'pl', marked, 'all'))))
      expect([format, taken(pack, marked)]).toMatchObject([format, { outdated: marked.outdated, catalog: polish }])
    }
  })

  test('tell a file of today’s English by a number, which notes have no part in', async () => {
    const number = await numberOf(english)
    expect(await numberOf({ ...english, '@menu': 'Shorter.' })).toBe(number)
    expect(await numberOf({ ...english, menu: 'List' })).not.toBe(number)
    expect(number).toBeGreaterThan(0)
  })
})

describe('marking', () => {
  const before = { menu: 'Main menu', by: 'From {names}', parts: english.parts, lost: 'x', '@menu': 'Long.' }

  test('is for translated messages whose English is another today, and keeps the earliest English', () => {
    const catalog = { english, catalog: polish, outdated: {} }
    expect(withMarks(catalog, before)).toEqual({ menu: 'Main menu' })
    expect(withMarks({ ...catalog, outdated: { menu: 'Index' } }, before)).toEqual({ menu: 'Index' })
  })

  test('ends where a person confirms: the named messages, or all', () => {
    const catalog = { english, catalog: polish, outdated: { menu: 'Main menu', parts: 'Parts' } }
    const confirmed = (...keys: readonly string[]) => {
      const { lines, outdated } = confirmMessages(catalog, keys)
      return [lines.map(({ segment, outcome }) => `${segment} ${outcome}`), Object.keys(outdated)]
    }
    expect(confirmed('menu')).toEqual([['menu confirmed'], ['parts']])
    expect(confirmed()).toEqual([['menu confirmed', 'parts confirmed'], []])
    expect(confirmed('by', 'nothing', '@menu')).toEqual([
      ['by unchanged', 'nothing unknown', '@menu unknown'],
      ['menu', 'parts'],
    ])
  })
})
