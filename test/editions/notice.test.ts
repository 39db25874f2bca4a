import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { articleIn, attributesOf, find, noticeIn, shown } from '../support/html'
import { openNewsroom, withLocales } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'

async function reasonOf(newsroom: { ask: (path: string) => Promise<Response> }, locale: string): Promise<string> {
  const response = await newsroom.ask(`/${locale}/briefings/harbour-closes.json`)
  const { resolution } = (await response.json()) as { resolution: { reason: string } }
  return resolution.reason
}

describe('what a page says to readers about its language', () => {
  test('nothing, where the briefing is in the language asked for and says what the English says', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await reasonOf(newsroom, 'es')).toBe('exact')
    expect(noticeIn(await newsroom.text(path))).toBe('')
    expect(noticeIn(await newsroom.text('/en/briefings/harbour-closes'))).toBe('')
  })

  test('not yet available: in the reader’s language, outside the article, above it, with the article marked as English', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    for (const { tag } of newsroom.site.locales.locales.filter(({ tag }) => tag !== 'en')) {
      const page = await newsroom.text(`/${tag}/briefings/harbour-closes`)
      const words = newsroom.site.speak(tag)
      expect(shown(noticeIn(page))).toBe(
        words.t('notice.not-yet-available') + words.t('follow.available') + words.t('translations.link'),
      )
      expect(attributesOf(noticeIn(page), 'a', 'href')).toEqual([
        `/${tag}/briefings/harbour-closes/follow`,
        `/${tag}/translations`,
      ])
      expect(articleIn(page)).not.toContain('role="note"')
      expect(page.indexOf('role="note"')).toBeLessThan(page.indexOf('<article'))
      const [article] = find(page, 'article')
      expect(article?.attributes.get('lang')).toBe('en')
      expect(article?.attributes.get('dir')).toBe('ltr')
      const [html] = find(page, 'html')
      expect(html?.attributes.get('lang')).toBe(tag)
      expect(html?.attributes.get('dir')).toBe(words.dir)
      expect(await reasonOf(newsroom, tag)).toBe('not-yet-available')
    }
  })

  test('a missing translation is no error', async () => {
    const { load, get } = await openNewsroom()
    await load({ briefing: aBriefing() })
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Language')).toBe('en')
    expect(response.headers.get('Link')).toBe('<https://briefings.example/en/briefings/harbour-closes>; rel="canonical"')
  })

  test.each(['draft', 'in-review'] as const)(
    'in translation: a translation that is %s is announced and not shown',
    async (state) => {
      const newsroom = await openNewsroom()
      const briefing = aBriefing()
      await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { state })] })
      const page = await newsroom.text(path)
      const { t } = newsroom.site.speak('es')
      expect(shown(noticeIn(page))).toBe(
        t('notice.not-yet-available') + t('notice.in-translation') + t('follow.available') + t('translations.link'),
      )
      expect(page).not.toContain('es: ')
      expect(await reasonOf(newsroom, 'es')).toBe('in-translation')
    },
  )

  test('withdrawn: the translation is no longer shown, and the notice says so', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await newsroom.text(path)).toContain('es: The harbour closes')
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'withdrawn' })] })
    const page = await newsroom.text(path)
    const { t } = newsroom.site.speak('es')
    expect(shown(noticeIn(page))).toBe(
      t('notice.not-yet-available') + t('notice.withdrawn') + t('follow.available') + t('translations.link'),
    )
    expect(page).not.toContain('es: ')
    expect(await reasonOf(newsroom, 'es')).toBe('withdrawn')
  })

  test('a neighbour’s language: one sentence that names both languages', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const response = await newsroom.get('/ca/briefings/harbour-closes')
    expect(response.headers.get('Content-Language')).toBe('es')
    const page = await response.text()
    const notice = shown(noticeIn(page))
    expect(notice).toContain('català')
    expect(notice).toContain('espanyol')
    expect(notice).not.toContain(newsroom.site.speak('ca').t('notice.not-yet-available'))
    expect(find(page, 'article')[0]?.attributes.get('lang')).toBe('es')
    expect(find(page, 'html')[0]?.attributes.get('lang')).toBe('ca')
    expect(await reasonOf(newsroom, 'ca')).toBe('fallback-language')
  })

  test('a neighbour is not preferred to the reader’s own language, and only the neighbours that were configured are', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({
      briefing,
      translations: [aTranslation(briefing, 'ca'), aTranslation(briefing, 'es'), aTranslation(briefing, 'it')],
    })
    expect(await reasonOf(newsroom, 'ca')).toBe('exact')
    expect(await reasonOf(newsroom, 'fr')).toBe('not-yet-available')
    expect((await newsroom.get('/fr/briefings/harbour-closes')).headers.get('Content-Language')).toBe('en')
  })

  test('nothing, where a regional reader gets the language of their region’s neighbour', async () => {
    const newsroom = await openNewsroom({ kit: withLocales({ tag: 'es-MX', state: 'public', fallback: ['es'] }) })
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const response = await newsroom.get('/es-MX/briefings/harbour-closes')
    expect(response.headers.get('Content-Language')).toBe('es')
    const page = await response.text()
    expect(noticeIn(page)).toBe('')
    expect(page).toContain('es: The harbour closes')
    expect(await reasonOf(newsroom, 'es-MX')).toBe('regional')
    const index = await newsroom.text('/es-MX/')
    expect(index).toContain('id="native"')
    expect(index).not.toContain('id="elsewhere"')
    expect(find(index, 'span', { class: 'label' })).toEqual([])
  })

  test('never another script: a reader of Traditional Chinese gets English, not Simplified Chinese', async () => {
    const newsroom = await openNewsroom({ kit: withLocales({ tag: 'zh-Hant', state: 'public', fallback: [] }) })
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'zh-Hans')] })
    const response = await newsroom.get('/zh-Hant/briefings/harbour-closes')
    expect(response.headers.get('Content-Language')).toBe('en')
    expect(await response.text()).not.toContain('zh-Hans: ')
  })

  test.each(['machine', 'machine-reviewed'] as const)('that the translation is %s', async (provenance) => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { provenance })] })
    const page = await newsroom.text(path)
    const { t } = newsroom.site.speak('es')
    expect(shown(noticeIn(page))).toBe(t(`notice.${provenance}`) + t('notice.read-source'))
    expect(find(noticeIn(page), 'a')[0]?.attributes.get('href')).toBe('/en/briefings/harbour-closes')
  })

  test('the same in every form of the briefing', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const sentence = newsroom.site.speak('es').t('notice.not-yet-available')
    const json = (await (await newsroom.ask(`${path}.json`)).json()) as { notice: { lang: string; sentences: string[] } }
    expect(json.notice).toEqual({ lang: 'es', sentences: [sentence], changed: [] })
    expect(await newsroom.text(`${path}.md`)).toMatch(/^> Este informe aún no está disponible en español/)
  })
})
