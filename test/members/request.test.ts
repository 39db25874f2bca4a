import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listNotes } from '../../src/members/audit-store'
import { type RoleName, roleNames } from '../../src/members/person'
import { findPerson } from '../../src/members/person-store'
import type { Database, Write } from '../../src/storage/database'
import { compiled } from '../../src/storage/dialect'
import { aBriefing } from '../support/briefings'
import { dangersIn, find, shown } from '../support/html'
import { aMember, anApplication, editor, everyRow, type Member, send } from '../support/membership'
import { type Newsroom, type NewsroomOptions, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const at = '/en/account/requests'

async function requestOf({ database }: Newsroom, member: Member) {
  return await database.query
    .selectFrom('membership_request')
    .selectAll()
    .where('person_id', '=', member.id)
    .orderBy('asked_at', 'desc')
    .executeTakeFirstOrThrow()
}

const mailsTo = ({ database }: Newsroom, { address }: Member) =>
  database.query.selectFrom('mail').select(['locale', 'subject', 'text']).where('recipient', '=', address).execute()

const isDecision = (writes: readonly Write[]) =>
  writes.map(compiled).some(({ sql }) => sql.startsWith('update "membership_request"'))

/** Holds decisions back until so many were made, each on the request as it was before all of them, and then lets them go. */
function together(count: number) {
  const held: (() => void)[] = []
  return (database: Database): Database => ({
    ...database,
    async atomically(writes) {
      if (isDecision(writes)) {
        await new Promise<void>((go) => {
          held.push(go)
          if (held.length === count) for (const each of held) each()
        })
      }
      return await database.atomically(writes)
    },
  })
}

/** A newsroom with an editor and a reader, in Polish, who asked to be admitted. */
async function newsroomWithRequest(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom({ now: '2026-02-01T09:00:00Z', ...options })
  await newsroom.load({ briefing: aBriefing() })
  const chief = await aMember(newsroom, 'chief@example.com', { roles: [editor] })
  const ada = await aMember(newsroom, 'ada@example.com', { locale: 'pl' })
  await ada.post('/pl/join/alliance', anApplication)
  const { id } = await requestOf(newsroom, ada)
  return { newsroom, chief, ada, id }
}

describe('requests to be admitted', () => {
  test('are not there for those who do not decide on them, signed in or not, to see or to decide', async () => {
    const { newsroom, ada, id } = await newsroomWithRequest()
    const decide = { request: id, decision: 'granted' }
    expect((await newsroom.get(at)).status).toBe(404)
    expect((await send(newsroom, at, decide)).status).toBe(404)
    const others = roleNames.filter((name) => name !== 'editor' && name !== 'administrator')
    const people: [string, readonly RoleName[]][] = [
      ['nobody', []],
      ...others.map((name): [string, RoleName[]] => [name, [name]]),
    ]
    for (const [name, roles] of people) {
      const person = await aMember(newsroom, `${name}@example.com`, {
        roles: roles.map((each) => ({ name: each, locale: 'all' })),
      })
      const response = await person.get(at)
      expect([name, response.status]).toEqual([name, 404])
      expect(await response.text()).not.toContain(ada.address)
      expect([name, (await person.post(at, { ...decide, role: 'editor' })).status]).toEqual([name, 404])
    }
    expect((await requestOf(newsroom, ada)).decision).toBeNull()
  })

  test('are shown to editors and administrators with what was said, as text and nothing else', async () => {
    const { newsroom, chief } = await newsroomWithRequest()
    const hostile = {
      role: '<script>alert(1)</script>',
      organisation: '"><img src=x onerror=alert(1)>',
      reason: '</dd><form action=//evil.example>',
    }
    const eve = await aMember(newsroom, 'eve@example.com')
    await eve.post('/en/join/alliance', hostile)
    const head = await aMember(newsroom, 'head@example.com', { roles: [{ name: 'administrator', locale: 'all' }] })
    for (const decider of [chief, head]) {
      const page = await decider.text(at)
      expect(dangersIn(page)).toEqual([])
      for (const said of [...Object.values(anApplication), ...Object.values(hostile), 'ada@example.com', '1 February 2026']) {
        expect(page.includes(said) || shown(page).includes(said)).toBe(true)
      }
    }
  })
})

describe('a request that is granted', () => {
  test('opens the alliance, is noted, and is told in the language of the one who asked', async () => {
    const { newsroom, chief, ada, id } = await newsroomWithRequest()
    const briefing = '/en/briefings/harbour-closes'
    expect(await ada.text(briefing)).not.toContain('canary-alliance')
    newsroom.clock.now = '2026-02-03T09:00:00Z'
    const response = await chief.post(at, { request: id, decision: 'granted', tier: 'public', person: chief.id })
    expect([response.status, response.headers.get('Location')]).toEqual([303, at])
    expect(await ada.text(briefing)).toContain('canary-alliance')
    expect(await requestOf(newsroom, ada)).toMatchObject({
      decision: 'granted',
      decided_by: chief.id,
      decided_at: '2026-02-03T09:00:00.000Z',
    })
    const [note] = await listNotes(newsroom.database, 1)
    expect(note).toMatchObject({
      actor: chief.id,
      act: 'tier-changed',
      subject: ada.id,
      detail: { tier: 'alliance', request: id },
    })
    const [mail, ...others] = await mailsTo(newsroom, ada)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ locale: 'pl', subject: 'Witamy w Sojuszu Liderów' })
    expect(mail?.text).toContain('https://briefings.example/pl/')
    expect(shown(await ada.text('/pl/join/alliance'))).toContain('Możesz czytać każdą część każdej analizy.')
    expect(shown(await chief.text(at))).toMatch(/No requests are waiting\..*ada@example\.com Accepted on 3 February 2026/)
  })
})

