import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { applicationMax } from '../../src/members/membership'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, dangersIn, find, part, shown } from '../support/html'
import { aMember, anApplication, linkTo, send } from '../support/membership'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const briefing = '/es/briefings/harbour-closes'

async function newsroomWithBriefing() {
  const newsroom = await openNewsroom()
  await newsroom.load({ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'es')] })
  return newsroom
}

describe('a locked section', () => {
  test('leads to where one joins what opens it, in words that tell the two apart', async () => {
    const newsroom = await newsroomWithBriefing()
    const page = await newsroom.text('/en/briefings/harbour-closes')
    const links = find(page, 'a').filter(({ attributes }) => attributes.get('href')?.startsWith('/join/'))
    expect(links.map(({ attributes, text }) => [attributes.get('href'), text])).toEqual([
      ['/join/circle', 'Join the Strategy Circle'],
      ['/join/alliance', 'Ask to join the Leadership Alliance'],
      ['/join/circle', 'Join the Strategy Circle'],
    ])
    expect(part(page, '<section id="sections.repairs"', '</section>')).toContain('/join/alliance')
    const text = await newsroom.text('/es/briefings/harbour-closes.md')
    expect(text).toContain('[Unirse al Círculo de Estrategia](<https://briefings.example/es/join/circle>)')
  })

  test('that is open leads nowhere', async () => {
    const newsroom = await newsroomWithBriefing()
    const ada = await aMember(newsroom, 'ada@example.com', { tier: 'alliance' })
    const page = await ada.text(briefing)
    expect(page).toContain('canary-alliance')
    expect(page).not.toContain('/join/')
  })

  test('leads on in the language of the page around it, also where that is not the browser’s or the article’s', async () => {
    const newsroom = await newsroomWithBriefing()
    const from = (Referer: string) => newsroom.get('/join/circle', { 'Accept-Language': 'fr', Referer })
    const response = await from('https://briefings.example/ja/briefings/harbour-closes')
    expect(response.headers.get('Location')).toBe('/ja/join/circle?next=%2Fja%2Fbriefings%2Fharbour-closes')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    for (const foreign of ['https://evil.example/ja/', 'https://briefings.example/xx/', '']) {
      expect((await from(foreign)).headers.get('Location')).toMatch(/^\/fr\/join\/circle(\?next=%2Fxx%2F)?$/)
    }
  })

  test('is read by whoever joins by its link, back on the page that it stands on', async () => {
    const newsroom = await newsroomWithBriefing()
    const page = await newsroom.text(`/es/join/circle?next=${encodeURIComponent(briefing)}`)
    const [signIn] = find(page, 'a', { class: 'button' })
    const form = await newsroom.text(signIn?.attributes.get('href') ?? '')
    const [next] = attributesOf(form, 'input', 'value', { name: 'next' })
    await send(newsroom, '/es/sign-in', { address: 'ada@example.com', next: next ?? '' })
    const confirmed = await send(newsroom, await linkTo(newsroom, 'ada@example.com'))
    expect(confirmed.headers.get('Location')).toBe(briefing)
    const [cookie = ''] = (confirmed.headers.get('Set-Cookie') ?? '').split(';')
    const read = await newsroom.text(briefing, { Cookie: cookie })
    expect(read).toContain('canary-circle')
    expect(read).not.toContain('canary-alliance')
  })
})

