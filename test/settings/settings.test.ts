import { describe, expect, test } from 'vitest'
import sample from '../../db/site.json'
import { isProblems, readAs } from '../../src/briefings/files'
import { explain } from '../../src/language/newsroom'
import { settingsSchema } from '../../src/settings/schema'

const read = (content: unknown) => readAs(settingsSchema, 'site.json', new TextEncoder().encode(JSON.stringify(content)))

const complaints = (content: unknown) => {
  const found = read(content)
  return isProblems(found) ? found.map(({ path, complaint }) => `${path}: ${explain(complaint)}`) : []
}

describe('site.json', () => {
  test('of the sample says everything that a site can decide', () => {
    expect(read(sample)).toEqual(sample)
  })

  test('may be no more than a name: then nothing is asked of briefings, nobody can join, and every feature but comments is on', () => {
    expect(read({ name: 'Harbour' })).toEqual({
      name: 'Harbour',
      zone: 'UTC',
      brand: { profiles: [] },
      tiers: [],
      vocabulary: Object.fromEntries(Object.keys(sample.vocabulary).map((list) => [list, []])),
      requires: [],
      pages: [],
      features: sample.features,
    })
  })

  test.each([
    [{}, ['name: This is missing. Add it.']],
    [{ name: 'A', colour: 'red' }, [': “colour” is not allowed here. Remove it.']],
    [{ name: 'A\nB' }, ['name: This must be a single line.']],
    [{ name: 'A', zone: 'Moon/Base' }, ['zone: This must be a time zone such as Europe/Madrid.']],
    [{ name: 'A', brand: { logo: '../logo.png' } }, ['brand.logo: This must be the name of an SVG file beside site.json.']],
    [
      { name: 'A', brand: { profiles: ['ftp://a'] } },
      ['brand.profiles.0: This must be an address that begins with http or https.'],
    ],
    [
      { name: 'A', tiers: [{ id: 'public', entry: 'request' }] },
      ['tiers.0.id: “public” is everyone, so no tier can have this name. Choose another.'],
    ],
    [
      { name: 'A', tiers: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, entry: 'request' })) },
      ['tiers: This must have at most 4 entries.'],
    ],
    [
      { name: 'A', tiers: ['a', 'b'].map((id) => ({ id, entry: 'pay' })) },
      [
        'tiers.0.entry: This must be sign-in, request, invitation or call.',
        'tiers.1.entry: This must be sign-in, request, invitation or call.',
      ],
    ],
    [
      { name: 'A', tiers: ['a', 'a'].map((id) => ({ id, entry: 'call' })) },
      ['tiers.1.id: “a” appears twice. Remove one of them.'],
    ],
    [
      { name: 'A', vocabulary: { kind: ['event', 'Event'], mood: [] } },
      [
        'vocabulary.kind.1: Use only lower-case letters, digits and single hyphens.',
        'vocabulary: “mood” is not allowed here. Remove it.',
      ],
    ],
    [
      {
        name: 'A',
        confidence: {
          grades: [
            { id: 'a', letters: 'A', from: 0.5 },
            { id: 'b', letters: 'B', from: 0.5 },
          ],
        },
      },
      ['confidence.grades.1.from: Each grade must begin lower than the one above it.'],
    ],
    [{ name: 'A', confidence: { grades: [] } }, ['confidence.grades: This must have at least 1 entry.']],
    [{ name: 'A', features: { comments: 'on' } }, ['features.comments: This must be true or false.']],
  ])('is refused by the key where it is wrong: %j', (content, expected) => {
    expect(complaints(content)).toEqual(expected)
  })
})
