import { beforeEach, describe, expect, test } from 'vitest'
import { keptFor } from '../../src/confirmations/confirmation'
import { addPerson, grantToken, removePerson, revokeToken, roleIn, setRole, setTier } from '../../src/members/administer'
import { listNotes } from '../../src/members/audit-store'
import { may } from '../../src/members/person'
import { findPerson, findVisitor } from '../../src/members/person-store'
import { idleMax, sessionMax } from '../../src/members/session'
import { listSessions } from '../../src/members/session-store'
import { printBriefing } from '../../src/printing/print-briefing'
import { prune } from '../../src/tasks/prune'
import { aBriefing, aTranslation } from '../support/briefings'
import { aGrant } from '../support/grants'
import { fromOwnPage, signedIn } from '../support/members'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const address = 'ada@example.org'
const by = 'command line'

let newsroom: Newsroom
let before: number
beforeEach(async () => {
  newsroom = await openNewsroom()
  before = (await listNotes(newsroom.database, 1))[0]?.number ?? 0
})

/** What was noted since the test began, the oldest first: the act, whom it was done to, and what is told of it. */
async function noted() {
  const notes = (await listNotes(newsroom.database, 1000)).filter(({ number }) => number > before)
  return notes.toReversed().map(({ act, actor, subject, detail }) => ({ act, actor, subject, detail }))
}

const add = (roles: readonly (readonly [string, string?])[] = [], tier: 'circle' | 'alliance' = 'circle') =>
  addPerson(
    newsroom.site,
    { address, locale: 'es', tier, roles: roles.map(([name, locale]) => roleIn(newsroom.site.locales, name, locale)) },
    by,
  )

describe('a person whom the operator adds', () => {
  test('has the roles, the tier and the language that were said, and all of it is noted', async () => {
    const ada = await add([['editor'], ['translator', 'es']], 'alliance')
    const found = await findPerson(newsroom.database, { address })
    expect({ ...found, roles: new Set(found?.roles) }).toEqual({ ...ada, roles: new Set(ada?.roles) })
    expect(found).toMatchObject({ address, locale: 'es', tier: 'alliance' })
    expect(may(found, 'publish-source')).toBe(true)
    expect(await noted()).toEqual([
      { act: 'person-added', actor: by, subject: ada?.id, detail: { tier: 'alliance' } },
      { act: 'role-given', actor: by, subject: ada?.id, detail: { role: 'editor', locale: 'all' } },
      { act: 'role-given', actor: by, subject: ada?.id, detail: { role: 'translator', locale: 'es' } },
    ])
  })

  test('is not added twice, nor changed by the second try, even where two try at once', async () => {
    const both = await Promise.all([add([['editor']]), add([['administrator']], 'alliance')])
    expect(both.filter((each) => each !== undefined)).toHaveLength(1)
    const [first] = both.flatMap((each) => each ?? [])
    const notes = await noted()
    expect(await add([['author']], 'alliance')).toBeUndefined()
    expect(await findPerson(newsroom.database, { address })).toEqual(first)
    expect(await noted()).toEqual(notes)
    expect(notes.map(({ subject }) => subject)).toEqual([first?.id, first?.id])
  })

  test('is the same person when they sign in', async () => {
    const ada = await add([['editor']])
    const { person } = await signedIn(newsroom, address)
    expect(person).toEqual(ada)
  })
})

describe('a role', () => {
  test('holds from the next request on, and is gone at the one after it was taken', async () => {
    const { person, secret } = await signedIn(newsroom, address)
    const { site, database } = newsroom
    const now = async (locale: string) => may((await findVisitor(database, secret, site.now()))?.person, 'translate', locale)
    const role = roleIn(site.locales, 'translator', 'es')
    expect(await now('es')).toBe(false)
    expect(await setRole(site, person.id, role, true, by)).toBe(true)
    expect([await now('es'), await now('fr')]).toEqual([true, false])
    expect(await setRole(site, person.id, role, false, by)).toBe(true)
    expect(await now('es')).toBe(false)
  })

  test('is noted once when it is given and once when it is taken, however often that is said', async () => {
    const ada = await add()
    const { id } = ada ?? { id: '' }
    const role = roleIn(newsroom.site.locales, 'reviewer', 'all')
    const changes: boolean[] = []
    for (const isGiven of [true, true, false, false]) changes.push(await setRole(newsroom.site, id, role, isGiven, by))
    expect(changes).toEqual([true, false, true, false])
    expect((await noted()).map(({ act }) => act)).toEqual(['person-added', 'role-given', 'role-taken'])
  })

  test('is given to nobody who is not there, and nothing is noted of it', async () => {
    expect(await setRole(newsroom.site, 'nobody', roleIn(newsroom.site.locales, 'editor', undefined), true, by)).toBe(false)
    expect(await noted()).toEqual([])
  })

  test.each([
    ['chief', undefined, /There is no role chief\. The roles are author, editor, translator/],
    ['constructor', undefined, /There is no role constructor/],
    ['translator', undefined, /The role translator needs a language\. Choose one of es, fr/],
    ['reviewer', 'sv', /This site is not translated into sv. Its languages are es, fr/],
    ['translator', 'en', /This site is not translated into en/],
    ['translator', '', /This site is not translated into /],
    ['editor', 'es', /The role editor is for all languages. Leave the language out/],
  ])('%s in %s is refused with a sentence that says what there is', (name, locale, sentence) => {
    expect(() => roleIn(newsroom.site.locales, name, locale)).toThrow(sentence)
  })
})

