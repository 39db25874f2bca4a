import { expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import type { Settings } from '../../src/settings/settings'
import { problemsOfOwnWords } from '../../src/translations/checks/own-words'
import { sampleSettings } from '../support/settings'

const catalogs = { en: { hello: 'Hello {name}', 'kind.event': 'Event' }, fr: { hello: 'Bonjour {name}', 'kind.event': 'Fait' } }
const settings: Settings = {
  ...sampleSettings,
  tiers: [],
  confidence: undefined,
  vocabulary: {
    ...Object.fromEntries(Object.keys(sampleSettings.vocabulary).map((list) => [list, []])),
    kind: ['event', 'storm'],
  } as unknown as Settings['vocabulary'],
}
const locales = {
  source: 'en',
  locales: [
    { tag: 'en', state: 'public', fallback: [] },
    { tag: 'fr', state: 'public', fallback: [] },
    { tag: 'nl', state: 'preview', fallback: [] },
  ],
} as const

const problems = (words: Record<string, Record<string, string>>) =>
  problemsOfOwnWords({ locales, settings, words, catalogs }).map(
    ({ file, path, complaint }) => `${file}: ${path}: ${explain(complaint)}`,
  )

const whole = { en: { 'kind.storm': 'Storm' }, fr: { 'kind.storm': 'Tempête' } }

test('a site says some messages otherwise, and names its own words in each public language', () => {
  expect(problems(whole)).toEqual([])
  expect(problems({ ...whole, en: { ...whole.en, hello: 'Welcome, {name}' }, nl: { hello: 'Dag {name}' } })).toEqual([])
})

test('a word without a name is found, by file and key, in each public language', () => {
  expect(problems({})).toEqual([
    'locales/en/site.json: kind.storm: This is missing. Translate it.',
    'locales/fr/site.json: kind.storm: This is missing. Translate it.',
  ])
})

test('a key that nobody knows, a placeholder that the program does not fill in, and an ill-formed message are found', () => {
  expect(problems({ ...whole, fr: { ...whole.fr, bye: 'Adieu', hello: 'Bonjour {nom}' } })).toEqual([
    'locales/fr/site.json: bye: The English catalog has no such message. Remove it.',
    expect.stringMatching(/^locales\/fr\/site\.json: hello: message-arguments: /),
    expect.stringMatching(/^locales\/fr\/site\.json: hello: message-arguments: /),
  ])
  expect(problems({ ...whole, en: { ...whole.en, hello: 'Hi {name' } })).toEqual([
    expect.stringMatching(/^locales\/en\/site\.json: hello: message-syntax: /),
  ])
})
