import * as fc from 'fast-check'
import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { addPerson, grantToken, removePerson, revokeToken, setRole } from '../../src/members/administer'
import { listNotes } from '../../src/members/audit-store'
import type { Person } from '../../src/members/person'
import type { Publisher } from '../../src/newsroom/publication'
import { publish, takeBack, withdraw } from '../../src/newsroom/publish'
import { publishDue } from '../../src/newsroom/publish-due'
import { cancelRelease } from '../../src/newsroom/schedule'
import { releaseStates } from '../../src/releases/release'
import { listReleases } from '../../src/releases/store'
import type { Database } from '../../src/storage/database'
import { openTasks } from '../../src/tasks/table'
import { listRevisions } from '../../src/translations/revision-store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openDesk } from '../support/desk'
import { formerNewsroom } from '../support/former-newsroom'
import { aGrant } from '../support/grants'
import { interrupted } from '../support/interrupted'
import type { NewsroomOptions } from '../support/newsroom'
import { rounds } from '../support/rounds'

const desk: Publisher = { actor: 'a test' }
const nine = { at: '2026-01-01T09:00Z' }
const slug = 'harbour-closes'
const english = 'The harbour closes for a month'

/** A desk at which the English and the Spanish have newer work. */
async function openWork(options: NewsroomOptions = {}) {
  const newsroom = await openDesk(options)
  const { site, database, clock, title } = newsroom
  const sends = (locale: string, title: string, person?: Person, sender?: string) =>
    newsroom.sends(locale, { title }, { ...(person ? { person } : {}), ...(sender === undefined ? {} : { sender }) })
  await newsroom.saves('It stays closed')
  await sends('es', 'Sigue cerrado')
  return {
    ...newsroom,
    sends,
    titles: async () => [await title('en'), await title('es'), await title('pl')],
    /** It is this time, and what is due is done. */
    itIs: async (time: string) => {
      clock.now = `2026-01-01T${time}:00Z`
      return await publishDue(site, 50)
    },
    releases: async () => await listReleases(database, releaseStates, undefined, 50),
    hire: async (name: string): Promise<Person> => {
      const roles = [{ name: 'editor', locale: 'all' }] as const
      const person = await addPerson(site, { address: `${name}@example.org`, locale: 'en', tier: 'circle', roles }, 'a test')
      if (!person) throw new Error(`${name} is there already.`)
      return person
    },
  }
}

type Work = Awaited<ReturnType<typeof openWork>>

const before = [english, `es: ${english}`, `pl: ${english}`]
const after = ['It stays closed', 'Sigue cerrado', `pl: ${english}`]

