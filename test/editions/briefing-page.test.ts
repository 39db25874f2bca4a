import { describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

describe('a briefing page', () => {
  test('shows a briefing in the language that its address names', async () => {
    const { load, get } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] })

    const response = await get('/fr/briefings/harbour-closes')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Language')).toBe('fr')
    const page = await response.text()
    expect(page).toContain('<html lang="fr" dir="ltr">')
    expect(page).toContain('fr: The harbour closes for a month')
    expect(page).not.toContain('role="note"')
  })

  test('shows the English under a notice in the reader’s language where there is no translation', async () => {
    const { load, get, site } = await openNewsroom()
    await load({ briefing: aBriefing() })

    const response = await get('/ar/briefings/harbour-closes')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Language')).toBe('en')
    const page = await response.text()
    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).toContain(site.speak('ar').t('notice.not-yet-available'))
    expect(page).toContain('<article class="briefing" lang="en" dir="ltr">')
    expect(page.indexOf('role="note"')).toBeLessThan(page.indexOf('<article'))
  })

  test('costs one query', async () => {
    const { load, get, queries, forget } = await openNewsroom()
    await load({ briefing: aBriefing() })
    forget()
    await get('/es/briefings/harbour-closes')
    expect(queries).toHaveLength(1)
  })
})