describe('a tier', () => {
  test('opens at the next request what it opens, and closes it at the one after it was taken down', async () => {
    await newsroom.load({ briefing: aBriefing() })
    const { person, cookie } = await signedIn(newsroom, address)
    const sees = async () => (await newsroom.text('/en/briefings/harbour-closes', { Cookie: cookie })).includes('canary-alliance')
    expect(await sees()).toBe(false)
    expect(await setTier(newsroom.site, person.id, 'alliance', by)).toBe(true)
    expect(await sees()).toBe(true)
    expect(await setTier(newsroom.site, person.id, 'alliance', by)).toBe(false)
    expect(await setTier(newsroom.site, person.id, 'circle', by)).toBe(true)
    expect(await sees()).toBe(false)
    expect((await noted()).filter(({ act }) => act === 'tier-changed').map(({ detail }) => detail)).toEqual([
      { tier: 'alliance' },
      { tier: 'circle' },
    ])
  })
})

describe('a person who is removed', () => {
  test('is signed out everywhere, and nothing of them is left but what was noted', async () => {
    const { site, database } = newsroom
    const phone = await signedIn(newsroom, address, { roles: [roleIn(site.locales, 'editor', undefined)] })
    const desk = await signedIn(newsroom, address)
    const other = await signedIn(newsroom, 'bea@example.org')
    expect(await removePerson(site, phone.person, by)).toBe(true)
    for (const { secret } of [phone, desk]) expect(await findVisitor(database, secret, site.now())).toBeUndefined()
    expect(await findVisitor(database, other.secret, site.now())).toBeDefined()
    const { query } = database
    for (const table of ['person', 'role', 'session', 'confirmation'] as const) {
      const rows = JSON.stringify(await query.selectFrom(table).selectAll().execute())
      expect(rows).not.toContain(phone.person.id)
      expect(rows).not.toContain(address)
    }
    expect((await noted()).at(-1)).toEqual({ act: 'person-removed', actor: by, subject: phone.person.id, detail: {} })
    expect(JSON.stringify(await noted())).not.toContain(address)
  })

  test('is removed once', async () => {
    const ada = await add()
    if (!ada) throw new Error('Nobody was added.')
    const both = await Promise.all([removePerson(newsroom.site, ada, by), removePerson(newsroom.site, ada, by)])
    expect(both.toSorted()).toEqual([false, true])
    expect((await noted()).filter(({ act }) => act === 'person-removed')).toHaveLength(1)
  })
})

