import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isProblems, placed } from '../../src/briefings/files'
import { explain } from '../../src/language/newsroom'
import { readLocaleFile } from '../../src/translations/packs/json'
import { aBriefing, aTranslation } from '../support/briefings'
import { aGeneratedBriefing } from '../support/generated'
import { encode } from '../support/newsroom'
import { rounds } from '../support/rounds'

const french = aTranslation(aBriefing(), 'fr')
const written = JSON.stringify(french)
const read = (content: unknown) => readLocaleFile('fr.json', content instanceof Uint8Array ? content : encode(content))

/** What is said of a file, as lines without its name. */
function complaints(content: unknown): readonly string[] {
  const result = read(content)
  return isProblems(result) ? result.map((problem) => explain(placed(problem)).replace('fr.json: ', '')) : []
}

const withTitle = (title: unknown) => complaints({ ...french, segments: { ...french.segments, title } })

describe('a locale file', () => {
  test('is read as it was written', () => {
    expect(read(french)).toEqual(french)
  })

  test('of any briefing comes back as it was saved', () => {
    fc.assert(
      fc.property(aGeneratedBriefing, (briefing) => {
        const translation = aTranslation(briefing, 'zh-Hans')
        expect(read(translation)).toEqual(translation)
      }),
    )
  })

  test('may begin with a byte order mark, and leave segments out or empty', () => {
    expect(read(new Uint8Array([0xef, 0xbb, 0xbf, ...encode(written)]))).toEqual(french)
    expect(complaints({ ...french, segments: {} })).toEqual([])
    expect(withTitle('')).toEqual([])
  })

  test('is refused with every fault at its place and what was expected there', () => {
    const faulty = { ...french, state: 'done', provenance: 'robot', sourceRevision: 0, credits: 'Ada' }
    expect(complaints(faulty).toSorted()).toEqual([
      'credits: This must be a list.',
      'provenance: This must be human, machine or machine-reviewed.',
      'sourceRevision: This must be 1 or more.',
      'state: This must be draft, in-review, approved or withdrawn.',
    ])
  })

  test.each(['locale', 'source', 'sourceRevision', 'state', 'provenance', 'credits', 'segments'])(
    'is refused without its %s',
    (key) => {
      const { [key]: _gone, ...others } = french as Record<string, unknown>
      expect(complaints(others)).toEqual([
        expect.stringMatching(new RegExp(`^${key}: (This is missing. Add it|This must be draft, |This must be human, )`)),
      ])
    },
  )

  test('brings no English of its own, and no right that it has not', () => {
    expect(complaints({ ...french, english: { title: 'Believe me' } })).toEqual(['“english” is not allowed here. Remove it.'])
    expect(complaints({ ...french, seen: {}, tier: 'alliance' })).toEqual([
      '“seen” and “tier” are not allowed here. Remove them.',
    ])
    expect(withTitle({ text: 'Le port ferme', source: 'Believe me' })).toEqual(['segments.title: This must be text.'])
  })

  test.each([null, 5, true, ['a'], {}])('is refused with %j in place of a text', (value) => {
    expect(withTitle(value)).toEqual([expect.stringMatching(/^segments\.title: This must be text\./)])
  })

  test.each([
    ['abc\u202edcba', 'The text contains an invisible character that reorders text. Retype it.'],
    ['\u2067abc', 'The text contains an invisible character that reorders text. Retype it.'],
    ['zero\u200bwidth', 'The text contains an invisible space. Retype it.'],
    ['a\0b', 'The text contains a control character. Retype it.'],
    [`Z${'\u0301'.repeat(100)}`, 'The text has too many combining marks in one place. Retype it.'],
  ])('is refused with a text that hides something: %j', (title, flaw) => {
    expect(withTitle(title)).toEqual([`segments.title: ${flaw}`])
    expect(complaints({ ...french, credits: [title] })).toEqual([`credits.0: ${flaw}`])
  })

  test('is refused with half a character and with a text without end', () => {
    expect(complaints(written.replace('fr: Port closure', String.raw`\udc00`))).toEqual([
      'segments.topic: The text contains half a character (an unpaired surrogate). Retype it.',
    ])
    expect(withTitle('a'.repeat(20_001))).toEqual([
      expect.stringMatching(/^segments\.title: The text is longer than 20,000 characters/),
    ])
  })

  test('keeps a translator’s markup as the text that it is, for the printer to judge', () => {
    expect(withTitle('<script>alert(1)</script>')).toEqual([])
  })

  test.each(['__proto__', 'constructor', 'prototype'])('is refused with a segment called %s, however it is spelt', (key) => {
    const escaped = `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`
    for (const spelt of [key, escaped]) {
      expect(complaints(written.replace('"segments":{', `"segments":{"${spelt}":"x",`))).toEqual([
        `The key “${key}” is not allowed in any file. Remove it.`,
      ])
    }
  })

  test('is refused with a segment translated twice', () => {
    expect(complaints(written.replace('"segments":{', '"segments":{"title":"Un autre",'))).toEqual([
      'The key “title” appears twice in the same place. Remove one of them.',
    ])
  })

  test.each(['', 'null', '[]', '"fr"', '0', '{', `${written},`, written.slice(0, -1), '\0\0\0\0'])(
    'is refused without a crash where it is none: %j',
    (content) => {
      expect(complaints(content).length).toBeGreaterThan(0)
    },
  )

  test('is refused in another encoding than UTF-8', () => {
    const wide = new Uint8Array(written.length * 2 + 2)
    wide.set([0xff, 0xfe])
    for (let at = 0; at < written.length; at += 1) wide[at * 2 + 2] = written.charCodeAt(at)
    expect(complaints(wide)).toEqual(['This file is not in UTF-8. Save it as UTF-8.'])
    expect(complaints(Uint8Array.from('"\xe9"', (character) => character.charCodeAt(0)))).toEqual([
      'This file is not in UTF-8. Save it as UTF-8.',
    ])
  })

  test('is refused in one way or another, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (content) => {
        expect(complaints(content).length).toBeGreaterThan(0)
      }),
      { numRuns: rounds(500) },
    )
  })
})
