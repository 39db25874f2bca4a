import { beforeAll, describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { pseudoLocales } from '../../src/language/locale'
import { withPseudoLocales } from '../../src/language/pseudo'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find, noticeIn } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const switchedOn = withPseudoLocales(kit.locales, kit.catalogs)
const slug = 'harbour-closes'
const anyPseudo = /en-XA|ar-XB|Pseudo|⟦|\u202e/

/** Everything that a reader or a program can be given of the site and its briefing. */
const everywhere = ['en', 'es', 'ar']
  .flatMap((locale) =>
    ['/', '/confidence', `/briefings/${slug}`, `/briefings/${slug}.json`, `/briefings/${slug}.md`].map(
      (path) => `/${locale}${path}`,
    ),
  )
  .concat('/sitemap.xml', '/en/feed.xml', '/en/feed.json', '/nothing-here')

const rowsOf = async ({ database }: Newsroom) => {
  const asked = await database.query.selectFrom('resolution').select('asked').execute()
  const printed = await database.query.selectFrom('edition').select('locale').execute()
  return [...asked.map((row) => row.asked), ...printed.map((row) => row.locale)].filter((tag) => anyPseudo.test(tag))
}

describe('a site without pseudo-locales, as all are', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
  })

  test.each(pseudoLocales)('has no page in %s', async (locale) => {
    for (const path of ['/', '/confidence', `/briefings/${slug}`, `/briefings/${slug}.json`, `/briefings/${slug}/bilingual`]) {
      expect((await newsroom.get(`/${locale}${path}`)).status).toBe(404)
    }
    expect((await newsroom.get('/', { Cookie: `locale=${locale}` })).headers.get('Location')).toBe('/en/')
    const chosen = await newsroom.ask('/language', {
      method: 'POST',
      body: new URLSearchParams({ locale }),
      headers: { Origin: newsroom.origin },
    })
    expect(chosen.status).toBe(400)
  })

  test('says nothing of them anywhere, and prints nothing in them', async () => {
    for (const path of everywhere) expect(await newsroom.text(path)).not.toMatch(anyPseudo)
    expect(await rowsOf(newsroom)).toEqual([])
  })

  test.each(pseudoLocales)('takes no file in %s', async (locale) => {
    const briefing = aBriefing()
    const translations = [aTranslation(briefing, locale)]
    await expect(newsroom.load({ briefing, translations })).rejects.toThrow('This site is not translated into')
    const on = await newsroom.deploy(switchedOn)
    await expect(on.load({ briefing, translations })).rejects.toThrow('This site is not translated into')
  })
})

describe('a site with pseudo-locales', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom({ kit: switchedOn })
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
  })

  test('shows each briefing whole in en-XA, accented, and says that a machine translated it', async () => {
    const page = await newsroom.text(`/en-XA/briefings/${slug}`)
    expect(page).toContain('<html lang="en-XA" dir="ltr">')
    expect(page).toContain('<article class="briefing" lang="en-XA" dir="ltr">')
    expect(page).toMatch(/<h1 id="title">⟦Ţ.*⟧<\/h1>/u)
    expect(find(page, 'div', { class: 'passage', lang: 'en' })).toEqual([])
    expect(page).toMatch(/<a href="https:\/\/port\.example\/notice">[^a-z<]*ñ[^a-z<]*<\/a>/u)
    expect(noticeIn(page)).toMatch(/⟦Ḿåçĥ/u)
  })

  test('shows it in ar-XB from right to left, in the plural forms of Arabic', async () => {
    const page = await newsroom.text(`/ar-XB/briefings/${slug}`)
    expect(page).toContain('<html lang="ar-XB" dir="rtl">')
    expect(page).toContain('<h1 id="title">\u202eThe\u202c \u202eharbour\u202c')
    expect(page).toContain('1 \u202enote\u202c \u202eon\u202c \u202ea\u202c \u202elinked\u202c \u202eorganisation\u202c')
  })

  test.each(pseudoLocales)(
    'leads nobody to %s: no menu, no alternate, no list of what is available, not to be found',
    async (locale) => {
      for (const path of everywhere) expect(await newsroom.text(path)).not.toMatch(anyPseudo)
      for (const path of ['/', '/confidence', `/briefings/${slug}`]) {
        const page = await newsroom.text(`/${locale}${path}`)
        expect(find(page, 'meta', { name: 'robots', content: 'noindex' })).toHaveLength(1)
        expect(attributesOf(page, 'link', 'hreflang')).toEqual([])
        expect(find(page, 'p', { class: 'preview' })).toHaveLength(1)
      }
      const { resolution } = (await (await newsroom.get(`/${locale}/briefings/${slug}.json`)).json()) as { resolution: object }
      expect(resolution).toMatchObject({ asked: locale, served: locale, reason: 'exact', available: ['en', 'es'] })
      expect((await newsroom.get('/', { 'Accept-Language': `${locale},es;q=0.5` })).headers.get('Location')).not.toBe(
        `/${locale}/`,
      )
    },
  )

  test('serves Arabic readers the English where there is no Arabic, and never its mirror image', async () => {
    const { resolution } = (await (await newsroom.get(`/ar/briefings/${slug}.json`)).json()) as { resolution: object }
    expect(resolution).toMatchObject({ served: 'en', reason: 'not-yet-available' })
  })

  test('loads anew what was revised, and nothing where nothing was', async () => {
    const again = await newsroom.load({ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'es')] })
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged'])
  })

  test('loses all of it when they are switched off, with the next print', async () => {
    const off = await newsroom.deploy({})
    expect((await off.get(`/en-XA/briefings/${slug}`)).status).toBe(404)
    expect((await rowsOf(newsroom)).length).toBeGreaterThan(0)
    expect(await off.printWaiting()).toBe(1)
    expect(await rowsOf(newsroom)).toEqual([])
    const on = await newsroom.deploy(switchedOn)
    expect(await on.printWaiting()).toBe(1)
    expect((await on.get(`/en-XA/briefings/${slug}`)).status).toBe(200)
  })
})
