import { beforeEach, describe, expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { listNotes } from '../../src/members/audit-store'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { titleIn as readersTitle, sendTexts } from '../support/desk'
import { interrupted } from '../support/interrupted'
import { everythingOf, openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let press: string

beforeEach(async () => {
  programs = await openToPrograms()
  press = (await programs.issue({ name: 'The press', locales: 'all', mayWrite: true, mayEdit: true, mayPublish: true })).secret
})

type Told = Readonly<Record<string, unknown>>

async function post(path: string, body: unknown, { token = press, headers = {} }: Asked = {}) {
  const init = { method: 'POST', token, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await programs.call(`/api/v1/${path}`, init)
  return { status: response.status, headers: response.headers, told: (await response.json()) as Told }
}

interface Asked {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

const publish = (locales: readonly string[], asked?: Asked, query = '') =>
  post(`publish/harbour-closes${query}`, { locales }, asked)
const withdraw = (locale: string, asked?: Asked, query = '') =>
  post(`withdraw/${locale}/harbour-closes${query}`, undefined, asked)
const takeBack = (why: string, asked?: Asked, query = '') => post(`take-back/harbour-closes${query}`, { why }, asked)

const sends = (locale: string, title: string) => sendTexts(programs, locale, { title })

/** Saves another title of the English, as a file of the operator that is still a draft. */
async function savesEnglish(title: string) {
  const briefing = revised(aBriefing(), 'material', '2025-04-01T08:00:00Z', (each) => ({ ...each, title }))
  await programs.load({ briefing: { ...briefing, state: 'draft' } })
}

const titleIn = (locale: string) => readersTitle(programs, locale)

/** All that is stored of the briefing, and what was noted of the acts. */
const everything = async () => [
  await everythingOf(programs, ['en', 'es', 'fr', 'pl']),
  await programs.database.query.selectFrom('briefing').selectAll().execute(),
  await programs.database.query.selectFrom('audit').selectAll().execute(),
]

const english = 'The harbour closes for a month'

describe('publishing', () => {
  test('gives readers what was saved, in one language or several at once, and is noted by the token’s name', async () => {
    await savesEnglish('It stays closed')
    await sends('es', 'Sigue cerrado')
    await sends('pl', 'Nadal zamknięty')
    expect([await titleIn('en'), await titleIn('es')]).toEqual([english, `es: ${english}`])
    expect(await publish(['es', 'en', 'pl'])).toMatchObject({
      status: 200,
      told: { slug: 'harbour-closes', locales: ['en', 'es', 'pl'], isPublic: true },
    })
    expect([await titleIn('en'), await titleIn('es'), await titleIn('pl')]).toEqual([
      'It stays closed',
      'Sigue cerrado',
      'Nadal zamknięty',
    ])
    expect((await publish(['en', 'es', 'pl'])).told).toEqual({ slug: 'harbour-closes', locales: [], isPublic: true })
    const notes = await listNotes(programs.database, 10, { act: 'published' })
    expect(notes.map(({ actor, detail }) => [actor, detail['locales']])).toEqual([
      ['The press', 'en es pl'],
      ['files', 'en es pl'],
    ])
  })

  test('is done in all languages or none, and a refusal names every reason', async () => {
    await savesEnglish('It stays closed')
    await sends('es', 'Sigue cerrado')
    const before = await everything()
    const { status, told } = await publish(['pl', 'es', 'fr', 'ja'])
    expect([status, told['code']]).toEqual([422, 'unprocessable'])
    expect(String(told['detail']).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^harbour-closes was translated from English text that is not published yet \(title\)/),
      'There is no translation of harbour-closes into fr to publish.',
      'There is no translation of harbour-closes into ja to publish.',
    ])
    expect(told['complaint']).toMatchObject({ code: 'publish.not-ready' })
    expect(await everything()).toEqual(before)
    expect((await publish(['en', 'es'])).told).toMatchObject({ locales: ['en', 'es'] })
    expect([await titleIn('en'), await titleIn('es')]).toEqual(['It stays closed', 'Sigue cerrado'])
  })

  test('of a translation goes on while newer English waits, if it was made from what readers have', async () => {
    await sends('es', 'Cierra el puerto')
    await savesEnglish('It stays closed')
    expect((await publish(['es'])).told).toMatchObject({ locales: ['es'] })
    expect([await titleIn('es'), await titleIn('en')]).toEqual(['Cierra el puerto', english])
  })

  test('of a translation alone is refused where readers have no English, and done with it', async () => {
    const quay = aBriefing({ id: 'quay', slug: 'quay-reopens', state: 'draft' })
    await programs.load({ briefing: quay, translations: [aTranslation(quay, 'es', { state: 'in-review' })] })
    const alone = await post('publish/quay-reopens', { locales: ['es'] })
    expect([alone.status, alone.told['detail']]).toEqual([422, expect.stringContaining('quay-reopens is not published in en.')])
    expect((await programs.get('/es/briefings/quay-reopens')).status).toBe(404)
    expect((await post('publish/quay-reopens', { locales: ['es', 'en'] })).told).toMatchObject({ locales: ['en', 'es'] })
    expect(await programs.text('/es/briefings/quay-reopens')).toContain(`es: ${english}`)
  })

  test('of a briefing whose time has not come says that readers cannot see it', async () => {
    const later = aBriefing({ id: 'later', slug: 'later', state: 'draft', publishedAt: '2027-01-01T08:00:00Z' })
    await programs.load({ briefing: later })
    const expected = { slug: 'later', locales: ['en'], isPublic: false }
    expect((await post('publish/later', { locales: ['en'] })).told).toEqual(expected)
    expect((await post('publish/later', { locales: ['en'] })).told).toEqual({ ...expected, locales: [] })
    expect((await programs.get('/en/briefings/later')).status).toBe(404)
  })

  test('while others change the same is refused, for them to be looked at: 409; their text stands', async () => {
    const { disturbed, meanwhile } = interrupted()
    programs = await openToPrograms({ disturbed })
    press = (await programs.issue({ locales: 'all', mayPublish: true })).secret
    await sends('es', 'Cierra el puerto')
    meanwhile(() => sends('es', 'De otra mano'))
    const { status, told } = await publish(['es'])
    expect([status, told['code']]).toEqual([409, 'conflict'])
    expect([await titleIn('es'), (await findTranslation(programs.database, 'harbour', 'es'))?.segments['title']?.text]).toEqual([
      `es: ${english}`,
      'De otra mano',
    ])
    expect((await publish(['es'])).status).toBe(200)
    expect(await titleIn('es')).toBe('De otra mano')
  })
})

describe('withdrawing', () => {
  test('takes a translation from readers, who get the English under a notice; its newest text is kept, to be published again', async () => {
    await sends('es', 'Cierra el puerto')
    expect(await withdraw('es')).toMatchObject({ status: 200, told: { locales: ['es'], isPublic: true } })
    expect(await titleIn('es')).toBe(english)
    const { resolution } = (await (await programs.call('/api/v1/briefings/harbour-closes?locale=es')).json()) as {
      readonly resolution: object
    }
    expect(resolution).toMatchObject({ asked: 'es', served: 'en' })
    expect(await titleIn('pl')).toBe(`pl: ${english}`)
    const again = await withdraw('es')
    expect([again.status, again.told['detail']]).toEqual([422, 'harbour-closes is not published in es.'])
    expect((await publish(['es'])).told).toMatchObject({ locales: ['es'] })
    expect(await titleIn('es')).toBe('Cierra el puerto')
  })

  test('is of a translation: the English is taken back with the whole briefing', async () => {
    const before = await everything()
    for (const locale of ['en', 'xx', 'EN']) expect([locale, (await withdraw(locale)).status]).toEqual([locale, 404])
    expect(await everything()).toEqual(before)
  })
})

describe('taking back', () => {
  test('takes a briefing from readers in every language: its addresses, and the API, say that, when and why: 410', async () => {
    expect(await takeBack('We could not confirm its main source.')).toMatchObject({
      status: 200,
      told: { slug: 'harbour-closes', locales: ['en'], isPublic: false },
    })
    for (const locale of ['en', 'es', 'ja']) {
      const page = await programs.get(`/${locale}/briefings/harbour-closes`)
      expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('We could not confirm its main source.')])
      const answer = await programs.call(`/api/v1/briefings/harbour-closes?locale=${locale}`, { token: press })
      expect([answer.status, await answer.json()]).toEqual([
        410,
        expect.objectContaining({
          code: 'gone',
          withdrawnAt: '2026-01-01T00:00:00.000Z',
          why: 'We could not confirm its main source.',
        }),
      ])
    }
    expect((await programs.call('/api/v1/briefings/harbour-closes/editions')).status).toBe(410)
    expect(await (await programs.call('/api/v1/briefings?locale=es')).json()).toMatchObject({ briefings: [] })
    const again = await takeBack('')
    expect([again.status, again.told['detail']]).toEqual([422, 'harbour-closes is not published in en.'])
  })

  test('loses nothing that was saved: published again, readers have the newest, and the translations with it', async () => {
    await savesEnglish('It stays closed')
    await sends('es', 'Sigue cerrado')
    await takeBack('')
    expect((await findTranslation(programs.database, 'harbour', 'es'))?.segments['title']?.text).toBe('Sigue cerrado')
    expect((await publish(['en', 'es'])).told).toMatchObject({ locales: ['en', 'es'], isPublic: true })
    expect([await titleIn('en'), await titleIn('es'), await titleIn('pl')]).toEqual([
      'It stays closed',
      'Sigue cerrado',
      `pl: ${english}`,
    ])
    expect((await programs.call('/api/v1/briefings/harbour-closes?locale=en')).status).toBe(200)
  })

  test('needs no reason, and no body', async () => {
    for (const body of ['', '{}']) {
      const asked = { method: 'POST', body, token: press }
      expect((await programs.call('/api/v1/take-back/harbour-closes', asked)).status).toBe(200)
      await publish(['en'])
    }
  })

  test('gives no reason that readers could not read', async () => {
    const before = await everything()
    for (const why of ['x'.repeat(601), 'a\u202eb', ' ', '\u0007']) {
      const { status, told } = await takeBack(why)
      expect([status, told['detail']]).toEqual([422, expect.stringMatching(/^why: ./)])
    }
    expect(await everything()).toEqual(before)
    expect((await takeBack('x'.repeat(600))).status).toBe(200)
  })
})

