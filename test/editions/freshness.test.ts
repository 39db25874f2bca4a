import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation, revised, type WholeBriefing } from '../support/briefings'
import { attributesOf, noticeIn, shown, tagsOf } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'
const retitled = (briefing: WholeBriefing): WholeBriefing => ({ ...briefing, title: 'The harbour closes for two months' })

/** The Spanish page after the English that was translated went through these revisions. */
async function pageAfter(
  ...revisions: readonly (readonly ['typo' | 'minor' | 'material', (briefing: WholeBriefing) => WholeBriefing])[]
) {
  const newsroom = await openNewsroom()
  const first = aBriefing()
  await newsroom.load({ briefing: first, translations: [aTranslation(first, 'es')] })
  let briefing = first
  for (const [index, [significance, change]] of revisions.entries()) {
    briefing = revised(briefing, significance, `2025-03-0${index + 2}T08:00:00Z`, change)
    await newsroom.load({ briefing })
  }
  return { newsroom, briefing, page: await newsroom.text(path) }
}

describe('a translation whose English has changed since', () => {
  test('says so after a material change, and links to each changed part', async () => {
    const { newsroom, page } = await pageAfter([
      'material',
      (briefing) => ({ ...retitled(briefing), context: 'The port was sold.' }),
    ])
    const notice = noticeIn(page)
    const { t } = newsroom.site.speak('es')
    expect(shown(notice)).toContain(t('notice.outdated'))
    expect(attributesOf(notice, 'a', 'href').filter((href) => href.startsWith('#'))).toEqual(['#title', '#context'])
    expect(shown(notice)).toContain(t('briefing.context'))
  })

  test('links only to anchors that are on the page, whichever part changed', async () => {
    const everything = (briefing: WholeBriefing): WholeBriefing => ({
      ...retitled(briefing),
      topic: 'A longer closure',
      summary: 'New summary.',
      keyPoints: [{ id: 'duration', text: 'Sixty days.' }],
      image: { ...briefing.image, alt: 'New alt', caption: 'New caption', context: 'New', relevance: 'New', provenance: 'New' },
      reasons: { ...briefing.reasons, impact: 'New.' },
      body: briefing.body.map((each) => ({ ...each, text: `${each.text} More.` })),
      event: { name: 'New', signalType: 'New' },
      affectedAreas: [{ id: 'ferries', text: 'New' }],
      context: 'New.',
      watch: [{ id: 'tow', text: 'New' }],
      sections: briefing.sections.map((each) => ({ ...each, heading: `${each.heading} now` })),
      sources: briefing.sources.map((each) => ({ ...each, note: 'New.' })),
    })
    const { page } = await pageAfter(['material', everything])
    const ids = new Set(tagsOf(page).flatMap(({ attributes }) => attributes.get('id') ?? []))
    const anchors = attributesOf(noticeIn(page), 'a', 'href')
      .filter((href) => href.startsWith('#'))
      .map((href) => href.slice(1))
    expect(anchors.length).toBe(15)
    expect(anchors.filter((anchor) => !ids.has(anchor))).toEqual([])
  })

  test.each(['typo', 'minor'] as const)('never warns of a change that is %s', async (significance) => {
    const { page } = await pageAfter([significance, retitled])
    expect(page).toContain('es: The harbour closes for a month')
    expect(noticeIn(page)).toBe('')
  })

  test('warns of a material change that a minor one followed', async () => {
    const { page } = await pageAfter(
      ['material', retitled],
      ['minor', (briefing) => ({ ...briefing, title: 'The harbour closes for three months' })],
    )
    expect(noticeIn(page)).toContain('#title')
  })

  test('does not warn of parts that a material change left alone', async () => {
    const { page } = await pageAfter(['material', retitled])
    expect(attributesOf(noticeIn(page), 'a', 'href').filter((href) => href.startsWith('#'))).toEqual(['#title'])
  })

  test('does not warn of a change that was undone', async () => {
    const { page } = await pageAfter(
      ['material', retitled],
      ['material', (briefing) => ({ ...briefing, title: 'The harbour closes for a month' })],
    )
    expect(noticeIn(page)).toBe('')
  })

  test('does not warn where the English was only saved again', async () => {
    const { page } = await pageAfter(['material', (briefing) => briefing])
    expect(noticeIn(page)).toBe('')
  })

  test('does not warn after a change of state, address or facts', async () => {
    const newsroom = await openNewsroom()
    const first = aBriefing()
    await newsroom.load({ briefing: first, translations: [aTranslation(first, 'es')] })
    await newsroom.load({ briefing: { ...first, state: 'draft' } })
    await newsroom.load({
      briefing: revised(first, 'material', '2025-04-01T08:00:00Z', (briefing) => ({ ...briefing, confidence: 0.6 })),
    })
    expect(noticeIn(await newsroom.text(path))).toBe('')
  })

  test('warns nobody of a change in a section that they cannot see', async () => {
    const { page } = await pageAfter([
      'material',
      (briefing) => ({ ...briefing, sections: briefing.sections.map((each) => ({ ...each, text: `${each.text} Changed.` })) }),
    ])
    expect(noticeIn(page)).toBe('')
  })

  test('is current again once what changed is translated again', async () => {
    const { newsroom, briefing } = await pageAfter(['material', retitled])
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const page = await newsroom.text(path)
    expect(page).toContain('es: The harbour closes for two months')
    expect(noticeIn(page)).toBe('')
  })

  test('cannot look current because it was delivered late: the revision it was made from decides, not when it came', async () => {
    const newsroom = await openNewsroom()
    const first = aBriefing()
    const second = revised(first, 'material', '2025-03-02T08:00:00Z', retitled)
    await newsroom.load({ briefing: second })
    await newsroom.load({ briefing: second, translations: [aTranslation(second, 'es', { sourceRevision: 1 })] })
    const page = await newsroom.text(path)
    expect(page).toContain('es: The harbour closes for a month')
    expect(noticeIn(page)).toContain('#title')
  })

  test('a paragraph that the English gained is shown in English and counted, not called changed', async () => {
    const added = (briefing: WholeBriefing): WholeBriefing => ({
      ...briefing,
      body: [...briefing.body, { id: 'pilots', heading: 'Pilots', text: 'Pilots are on leave.' }],
    })
    const { newsroom, page } = await pageAfter(['material', added])
    expect(page).toContain('Pilots are on leave.')
    const { t } = newsroom.site.speak('es')
    expect(shown(noticeIn(page))).toBe(t('notice.partial', { count: 1 }) + t('notice.read-source'))
  })

  test('a text for a paragraph that its translator cannot have seen is not believed to be current', async () => {
    const first = aBriefing()
    const second = revised(first, 'minor', '2025-03-02T08:00:00Z', (briefing) => ({
      ...briefing,
      body: [...briefing.body, { id: 'pilots', heading: 'Pilots', text: 'Pilots are on leave.' }],
    }))
    const newsroom = await openNewsroom()
    const segments = { 'body.pilots': 'es: Pilots', 'body.pilots.heading': 'es: Pilots' }
    await newsroom.load({ briefing: second, translations: [aTranslation(second, 'es', { sourceRevision: 1, segments })] })
    expect(noticeIn(await newsroom.text(path))).toContain('#body.pilots')
  })

  test('tells programs the same: which segments, and that the page is outdated', async () => {
    const { newsroom } = await pageAfter(['material', retitled])
    const json = (await (await newsroom.ask(`${path}.json`)).json()) as { resolution: object }
    expect(json.resolution).toMatchObject({ reason: 'exact', freshness: 'outdated', outdated: ['title'] })
  })
})