describe('signing in leads to what one was reading', () => {
  const reading = '/fr/search?q=quai&only=fr'
  const next = encodeURIComponent(reading)
  const from = (path: string) => ({ Referer: `https://briefings.example${path}` })

  /** The page that a form of the page leads to in the end, and the passkey's button beside it. */
  async function goalsOf(newsroom: Newsroom, path: string, headers: Readonly<Record<string, string>> = {}) {
    const page = await newsroom.text(path, headers)
    return [...attributesOf(page, 'input', 'value', { name: 'next' }), ...attributesOf(page, 'div', 'data-next')]
  }

  test('from its own pages and those of joining and leaving, in every language: asked again, a used link, the choice of a language', async () => {
    const { locales } = (await openNewsroom()).site
    for (const locale of openLocales(locales)) {
      const newsroom = await openNewsroom()
      const goal = encodeURIComponent(`/${locale}/search?q=quai&only=${locale}`)
      const sent = await send(newsroom, `/${locale}/sign-in`, { address: 'ada@example.com', next: decodeURIComponent(goal) })
      expect(sent.headers.get('Location')).toBe(`/${locale}/sign-in/sent?next=${goal}`)
      const link = await linkTo(newsroom, 'ada@example.com')
      const again = async (path: string) =>
        find(await newsroom.text(path), 'a').flatMap(({ attributes }) => attributes.get('href') ?? [])
      const lastly = `/${locale}/sign-in?next=${goal}`
      const other = locale === 'ar' ? 'fr' : 'ar'
      expect(await again(`/${locale}/sign-in/sent?next=${goal}`)).toContain(lastly)
      expect(await again(link)).toContain(`/${other}/sign-in?next=${goal}`)
      const entered = await send(newsroom, link)
      expect(entered.headers.get('Location')).toBe(decodeURIComponent(goal))
      expect(await again(link)).toContain(lastly)
      const late = await send(newsroom, link)
      expect(late.status).toBe(410)
      expect(await late.text()).toContain(lastly)
      for (const path of [lastly, `/${locale}/join/circle?next=${goal}`])
        expect(await again(path)).toContain(path.replace(`/${locale}/`, `/${other}/`))
    }
  })

  test.each([
    '/fr/sign-in/sent',
    `/fr/sign-in/${'a'.repeat(43)}`,
    '/fr/sign-in',
    '/sign-in',
    '/fr/join/circle',
    '/join/circle',
    '/fr/account/deleted',
    '/fr/sign-in?next=%2Ffr%2Fsign-in%3Fnext%3D%252Ffr%252Fjoin%252Fcircle',
  ])('and to the front page from %s, which knows of none, in every language', async (path) => {
    const newsroom = await openNewsroom()
    for (const locale of openLocales(newsroom.site.locales)) {
      const home = `/${locale}/`
      expect(await goalsOf(newsroom, `/${locale}/sign-in`, from(path))).toEqual([home, home])
      expect(await goalsOf(newsroom, `/${locale}/sign-in?next=${encodeURIComponent(path)}`)).toEqual([home, home])
      const [button] = find(await newsroom.text(`/${locale}/join/circle`, from(path)), 'a', { class: 'button' })
      expect(button?.attributes.get('href')).toBe(`/${locale}/sign-in`)
    }
  })

  test('through any number of such pages that know it, and through the address without a language', async () => {
    const newsroom = await openNewsroom()
    const through = `/fr/sign-in/sent?next=${encodeURIComponent(`/fr/join/circle?next=${next}`)}`
    expect(await goalsOf(newsroom, '/fr/sign-in', from(through))).toEqual([reading, reading])
    expect(await goalsOf(newsroom, '/fr/sign-in', from(reading))).toEqual([reading, reading])
    const entrance = await newsroom.get(`/sign-in?next=${next}`, { 'Accept-Language': 'fr' })
    expect(entrance.headers.get('Location')).toBe(`/fr/sign-in?next=${next}`)
    const form = '/fr/join/alliance' // Only members can send it.
    expect(await goalsOf(newsroom, `/fr/sign-in?next=${encodeURIComponent(form)}`)).toEqual([form, form])
  })
})

describe('the page on which one joins', () => {
  test('is there for each membership in each language, for nobody’s cache, and for no other membership', async () => {
    const newsroom = await openNewsroom()
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const membership of ['circle', 'alliance']) {
        const response = await newsroom.get(`/${locale}/join/${membership}`)
        expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
        expect(dangersIn(await response.text())).toEqual([])
      }
      for (const none of ['public', 'administrator']) expect((await newsroom.get(`/${locale}/join/${none}`)).status).toBe(404)
    }
  })

  test('leads to no other site, whatever its address says', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const evil = fc.oneof(
      fc.constantFrom('https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'),
      fc.webUrl(),
      fc.string({ unit: fc.constantFrom('/', '\\', '\t', '@', ':', 'e', '.', '?', '#') }),
    )
    await fc.assert(
      fc.asyncProperty(evil, async (next) => {
        const path = `/en/join/circle?next=${encodeURIComponent(next)}`
        for (const page of [await ada.text(path), await newsroom.text(path)]) {
          for (const href of attributesOf(page, 'a', 'href')) {
            const { origin, searchParams } = new URL(href, newsroom.origin)
            expect(origin).toBe(newsroom.origin)
            expect(new URL(searchParams.get('next') ?? '/', newsroom.origin).origin).toBe(newsroom.origin)
          }
        }
      }),
      { numRuns: rounds(60) },
    )
  })

  test('lets a member read on, and does not ask them to join again', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const page = await ada.text(`/es/join/circle?next=${encodeURIComponent(briefing)}`)
    expect(find(page, 'a', { href: briefing })).toHaveLength(1)
    expect(find(page, 'a', { class: 'button' })).toEqual([])
  })
})