describe('a request that is refused', () => {
  test('opens nothing, is noted and told, and can be made again', async () => {
    const { newsroom, chief, ada, id } = await newsroomWithRequest()
    await chief.post(at, { request: id, decision: 'refused' })
    expect((await findPerson(newsroom.database, { id: ada.id }))?.tier).toBe('circle')
    expect(await listNotes(newsroom.database, 1)).toMatchObject([
      { actor: chief.id, act: 'request-refused', subject: ada.id, detail: { request: id } },
    ])
    expect(await mailsTo(newsroom, ada)).toMatchObject([{ locale: 'pl', subject: 'Twój wniosek w serwisie Vernacular' }])
    expect(shown(await ada.text('/en/join/alliance'))).toContain('Your request was declined on 1 February 2026.')
    newsroom.clock.now = '2026-02-02T09:00:00Z'
    await ada.post('/en/join/alliance', anApplication)
    expect((await requestOf(newsroom, ada)).decision).toBeNull()
    expect(shown(await ada.text('/en/join/alliance'))).toContain('is waiting')
  })
})

describe('a decision', () => {
  test('is made once, whoever decides at the same time: one decision, one note, one mail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('granted', 'refused'), { minLength: 2, maxLength: 5 }), async (decisions) => {
        const { newsroom, chief, ada, id } = await newsroomWithRequest({ disturbed: together(decisions.length) })
        const head = await aMember(newsroom, 'head@example.com', { roles: [editor] })
        const answers = await Promise.all(
          decisions.map((decision, each) => (each % 2 ? head : chief).post(at, { request: id, decision })),
        )
        expect(answers.map(({ status }) => status)).toEqual(decisions.map(() => 303))
        const { decision } = await requestOf(newsroom, ada)
        expect((await findPerson(newsroom.database, { id: ada.id }))?.tier).toBe(decision === 'granted' ? 'alliance' : 'circle')
        const notes = (await listNotes(newsroom.database, 20)).filter(({ detail }) => detail?.['request'] === id)
        expect(notes.map(({ act }) => act)).toEqual([decision === 'granted' ? 'tier-changed' : 'request-refused'])
        const subject = decision === 'granted' ? 'Witamy w Sojuszu Liderów' : 'Twój wniosek w serwisie Vernacular'
        expect((await mailsTo(newsroom, ada)).map((mail) => mail.subject)).toEqual([subject])
      }),
      { numRuns: rounds(8) },
    )
  })

  test('is not changed later', async () => {
    const { newsroom, chief, ada, id } = await newsroomWithRequest()
    await chief.post(at, { request: id, decision: 'refused' })
    await chief.post(at, { request: id, decision: 'granted' })
    expect((await requestOf(newsroom, ada)).decision).toBe('refused')
    expect(await mailsTo(newsroom, ada)).toHaveLength(1)
  })

  test('is nobody’s own', async () => {
    const { newsroom, chief } = await newsroomWithRequest()
    await chief.post('/en/join/alliance', anApplication)
    const { id } = await requestOf(newsroom, chief)
    const page = await chief.text(at)
    expect(shown(page)).toContain('This is your own request')
    expect(find(page, 'input', { name: 'request', value: id })).toEqual([])
    const before = await everyRow(newsroom.database)
    expect((await chief.post(at, { request: id, decision: 'granted' })).status).toBe(303)
    expect(await everyRow(newsroom.database)).toEqual(before)
  })

  test('is one of two words on a request that there is', async () => {
    const { newsroom, chief, id } = await newsroomWithRequest()
    const before = await everyRow(newsroom.database)
    for (const decision of ['', 'GRANTED', 'alliance']) {
      expect((await chief.post(at, { request: id, decision })).status).toBe(400)
    }
    expect((await chief.post(at, { request: 'none', decision: 'granted' })).status).toBe(303)
    expect((await chief.post(at, { decision: 'granted' })).status).toBe(303)
    expect(await everyRow(newsroom.database)).toEqual(before)
  })

  test('on somebody who has left meanwhile writes to nobody', async () => {
    const newsroom = await openNewsroom({
      disturbed: (database) => ({
        ...database,
        async atomically(writes) {
          if (isDecision(writes)) await database.query.deleteFrom('person').where('address', '=', 'gone@example.com').execute()
          return await database.atomically(writes)
        },
      }),
    })
    const chief = await aMember(newsroom, 'chief@example.com', { roles: [editor] })
    const gone = await aMember(newsroom, 'gone@example.com')
    await gone.post('/en/join/alliance', anApplication)
    const { id } = await requestOf(newsroom, gone)
    expect((await chief.post(at, { request: id, decision: 'granted' })).status).toBe(303)
    expect(await findPerson(newsroom.database, { id: gone.id })).toBeUndefined()
    expect(await mailsTo(newsroom, gone)).toEqual([])
  })
})
