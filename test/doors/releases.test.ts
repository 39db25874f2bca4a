import { afterAll, beforeAll, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { eventually, every, inDatabase, type RunningServer, startServer } from '../support/server'

const slug = 'mistral-and-the-eu-ai-act'
let site: RunningServer
beforeAll(async () => {
  site = await startServer(every(50, 'release', 'check-cache'))
})
afterAll(() => site.remove())

const command = (...words: readonly string[]) => vernacular(site.environment, ...words)
const isRead = async () => (await fetch(`${site.url}/en/briefings/${slug}`)).status === 200

/** What is scheduled is due now. */
const isDue = () =>
  inDatabase(site, (file) => void file.exec(`update release set due_at = '2026-01-01T00:00:00.000Z' where state = 'scheduled'`))

test('a time is said as it was given, with UTC beside it, and listed in the zone of the newsroom', () => {
  const madrid = (...words: readonly string[]) => vernacular({ ...site.environment, NEWSROOM_ZONE: 'Europe/Madrid' }, ...words)
  const local = madrid('publish', slug, '--at', '2099-07-01T00:30', '--dry-run').out
  expect(local).toContain('would be published in en at 2099-07-01 00:30 Europe/Madrid (2099-06-30 22:30 UTC).')
  const offset = madrid('publish', slug, '--at', '2099-07-01T09:00-03:30', '--dry-run').out
  expect(offset).toContain('at 2099-07-01 09:00 -03:30 (12:30 UTC).')
  const scheduled = JSON.parse(madrid('publish', slug, '--at', '2099-01-01T09:00Z', '--json').out) as {
    readonly scheduled: { readonly release: string; readonly dueAt: string }
  }
  expect(scheduled.scheduled.dueAt).toBe('2099-01-01T09:00:00.000Z')
  const due = '2099-01-01 10:00 Europe/Madrid (09:00 UTC)'
  expect(madrid('releases').out).toContain(`due ${due}`)
  expect(madrid('status').out).toContain(`${slug}: en scheduled for ${due}.`)
  expect(madrid('releases', 'cancel', scheduled.scheduled.release).status).toBe(0)
})

test('what a command schedules is listed, cancelled, and published by the running sites, by one of them', async () => {
  const scheduled = command('publish', slug, '--at', '2099-01-01T09:00Z', '--why', 'The embargo ends.')
  const [, id = ''] =
    /^.*: to be published in en at 2099-01-01 09:00 UTC\. To cancel it: releases cancel (\S+)\n$/.exec(scheduled.out) ?? []
  expect([scheduled.status, id]).toEqual([0, expect.stringMatching(/^[0-9a-f-]{13}$/)])
  expect(command('releases').out).toBe(
    `${id}  scheduled  ${slug}  en (revision 2)  due 2099-01-01 09:00 UTC  by command line\n    why: The embargo ends.\n`,
  )
  const { out: status } = command('status')
  expect(status).toContain(`${id}  scheduled  ${slug}`)
  expect(status).toContain(`${slug}: en scheduled for 2099-01-01 09:00 UTC.\n`)
  expect(status).not.toContain(`publish ${slug} `)
  expect(command('releases', 'cancel', id, '--dry-run').out).toContain(`${slug}: release ${id} would be cancelled.\n`)
  const cancelled = command('releases', 'cancel', id)
  expect([cancelled.status, cancelled.out]).toEqual([0, `${slug}: release ${id} is cancelled.\n`])
  expect(command('releases').out).toBe('Nothing is scheduled.\n')

  expect(command('publish', slug, '--at', '2099-01-01T09:00Z').status).toBe(0)
  const other = await startServer({ ...every(50, 'release'), DATABASE_PATH: site.environment['DATABASE_PATH'] ?? '' })
  try {
    expect(await isRead()).toBe(false)
    isDue()
    expect(await eventually(isRead)).toBe(true)
    const acts = inDatabase(site, (file) => file.prepare(`select detail from audit where act = 'published'`).all()) as {
      detail: string
    }[]
    expect(acts.filter(({ detail }) => detail.includes('"release"'))).toHaveLength(1)
    expect(command('releases', '--state', 'published').out).toContain(`due 2026-01-01 00:00 UTC, published `)
  } finally {
    await other.remove()
  }
})

test('a time that cannot be is refused with what to do', () => {
  const skipped = vernacular({ ...site.environment, NEWSROOM_ZONE: 'Europe/Madrid' }, 'publish', slug, '--at', '2099-03-29T02:30')
  expect([skipped.status, skipped.error]).toEqual([1, expect.stringContaining('does not exist in Europe/Madrid')])
  const zone = vernacular({ ...site.environment, NEWSROOM_ZONE: 'Madrid' }, 'status')
  expect([zone.status, zone.error]).toEqual([1, expect.stringContaining('NEWSROOM_ZONE: This must be a time zone')])
})
