import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { Reading } from '../../src/editions/reading'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { attributesOf, find, noticeIn, shown } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'
const changes = `${path}/changes`

const withSummary =
  (summary: string) =>
  (briefing: BriefingFile): BriefingFile => ({ ...briefing, summary })

/** A Spanish translation of the first English, and the newsroom after the English was corrected. */
async function afterCorrections(first: BriefingFile, ...corrections: readonly ((briefing: BriefingFile) => BriefingFile)[]) {
  const newsroom = await openNewsroom()
  await newsroom.load({ briefing: first, translations: [aTranslation(first, 'es')] })
  let briefing = first
  for (const [index, correct] of corrections.entries()) {
    briefing = revised(briefing, 'material', `2025-03-0${index + 2}T08:00:00Z`, correct)
    await newsroom.load({ briefing })
  }
  return { newsroom, briefing }
}

const marked = (page: string, tag: 'del' | 'ins') =>
  [...page.matchAll(new RegExp(`<${tag}><span[^>]*>[^<]*</span>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)

describe('a reader of an outdated translation', () => {
  test('finds from the notice what has changed in the English, word by word', async () => {
    const { newsroom } = await afterCorrections(aBriefing(), withSummary('A dredger has sunk and nothing moves.'))
    expect(attributesOf(noticeIn(await newsroom.text(path)), 'a', 'href')).toContain(changes)
    const page = await newsroom.text(changes)
    expect(marked(page, 'del')).toEqual(['run aground'])
    expect(marked(page, 'ins')).toEqual(['sunk'])
    expect(find(page, 'p', { class: 'difference', lang: 'en', dir: 'ltr' })).toHaveLength(1)
    expect(attributesOf(page, 'a', 'href')).toContain(`${path}#summary`)
  })

  test('sees the change from what the translator saw, however often the English was corrected since', async () => {
    const { newsroom } = await afterCorrections(
      aBriefing(),
      withSummary('A dredger has run aground and two tugs move.'),
      withSummary('A dredger has run aground and three tugs move.'),
    )
    const page = await newsroom.text(changes)
    expect([marked(page, 'del'), marked(page, 'ins')]).toEqual([['nothing moves'], ['three tugs move']])
  })

  test('sees a changed passage as it is read, and the target of a link where only that has changed', async () => {
    const body = (text: string) => (briefing: BriefingFile) => ({
      ...briefing,
      body: briefing.body.map((each) => (each.id === 'detours' ? { ...each, text } : each)),
    })
    const first = body('Lorries take the **coast** road, says the [notice](https://port.example/one).')(aBriefing())
    const reworded = await afterCorrections(
      first,
      body('Lorries take the **hill** road, says the [notice](https://port.example/one).'),
    )
    const page = await reworded.newsroom.text(changes)
    expect([marked(page, 'del'), marked(page, 'ins')]).toEqual([['coast'], ['hill']])
    expect(shown(page)).not.toContain('https://port.example/one')
    const relinked = await afterCorrections(
      first,
      body('Lorries take the **coast** road, says the [notice](https://port.example/two).'),
    )
    expect(marked(await relinked.newsroom.text(changes), 'ins').join()).toContain('two')
  })

  test('is told in their language, on a page that machines are sent past', async () => {
    const { newsroom } = await afterCorrections(aBriefing(), withSummary('Two dredgers have run aground.'))
    const response = await newsroom.get(changes)
    const page = await response.text()
    const { t } = newsroom.site.speak('es')
    expect(shown(page)).toContain(t('changes.intro'))
    expect(find(page, 'html', { lang: 'es' })).toHaveLength(1)
    expect(response.headers.get('Link')).toBe(`<${newsroom.origin}${path}>; rel="canonical"`)
  })

  test('who kept the address is told once the translation has caught up', async () => {
    const { newsroom, briefing } = await afterCorrections(aBriefing(), withSummary('Two dredgers have run aground.'))
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const page = await newsroom.text(changes)
    expect(shown(page)).toContain(newsroom.site.speak('es').t('changes.none'))
    expect(noticeIn(await newsroom.text(path))).not.toContain(changes)
  })
})