describe('a request to be admitted', () => {
  test('is made only by those who are signed in: others are led there first', async () => {
    const newsroom = await openNewsroom()
    const page = await newsroom.text('/en/join/alliance')
    expect(find(page, 'textarea')).toEqual([])
    expect(find(page, 'a', { class: 'button', href: '/en/sign-in?next=%2Fen%2Fjoin%2Falliance' })).toHaveLength(1)
    const response = await send(newsroom, '/en/join/alliance', anApplication)
    expect(response.status).toBe(403)
    expect(attributesOf(await response.text(), 'a', 'href')).toContain('/en/sign-in?next=%2Fen%2Fjoin%2Falliance')
    expect(await newsroom.database.query.selectFrom('membership_request').selectAll().execute()).toEqual([])
  })

  test('is open once at a time, however often and however fast it is sent', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const responses = await Promise.all([1, 2, 3].map(() => ada.post('/en/join/alliance', anApplication)))
    expect(responses.map(({ status }) => status)).toEqual([303, 303, 303])
    const rows = await newsroom.database.query.selectFrom('membership_request').selectAll().execute()
    expect(rows).toMatchObject([{ person_id: ada.id, ...anApplication, decided_at: null, decision: null, decided_by: null }])
    const page = await ada.text('/en/join/alliance')
    expect(shown(page)).toContain('Your request of 1 January 2026 is waiting')
    expect(find(page, 'textarea')).toEqual([])
  })

  test('opens nothing by itself, and is not made by those who are admitted', async () => {
    const newsroom = await newsroomWithBriefing()
    const ada = await aMember(newsroom, 'ada@example.com')
    await ada.post('/en/join/alliance', {
      ...anApplication,
      tier: 'alliance',
      decision: 'granted',
      decided_at: '2026',
      decided_by: ada.id,
    })
    expect(await ada.text(briefing)).not.toContain('canary-alliance')
    const bob = await aMember(newsroom, 'bob@example.com', { tier: 'alliance' })
    await bob.post('/en/join/alliance', anApplication)
    const rows = await newsroom.database.query.selectFrom('membership_request').select('person_id').execute()
    expect(rows).toEqual([{ person_id: ada.id }])
    expect(find(await bob.text('/en/join/alliance'), 'textarea')).toEqual([])
  })

  test('says by each field what is wrong with it, keeps what was typed, and is not made', async () => {
    const newsroom = await openNewsroom()
    const ada = await aMember(newsroom, 'ada@example.com')
    const typed = { role: ' ', organisation: 'x'.repeat(applicationMax.organisation + 1), reason: 'Kept\u202ehere' }
    const response = await ada.post('/en/join/alliance', typed)
    expect(response.status).toBe(400)
    const page = await response.text()
    const flaws = ['role', 'organisation', 'reason'].map((field) => find(page, 'p', { id: `${field}-flaw` })[0]?.text)
    expect(flaws).toEqual([
      'Please fill this in.',
      'This text is too long. Please shorten it.',
      'Your text contains invisible characters. Retype it and try again.',
    ])
    expect(attributesOf(page, 'input', 'value', { name: 'organisation' })).toEqual([typed.organisation])
    expect(find(page, 'textarea')[0]?.text).toBe(`\n${typed.reason}`)
    expect(find(page, 'textarea')[0]?.attributes.get('aria-describedby')).toBe('reason-flaw')
    expect(await newsroom.database.query.selectFrom('membership_request').selectAll().execute()).toEqual([])
  })

  test('that fills its fields fits a form in any script', async () => {
    const newsroom = await openNewsroom()
    for (const [at, letter] of ['a', 'ж', '字', '𠀀'.slice(0, 2)].entries()) {
      const reader = await aMember(newsroom, `reader-${at}@example.com`)
      const full = (most: number) => letter.repeat(Math.floor(most / letter.length))
      const { role, organisation, reason } = applicationMax
      const typed = { role: full(role), organisation: full(organisation), reason: full(reason) }
      expect((await reader.post('/en/join/alliance', typed)).status).toBe(303)
    }
    expect(await newsroom.database.query.selectFrom('membership_request').select('id').execute()).toHaveLength(4)
  })
})
