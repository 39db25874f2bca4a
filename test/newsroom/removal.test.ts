import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { findSource } from '../../src/briefings/store'
import { lastPrint } from '../../src/editions/store'
import { openLocales } from '../../src/language/locale'
import { grantToken } from '../../src/members/administer'
import { listNotes } from '../../src/members/audit-store'
import type { Person } from '../../src/members/person'
import { findPerson } from '../../src/members/person-store'
import { sendDigests } from '../../src/newsletter/send-digests'
import { subscribe } from '../../src/newsletter/store'
import { condense } from '../../src/newsroom/condense'
import { recallAll } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { remove } from '../../src/newsroom/remove'
import { complaintIn, Refusal } from '../../src/problem'
import { addEndpoint } from '../../src/webhooks/administer'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { type Followers, openToFollowers } from '../support/followers'
import { aGrant } from '../support/grants'
import { interrupted } from '../support/interrupted'
import { aMachine } from '../support/machines'
import { aMember, editor, everyRow, send } from '../support/membership'
import { openNewsroom } from '../support/newsroom'

/** A briefing all of whose words, id and addresses are found by one word. */
const kumquat = (title = 'The kumquat closes for a month'): BriefingFile => {
  const file = { ...aBriefing({ formerSlugs: ['harbour-once'] }), title }
  return JSON.parse(JSON.stringify(file).replace(/harbour/gi, 'kumquat')) as BriefingFile
}
const slug = 'kumquat-closes'
const why = 'A person in it asked for it.'
const by = { actor: 'a test' }
const asPerson = (person: Person | undefined) => ({ ...by, ...(person ? { person } : {}) })
const now = '2025-11-18T10:00:00Z'

let newsroom: Followers
beforeEach(async () => {
  newsroom = await openToFollowers({ now, settings: { COMMENTS: 'on' } })
  await newsroom.load({ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'es')] })
})

/** A briefing that everything was done with that leaves something behind. */
async function withEverything() {
  const { site, database, clock, post } = newsroom
  await addEndpoint(site, { url: 'https://one.example/', events: 'all', locales: 'all' }, 'a test')
  await subscribe(database, { address: 'eve@example.com', locale: 'es', rhythm: 'daily' }, site.now())
  const first = kumquat()
  const translations = (file: BriefingFile) => ['es', 'pl'].map((locale) => aTranslation(file, locale))
  await newsroom.load({ briefing: first, translations: translations(first) })
  const second = revised(first, 'material', now, (each) => ({ ...each, title: 'The kumquat closes for two months' }))
  await newsroom.follow('bob@example.com', 'de', 'available', slug)
  await newsroom.follow('bob@example.com', 'es', 'changes', slug)
  await newsroom.load({ briefing: second, translations: translations(second) })
  await newsroom.notify()
  await newsroom.request('cleo@example.com', 'fr', 'available', slug)
  clock.now = '2025-11-19T10:00:00Z'
  await sendDigests(site, 200)
  const ada = await aMember(newsroom, 'ada@example.com', { locale: 'es' })
  const as = { Cookie: ada.cookie }
  await send(newsroom, `/es/briefings/${slug}/comments`, { text: 'Kumquats!' }, as)
  await send(newsroom, `/es/briefings/${slug}/report`, { segment: 'title', kind: 'meaning', detail: 'No kumquat.' }, as)
  await post('/es/sign-in', { address: 'dan@example.com', next: `/es/briefings/${slug}/comments` })
  await draftBriefing(site, aMachine(), slug, 'fr', { withGated: true })
  const grant = aGrant({ locales: ['fr'], mayWrite: true, mayEdit: true, mayPublish: true, seesGated: true })
  const { secret } = await grantToken(site, grant, 'a test')
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' }
  const asked = { method: 'POST', headers, body: JSON.stringify({ locales: ['en'] }) }
  expect((await newsroom.ask(`/api/v1/publish/${slug}`, asked)).status).toBe(200)
  const at = clock.now
  for (const write of [
    sql`insert into demand (month, locale, briefing_id, views) values ('2025-11', 'fr', 'kumquat', 3)`,
    sql`insert or ignore into machine_job (briefing_id, locale, token, source_revision, started_at) values ('kumquat', 'ja', 't', 1, ${at})`,
    sql`insert into memory_due (locale, briefing_id, saved_at) values ('ca', 'kumquat', ${at})`,
    sql`insert into memory (locale, hash, source, target, saved_at)
      select 'ca', hash, source, source, ${at} from memory_text where source like '%kumquat%'`,
    sql`insert into following_link (hash, address, briefing_id, locale, wish, asked_at, expires_at)
      values ('h', 'fay@example.com', 'kumquat', 'de', 'available', ${at}, ${at})`,
    sql`insert into release (id, name, state, actor, made_at, reasons)
      values ('r1', 'kumquat-closes', 'held', 'a test', ${at}, '["kumquat"]'), ('r2', 'Monday', 'held', 'a test', ${at}, '["kumquat"]')`,
    sql`insert into release_item (release_id, publication_id, locale, act, revision)
      values ('r1', 'kumquat', 'en', 'show', 1), ('r2', 'kumquat', 'en', 'show', 1), ('r2', 'harbour', 'en', 'show', 1)`,
    sql`insert into text_set_aside (briefing_id, locale, segment, hash, text, seen, revision, sent_by, set_aside_at)
      values ('kumquat', 'es', 'title', 'h', 'Kumquat', 'h', 1, 'a test', ${at})`,
    sql`insert into taken_back (slug, briefing_id, at, why) values ('kumquat-thrice', 'kumquat', ${at}, 'The kumquat was wrong.')`,
  ])
    await write.execute(database.query)
}

