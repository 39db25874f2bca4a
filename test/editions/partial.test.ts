import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { articleIn, find, noticeIn, shown, tagsOf } from '../support/html'
import { openNewsroom } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'

/** Loads a translation into Spanish in which these segments are empty. */
async function without(...ids: readonly string[]) {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  const segments = Object.fromEntries(ids.map((id) => [id, '']))
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { segments })] })
  return newsroom
}

describe('a translation that is not complete', () => {
  test('says how many sections are shown in English, counting sections and not segments', async () => {
    const one = await without('body.closure', 'body.closure.heading')
    expect(shown(noticeIn(await one.text(path)))).toContain(one.site.speak('es').t('notice.partial', { count: 1 }))
    const three = await without('body.closure', 'sources.notice.note', 'sources.paper.title', 'sources.paper.note', 'title')
    expect(shown(noticeIn(await three.text(path)))).toContain(three.site.speak('es').t('notice.partial', { count: 3 }))
  })

  test('marks each text filled from English with its language, and no other', async () => {
    const newsroom = await without(
      'title',
      'topic',
      'body.detours',
      'keyPoints.duration',
      'image.alt',
      'image.caption',
      'sources.paper.note',
      'reasons.impact',
    )
    const article = articleIn(await newsroom.text(path))
    const english = tagsOf(article).filter(({ attributes }) => attributes.get('lang') === 'en')
    const texts = english.map(({ name, text, attributes }) => (name === 'img' ? attributes.get('alt') : text.trim()))
    expect(texts).toEqual([
      'Port closure',
      'The harbour closes for a month',
      'Port of Sète',
      'An empty quay',
      'The quay on Monday',
      'The closure lasts thirty days.',
      '',
      'Port closure',
      'Trade stops.',
      'Names the dredger.',
    ])
    expect(article).toContain('<div class="passage" lang="en" dir="ltr"><p>Ships go to Marseille instead.</p></div>')
    for (const { attributes } of english) expect(attributes.get('dir')).toBe('ltr')
  })

  test('names the language of an English title in the title of the page', async () => {
    const newsroom = await without('title')
    expect(find(await newsroom.text(path), 'title')[0]?.attributes.get('lang')).toBe('en')
  })

  test('is still a page of its own, in the language that its address names', async () => {
    const newsroom = await without('title', 'body.closure')
    const response = await newsroom.get(path)
    expect(response.headers.get('Content-Language')).toBe('es')
    expect(await response.text()).toContain(
      '<link rel="canonical" href="https://briefings.example/es/briefings/harbour-closes"/>',
    )
  })

  test('is not counted for sections that its reader cannot see', async () => {
    const newsroom = await without('sections.insurers', 'sections.repairs', 'linkedOrganisations.dredgers')
    expect(noticeIn(await newsroom.text(path))).toBe('')
  })

  test('an empty text, or one of spaces, is no translation', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { segments: { title: '', summary: ' \n ' } })] })
    const page = await newsroom.text(path)
    expect(page).toContain('The harbour closes for a month')
    expect(page).toContain('A dredger has run aground')
    expect(shown(noticeIn(page))).toContain(newsroom.site.speak('es').t('notice.partial', { count: 2 }))
  })

  test('with nothing but empty texts is none: the reader gets English, and no language menu offers it', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    const translation = aTranslation(briefing, 'es')
    const segments = Object.fromEntries(Object.keys(translation.segments).map((id) => [id, ' ']))
    await newsroom.load({ briefing, translations: [{ ...translation, segments }] })
    const response = await newsroom.get(path)
    expect(response.headers.get('Content-Language')).toBe('en')
    expect(shown(noticeIn(await response.text()))).toContain(newsroom.site.speak('es').t('notice.not-yet-available'))
    expect(find(await newsroom.text('/en/briefings/harbour-closes'), 'a', { 'data-locale': 'es' })).toEqual([])
  })

  test('of members’ sections alone is none for readers who cannot open them', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    const segments = { 'sections.insurers': 'es: canary-circle' }
    await newsroom.load({ briefing, translations: [{ ...aTranslation(briefing, 'es'), segments }] })
    expect((await newsroom.get(path)).headers.get('Content-Language')).toBe('en')
  })
})
