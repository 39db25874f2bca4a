import { expect, test } from 'vitest'
import { listTokens } from '../../src/members/token-store'
import { beforeMigration } from '../support/migrations'

test('a token that was made before may publish if it gives access to the English, and otherwise only save', () =>
  beforeMigration('0026_saved_revisions.sql', async (database, upgrade) => {
    const token = { locales: '["es"]', may_write: 1, sees_gated: 0, created_at: '2025-01-01T00:00:00Z' }
    await database.atomically(
      ['edits', 'sends'].map((name) =>
        database.query
          .insertInto('access_token')
          .values({ ...token, id: name, name, hash: name.padEnd(64, '0'), may_edit: name === 'edits' ? 1 : 0 }),
      ),
    )
    upgrade()
    const tokens = await listTokens(database)
    expect(tokens.map(({ name, mayPublish }) => [name, mayPublish]).toSorted()).toEqual([
      ['edits', true],
      ['sends', false],
    ])
  }))
