import { beforeEach, describe, expect, test } from 'vitest'
import type { Sight } from '../../src/briefings/segments'
import { segmentsOf } from '../../src/briefings/segments'
import type { Tier } from '../../src/briefings/vocabulary'
import { findAnswer } from '../../src/editions/store'
import { textsOf } from '../../src/editions/texts'
import { listNotes } from '../../src/members/audit-store'
import { writesToRemove } from '../../src/members/kept-store'
import { closeReport } from '../../src/newsroom/moderate'
import { statusAfter } from '../../src/newsroom/status'
import { countOpenReports, listReports } from '../../src/reports/moderation-store'
import { detailMax, openMax, sinceThen } from '../../src/reports/report'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find, part, shown } from '../support/html'
import { dangersBesideFields, scripts, send, signIn, unreadable } from '../support/letters'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rankOf, tiers } from '../support/tiers'

const page = '/es/briefings/harbour-closes'
const good = { segment: 'body.closure', kind: 'meaning', detail: 'It opened on Monday.' }

let newsroom: Newsroom
beforeEach(async () => {
  newsroom = await openNewsroom()
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({
    briefing,
    translations: [
      aTranslation(briefing, 'es'),
      aTranslation(briefing, 'ar'),
      aTranslation(briefing, 'ja', { segments: { summary: '' } }),
      aTranslation(briefing, 'de', { state: 'draft' }),
    ],
  })
})

/** A report by somebody, sent from a network of its own, so that only what is told of here limits it. */
const report = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}, path = page) =>
  send(newsroom, `${path}/report`, fields, headers)
const kept = () => listReports(newsroom.database, {}, 0, 1000)
const rows = () => newsroom.database.query.selectFrom('report').selectAll().execute()
const reportsBy = async (person: { readonly id: string }) =>
  (await rows()).filter(({ person_id }) => person_id === person.id).map(({ detail }) => detail)
const optionsIn = (html: string) => attributesOf(html, 'option', 'value').filter((value) => value !== '')

describe('the way to say that a translation is wrong', () => {
  test.each([
    ['es', '/es/briefings/harbour-closes/report'],
    ['ja', '/ja/briefings/harbour-closes/report'],
    ['ca', '/ca/briefings/harbour-closes/report'],
    ['en', undefined],
    ['fr', undefined],
    ['de', undefined],
  ])('stands on the page of %s where that shows a translation, and nowhere else', async (locale, path) => {
    const links = attributesOf(await newsroom.text(`/${locale}/briefings/harbour-closes`), 'a', 'href')
    expect(links.filter((link) => link.endsWith('/report'))).toEqual(path === undefined ? [] : [path])
    expect((await newsroom.get(`/${locale}/briefings/harbour-closes/report`)).status).toBe(path === undefined ? 404 : 200)
  })

  test('is a page of this reader’s own, which nobody keeps and no search engine lists', async () => {
    const response = await newsroom.get(`${page}/report`)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(response.headers.get('Content-Language')).toBe('es')
    expect(find(await response.text(), 'meta', { name: 'robots', content: 'noindex' })).toHaveLength(1)
  })

  test('lists every segment that everyone may read, in order, each in its language', async () => {
    const html = await newsroom.text('/ja/briefings/harbour-closes/report')
    const everyones = segmentsOf(aBriefing(), 'public').map(({ id }) => id)
    expect([...optionsIn(html)].sort()).toEqual([...everyones].sort())
    const option = (id: string) => find(html, 'option', { value: id })[0]
    expect(option('title')?.text).toBe('ja: The harbour closes for a month')
    expect(option('body.closure')?.text).toBe('ja: The port closed on Monday, as its notice says.')
    expect([option('title'), option('summary')].map((each) => each?.attributes.get('lang'))).toEqual(['ja', 'en'])
    const arabic = await newsroom.text('/ar/briefings/harbour-closes/report')
    expect(find(arabic, 'option', { value: 'title' })[0]?.attributes.get('dir')).toBe('rtl')
  })

  test('leads on from an address that the briefing once had, and is not there where there is no briefing', async () => {
    const moved = await newsroom.get('/es/briefings/harbour-old/report')
    expect([moved.status, moved.headers.get('Location')]).toEqual([301, `${page}/report`])
    for (const path of ['/es/briefings/nothing/report', '/sv/briefings/harbour-closes/report']) {
      expect((await newsroom.get(path)).status).toBe(404)
    }
    for (const locale of ['en', 'fr', 'de']) {
      expect((await report(good, {}, `/${locale}/briefings/harbour-closes`)).status).toBe(404)
    }
    expect(await kept()).toEqual([])
  })
})