describe('what the English said before', () => {
  test('is not told of a time when it was a draft', async () => {
    const draft = aBriefing({
      publishedAt: '2025-03-05T08:00:00Z',
      summary: 'A rumour that was never printed.',
    })
    const { newsroom } = await afterCorrections(draft, withSummary('A dredger has run aground.'))
    const page = await newsroom.text(changes)
    expect(page).not.toContain('rumour')
    expect(shown(page)).toContain(newsroom.site.speak('es').t('changes.unknown'))
    expect(shown(page)).toContain('A dredger has run aground.')
    const { briefing } = (await (await newsroom.get(`${path}.json`)).json()) as { briefing: Reading }
    expect(briefing.changes).toEqual([
      { id: 'summary', isBeforeTold: false, pieces: [{ kind: 'same', text: 'A dredger has run aground.' }] },
    ])
  })

  test('sees a change inside a table in its cells, and no marks of the table', async () => {
    const table = (ships: string) => (briefing: BriefingFile) => ({
      ...briefing,
      context: `Two ports.\n\n| Port | Ships |\n|---|---|\n| Kiel | ${ships} |\n| Riga | 7 |`,
    })
    const { newsroom } = await afterCorrections(table('12')(aBriefing()), table('15'))
    const page = await newsroom.text(changes)
    expect([marked(page, 'del'), marked(page, 'ins')]).toEqual([['12'], ['15']])
    expect(find(page, 'table', { class: 'difference', lang: 'en', dir: 'ltr' })).toHaveLength(1)
    expect(page).toMatch(/<tr><td>Kiel<\/td><td><del>.*12<\/del><ins>.*15<\/ins><\/td><\/tr><tr><td>Riga<\/td><td>7<\/td><\/tr>/)
    expect(page).not.toMatch(/\| Kiel|---/)
  })

  test('is told which sections have moved and which headings have changed, by the name of the section', async () => {
    const third = (briefing: BriefingFile): BriefingFile => ({
      ...briefing,
      body: [...briefing.body, { id: 'tugs', heading: 'The tugs', text: 'They wait.' }],
    })
    const moved = (briefing: BriefingFile): BriefingFile => {
      const [first, ...others] = briefing.body
      const renamed = others.map((each) => (each.id === 'detours' ? { ...each, heading: 'Other ways' } : each))
      return { ...briefing, body: [...renamed, ...(first ? [first] : [])] }
    }
    const { newsroom } = await afterCorrections(third(aBriefing()), moved)
    const words = newsroom.site.speak('es')
    const page = await newsroom.text(changes)
    expect(shown(page)).toContain(words.t('changes.moved'))
    expect(attributesOf(page, 'a', 'href').filter((each) => each.endsWith('#body.closure'))).toHaveLength(1)
    expect(attributesOf(page, 'a', 'href').filter((each) => each.endsWith('#body.tugs'))).toEqual([])
    expect(shown(page)).toContain(words.t('changes.heading'))
    expect([marked(page, 'del'), marked(page, 'ins')]).toEqual([['Detours'], ['Other ways']])
    const still = await afterCorrections(aBriefing(), withSummary('A dredger has sunk and nothing moves.'))
    expect(shown(await still.newsroom.text(changes))).not.toContain(newsroom.site.speak('es').t('changes.moved'))
  })

  test('is not told of a section that was for members then', async () => {
    const opened = (briefing: BriefingFile): BriefingFile => ({
      ...briefing,
      sections: briefing.sections.map((each) => ({ ...each, access: 'public', text: 'Open to everyone now.' })),
    })
    const { newsroom } = await afterCorrections(aBriefing(), opened)
    const page = await newsroom.text(changes)
    expect(page).not.toContain('canary')
    expect(shown(page)).toContain('Open to everyone now.')
  })

  test('is not told of what everyone may read now but the translation has not been made of', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { outdated: ['summary'] })] })
    const page = await newsroom.text(changes)
    expect(marked(page, 'del')).toEqual([])
    expect(shown(page)).toContain(newsroom.site.speak('es').t('changes.unknown'))
  })
})

test('there are no changes to show of a page in English, of one that is not translated, and of none', async () => {
  const { newsroom } = await afterCorrections(aBriefing(), withSummary('Two dredgers have run aground.'))
  for (const address of [
    '/en/briefings/harbour-closes/changes',
    '/pl/briefings/harbour-closes/changes',
    '/es/briefings/nothing-here/changes',
    '/sv/briefings/harbour-closes/changes',
  ]) {
    expect((await newsroom.get(address)).status, address).toBe(404)
  }
})