describe('removing', () => {
  test('is confirmed with a name of this briefing, also where it is only tried', async () => {
    const before = await everything()
    for (const query of ['', '?dry-run=true']) {
      const { status, told } = await post(`remove/harbour-closes${query}`, { why: 'Why', confirm: 'quay-reopens' })
      expect([status, told['complaint']]).toEqual([422, { code: 'removal.unconfirmed', values: { slug: 'harbour-closes' } }])
    }
    expect(await everything()).toEqual(before)
    expect((await post('remove/harbour-closes?dry-run=true', { why: 'Why' })).status).toBe(200)
    expect((await post('remove/harbour-closes', { why: 'Why', confirm: 'harbour-closes' })).status).toBe(200)
  })
})

describe('an act of publication', () => {
  const acts = [
    ['publish', (asked?: Asked, query?: string) => publish(['en', 'es'], asked, query)],
    ['withdraw', (asked?: Asked, query?: string) => withdraw('es', asked, query)],
    ['takeBack', (asked?: Asked, query?: string) => takeBack('It was wrong.', asked, query)],
  ] as const

  beforeEach(async () => {
    await savesEnglish('It stays closed')
    await sends('es', 'Sigue cerrado')
  })

  test.each(acts)('that is only tried changes nothing, and says what would come of it: %s', async (name, act) => {
    const before = await everything()
    const trial = await act({}, '?dry-run=true')
    expect(trial).toMatchObject({ status: 200, told: { slug: 'harbour-closes', isPublic: true } })
    expect(await everything()).toEqual(before)
    const done = await act()
    expect([name, done.told['locales']]).toEqual([name, trial.told['locales']])
    expect(await everything()).not.toEqual(before)
  })

  test.each(acts)('is refused to a token that may not publish, or does not reach all of it: %s', async (name, act) => {
    const before = await everything()
    const all = { locales: 'all', mayWrite: true, mayEdit: true } as const
    const tooLittle = [
      { ...all, seesGated: true },
      { ...all, mayPublish: true, ...(name === 'takeBack' ? { mayEdit: false } : { locales: ['pl'] }) },
      ...(name === 'publish' ? [{ ...all, mayPublish: true, mayEdit: false }] : []),
    ]
    for (const grant of tooLittle) {
      const { secret } = await programs.issue(grant)
      const refused = await act({ token: secret })
      expect([grant, refused.status, refused.told['code']]).toEqual([grant, 403, 'forbidden'])
    }
    const { translations, editions, revisions } = await everythingOf(programs, ['en', 'es', 'fr', 'pl'])
    expect(before[0]).toEqual({ translations, revisions, editions })
    expect((await findSource(programs.database, 'harbour'))?.published).toBe(1)
  })

  test('tells no token of a language that it does not reach whether there is such a briefing', async () => {
    const { secret } = await programs.issue({ locales: ['pl'], mayPublish: true })
    for (const path of ['publish/', 'withdraw/es/', 'take-back/']) {
      const body = path === 'publish/' ? { locales: ['es'] } : path === 'take-back/' ? { why: '' } : undefined
      const [there, nowhere] = [
        await post(`${path}harbour-closes`, body, { token: secret }),
        await post(`${path}nowhere`, body, { token: secret }),
      ]
      expect([there.status, nowhere.told]).toEqual([403, there.told])
    }
  })

  test.each(acts)('that is sent again under its key is done once, and answered as it was: %s', async (_name, act) => {
    const headers = { 'Idempotency-Key': 'the-same' }
    const first = await act({ headers })
    const after = await everything()
    const again = await act({ headers })
    expect([again.status, again.told, again.headers.get('Idempotency-Replayed')]).toEqual([200, first.told, 'true'])
    expect(await everything()).toEqual(after)
    expect((await act({ headers }, '?dry-run=false')).status).toBe(422)
  })

  test('is of a briefing and of languages that there are', async () => {
    for (const path of ['publish/nowhere', 'withdraw/es/nowhere', 'take-back/nowhere']) {
      const body = path.startsWith('publish') ? { locales: ['en'] } : path.startsWith('take') ? { why: '' } : undefined
      expect([path, (await post(path, body)).status]).toEqual([path, 404])
    }
    const before = await everything()
    expect((await publish(['en', 'xx'])).status).toBe(404)
    for (const body of [{}, { locales: [] }, { locales: 'es' }, { locales: ['es'], more: 1 }, null]) {
      expect([body, (await post('publish/harbour-closes', body)).status]).toEqual([body, 422])
    }
    expect(await everything()).toEqual(before)
  })
})
