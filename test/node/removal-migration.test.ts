import { expect, test } from 'vitest'
import { beforeMigration } from '../support/migrations'

test('an email that waits with a link is sent no longer than its link is good', () =>
  beforeMigration('0029_removal.sql', async (database, upgrade) => {
    const { query } = database
    const at = '2025-01-01T12:00:00.000Z'
    const link = { kind: 'sign-in', locale: 'es', request: '{}', asked_at: at, used: null }
    const mail = { locale: 'es', subject: '', text: '', html: '', headers: '{}', queued_at: at, refusals: 0 }
    await database.atomically([
      query.insertInto('confirmation').values({ ...link, hash: 'a', address: 'ada', expires_at: '2025-01-01T12:30:00.000Z' }),
      query.insertInto('mail').values({ ...mail, id: '1', recipient: 'ada', due_at: at }),
      query.insertInto('mail').values({ ...mail, id: '2', recipient: 'eve', due_at: at }),
      query.insertInto('mail').values({ ...mail, id: '3', recipient: 'ada', due_at: null, sent_at: at }),
    ])
    upgrade()
    const rows = await query.selectFrom('mail').select('send_by').orderBy('id').execute()
    expect(rows.map(({ send_by }) => send_by)).toEqual(['2025-01-01T12:30:00.000Z', null, null])
  }))
