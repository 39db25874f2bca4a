import { describe, expect, test } from 'vitest'
import { writePack } from '../../../src/translations/packs/formats'
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
