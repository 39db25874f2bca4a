import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import type { Briefing } from '../../src/briefings/briefing'
import { type Decisions, lackingIn, strangeWords } from '../../src/briefings/decided'
import { presentIn } from '../../src/briefings/revisions'
import { explain } from '../../src/language/newsroom'
import { type Part, parts } from '../../src/settings/settings'
import { aBriefing } from '../support/briefings'

const { settings } = kit
const whole = presentIn(aBriefing())
const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name))) as Briefing
const strange = (briefing: Briefing, decisions: Pick<Decisions, 'vocabulary'> = settings) =>
  strangeWords(briefing, decisions).map(({ path, complaint }) => `${path}: ${explain(complaint)}`)

describe('what a site decides of a briefing', () => {
  test('is met by a whole one, whatever the site asks for', () => {
    expect(strange(whole)).toEqual([])
    expect(lackingIn(whole, { requires: parts })).toEqual([])
  })

  test('names each word that is in none of its lists, with its place and the words that there are', () => {
    const [first, second] = whole.sources
    if (!first || !second) throw new Error('The briefing of the test has two sources.')
    const odd = { ...whole, kind: 'gossip', operationalRelevance: 'huge', sources: [first, { ...second, risk: 'extreme' }] }
    expect(strange(odd)).toEqual([
      'kind: This must be event, policy or market.',
      'operationalRelevance: This must be low, medium or high.',
      'sources.1.risk: This must be low, medium or high.',
    ])
    expect(strange(whole, { vocabulary: { ...settings.vocabulary, category: [] } })).toEqual([
      'category: This site has no words for category. Leave the field out, or add the words to site.json.',
    ])
  })

  test.each<[Part, Briefing, readonly string[]]>([
    ['category', without('category'), ['category']],
    ['regions', { ...whole, regions: [] }, ['regions']],
    ['sources', { ...whole, sources: [] }, ['sources']],
    ['sources.note', { ...whole, sources: [] }, []],
    ['sources.note', { ...whole, sources: [{ id: 'a', title: 'A', url: 'https://a.example' }] }, ['sources.0.note']],
    ['image', without('image'), ['image']],
    ['image.caption', without('image'), []],
    ['image.caption', { ...whole, image: { ...aBriefing().image, caption: '' } }, []],
    [
      'reasons',
      without('reasons', 'category', 'topic'),
      ['contentType', 'domain', 'impact', 'confidence'].map((each) => `reasons.${each}`),
    ],
    [
      'reasons',
      { ...whole, reasons: { impact: 'So.' } },
      ['category', 'contentType', 'domain', 'topic', 'confidence'].map((each) => `reasons.${each}`),
    ],
  ])('asks for its %s, and says what is missing', (part, briefing, missing) => {
    expect(lackingIn(briefing, { requires: [part] })).toEqual(missing)
  })
})