/** The tables of which a row has something of the briefing, and those rows. What search keeps of its own is no table of ours. */
async function tablesWith(word: string) {
  const all = [...(await everyRow(newsroom.database))].filter(([name]) => !/^search_text/.test(name))
  const words = (await sql<{ term: string }>`select term from search_vocabulary`.execute(newsroom.database.query)).rows
  const found = all.flatMap(([name, rows]) => (rows.toLowerCase().includes(word) ? [name] : []))
  return [...found, ...(words.some(({ term }) => term.includes(word)) ? ['search_vocabulary'] : [])].toSorted()
}

/** The tables that name a briefing, as the database itself says. */
async function tablesOfBriefings() {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and (sql like '%briefing_id %' or sql like '%publication_id %')`.execute(
    newsroom.database.query,
  )
  return rows.map(({ name }) => name).filter((name) => name !== 'search_text')
}

const rowsOf = async (name: string) =>
  (await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(newsroom.database.query)).rows.filter((row) =>
    JSON.stringify(row).toLowerCase().includes('kumquat'),
  )

describe('a briefing that is removed for good', () => {
  test('leaves nothing in any table but its addresses, ids in the log, and what programs are told: that it is gone', async () => {
    await withEverything()
    const before = await tablesWith('kumquat')
    // The twin: there is something of it wherever something of a briefing can be, so that whatever is left is found.
    const expected = [
      ...(await tablesOfBriefings()),
      'briefing',
      'mail',
      'confirmation',
      'webhook_event',
      'memory',
      'memory_text',
      'memory_translation',
      'share_card',
    ]
    expect(expected.filter((name) => !before.includes(name))).toEqual([])
    expect(before).toContain('search_vocabulary')
    expect(before).toContain('sent_before')

    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    expect(await tablesWith('kumquat')).toEqual(['audit', 'removed', 'webhook_event'])
    const notes = await rowsOf('audit')
    // The log names releases by the slug of their briefing.
    const unexpected = notes.filter(({ subject, act, ...rest }) =>
      act === 'release-cancelled'
        ? rest['detail'] !== '{"name":"kumquat-closes","due":""}'
        : /kumquat/i.test(JSON.stringify(rest)),
    )
    expect(unexpected).toEqual([])
    expect(notes.map(({ subject }) => subject)).toContain('kumquat')
    expect((await rowsOf('removed')).map((row) => row['slug'])).toEqual(['kumquat-closes', 'kumquat-once'])
    const events = (await rowsOf('webhook_event')).map(
      (row) => JSON.parse(String(row['payload'])) as { type: string; data: object },
    )
    expect(events).toMatchObject([{ type: 'briefing.withdrawn', data: { id: 'kumquat', available: [] } }])
    expect(JSON.stringify(events)).not.toMatch(/The kumquat/i)
    const { rows } = await sql`pragma foreign_key_check`.execute(newsroom.database.query)
    expect(rows).toEqual([])
  })

  test('takes nothing of any other with it', async () => {
    const page = await newsroom.text('/es/briefings/harbour-closes')
    const ofOther = async () => {
      const all = [...(await everyRow(newsroom.database))].filter(
        ([name]) => !['print', 'audit', 'removed', 'webhook_event'].includes(name),
      )
      // What the memory forgets, it learns again. A place in a feed that was left stays empty.
      const kept = all.filter(([name]) => !/^(search_text|sqlite|memory|feed_place)/.test(name))
      const places = await newsroom.database.query
        .selectFrom('feed_place')
        .selectAll()
        .where('briefing_id', 'is not', null)
        .execute()
      return { ...Object.fromEntries(kept), places }
    }
    await newsroom.follow('bob@example.com', 'de')
    const before = await ofOther()
    await newsroom.load({ briefing: kumquat(), translations: [aTranslation(kumquat(), 'es')] })
    expect(await ofOther()).not.toEqual(before)
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    expect(await ofOther()).toEqual(before)
    expect(await newsroom.text('/es/briefings/harbour-closes')).toBe(page)
  })

  test('leaves the memory of what others have: they teach it again, also where newer work is saved beside it', async () => {
    const shared = 'Port authority'
    const [one, other] = [aBriefing({ id: 'one', slug: 'one', topic: shared }), { ...kumquat(), topic: shared }]
    const es = (file: BriefingFile, topic: string) => aTranslation(file, 'es', { segments: { topic } })
    await newsroom.load({ briefing: one, translations: [es(one, 'Autoridad portuaria')] })
    const newer = { ...es(one, 'Autoridad portuaria'), state: 'draft' } as const
    await newsroom.load({ briefing: one, translations: [{ ...newer, segments: { ...newer.segments, title: 'Otro título' } }] })
    await newsroom.load({ briefing: other, translations: [es(other, 'Kumquat portuario')] })
    const recalled = async () => ((await recallAll(newsroom.site, 'es', [shared])).get(shared) ?? []).map(({ target }) => target)
    expect(await recalled()).toEqual(['Kumquat portuario'])
    await newsroom.load({
      briefing: revised(one, 'typo', '2025-03-02T08:00:00Z', (briefing) => ({ ...briefing, title: 'Another title' })),
    })
    await condense(newsroom.site, 1000)
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    expect(await recalled()).toEqual(['Autoridad portuaria'])
  })

  test('answers 410 at each address that it had, in each form, without a word of it or of the reason', async () => {
    await newsroom.load({ briefing: kumquat() })
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    for (const path of [
      'kumquat-closes',
      'kumquat-once',
      'kumquat-closes.json',
      'kumquat-closes/follow',
      'kumquat-closes/share',
    ]) {
      const response = await newsroom.get(`/es/briefings/${path}`)
      expect([path, response.status]).toEqual([path, 410])
      expect(await response.text()).not.toMatch(/The kumquat|asked for it/i)
    }
    const answer = await newsroom.ask('/api/v1/briefings/kumquat-closes?locale=en')
    const told = await answer.json()
    expect(told).toMatchObject({ code: 'gone', title: 'This briefing was removed', removedAt: '2025-11-18T10:00:00.000Z' })
    expect(told).not.toHaveProperty('withdrawnAt')
    expect((await newsroom.get('/es/briefings/kumquat-never')).status).toBe(404)
  })

  test('says in each language that it was removed, and when, on pages and to programs, and nowhere that it was withdrawn', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: kumquat() })
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    const tags = openLocales(newsroom.site.locales)
    expect(tags.length).toBeGreaterThan(10)
    for (const tag of tags) {
      const words = newsroom.site.speak(tag)
      const page = await newsroom.text(`/${tag}/briefings/kumquat-closes`)
      expect(page).toContain(`<h1>${words.t('error.removed.title')}</h1>`)
      expect(page).toContain(words.t('error.removed.date', { date: words.date('2026-01-01T00:00:00.000Z') }))
      expect(page).not.toContain(words.t('error.gone.title'))
      const data = await newsroom.ask(`/${tag}/briefings/kumquat-once.json`, { headers: { Accept: 'application/json' } })
      expect(await data.json()).toMatchObject({ title: words.t('error.removed.title'), removedAt: '2026-01-01T00:00:00.000Z' })
    }
  })

  test('does not come back with its files, and gives its address to no other', async () => {
    await newsroom.load({ briefing: kumquat() })
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    await expect(newsroom.load({ briefing: kumquat() })).rejects.toThrow('kumquat-closes was removed for good. Date: 2025-11-18.')
    await expect(newsroom.load({ briefing: aBriefing({ id: 'new', slug: 'kumquat-once' }) })).rejects.toThrow('removed for good')
    expect(await newsroom.load({ briefing: { ...kumquat(), slug: 'kumquat-again', formerSlugs: [] } })).toMatchObject([
      { isPublic: true },
    ])
  })

  test('turns cached lists over: the number of prints grows, and never falls', async () => {
    const { database, site } = newsroom
    await newsroom.load({ briefing: kumquat() })
    const before = await lastPrint(database)
    await remove(site, slug, { why, isConfirmed: true }, by)
    const after = await lastPrint(database)
    expect(after).toBeGreaterThan(before)
    await remove(site, 'harbour-closes', { why, isConfirmed: true }, by)
    await newsroom.load({ briefing: aBriefing({ id: 'next', slug: 'next' }) })
    expect(await lastPrint(database)).toBeGreaterThan(after)
    expect((await newsroom.get('/en/briefings/next')).status).toBe(200)
  })

  test('is removed as well where readers never had it, or have it no more', async () => {
    await newsroom.load({ briefing: { ...kumquat(), state: 'draft' } })
    await remove(newsroom.site, slug, { why, isConfirmed: true }, by)
    expect(await tablesWith('kumquat')).toEqual(['audit', 'removed'])
    await newsroom.takeBack('harbour-closes', 'The harbour was wrong.')
    await remove(newsroom.site, 'harbour-closes', { why, isConfirmed: true }, by)
    expect(await newsroom.text('/en/briefings/harbour-closes')).not.toContain('The harbour was wrong.')
  })
})

describe('the removal of a briefing', () => {
  const refusalOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return error instanceof Refusal ? complaintIn(error).code : error
  }

  test('says what goes and changes nothing while it is only tried, or not confirmed', async () => {
    await withEverything()
    const before = await everyRow(newsroom.database)
    const going = {
      slug,
      revisions: 2,
      locales: ['es', 'fr', 'pl'],
      pages: 11,
      pictures: 3,
      comments: 1,
      reports: 1,
      followers: 2,
    }
    expect(await remove(newsroom.site, slug, { why, isConfirmed: false, isTrial: true }, by)).toEqual(going)
    expect(await refusalOf(remove(newsroom.site, slug, { why, isConfirmed: false }, by))).toBe('removal.unconfirmed')
    expect(await refusalOf(remove(newsroom.site, slug, { why: ' ', isConfirmed: true }, by))).toBe('problem.place')
    expect(await refusalOf(remove(newsroom.site, 'nowhere', { why, isConfirmed: true }, by))).toBe('briefing.unknown')
    expect(await everyRow(newsroom.database)).toEqual(before)
    expect(await remove(newsroom.site, slug, { why, isConfirmed: true }, by)).toEqual(going)
  })

  test('is for editors and administrators, and the log names who did it and why', async () => {
    await newsroom.load({ briefing: kumquat() })
    const author = await aMember(newsroom, 'author@example.com', { roles: [{ name: 'author', locale: 'all' }] })
    const reviewer = await aMember(newsroom, 'reviewer@example.com', { roles: [{ name: 'reviewer', locale: 'all' }] })
    const chief = await aMember(newsroom, 'chief@example.com', { roles: [editor] })
    const personOf = async ({ id }: { id: string }) => await findPerson(newsroom.database, { id })
    for (const person of [await personOf(author), await personOf(reviewer)])
      expect(await refusalOf(remove(newsroom.site, slug, { why, isConfirmed: true }, asPerson(person)))).toBe(
        'person.may-not-publish',
      )
    await remove(newsroom.site, slug, { why, isConfirmed: true }, asPerson(await personOf(chief)))
    const [note] = await listNotes(newsroom.database, 1, { act: 'removed' })
    expect(note).toMatchObject({ actor: chief.id, subject: 'kumquat', detail: { why } })
  })

  test('is done once by two at a time', async () => {
    await newsroom.load({ briefing: kumquat() })
    const both = [1, 2].map(() => refusalOf(remove(newsroom.site, slug, { why, isConfirmed: true }, by)))
    const ends = await Promise.all(both)
    expect(ends.filter((end) => end === undefined)).toHaveLength(1)
    expect(
      ends.filter((end) => end !== undefined && !['api.busy', 'briefing.unknown', 'publish.not-published'].includes(String(end))),
    ).toEqual([])
    expect(await findSource(newsroom.database, 'kumquat')).toBeUndefined()
  })

  test('refuses a translation that arrives while it is done, and says that there is no such briefing', async () => {
    const { disturbed, meanwhile } = interrupted()
    const { site, load, database } = await openNewsroom({ disturbed })
    await load({ briefing: kumquat(), translations: [aTranslation(kumquat(), 'es')] })
    for (const locale of ['es', 'pl']) {
      const targets = new Map([['title', 'El kumquat']])
      meanwhile(() => remove({ ...site, database }, slug, { why, isConfirmed: true }, by))
      const sent = importPack(site, { name: slug, source: 'en', locale, sourceRevision: 1, targets })
      expect([locale, await refusalOf(sent)]).toEqual([locale, 'briefing.unknown'])
      await sql`delete from removed`.execute(database.query)
      await load({ briefing: kumquat(), translations: [aTranslation(kumquat(), 'es')] })
    }
  })
})
