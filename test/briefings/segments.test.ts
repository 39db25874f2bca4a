import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { mapSegments, partOf, segmentsOf } from '../../src/briefings/segments'
import { aBriefing } from '../support/briefings'
import { aGeneratedBriefing } from '../support/generated'

const textsOf = (briefing: BriefingFile) => Object.fromEntries(segmentsOf(briefing).map(({ id, text }) => [id, text]))

/** The same briefing with every list in another order. */
const shuffled = (briefing: BriefingFile): fc.Arbitrary<BriefingFile> => {
  const { keyPoints, sources, body, affectedAreas, watch, sections, linkedOrganisations: linked } = briefing
  const anyOrder = <Item>(list: readonly Item[]) => fc.shuffledSubarray([...list], { minLength: list.length })
  return fc
    .record({
      keyPoints: anyOrder(keyPoints),
      sources: anyOrder(sources),
      body: anyOrder(body),
      affectedAreas: anyOrder(affectedAreas),
      watch: anyOrder(watch),
      sections: anyOrder(sections),
      linkedOrganisations: anyOrder(linked.notes).map((notes) => ({ ...linked, notes })),
    })
    .map((lists) => ({ ...briefing, ...lists }))
}

describe('the segments of a briefing', () => {
  test('are known by names that say what they are', () => {
    expect(segmentsOf(aBriefing()).map(({ id }) => id)).toEqual([
      'topic',
      'title',
      'summary',
      'keyPoints.duration',
      'image.alt',
      'image.caption',
      'image.context',
      'image.relevance',
      'image.provenance',
      'reasons.category',
      'reasons.contentType',
      'reasons.domain',
      'reasons.topic',
      'reasons.impact',
      'reasons.confidence',
      'body.closure.heading',
      'body.closure',
      'body.detours.heading',
      'body.detours',
      'event.name',
      'event.signalType',
      'affectedAreas.ferries',
      'context',
      'watch.tow',
      'sections.insurers.heading',
      'sections.insurers',
      'sections.repairs.heading',
      'sections.repairs',
      'linkedOrganisations.dredgers',
      'sources.notice.title',
      'sources.notice.note',
      'sources.paper.title',
      'sources.paper.note',
    ])
  })

  test('are Markdown where a passage is written, and plain elsewhere', () => {
    const markdown = segmentsOf(aBriefing()).filter(({ kind }) => kind === 'markdown')
    expect(markdown.map(({ id }) => id)).toEqual([
      'body.closure',
      'body.detours',
      'context',
      'sections.insurers',
      'sections.repairs',
    ])
  })

  test('hold every gated word behind its tier, and show the headings to everyone', () => {
    const gated = segmentsOf(aBriefing()).filter(({ access }) => access !== 'public')
    expect(gated.map(({ id, access }) => [id, access])).toEqual([
      ['sections.insurers', 'circle'],
      ['sections.repairs', 'alliance'],
      ['linkedOrganisations.dredgers', 'circle'],
    ])
    expect(segmentsOf(aBriefing()).filter(({ text, access }) => text.includes('canary') && access === 'public')).toEqual([])
  })

  test('have ids of their own, whatever the author calls the parts', () => {
    fc.assert(
      fc.property(aGeneratedBriefing, (briefing) => {
        const ids = segmentsOf(briefing).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  test('keep their ids with their texts when the author puts the parts in another order', () => {
    const pair = aGeneratedBriefing.chain((briefing) => fc.tuple(fc.constant(briefing), shuffled(briefing)))
    fc.assert(
      fc.property(pair, ([briefing, other]) => {
        expect(textsOf(other)).toEqual(textsOf(briefing))
      }),
    )
  })

  test('keep their ids when a part is put before them', () => {
    const briefing = aBriefing()
    const { body } = briefing
    const longer = { ...briefing, body: [{ id: 'weather', heading: 'Weather', text: 'Rain.' }, ...body] }
    expect(textsOf(longer)).toMatchObject(textsOf(briefing))
  })

  test('are all that is rewritten when they are put through something', () => {
    fc.assert(
      fc.property(aGeneratedBriefing, (briefing) => {
        expect(mapSegments(briefing, ({ text }) => text)).toEqual(briefing)
        const rewritten = mapSegments(briefing, ({ id }) => `new ${id}`)
        expect(segmentsOf(rewritten).every(({ id, text }) => text === `new ${id}`)).toBe(true)
        const textsBack = new Map(segmentsOf(briefing).map(({ id, text }) => [id, text]))
        expect(mapSegments(rewritten, ({ id, text }) => textsBack.get(id) ?? text)).toEqual(briefing)
      }),
    )
  })
})

describe('the part of a page that a segment stands in', () => {
  test.each([
    ['title', 'title'],
    ['context', 'context'],
    ['body.closure', 'body.closure'],
    ['body.closure.heading', 'body.closure'],
    ['sections.insurers', 'sections.insurers'],
    ['sections.insurers.heading', 'sections.insurers'],
    ['sources.notice.note', 'sources'],
    ['sources.notice.title', 'sources'],
    ['image.alt', 'image'],
    ['reasons.impact', 'reasons'],
    ['keyPoints.duration', 'keyPoints'],
    ['linkedOrganisations.dredgers', 'linkedOrganisations'],
    ['body', 'body'],
    ['', ''],
  ])('of %j is %j', (id, part) => {
    expect(partOf(id)).toBe(part)
  })
})