describe('what is scheduled', () => {
  test('reaches readers at its time, in all its languages at once, and not before; the log says who, when due and when done', async () => {
    const { site, titles, itIs, releases, database } = await openWork()
    const { scheduled, isPublic, locales } = await publish(site, slug, ['en', 'es'], desk, { ...nine, why: 'The embargo ends.' })
    expect([locales, isPublic, scheduled?.dueAt]).toEqual([['en', 'es'], true, '2026-01-01T09:00:00.000Z'])
    expect(await titles()).toEqual(before)
    expect(await itIs('08:59')).toEqual([])
    expect(await titles()).toEqual(before)
    expect(await itIs('09:00')).toMatchObject([{ release: scheduled?.release, name: slug, outcome: 'published' }])
    expect(await titles()).toEqual(after)
    expect(await releases()).toMatchObject([
      { state: 'published', why: 'The embargo ends.', endedAt: '2026-01-01T09:00:00.000Z' },
    ])
    expect((await listNotes(database, 1, { act: 'published' }))[0]).toMatchObject({
      actor: 'a test',
      subject: 'harbour',
      detail: { locales: 'en es', release: scheduled?.release, due: '2026-01-01T09:00:00.000Z', why: 'The embargo ends.' },
    })
    expect(await itIs('09:01')).toEqual([])
  })

  test('is done as soon as the site runs again, if it was down then: due 09:00, published 09:42', async () => {
    const { site, titles, itIs, releases } = await openWork()
    await publish(site, slug, ['en'], desk, nine)
    expect(await itIs('09:42')).toMatchObject([{ outcome: 'published' }])
    expect((await titles())[0]).toBe('It stays closed')
    expect(await releases()).toMatchObject([{ dueAt: '2026-01-01T09:00:00.000Z', endedAt: '2026-01-01T09:42:00.000Z' }])
  })

  test('is what was looked at: what is saved later stays saved, and stays the newest', async () => {
    const { site, titles, itIs, saves, sends, newest, database } = await openWork()
    await publish(site, slug, ['en', 'es'], desk, nine)
    await saves('Nobody has looked at this')
    await sends('es', 'Nadie lo ha visto', undefined, 'token:one')
    await itIs('09:00')
    expect((await listRevisions(database, 'harbour', 'es')).at(-1)).toMatchObject({ by: null, sender: 'token:one' })
    expect(await titles()).toEqual(after)
    expect(await findSource(database, 'harbour')).toMatchObject({ published: 2, revision: 3 })
    expect(await newest('es')).toMatchObject({ state: 'draft', segments: { title: { text: 'Nadie lo ha visto' } } })
    expect((await newest('es'))?.published).toBeLessThan((await newest('es'))?.revision ?? 0)
    await publish(site, slug, ['en', 'es'], desk)
    expect((await titles()).slice(0, 2)).toEqual(['Nobody has looked at this', 'Nadie lo ha visto'])
  })

  test('is the same of a briefing that readers never had', async () => {
    const { site, load, database, text, clock } = await openWork()
    const quay = aBriefing({ id: 'quay', slug: 'quay', state: 'draft' })
    await load({ briefing: quay, translations: [aTranslation(quay, 'es', { state: 'in-review' })] })
    await publish(site, 'quay', ['en', 'es'], desk, nine)
    await load({ briefing: revised(quay, 'material', '2025-04-02T08:00:00Z', (each) => ({ ...each, title: 'Later' })) })
    clock.now = '2026-01-01T09:00:00Z'
    expect(await publishDue(site, 50)).toMatchObject([{ outcome: 'published' }])
    expect(await text('/es/briefings/quay')).toContain(`es: ${english}`)
    expect(await text('/en/briefings/quay')).not.toContain('Later')
    expect(await findSource(database, 'quay')).toMatchObject({ published: 1, revision: 2 })
  })

  test('can be that a translation is withdrawn, or a briefing taken back with a reason', async () => {
    const { site, titles, itIs, get, database } = await openWork()
    await withdraw(site, slug, 'pl', desk, nine)
    await takeBack(site, slug, desk, { at: '2026-01-01T10:00Z', why: 'Its source was wrong.' })
    expect(await titles()).toEqual(before)
    await itIs('09:00')
    expect(await titles()).toEqual([english, `es: ${english}`, english])
    await itIs('10:00')
    const page = await get(`/en/briefings/${slug}`)
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('Its source was wrong.')])
    const acts = (await listNotes(database, 20))
      .map(({ act }) => act)
      .filter((act) => act === 'withdrawn' || act === 'taken-back')
    expect(acts).toEqual(['taken-back', 'withdrawn'])
  })

  test('is done by the tasks of both doors', async () => {
    for (const door of ['node', 'worker'] as const) {
      const { site, titles, clock } = await openWork()
      await publish(site, slug, ['en', 'es'], desk, nine)
      const run = openTasks({ site, log: () => {} }, door).find(({ name }) => name === 'release')?.run
      await run?.()
      expect(await titles()).toEqual(before)
      clock.now = '2026-01-01T09:00:00Z'
      await run?.()
      expect(await titles()).toEqual(after)
    }
  })

  test('is read in the zone of the newsroom, if nothing else is said', async () => {
    const { site } = await openWork({ settings: { NEWSROOM_ZONE: 'Europe/Madrid' } })
    const { scheduled } = await publish(site, slug, ['en'], desk, { at: '2026-07-01T09:00', isTrial: true })
    expect(scheduled?.dueAt).toBe('2026-07-01T07:00:00.000Z')
    await expect(publish(site, slug, ['en'], desk, { at: '2026-03-29T02:30' })).rejects.toThrow('does not exist in Europe/Madrid')
  })
})

