import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

const why = 'We could not confirm <b>its</b> main source.'

async function takenBack() {
  const newsroom = await openNewsroom({ now: '2026-05-20T09:30:00Z' })
  const briefing = aBriefing({ title: 'Unprinted words', formerSlugs: ['harbour-old'] })
  await newsroom.load(
    { briefing: aBriefing({ id: 'other', slug: 'other' }) },
    { briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] },
  )
  await newsroom.takeBack('harbour-closes', why)
  return { ...newsroom, briefing }
}

describe('a briefing that the editors took back', () => {
  test('answers 410 at each of its addresses, in each language and form, and says nothing of what it said', async () => {
    const newsroom = await takenBack()
    const endings = ['', '.json', '.md', '/bilingual', '/changes', '/follow', '/share', '/report']
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const path of endings.flatMap((ending) => [`/harbour-closes${ending}`, `/harbour-old${ending}`])) {
        const response = await newsroom.get(`/${locale}/briefings${path}`)
        expect([locale, path, response.status, response.headers.get('Content-Language')]).toEqual([locale, path, 410, locale])
        expect(await response.text()).not.toContain('Unprinted')
      }
    }
    expect((await newsroom.get('/en/briefings/never-was-here')).status).toBe(404)
    expect((await newsroom.get('/es/briefings/other')).status).toBe(200)
    expect(await newsroom.text('/es/')).not.toContain('harbour-closes')
  })

  test('tells readers in their language when it was withdrawn, and in the editors’ words why', async () => {
    const newsroom = await takenBack()
    const page = await newsroom.text('/es/briefings/harbour-closes')
    expect(page).toContain('Este informe se ha retirado')
    expect(page).toContain('20 de mayo de 2026')
    expect(page).toContain('<p lang="en" dir="ltr">We could not confirm &lt;b&gt;its&lt;/b&gt; main source.</p>')
  })

  test('tells programs the same as data', async () => {
    const newsroom = await takenBack()
    for (const path of ['/en/briefings/harbour-closes.json', '/api/v1/briefings/harbour-closes?locale=en']) {
      const response = await newsroom.ask(path, { headers: { Accept: 'application/json' } })
      expect(response.status).toBe(410)
      expect(await response.json()).toMatchObject({ code: 'gone', withdrawnAt: '2026-05-20T09:30:00.000Z', why })
    }
  })

  test('says no reason where the editors gave none', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const heading = newsroom.site.speak('en').t('error.gone.why')
    await newsroom.takeBack('harbour-closes')
    expect(await newsroom.text('/en/briefings/harbour-closes')).not.toContain(heading)
    expect(await (await takenBack()).text('/en/briefings/harbour-closes')).toContain(heading)
  })

  test('stays taken back when its files are loaded again, and returns when it is published', async () => {
    const newsroom = await takenBack()
    const { briefing } = newsroom
    expect(await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })).toMatchObject([
      { outcome: 'unchanged', isPublic: false, behind: ['en'] },
    ])
    expect((await newsroom.get('/en/briefings/harbour-closes')).status).toBe(410)
    await newsroom.publish('harbour-closes', 'en')
    expect((await newsroom.get('/en/briefings/harbour-closes')).status).toBe(200)
    expect((await newsroom.get('/en/briefings/harbour-old')).status).toBe(301)
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain('es: Unprinted words')
  })

  test('returns with a file that has a newer revision and says that it is published', async () => {
    const newsroom = await takenBack()
    const newer = revised(newsroom.briefing, 'minor', '2026-05-19T08:00:00Z', (each) => ({ ...each, title: 'Printed again' }))
    await newsroom.load({ briefing: newer })
    expect(await newsroom.text('/en/briefings/harbour-closes')).toContain('Printed again')
  })
})
