import { describe, expect, test } from 'vitest'
import { publicLocales } from '../../src/language/locale'
import type { Kit } from '../../src/site'
import { aBriefing, aTranslation } from '../support/briefings'
import { part, shown } from '../support/html'
import { type Newsroom, openNewsroom, withLocales } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'
const foot = (page: string) => shown(part(page, '<footer', '</footer>'))
const reviewed = (...credits: readonly string[]): Partial<Kit> => ({
  authorship: { es: { provenance: 'machine-reviewed', credits } },
})

async function opened(kit: Partial<Kit> = {}) {
  const newsroom = await openNewsroom({ kit })
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
  return newsroom
}

describe('who translated the menus and messages', () => {
  test('stands at the foot of every page of a language, and not of the source’s own', async () => {
    const newsroom = await opened()
    for (const { tag } of newsroom.site.locales.locales) {
      const { t } = newsroom.site.speak(tag)
      for (const each of ['', 'briefings/harbour-closes', 'translations', 'search', 'sign-in']) {
        const page = foot(await newsroom.text(`/${tag}/${each}`))
        expect([tag, each, page.includes(t('words.machine'))]).toEqual([tag, each, tag !== 'en'])
      }
    }
  })

  test('is a machine where nothing else is said, and in preview beside the word of the preview', async () => {
    const newsroom = await opened(withLocales({ tag: 'nl', state: 'preview', fallback: [] }))
    const page = await newsroom.text('/nl/')
    const { t } = newsroom.site.speak('nl')
    expect([page.includes(t('preview.notice')), foot(page).includes(t('words.machine'))]).toEqual([true, true])
  })

  test('is a person by name, once that person has reviewed them', async () => {
    const newsroom = await opened(reviewed('Ada <b>Traductrice</b>', 'Ben'))
    const { t, list } = newsroom.site.speak('es')
    const names = list(['Ada <b>Traductrice</b>', 'Ben'])
    expect(foot(await newsroom.text(path))).toContain(t('words.machine-reviewed', { names }))
    expect(foot(await newsroom.text('/fr/'))).toContain(newsroom.site.speak('fr').t('words.machine'))
  })

  test('stands for every language on the page of translations', async () => {
    const authorship = {
      es: { provenance: 'machine-reviewed', credits: ['Ada'] },
      fr: { provenance: 'human', credits: ['Ben'] },
    } as const
    const newsroom = await opened({ authorship })
    const { t, list, language } = newsroom.site.speak('de')
    const others = publicLocales(newsroom.site.locales).filter((tag) => !['en', 'es', 'fr'].includes(tag))
    expect(linesOf(await newsroom.text('/de/translations'))).toEqual([
      t('translated.human', { languages: language('fr') }),
      t('translated.machine', { languages: list(others.map(language)) }),
      t('translated.machine-reviewed', { languages: language('es') }),
    ])
    expect(linesOf(await newsroom.text('/en/translations'))).toHaveLength(3)
  })

  test('reaches pages that readers and caches hold, when it has changed', async () => {
    const newsroom = await opened()
    for (const each of [path, '/es/', '/de/translations']) {
      const tag = (await newsroom.get(each)).headers.get('ETag') ?? ''
      expect((await newsroom.get(each, { 'If-None-Match': tag })).status).toBe(304)
      const next = await newsroom.deploy(reviewed('Ada'))
      expect((await next.get(each, { 'If-None-Match': tag })).status).toBe(200)
    }
    const next: Pick<Newsroom, 'text'> = await newsroom.deploy(reviewed('Ada'))
    expect(foot(await next.text(path))).toContain('Ada')
  })
})

/** The lines on the page of translations that say who translated the site into which languages. */
const linesOf = (page: string) =>
  part(page, '<section aria-labelledby="words"', '</section>')
    .split('<p>')
    .slice(1)
    .map((line) => shown(line))