describe('scheduling is refused', () => {
  test('for what could not be published now, for who may not, and for a time that is past; nothing is kept', async () => {
    const { site, releases, hire } = await openWork()
    const ada = await hire('ada')
    await setRole(site, ada.id, { name: 'editor', locale: 'all' }, false, 'a test')
    const dismissed = { actor: 'a test', person: { ...ada, roles: [] } }
    await expect(publish(site, slug, ['es'], desk, nine)).rejects.toThrow('English text that is not published yet')
    await expect(publish(site, slug, ['en', 'ja'], desk, nine)).rejects.toThrow('no translation of harbour-closes into ja')
    await expect(publish(site, slug, ['en'], dismissed, nine)).rejects.toThrow('may not publish')
    await expect(withdraw(site, slug, 'fr', desk, nine)).rejects.toThrow('not published in fr')
    await expect(publish(site, slug, ['en'], desk, { at: '2025-12-31T09:00Z' })).rejects.toThrow('a minute from now')
    await expect(publish(site, slug, ['en'], desk, { ...nine, why: 'x'.repeat(601) })).rejects.toThrow('why')
    expect((await publish(site, slug, ['pl'], desk, nine)).locales).toEqual([])
    await expect(publish(site, slug, ['pl'], desk, { at: 'soon' })).rejects.toThrow('is not a time')
    expect((await publish(site, slug, ['en'], desk, { ...nine, isTrial: true })).scheduled).toBeDefined()
    expect(await releases()).toEqual([])
  })

  test('for what is scheduled already, also if two do it at the same moment', async () => {
    const { site, releases } = await openWork()
    const both = await Promise.allSettled([
      publish(site, slug, ['en'], desk, nine),
      publish(site, slug, ['en', 'es'], desk, nine),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(publish(site, slug, ['en', 'es'], desk, { at: '2026-01-02T09:00Z' })).rejects.toThrow(
      /already scheduled.*cancel release/,
    )
    expect(await releases()).toHaveLength(1)
  })
})

describe('what is not ready when it is due', () => {
  const hindrances = [
    ['readers got something else of the English', async ({ saves }: Work) => void (await saves('Published since', true))],
    [
      'the person who scheduled it may no longer publish',
      async ({ site }: Work, { id }: Person) =>
        void (await setRole(site, id, { name: 'editor', locale: 'all' }, false, 'a test')),
    ],
    [
      'the person who scheduled it has left',
      async ({ site }: Work, person: Person) => void (await removePerson(site, person, 'a test')),
    ],
    [
      'the program of before published something else',
      async ({ database, briefing }: Work) => {
        const [title, at] = ['Loaded by the program of before', '2025-05-01T08:00:00Z']
        await database.atomically([
          CompiledQuery.raw("delete from source_revision where revision = 2 and briefing_id = 'harbour'"),
        ])
        await formerNewsroom(database).loads(revised(briefing, 'material', at, (each) => ({ ...each, title })))
      },
    ],
  ] as const

  test.each(hindrances)('is held with the reason, and readers keep what they have: %s', async (_what, hinder) => {
    const newsroom = await openWork()
    const { site, titles, itIs, releases, database, printWaiting, hire } = newsroom
    const ada = await hire('ada')
    await publish(site, slug, ['en', 'es'], { actor: 'a test', person: ada }, nine)
    await hinder(newsroom, ada)
    await printWaiting()
    const kept = await titles()
    const [ending] = await itIs('09:00')
    expect([ending?.outcome, ending?.reasons.length]).toEqual(['held', 1])
    expect(await titles()).toEqual(kept)
    expect(await releases()).toMatchObject([{ state: 'held', reasons: [{ code: expect.stringMatching(/^(release|person)\./) }] }])
    expect((await listNotes(database, 1, { act: 'release-held' }))[0]?.detail).toMatchObject({ name: slug })
    expect(await itIs('09:01')).toEqual([])
  })

  test('is held if its token was revoked, and not if the token has only expired', async () => {
    for (const isRevoked of [true, false]) {
      const { site, itIs } = await openWork()
      const grant = aGrant({ locales: 'all', mayEdit: true, mayPublish: true, expiresAt: '2026-01-01T08:00:00.000Z' })
      const { token } = await grantToken(site, grant, 'a test')
      await publish(site, slug, ['en'], { actor: token.name, tokenId: token.id }, nine)
      if (isRevoked) await revokeToken(site, token.id, 'a test')
      expect(await itIs('09:00')).toMatchObject([{ outcome: isRevoked ? 'held' : 'published' }])
    }
  })

  test('is told to the log, waits for somebody, and ends when the same is scheduled or published', async () => {
    for (const how of [{}, { at: '2026-01-01T11:00Z' }]) {
      const { site, saves, releases, clock } = await openWork()
      await publish(site, slug, ['en'], desk, nine)
      await saves('Published since', true)
      await saves('And another')
      const told: object[] = []
      clock.now = '2026-01-01T09:00:00Z'
      await publishDue(site, 50, (entry) => told.push(entry))
      expect(told).toMatchObject([{ level: 'warn', outcome: 'held', name: slug }])
      const held = (await releases())[0]?.id
      expect((await publish(site, slug, ['en'], desk, how)).cancelled).toEqual([held])
      expect((await releases()).find(({ id }) => id === held)?.state).toBe('cancelled')
    }
  })

  test('holds nothing else that is due', async () => {
    const { site, itIs, saves, titles } = await openWork()
    await publish(site, slug, ['en'], desk, nine)
    await withdraw(site, slug, 'pl', desk, nine)
    await saves('Published since', true)
    expect((await itIs('09:00')).map(({ outcome }) => outcome).sort()).toEqual(['held', 'published'])
    expect((await titles())[2]).toBe('Published since')
  })
})

describe('a release is cancelled', () => {
  test('by whoever may publish it, once; readers keep what they have', async () => {
    const { site, itIs, titles, releases, hire, database } = await openWork()
    const ada = await hire('ada')
    const { scheduled } = await publish(site, slug, ['en', 'es'], desk, nine)
    const id = scheduled?.release ?? ''
    const reviewer = { actor: 'a test', person: { ...ada, roles: [{ name: 'reviewer', locale: 'es' } as const] } }
    await expect(cancelRelease(site, id, reviewer)).rejects.toThrow('may not publish')
    await expect(cancelRelease(site, 'nothing', desk)).rejects.toThrow('There is no release nothing')
    await cancelRelease(site, id, { actor: 'a test', person: ada })
    await expect(cancelRelease(site, id, desk)).rejects.toThrow('cannot be cancelled')
    expect(await itIs('09:00')).toEqual([])
    expect(await titles()).toEqual(before)
    expect(await releases()).toMatchObject([{ state: 'cancelled' }])
    expect((await listNotes(database, 1, { act: 'release-cancelled' }))[0]).toMatchObject({ actor: ada.id, subject: id })
  })

  test.each([
    ['if the same is published at once', ({ site }: Work) => publish(site, slug, ['en', 'es'], desk), true],
    ['if its briefing is taken back at once', ({ site }: Work) => takeBack(site, slug, desk), true],
    ['if a translation in it is withdrawn at once', ({ site }: Work) => withdraw(site, slug, 'es', desk), true],
    ['but not if another language is withdrawn', ({ site }: Work) => withdraw(site, slug, 'pl', desk), false],
  ])('%s', async (_what, act, isCancelled) => {
    const newsroom = await openWork()
    const { scheduled } = await publish(newsroom.site, slug, ['en', 'es'], desk, nine)
    const { cancelled } = await act(newsroom)
    expect(cancelled).toEqual(isCancelled ? [scheduled?.release] : undefined)
    expect((await newsroom.itIs('09:00')).length).toBe(isCancelled ? 0 : 1)
  })
})

test('a scheduled withdrawal stays scheduled if somebody publishes the translation again before then', async () => {
  const newsroom = await openWork()
  const { scheduled } = await withdraw(newsroom.site, slug, 'es', desk, nine)
  const published = await publish(newsroom.site, slug, ['en', 'es'], desk)
  expect([published.locales, published.cancelled]).toEqual([['en', 'es'], undefined])
  expect((await newsroom.itIs('09:00')).map(({ release }) => release)).toEqual([scheduled?.release])
})

describe('whoever carries a release out', () => {
  test('does it once, however many do it at the same moment', async () => {
    const { site, deploy, clock, database } = await openWork()
    await publish(site, slug, ['en', 'es'], desk, nine)
    const revisions = async () => (await database.query.selectFrom('translation_revision').select('revision').execute()).length
    const had = await revisions()
    const noted = (await listNotes(database, 1, { act: 'published' }))[0]?.number ?? 0
    clock.now = '2026-01-01T09:00:00Z'
    const others = await Promise.all([deploy(), deploy(), deploy()])
    const endings = await Promise.all(others.map((other) => publishDue(other.site, 50)))
    expect(endings.flat()).toHaveLength(1)
    expect((await listNotes(database, 10, { act: 'published' })).filter(({ number }) => number > noted)).toHaveLength(1)
    expect(await revisions()).toBe(had + 1)
  })

  test('does all of it or nothing, whichever of its statements fails, and it is still due', async () => {
    const fault = { at: -1, statements: 0 }
    const disturbed = (database: Database): Database => ({
      ...database,
      atomically: (writes) => {
        if (fault.at < 0) return database.atomically(writes)
        fault.statements = Math.max(fault.statements, writes.length)
        const broken = CompiledQuery.raw('insert into audit (at) values (null)')
        return database.atomically([...writes.slice(0, fault.at), broken, ...writes.slice(fault.at)])
      },
    })
    const { site, titles, clock, saves, sends, database, itIs } = await openWork({ disturbed })
    await publish(site, slug, ['en', 'es'], desk, nine)
    await saves('Nobody has looked at this')
    await sends('es', 'Nadie lo ha visto')
    clock.now = '2026-01-01T09:00:00Z'
    const rows = async () => [
      await database.query.selectFrom('briefing').selectAll().execute(),
      await database.query.selectFrom('translation').selectAll().execute(),
      await database.query.selectFrom('translation_revision').select('revision').execute(),
      await database.query.selectFrom('release').selectAll().execute(),
    ]
    const standing = await rows()
    for (let at = 0; at === 0 || at <= fault.statements; at += 1) {
      fault.at = at
      await expect(publishDue(site, 50)).rejects.toThrow('audit')
      expect(await rows()).toEqual(standing)
    }
    expect(fault.statements).toBeGreaterThan(5)
    fault.at = -1
    expect(await itIs('09:05')).toMatchObject([{ outcome: 'published' }])
    expect(await titles()).toEqual(after)
  })

  test('and is stopped before the print leaves that to the next print', async () => {
    const fault = { isStopped: false, batches: 0 }
    const disturbed = (database: Database): Database => ({
      ...database,
      atomically: async (writes) => {
        if (fault.isStopped) fault.batches += 1
        if (fault.batches > 1) throw new Error('The process was stopped.')
        return await database.atomically(writes)
      },
    })
    const { site, titles, clock, printWaiting } = await openWork({ disturbed })
    await publish(site, slug, ['en', 'es'], desk, nine)
    clock.now = '2026-01-01T09:00:00Z'
    fault.isStopped = true
    await expect(publishDue(site, 50)).rejects.toThrow('stopped')
    expect(await titles()).toEqual(before)
    Object.assign(fault, { isStopped: false, batches: 0 })
    expect(await printWaiting()).toBe(1)
    expect(await titles()).toEqual(after)
  })

  test('decides again if somebody saves at that moment, and what was pinned goes out', async () => {
    const { disturbed, meanwhile } = interrupted()
    const newsroom = await openWork({ disturbed })
    const { site, titles, sends, newest, itIs } = newsroom
    await publish(site, slug, ['en', 'es'], desk, nine)
    meanwhile(() => sends('es', 'De otra mano'))
    expect(await itIs('09:00')).toMatchObject([{ outcome: 'published' }])
    expect(await titles()).toEqual(after)
    expect((await newest('es'))?.segments['title']?.text).toBe('De otra mano')
  })
})

test('where a second person is asked for, it is approved by who scheduled it, whatever they write themselves meanwhile', async () => {
  const newsroom = await openWork({ settings: { SECOND_PERSON: 'on' } })
  const { site, sends, hire, itIs, titles, newest, database } = newsroom
  const [ada, bea] = [await hire('ada'), await hire('bea')]
  await sends('es', 'De Ada', ada)
  await expect(publish(site, slug, ['en', 'es'], { actor: 'a test', person: ada }, nine)).rejects.toThrow(
    'approve their own texts',
  )
  await publish(site, slug, ['en', 'es'], { actor: 'a test', person: bea }, nine)
  await sends('es', 'De Bea', bea)
  await itIs('09:00')
  expect((await titles())[1]).toBe('De Ada')
  expect((await newest('es'))?.segments['title']?.text).toBe('De Bea')
  expect((await listNotes(database, 1, { act: 'translation-approved' }))[0]?.actor).toBe(bea.id)
  await expect(publish(site, slug, ['es'], { actor: 'a test', person: bea })).rejects.toThrow('approve their own texts')
  await publish(site, slug, ['es'], { actor: 'a test', person: ada })
})

test('whatever is saved before it is due, readers get what was scheduled, and nobody’s work is lost', async () => {
  const save = fc.record({ what: fc.constantFrom('en', 'es', 'pl'), words: fc.constantFrom('one', 'two', 'three') })
  await fc.assert(
    fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 6 }), async (acts) => {
      const { site, saves, sends, itIs, titles, newest, database } = await openWork()
      await publish(site, slug, ['en', 'es'], desk, nine)
      for (const { what, words } of acts) await (what === 'en' ? saves(words) : sends(what, words))
      const work = [(await findSource(database, 'harbour'))?.briefing.title, (await newest('es'))?.segments['title']?.text]
      expect(await itIs('09:00')).toMatchObject([{ outcome: 'published' }])
      expect(await titles()).toEqual(after)
      expect([(await findSource(database, 'harbour'))?.briefing.title, (await newest('es'))?.segments['title']?.text]).toEqual(
        work,
      )
    }),
    { numRuns: rounds(10) },
  )
})
