import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { followingOf } from '../../src/following/followed-store'
import { findPerson } from '../../src/members/person-store'
import type { Database } from '../../src/storage/database'
import { migrate } from '../../src/storage/migrate'
import { openSqlite } from '../../src/storage/sqlite'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { formerProgram } from '../support/former-program'
import { openNewsroom } from '../support/newsroom'
import { openToSubscribers } from '../support/subscribers'

const ada = 'ada@example.com'
const eve = 'eve@example.com'

const folder = join(import.meta.dirname, '../../db/migrations')
const migrations = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))

const run = async ({ query }: Database, script: string) => {
  for (const statement of script.split(/;\n/).filter((each) => each.trim() !== '')) {
    await query.executeQuery(CompiledQuery.raw(statement))
  }
}

/** What a migration holds is sent to D1 as it stands, and D1 takes apart a trigger of any other form (workers-sdk #10998, #15690). */
const isTakenWhole = (script: string) =>
  script
    .split('\n')
    .filter((line) => !line.startsWith('--') && /\btrigger\b/i.test(line))
    .every((line) => / BEGIN [^;]+; END;$/.test(line)) && !script.includes('\r')

describe('the migrations', () => {
  test('hold no trigger that D1 would take apart', () => {
    expect(migrations.filter((script) => script.includes('create trigger'))).not.toEqual([])
    expect(migrations.filter((script) => !isTakenWhole(script))).toEqual([])
    for (const broken of [
      'create trigger t after insert on x\nbegin\n  delete from y;\nend;\n',
      'create trigger t after insert on x begin delete from y; end;\n',
      'create trigger t after insert on x BEGIN delete from y; delete from z; END;\n',
    ]) {
      expect(isTakenWhole(broken)).toBe(false)
    }
  })
  test('of a newer program stop an older one, which names the migration that it lacks', async () => {
    const database = openSqlite(':memory:')
    migrate(database, folder)
    database.file.prepare("insert into d1_migrations (name) values ('9999_later.sql')").run()
    expect(() => migrate(database, folder)).toThrow(
      'The database was changed by a newer program (migration 9999_later). Start a version of the program that has this migration, or restore the copy of the database from before.',
    )
    database.file.prepare("delete from d1_migrations where name = '9999_later.sql'").run()
    expect(migrate(database, folder)).toEqual([])
  })

  test('give what was printed before there were standings the standings that printing gives', async () => {
    const newsroom = await openNewsroom()
    const { database } = newsroom
    const first = aBriefing()
    const later = revised(first, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'The harbour is shut' }))
    const other = aBriefing({ id: 'other', slug: 'other' })
    await newsroom.load(
      {
        briefing: later,
        translations: [
          aTranslation(later, 'es'),
          aTranslation(later, 'fr', { segments: { summary: '' } }),
          aTranslation(later, 'de', { sourceRevision: 1 }),
          aTranslation(later, 'it', { sourceRevision: 1, segments: { summary: '' } }),
          aTranslation(later, 'ja', { state: 'draft' }),
          aTranslation(later, 'pl', { state: 'withdrawn' }),
        ],
      },
      { briefing: other, translations: [aTranslation(other, 'es')] },
    )
    const printed = async () => ({
      facets: await database.query.selectFrom('facet').selectAll().where('name', '=', 'standing').execute(),
      numbers: await database.query.selectFrom('standing').selectAll().execute(),
    })
    const before = await printed()
    expect(new Set(before.facets.map(({ value }) => value)).size).toBe(7)

    await run(
      database,
      "drop trigger standing_told;\ndrop trigger standing_withdrawn;\ndrop table standing;\ndelete from facet where name = 'standing';\n",
    )
    await run(database, readFileSync(join(folder, '0008_standings.sql'), 'utf8'))
    expect(await printed()).toEqual(before)
  })

  test('keep every link in an email that was sent before valid, once, and no other', async () => {
    const site = await openToSubscribers({ now: '2026-01-01T00:00:00Z' })
    const { database } = site
    await site.load({ briefing: aBriefing() })
    const former = formerProgram(database)
    await run(database, `${former.withoutConfirmations}\n`)
    const kinds = [former.signIn, former.following, former.newsletter]
    const waiting = await Promise.all(kinds.map((kind) => kind.ask(ada, '2025-12-31T23:45:00.000Z')))
    const used = await Promise.all(kinds.map((kind) => kind.ask(eve, '2025-12-31T23:45:00.000Z')))
    for (const [index, kind] of kinds.entries()) await kind.use(used[index] ?? '')
    const late = await Promise.all(kinds.map((kind) => kind.ask(eve, '2025-12-30T23:00:00.000Z')))

    await run(database, readFileSync(join(folder, '0025_confirmations.sql'), 'utf8'))
    for (const link of waiting) {
      expect([link, (await site.get(link)).status]).toEqual([link, 200])
      expect([link, (await site.post(link, {})).status]).toEqual([link, 303])
    }
    for (const link of [...waiting, ...used, ...late]) {
      expect([link, (await site.get(link)).status]).toEqual([link, 410])
      expect([link, (await site.post(link, {})).status]).toEqual([link, 410])
    }
    expect(await findPerson(database, { address: ada })).toMatchObject({ address: ada, locale: 'es' })
    expect(await followingOf(database, { address: ada })).toMatchObject([
      { briefingId: 'harbour', locale: 'es', wish: 'changes' },
    ])
    expect(await site.subscriptions()).toMatchObject([{ address: ada, locale: 'es', rhythm: 'weekly' }])
    expect(await findPerson(database, { address: eve })).toBeUndefined()
  })
})
