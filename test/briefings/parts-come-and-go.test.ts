import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { briefingDocument } from '../../src/briefings/briefing-document'
import { isProblems, readBriefingFile } from '../../src/briefings/files'
import { historyProblems } from '../../src/briefings/history-problems'
import { fileOf, presentIn, revisionsIn } from '../../src/briefings/revisions'
import { mayBeAbsent, segmentsOf } from '../../src/briefings/segments'
import { aBriefing } from '../support/briefings'
import { aSparseBriefing } from '../support/generated'
import { encode } from '../support/newsroom'

const identity = { id: 'one', slug: 'one', formerSlugs: [], state: 'published', publishedAt: '2025-03-01T08:00:00Z' } as const

describe('the parts of a briefing', () => {
  test('may come and go, and a file gives back every state that there was', () => {
    fc.assert(
      fc.property(fc.array(aSparseBriefing, { minLength: 1, maxLength: 4 }), (files) => {
        const states = files.map(presentIn)
        const history = states.map((briefing, index) => ({
          revision: index + 1,
          significance: 'material' as const,
          significances: {},
          note: 'A revision',
          savedAt: `2025-03-0${index + 1}T08:00:00Z`,
          renamed: {},
          briefing,
        }))
        const file = fileOf(identity, history)
        expect(historyProblems(file)).toEqual([])
        expect(revisionsIn(file).map(({ briefing }) => briefing)).toEqual(states)
        const read = readBriefingFile('one.json', encode(file))
        expect(isProblems(read) ? read : revisionsIn(read).map(({ briefing }) => briefing)).toEqual(states)
      }),
    )
  })

  test('are all that is translated, but for title and summary', () => {
    const ids = segmentsOf(aBriefing()).map(({ id }) => id)
    expect(ids.filter((id) => !mayBeAbsent(id))).toEqual(['title', 'summary'])
  })

  test('are no segments without a text', () => {
    fc.assert(
      fc.property(aSparseBriefing, (briefing) => {
        expect(segmentsOf(briefing).every(({ text }) => typeof text === 'string' && text !== '')).toBe(true)
      }),
    )
  })
})

describe('a stored revision', () => {
  test('can be read whatever the site decides, and also with nothing that a site asks for', () => {
    const { kind: _, image: __, ...rest } = presentIn(aBriefing())
    const old = { ...rest, category: 'a-word-of-former-times', byline: [], body: [] }
    expect(briefingDocument.read(JSON.stringify(old))).toEqual(old)
    expect(briefingDocument.read(JSON.stringify({ title: 'Title', summary: 'Summary' }))).toMatchObject({
      title: 'Title',
      body: [],
    })
    expect(() => briefingDocument.read(JSON.stringify({ ...old, category: 'No word!' }))).toThrow()
  })
})
