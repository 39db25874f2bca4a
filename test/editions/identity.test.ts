import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

const forms = ['', '.json', '.md', '/bilingual', '/changes']

describe('a briefing whose address has changed', () => {
  test('is the same briefing: its translations stay with it', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
    await newsroom.load({ briefing: { ...briefing, slug: 'harbour-shut', formerSlugs: ['harbour-closes'] } })
    for (const locale of ['es', 'ar']) {
      const response = await newsroom.get(`/${locale}/briefings/harbour-shut`)
      expect(response.headers.get('Content-Language')).toBe(locale)
      expect(await response.text()).toContain(`${locale}: The harbour closes`)
    }
  })

  test.each(forms)('answers 301 at its old address with the ending "%s", in every language', async (ending) => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing({ slug: 'harbour-shut', formerSlugs: ['harbour-closes', 'port-closes'] })
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    for (const locale of ['en', 'es', 'fr', 'ca']) {
      for (const former of ['harbour-closes', 'port-closes']) {
        const response = await newsroom.get(`/${locale}/briefings/${former}${ending}`)
        expect(response.status).toBe(301)
        expect(response.headers.get('Location')).toBe(`/${locale}/briefings/harbour-shut${ending}`)
      }
    }
  })

  test('answers 301 at its old address though no file names it', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    await newsroom.load({ briefing: aBriefing({ slug: 'harbour-shut', formerSlugs: [] }) })
    const response = await newsroom.get('/en/briefings/harbour-closes')
    expect([response.status, response.headers.get('Location')]).toEqual([301, '/en/briefings/harbour-shut'])
  })

  test('is gone from its old address too once it has been taken back', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing({ slug: 'harbour-shut', formerSlugs: ['harbour-closes'] })
    await newsroom.load({ briefing })
    await newsroom.takeBack('harbour-shut')
    for (const ending of forms) expect((await newsroom.get(`/en/briefings/harbour-closes${ending}`)).status).toBe(410)
  })

  test('is listed once, under its new address', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing })
    await newsroom.load({ briefing: { ...briefing, slug: 'harbour-shut', formerSlugs: ['harbour-closes'] } })
    const index = await newsroom.text('/es/')
    expect(index).not.toContain('harbour-closes')
    expect(index.match(/href="\/es\/briefings\/harbour-shut"/g)).toHaveLength(1)
  })
})
