import { describe, expect, test } from 'vitest'
import { withReason } from '../../src/language/newsroom'
import { catalogPack, takeCatalogIn } from '../../src/translations/catalog-pack'
import type { ReceiptLine } from '../../src/translations/intake'
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

const sent = () => catalogPack('site', 'en', 'pl', english, polish, 'all')
const returned = (changes: Record<string, string>): ReturnedPack => ({ ...sent(), targets: new Map(Object.entries(changes)) })
const outcomes = (changes: Record<string, string>) =>
  Object.fromEntries(
    takeCatalogIn(returned(changes), 'pl', english, polish).lines.map(({ segment, outcome }) => [segment, outcome]),
  )

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
    expect(catalogPack('site', 'en', 'pl', english, polish, 'missing').units.map(({ id }) => id)).toEqual(['by'])
  })

  test('come back as they went, in every format', () => {
    for (const format of packFormats) {
      const pack = readPack('site.json', encode(writePack(format, sent())))
      const { catalog, lines } = takeCatalogIn(pack, 'pl', english, polish)
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
    const { catalog } = takeCatalogIn(returned({ by: 'Autor: {names}' }), 'pl', english, polish)
    expect(Object.keys(catalog)).toEqual(['menu', 'by', 'parts'])
  })

  test('refuse what is an error, by rule and remedy, and take in what a person should look at', () => {
    const source = { help: 'Write to us: https://briefings.example/help', by: 'By {names}' }
    const { lines, catalog } = takeCatalogIn(returned({ help: 'Prosimy pisać', by: 'Tekst: {nazwiska}' }), 'pl', source, {
      help: 'Pomoc: https://briefings.example/help',
    })
    expect(lines.map(inWords)).toEqual([
      {
        segment: 'help',
        outcome: 'rejected',
        reason: expect.stringMatching(/^addresses: The text lacks the address .*\. Copy it from the English\.$/),
      },
      {
        segment: 'by',
        outcome: 'rejected',
        reason: expect.stringMatching(/^message-arguments: The message lacks .*\. Keep everything in braces/),
      },
    ])
    expect(catalog).toEqual({ help: 'Pomoc: https://briefings.example/help' })
    expect(outcomes({ by: ' "Autor": {names}' })).toEqual({ by: 'accepted' })
  })
})