describe('what is for members', () => {
  const asked = async (tier: Tier) =>
    tier === 'public' ? {} : { Cookie: (await signIn(newsroom, `${tier}@example.com`, tier)).cookie }

  test('a reading holds every segment of its tier and no other', async () => {
    for (const tier of tiers) {
      const answer = await findAnswer(newsroom.database, 'es', 'harbour-closes', tier)
      const read = answer ? textsOf(answer.reading) : []
      const held = segmentsOf(aBriefing(), tiers.slice(1, rankOf(tier) + 1)).map(({ id, access }) => `${id} ${access}`)
      expect(read.map(({ id, access }) => `${id} ${access}`).sort()).toEqual([...held].sort())
    }
  })

  test.each([
    ['public', []],
    ['circle', ['canary-circle']],
    ['alliance', ['canary-alliance', 'canary-circle']],
  ] as const)('is on the page for %s only as far as they may read it', async (tier, words) => {
    const headers = await asked(tier)
    for (const response of [await newsroom.get(`${page}/report`, headers), await report({ ...good, kind: '' }, headers)]) {
      const html = await response.text()
      expect([...new Set(html.match(/canary-[a-z]+/g))].sort()).toEqual(words)
      expect(optionsIn(html).includes('sections.repairs')).toBe(tier === 'alliance')
    }
  })

  test.each([
    ['public', ['sections.insurers', 'sections.repairs', 'linkedOrganisations.dredgers']],
    ['circle', ['sections.repairs']],
  ] as const)('is refused to %s exactly as what is not there', async (tier, hidden) => {
    const headers = await asked(tier)
    const told = async (segment: string) => {
      const response = await report({ ...good, segment }, headers)
      return [response.status, [...response.headers], await response.text()]
    }
    const unknown = await told('sections.nothing')
    expect(unknown[0]).toBe(400)
    for (const segment of [...hidden, '', '__proto__', 'constructor']) expect(await told(segment)).toEqual(unknown)
    expect(await kept()).toEqual([])
  })

  test('may be reported by those who read it, and is counted only for those who may', async () => {
    const { status } = await report({ ...good, segment: 'sections.repairs' }, await asked('alliance'))
    expect(status).toBe(303)
    const count = async (sight?: Sight) => await countOpenReports(newsroom.database, ['es', 'ar'], ['harbour'], sight)
    expect([await count(), await count('all')]).toEqual(Array(2).fill([{ briefingId: 'harbour', locale: 'es', reports: 1 }]))
    expect(await count('public')).toEqual([])
  })
})

