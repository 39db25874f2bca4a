import { expect, test } from 'vitest'
import { type FileProblem, isProblems, placed, readBriefingFile } from '../../src/briefings/files'
import { explain } from '../../src/language/newsroom'
import { readGlossary } from '../../src/translations/glossary'
import { readLocaleFile } from '../../src/translations/packs/json'
import { readStyles } from '../../src/translations/style'
import { aBriefing, aTranslation } from '../support/briefings'
import { encode } from '../support/newsroom'

type Path = readonly (string | number)[]

/** Every place in a value, as the names and positions that lead there. */
const placesIn = (value: unknown, at: Path = []): readonly Path[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, each]) => {
        const place = [...at, Array.isArray(value) ? Number(name) : name]
        return [place, ...placesIn(each, place)]
      })

/** A value with another one in one place. */
function withValue(value: unknown, [name, ...rest]: Path, other: unknown): unknown {
  if (name === undefined) return other
  if (Array.isArray(value)) return value.map((each, index) => (index === name ? withValue(each, rest, other) : (each as unknown)))
  return { ...(value as object), [name]: withValue((value as Record<string, unknown>)[name], rest, other) }
}

const valueAt = (value: unknown, place: Path): unknown =>
  place.reduce((each, name) => (each as Record<string | number, unknown>)[name], value)

const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'nothing' : typeof value)

const others = [
  '',
  'A text that is longer than any list may be, and has more letters than it has room.',
  7,
  true,
  null,
  [],
  ['x'],
  {},
]

const documents: readonly (readonly [string, unknown, (bytes: Uint8Array) => unknown])[] = [
  ['a briefing', aBriefing(), (bytes) => readBriefingFile('x.json', bytes)],
  [
    'a translation',
    aTranslation(aBriefing(), 'fr', { outdated: ['title'], proposed: ['summary'], credits: ['Ada'] }),
    (bytes) => readLocaleFile('x.json', bytes),
  ],
  [
    'a glossary',
    { locale: 'fr', terms: [{ term: 'harbour', translation: 'port', note: 'Of the sea.', keep: true }] },
    (bytes) => readGlossary('locales/fr/glossary.json', bytes),
  ],
  [
    'a style sheet',
    {
      locale: 'fr',
      address: { reader: 'Vous.', avoid: ['tu'] },
      spaces: { none: { before: ',' }, narrow: { before: ';', after: '(' } },
      quotation: { outer: ['«»'], inner: ['“”'] },
      apostrophe: '’',
      betweenScripts: 'none',
      words: [{ avoid: ['mail*'], except: ['Royal Mail'], use: 'courriel', reason: 'anglais' }],
      terms: [{ term: 'link', use: 'lien', avoid: ['lien hypertexte'], except: ['lien de parenté'], note: 'Masculin.' }],
      notes: ['1er mars.'],
    },
    (bytes) => readStyles([{ path: 'locales/fr/style.json', bytes }]),
  ],
]

test.each(documents)('%s with a value of another kind in any one place is told of it once', (_name, document, read) => {
  const places = placesIn(document)
  expect(places.length).toBeGreaterThan(5)
  const twice = places.flatMap((place) =>
    others.flatMap((other) => {
      if (kindOf(other) === kindOf(valueAt(document, place))) return []
      const result = read(encode(withValue(document, place, other)))
      const problems = isProblems(result) ? result.filter(({ path }: FileProblem) => path === place.join('.')) : []
      return problems.length > 1 ? [problems.map((problem) => explain(placed(problem)))] : []
    }),
  )
  expect(twice).toEqual([])
})

test('a byline with neither a name nor an organisation is told what it may be', () => {
  const told = (signatory: unknown) => {
    const read = readBriefingFile('x.json', encode({ ...aBriefing(), byline: [signatory] }))
    return isProblems(read) ? read.map((problem) => explain(placed(problem))) : 'read'
  }
  expect(told({ organisation: 'Harbour desk' })).toBe('read')
  expect(told('Ada Byron')).toBe('read')
  const either = 'This must be a person’s name, or an object in braces that has an organisation’s name under “organisation”.'
  for (const wrong of [7, {}, ['Ada Byron'], { organisation: 7 }]) {
    expect(told(wrong)).toEqual([`x.json: byline.0: ${either}`])
  }
  expect(told('Ada\nByron')).toEqual(['x.json: byline.0: This must be a single line.'])
  expect(told({ organisation: 'Harbour\ndesk' })).toEqual(['x.json: byline.0.organisation: This must be a single line.'])
})

test('a byline that is a text and no list is told of in one line', () => {
  const read = readBriefingFile('x.json', encode({ ...aBriefing(), byline: 'Ada Byron and Bea Berg' }))
  expect(isProblems(read) && read.map((problem) => explain(placed(problem)))).toEqual(['x.json: byline: This must be a list.'])
})
