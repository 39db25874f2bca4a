import { expect, test } from 'vitest'
import { provenances, translationStates } from '../../src/translations/vocabulary'
import { beforeMigration } from '../support/migrations'

test('a database from before there was a memory knows what it has to learn: what a person had approved, as of when', () =>
  beforeMigration('0005_memory.sql', async (database, upgrade) => {
    const { query } = database
    const briefing = { state: 'published' as const, published_at: '2025-01-01T00:00:00Z', revision: 1 }
    const kinds = translationStates.flatMap((state) => provenances.map((provenance) => ({ state, provenance })))
    for (const { state, provenance } of kinds) {
      const id = `${state}-${provenance}`
      const key = { briefing_id: id, locale: 'fr' }
      const revision = (number: number) => ({
        ...key,
        revision: number,
        saved_at: `2025-01-0${number}T00:00:00Z`,
        segments: '{}',
      })
      await database.atomically([
        query.insertInto('briefing').values({ id, slug: id, ...briefing }),
        query.insertInto('translation').values({ ...key, state, provenance, credits: '[]', revision: 2 }),
        query.insertInto('translation_revision').values([revision(1), revision(2)]),
      ])
    }
    upgrade()
    const due = await query.selectFrom('memory_due').selectAll().orderBy('briefing_id').execute()
    expect(due).toEqual([
      { locale: 'fr', briefing_id: 'approved-human', saved_at: '2025-01-02T00:00:00Z' },
      { locale: 'fr', briefing_id: 'approved-machine-reviewed', saved_at: '2025-01-02T00:00:00Z' },
    ])
  }))
