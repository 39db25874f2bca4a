import { describe, expect, test } from 'vitest'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import { localeFileOf, localeFileText, readLocaleFile, toReturned } from '../../../src/translations/packs/json'
import type { LocaleFile } from '../../../src/translations/translation'
import { encode } from '../../support/newsroom'
import { aPack, aUnit } from '../../support/packs'

const pack = aPack([aUnit({ target: 'Le « port » ferme 😀', state: 'current' }), aUnit({ id: 'topic' })])
const facts = { state: 'in-review', provenance: 'machine-reviewed', credits: ['Ada Traductrice'] } as const

describe('a pack as a locale file', () => {
  test('is laid out as those in the repository are', () => {
    expect(localeFileText(localeFileOf(pack, { ...facts, credits: [...facts.credits] }))).toBe(`{
  "locale": "fr",
  "source": "en",
  "sourceRevision": 3,
  "state": "in-review",
  "provenance": "machine-reviewed",
  "credits": [
    "Ada Traductrice"
  ],
  "segments": {
    "title": "Le « port » ferme 😀",
    "topic": ""
  }
}
`)
  })

  test('is a draft by a person where nothing else is said, and approved where the pack is', () => {
    const written = (changes = {}) => readLocaleFile('fr.json', encode(writePack('json', { ...pack, ...changes })))
    expect(written()).toMatchObject({ state: 'draft', provenance: 'human', credits: [] })
    expect(written({ isApproved: true })).toMatchObject({ state: 'approved' })
  })

  test('comes back under the name of its file', () => {
    const file = readLocaleFile('fr.json', encode(writePack('json', pack))) as LocaleFile
    expect(toReturned(file, 'harbour-closes')).toEqual({
      name: 'harbour-closes',
      source: 'en',
      locale: 'fr',
      sourceRevision: 3,
      targets: new Map([
        ['title', 'Le « port » ferme 😀'],
        ['topic', ''],
      ]),
      done: new Set(['title']),
    })
  })

  test('for a translator has the English before each text, and what it was before that, which nobody believes when it comes back', () => {
    const units = [
      aUnit({ source: 'The port closes', previous: 'The port opens', target: 'Le port ouvre', state: 'outdated' }),
      aUnit({ id: 'topic', source: 'Port' }),
    ]
    const text = writePack('json', aPack(units))
    expect(text.slice(text.indexOf('  "segments"'))).toBe(`  "segments": {
    "@title, before": "The port opens",
    "@title": "The port closes",
    "title": "Le port ouvre",
    "@topic": "Port",
    "topic": ""
  }
}
`)
    const back = readPack('harbour-closes.json', encode(text.replace('"The port closes"', '["\u202e", 1]')))
    expect([...back.targets]).toEqual([
      ['title', 'Le port ouvre'],
      ['topic', ''],
    ])
    const bare = writePack('json', aPack(units), { withoutEnglish: true })
    expect(bare).not.toContain('@')
    expect(readLocaleFile('fr.json', encode(text))).toEqual(readLocaleFile('fr.json', encode(bare)))
  })

  test('names what is only proposed, and brings it back as not done', () => {
    const units = [
      aUnit({ target: 'Le port ferme', state: 'proposed' }),
      aUnit({ id: 'topic', target: 'Port', state: 'outdated' }),
    ]
    const file = readLocaleFile('fr.json', encode(writePack('json', aPack(units)))) as LocaleFile
    expect(file).toMatchObject({ outdated: ['topic'], proposed: ['title'], segments: { title: 'Le port ferme', topic: 'Port' } })
    expect(toReturned(file, 'harbour-closes')).toMatchObject({
      targets: new Map([
        ['title', ''],
        ['topic', 'Port'],
      ]),
      unfinished: new Map([['title', 'Le port ferme']]),
      done: new Set(),
    })
  })
})