describe('the log of who did what', () => {
  test('has the tokens that were made and revoked, each once and without its secret', async () => {
    const { site } = newsroom
    const { token, secret } = await grantToken(site, aGrant({ name: 'Polish desk', locales: ['pl'], mayWrite: true }), by)
    expect([await revokeToken(site, token.id, by), await revokeToken(site, token.id, by)]).toEqual([true, false])
    expect(await noted()).toEqual([
      { act: 'token-added', actor: by, subject: token.id, detail: { name: 'Polish desk' } },
      { act: 'token-revoked', actor: by, subject: token.id, detail: {} },
    ])
    expect(JSON.stringify(await noted())).not.toContain(secret.slice(5))
  })

  test('has each print, with its briefing and languages, in the same write as what was printed', async () => {
    const briefing = aBriefing()
    await newsroom.load({
      briefing,
      translations: [aTranslation(briefing, 'fr'), aTranslation(briefing, 'es', { state: 'draft' })],
    })
    const [published, print] = await noted()
    expect(published).toMatchObject({ act: 'published', actor: 'files', subject: 'harbour' })
    expect({ ...print, detail: new Set(print?.detail['locales']?.split(' ')) }).toEqual({
      act: 'printed',
      actor: 'press',
      subject: 'harbour',
      detail: new Set(['en', 'fr']),
    })
    const count = (await noted()).length
    const broken = { ...newsroom.database, atomically: () => Promise.reject(new Error('The disk is full.')) }
    await expect(printBriefing({ ...newsroom.site, database: broken }, 'harbour')).rejects.toThrow('The disk is full.')
    expect(await noted()).toHaveLength(count)
  })

  test('has who signed in, and each session that they ended themselves', async () => {
    const { site, database, origin } = newsroom
    const { person, cookie } = await signedIn(newsroom, address)
    const [session] = await listSessions(database, person.id, site.now())
    expect((await newsroom.ask('/en/sign-out', fromOwnPage(origin, {}, cookie))).status).toBe(303)
    expect((await newsroom.ask('/en/sign-out', fromOwnPage(origin, {}, cookie))).status).toBe(303)
    expect((await noted()).slice(1)).toEqual([
      { act: 'signed-in', actor: person.id, subject: person.id, detail: {} },
      { act: 'signed-out', actor: person.id, subject: person.id, detail: { session: session?.id } },
    ])
    expect(site.now().toISOString()).toBe((await listNotes(database, 1))[0]?.at)
  })

  test('is asked for by day, person and act', async () => {
    const { site, database, clock } = newsroom
    clock.now = '2031-01-01T00:00:00Z'
    const ada = await add([['editor']])
    clock.now = '2031-01-02T00:00:00Z'
    const { person: bea } = await signedIn(newsroom, 'bea@example.org')
    await setTier(site, ada?.id ?? '', 'alliance', bea.id)
    const acts = async (wanted: Parameters<typeof listNotes>[2]) =>
      (await listNotes(database, 100, wanted)).map(({ act }) => act).toReversed()
    expect(await acts({ since: '2031-01-02T00:00:00.000Z' })).toEqual(['person-added', 'signed-in', 'tier-changed'])
    expect(await acts({ who: ada?.id ?? '' })).toEqual(['person-added', 'role-given', 'tier-changed'])
    expect(await acts({ who: bea.id })).toEqual(['person-added', 'signed-in', 'tier-changed'])
    expect(await acts({ who: bea.id, act: 'tier-changed' })).toEqual(['tier-changed'])
    expect(await acts({ since: '2031-01-03' })).toEqual([])
  })

  test('is changed and shortened by nobody, and forgetting leaves it whole', async () => {
    await add()
    const { query } = newsroom.database
    await expect(query.updateTable('audit').set({ actor: 'me' }).execute()).rejects.toThrow('what was noted is not changed')
    await expect(query.deleteFrom('audit').execute()).rejects.toThrow('what was noted is not removed')
    newsroom.clock.now = '2099-01-01T00:00:00Z'
    await prune(newsroom.site)
    expect(await noted()).toHaveLength(1)
  })
})

describe('what is past its end', () => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  const counts = async () => {
    const { query } = newsroom.database
    const [links, sessions] = await Promise.all(
      (['confirmation', 'session'] as const).map((table) => query.selectFrom(table).select('hash').execute()),
    )
    return { links: links?.length, sessions: sessions?.length }
  }
  const forgetAt = async (time: number) => {
    newsroom.clock.now = new Date(time).toISOString()
    await prune(newsroom.site)
    return await counts()
  }

  test('is forgotten then, and not before: links a day after, sessions at once', async () => {
    await signedIn(newsroom, address)
    expect(await forgetAt(start + keptFor)).toEqual({ links: 1, sessions: 1 })
    expect(await forgetAt(start + keptFor + 1)).toEqual({ links: 0, sessions: 1 })
    expect(await forgetAt(start + idleMax - 1)).toEqual({ links: 0, sessions: 1 })
    expect(await forgetAt(start + idleMax)).toEqual({ links: 0, sessions: 0 })
  })

  test('includes a session that was used to the last', async () => {
    const { secret } = await signedIn(newsroom, address)
    for (let day = 20; day < 180; day += 20)
      expect(await findVisitor(newsroom.database, secret, new Date(start + day * 86_400_000))).toBeDefined()
    expect(await forgetAt(start + sessionMax - 1)).toMatchObject({ sessions: 1 })
    expect(await forgetAt(start + sessionMax)).toMatchObject({ sessions: 0 })
  })
})