describe('a report', () => {
  test('is kept with the segment and the revisions as they were, and its sender is thanked', async () => {
    const response = await report(good)
    expect([response.status, response.headers.get('Location')]).toEqual([303, `${page}/report/sent`])
    expect(shown(await newsroom.text(`${page}/report/sent`))).toContain(newsroom.site.speak('es').t('report.sent.title'))
    expect(await kept()).toEqual([
      {
        number: expect.any(Number),
        briefingId: 'harbour',
        slug: 'harbour-closes',
        locale: 'es',
        segment: 'body.closure',
        kind: 'meaning',
        detail: 'It opened on Monday.',
        text: 'es: The port **closed** on Monday, as [its notice](https://port.example/notice) says.',
        textLocale: 'es',
        sourceRevision: 1,
        translationRevision: 1,
        sentAt: '2026-01-01T00:00:00.000Z',
        state: 'open',
      },
    ])
  })

  test('made on a neighbour’s page is one of the translation that was read', async () => {
    await report(good, {}, '/ca/briefings/harbour-closes')
    expect((await kept()).map(({ locale }) => locale)).toEqual(['es'])
  })

  test('that something is not translated holds the English that was shown', async () => {
    await report({ segment: 'summary', kind: 'untranslated', detail: '' }, {}, '/ja/briefings/harbour-closes')
    expect(await kept()).toMatchObject([
      { locale: 'ja', textLocale: 'en', detail: '', text: 'A dredger has run aground and nothing moves.' },
    ])
  })

  test('still makes sense when the translation has moved on', async () => {
    const summary = { ...good, segment: 'summary' }
    await report(summary)
    const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { segments: { summary: 'Mejor.' } })] })
    await report(summary)
    const [before, after] = await kept()
    if (!before || !after) throw new Error('A report is missing.')
    expect([before.text, before.translationRevision]).toEqual(['es: A dredger has run aground and nothing moves.', 1])
    expect([after.text, after.translationRevision]).toEqual(['Mejor.', 2])
    expect([before.text, 'Mejor.', undefined].map((present) => sinceThen(before, present))).toEqual([
      'unchanged',
      'changed',
      'gone',
    ])
  })

  test('is kept once however often it is sent, until it is closed', async () => {
    const sent = await Promise.all(Array.from({ length: 5 }, () => report(good)))
    expect(sent.map(({ status }) => status)).toEqual(Array(5).fill(303))
    const [first, ...more] = await kept()
    expect(more).toEqual([])
    await report({ ...good, kind: 'names' })
    await report({ ...good, detail: 'Something else.' })
    expect(await kept()).toHaveLength(3)
    await closeReport(newsroom.site, first?.number ?? 0, 'fixed', 'a test')
    await report(good)
    expect(await kept()).toHaveLength(4)
  })

  test('is politely refused where a translation has as many as are taken in, and no other translation is', async () => {
    await report(good)
    const [one] = await rows()
    if (!one) throw new Error('There is no report.')
    for (let count = 1; count < openMax; count += 1) {
      const { number: _number, ...copy } = one
      await newsroom.database.query
        .insertInto('report')
        .values({ ...copy, detail: `${count}` })
        .execute()
    }
    const refused = await report({ ...good, detail: 'One more.' })
    expect(refused.status).toBe(409)
    expect(shown(await refused.text())).toContain(newsroom.site.speak('es').t('report.full.title'))
    expect(await rows()).toHaveLength(openMax)
    expect((await report(good)).status).toBe(303)
    expect((await report({ ...good, detail: 'One more.' }, {}, '/ar/briefings/harbour-closes')).status).toBe(303)
    await closeReport(newsroom.site, one.number, 'declined', 'a test')
    expect((await report({ ...good, detail: 'One more.' })).status).toBe(303)
  })

  test.each([
    ['no segment', { segment: '' }, 'report.which'],
    ['no kind', { kind: '' }, 'report.what'],
    ['a kind that there is not', { kind: 'praise' }, 'report.what'],
    ['something else and not what', { kind: 'other', detail: ' \r\n ' }, 'report.how'],
    ['more than may be written', { detail: 'x'.repeat(detailMax + 1) }, 'form.too-long'],
  ] as const)('with %s is not taken in; what was typed is kept in the form', async (_name, change, key) => {
    const response = await report({ ...good, ...change })
    expect(response.status).toBe(400)
    const html = await response.text()
    expect(part(html, '<p class="flaw"', '</p>')).toContain(newsroom.site.speak('es').t(key, { count: detailMax }))
    expect(attributesOf(html, 'option', 'value', { selected: '' })).toEqual('segment' in change ? [] : ['body.closure'])
    if (!('detail' in change)) expect(part(html, '<textarea', '</textarea>')).toContain('It opened on Monday.')
    expect(await kept()).toEqual([])
  })

  test('holds as much as may be written, in any script, with lines as its writer broke them', async () => {
    const detail = `${'港'.repeat(detailMax - 2)}\r\n港`
    expect((await report({ ...good, detail })).status).toBe(303)
    expect((await kept())[0]?.detail).toBe(detail.replace('\r', ''))
  })

  test.each(unreadable)('with %s is refused, and shows what is to be taken out', async (_name, detail) => {
    const response = await report({ ...good, detail })
    expect(response.status).toBe(400)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there is to be none.
    expect(await response.text()).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/)
    expect(await kept()).toEqual([])
  })

  test('without end is cut off before it is read', async () => {
    expect((await report({ ...good, detail: 'x'.repeat(100_000) })).status).toBe(413)
    expect(await kept()).toEqual([])
  })

  test.each(scripts)('is text, whatever is typed: %s', async (detail) => {
    const refused = await report({ kind: 'other', segment: '', detail })
    const html = await refused.text()
    expect([refused.status, dangersBesideFields(html)]).toEqual([400, []])
    expect(shown(part(html, '<textarea', '</textarea>'))).toContain(detail)
    await report({ ...good, detail })
    expect((await kept())[0]?.detail).toBe(detail)
  })

  test('decides nothing but what it says: other fields of the form are nobody’s', async () => {
    const ada = await signIn(newsroom)
    const others = { state: 'fixed', number: '7', tier: '2', person_id: ada.id, personId: ada.id, locale: 'ar', text: 'Mine.' }
    await report({ ...good, ...others })
    expect(await rows()).toMatchObject([{ state: 'open', locale: 'es', tier: 0, person_id: null, closed_at: null }])
    expect((await kept())[0]?.text).not.toBe('Mine.')
  })

  test.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['nowhere', { Origin: 'null' }],
    ['a site that the browser names', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
  ])('from %s is refused', async (_name, headers) => {
    const ada = await signIn(newsroom)
    expect((await report(good, { ...headers, Cookie: ada.cookie })).status).toBe(400)
    expect(await kept()).toEqual([])
  })

  test('is one of a few that a network may send in a minute', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 21; count += 1) statuses.push((await report({ ...good, detail: `${count}` })).status)
    expect(statuses.slice(0, 20).every((status) => status === 303)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('who reported', () => {
  test('is kept where they were signed in, and forgotten when they leave; the report stays', async () => {
    const ada = await signIn(newsroom)
    const detail = crypto.randomUUID()
    await report({ ...good, detail }, { Cookie: ada.cookie })
    expect(await reportsBy(ada)).toEqual([detail])
    await newsroom.database.atomically(writesToRemove(newsroom.database, ada))
    expect(await reportsBy(ada)).toEqual([])
    expect((await rows()).filter((each) => each.detail === detail)).toMatchObject([{ person_id: null }])
  })
})

describe('for those who mend translations', () => {
  test('open reports are counted where translations stand, by language', async () => {
    await report(good)
    await report({ ...good, kind: 'names' })
    await report(good, {}, '/ar/briefings/harbour-closes')
    const counts = async () =>
      (await statusAfter(newsroom.site, ['es', 'ar', 'ja'], '', 10)).rows.map(({ locale, reports }) => [locale, reports])
    expect(await counts()).toEqual([
      ['es', 2],
      ['ar', 1],
      ['ja', 0],
    ])
    const [first] = await kept()
    await closeReport(newsroom.site, first?.number ?? 0, 'fixed', 'a test')
    expect((await counts())[0]).toEqual(['es', 1])
    expect(await listReports(newsroom.database, { isOpen: true, locale: 'es' }, 0, 10)).toHaveLength(1)
  })

  test('a report is closed once, and noted', async () => {
    await report(good)
    const [{ number } = { number: 0 }] = await kept()
    const close = (as: 'fixed' | 'declined') => closeReport(newsroom.site, number, as, 'a test')
    expect([await close('declined'), await close('fixed')]).toEqual([true, false])
    expect(await closeReport(newsroom.site, number + 1, 'fixed', 'a test')).toBe(false)
    expect((await kept()).map(({ state }) => state)).toEqual(['declined'])
    const notes = (await listNotes(newsroom.database, 10)).filter(
      ({ act, subject }) => act === 'report-closed' && subject === `report ${number}`,
    )
    expect(notes).toMatchObject([{ actor: 'a test', detail: { as: 'declined' } }])
  })
})
