import { expect, test } from 'vitest'
import { listSlugsPrinted } from '../../src/editions/prints-store'
import { lastPrint } from '../../src/editions/store'
import { remove } from '../../src/newsroom/remove'
import { aBriefing } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

const named = (id: string) => ({ briefing: aBriefing({ id, slug: id }) })

test('the briefings printed since another print are told by all their slugs, also those that were taken back', async () => {
  const { takeBack, database, load } = await openNewsroom()
  await load(named('port'), named('lock'))
  const before = await lastPrint(database)
  expect(await listSlugsPrinted(database, before, before)).toEqual(new Set())
  await takeBack('port')
  const last = await lastPrint(database)
  expect(await listSlugsPrinted(database, before, last)).toEqual(new Set(['port']))
  expect(await listSlugsPrinted(database, 0, last)).toEqual(new Set(['port', 'lock']))
})

test('where it cannot be told which pages a print changed, nobody is told', async () => {
  const { database, load } = await openNewsroom()
  await load(named('port'), named('lock'))
  const last = await lastPrint(database)
  expect(await listSlugsPrinted(database, last, last - 1)).toBeUndefined()
  expect(await listSlugsPrinted(database, 0, last + 1)).toBeUndefined()
  expect(await listSlugsPrinted(database, 0, 100)).toBeUndefined()
  await database.query.deleteFrom('resolution').where('slug', '=', 'lock').execute()
  expect(await listSlugsPrinted(database, 0, last)).toBeUndefined()
})

test('nobody is told which pages were those of a removed briefing, although another keeps the number of its last print', async () => {
  const { site, database, load } = await openNewsroom()
  await load(named('port'), named('lock'))
  const before = await lastPrint(database)
  await remove(site, 'port', { why: 'Wrong.', isConfirmed: true }, { actor: 'a test' })
  const last = await lastPrint(database)
  expect(last).toBeGreaterThan(before)
  expect(await listSlugsPrinted(database, before, last)).toBeUndefined()
})
