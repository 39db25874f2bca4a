import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Briefing, BriefingFile } from '../../src/briefings/briefing'
import { historyProblems } from '../../src/briefings/history-problems'
import { revisionsIn } from '../../src/briefings/revisions'
import { explain } from '../../src/language/newsroom'
import { aBriefing, revised } from '../support/briefings'
import { aHistory } from '../support/generated'

/** What a revision is of: the briefing without its identity, publication and history. */
function contentOf(file: BriefingFile): Briefing {
  const { id: _id, slug: _slug, formerSlugs: _former, state: _state, publishedAt: _at, revisions: _revisions, ...content } = file
  return content
}

const first = aBriefing()
const second = revised(first, 'typo', '2025-03-02T08:00:00Z', (briefing) => ({
  ...briefing,
  title: 'The harbour closes for one month',
}))
const third = revised(second, 'material', '2025-03-03T08:00:00Z', (briefing) => ({
  ...briefing,
  title: 'The harbour closes for two months',
  body: [{ id: 'storm', heading: 'The storm', text: 'A storm is coming.' }, ...briefing.body],
  sources: [
    ...briefing.sources,
    { id: 'forecast', title: 'The forecast', url: 'https://weather.example/', risk: 'high', note: 'Sees a storm.' },
  ],
}))

describe('the history of a briefing', () => {
  test('tells each state that it was in, put together from what the next revision replaced', () => {
    const told = revisionsIn(third)
    expect(told.map(({ briefing }) => briefing.title)).toEqual([
      'The harbour closes for a month',
      'The harbour closes for one month',
      'The harbour closes for two months',
    ])
    expect(told.map(({ briefing }) => briefing)).toEqual([first, second, third].map(contentOf))
  })

  test('keeps when, why and how much each revision mattered', () => {
    expect(
      revisionsIn(third).map(({ revision, significance, savedAt, note }) => [revision, significance, savedAt, note]),
    ).toEqual([
      [1, 'material', '2025-03-01T08:00:00Z', 'First published'],
      [2, 'typo', '2025-03-02T08:00:00Z', 'A revision'],
      [3, 'material', '2025-03-03T08:00:00Z', 'A revision'],
    ])
  })

  test('knows a paragraph and a source only from the revision that added them', () => {
    const told = revisionsIn(third)
    expect(told.map(({ briefing }) => briefing.body.map(({ id }) => id))).toEqual([
      ['closure', 'detours'],
      ['closure', 'detours'],
      ['storm', 'closure', 'detours'],
    ])
    expect(told.map(({ briefing }) => briefing.sources.length)).toEqual([2, 2, 3])
  })

  test('carries no identity and no publication into a revision', () => {
    const keys = revisionsIn(third).flatMap(({ briefing }) => Object.keys(briefing))
    expect(keys).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(id|slug|formerSlugs|state|publishedAt|revisions)$/)]),
    )
  })

  test('of whatever an author did gives back every state, to the letter', () => {
    fc.assert(
      fc.property(aHistory, ({ file, states }) => {
        expect(revisionsIn(file).map(({ briefing }) => briefing)).toEqual(states.map(contentOf))
        expect(historyProblems(file)).toEqual([])
      }),
    )
  })
})

describe('a history that cannot be', () => {
  const told = (file: BriefingFile) => historyProblems(file).map(({ path, complaint }) => `${path}: ${explain(complaint)}`)
  const [one, two] = second.revisions as [BriefingFile['revisions'][number], BriefingFile['revisions'][number]]

  test('has a number left out or twice', () => {
    expect(told({ ...second, revisions: [one, { ...two, revision: 3 }] })).toEqual(['revisions.1.revision: This must be 2.'])
    expect(told({ ...second, revisions: [one, { ...two, revision: 1 }] })).toEqual(['revisions.1.revision: This must be 2.'])
    expect(told({ ...second, revisions: [two] })).toContain('revisions.0.revision: This must be 1.')
  })

  test('runs backwards or stands still', () => {
    const complaint = 'revisions.1.savedAt: This must be later than the time of the previous revision.'
    expect(told({ ...second, revisions: [one, { ...two, savedAt: '2025-02-28T08:00:00Z' }] })).toEqual([complaint])
    expect(told({ ...second, revisions: [one, { ...two, savedAt: one.savedAt }] })).toEqual([complaint])
  })

  test('has something before its first state', () => {
    expect(told({ ...first, revisions: [{ ...one, replaced: { title: 'Before' } }] })).toEqual([
      'revisions.0.replaced: The first revision cannot replace anything. Remove this.',
    ])
  })

  test.each(['body', 'title.heading', 'toString', 'constructor', '', 'organisations.port'])(
    'replaced %j, which the briefing has not',
    (id) => {
      expect(told({ ...second, revisions: [one, { ...two, replaced: { [id]: 'Before' } }] })).toEqual([
        `revisions.1.replaced.${id}: This briefing has no segment with this id. Correct or remove it.`,
      ])
    },
  )

  test.each(['title', 'image.alt', 'event.name', 'body.closure.heading', 'sources.paper.title'])(
    'adds %s, which nothing that was there is without',
    (id) => {
      expect(told({ ...second, revisions: [one, { ...two, replaced: { [id]: null } }] })).toEqual([
        `revisions.1.replaced.${id}: This is part of an item that already existed. Give its earlier text.`,
      ])
    },
  )
})
