import { expect, test } from 'vitest'
import { beforeMigration } from '../support/migrations'

test('an edition that was printed before names the revisions that stand, so that reports name them too', () =>
  beforeMigration('0024_printed_revisions.sql', async (database, upgrade) => {
    const { query } = database
    const edition = { briefing_id: 'harbour', tier: 0, print: 1, fingerprint: '', reading: '{}', card: '{}', lead: '', body: '' }
    await database.atomically([
      query.insertInto('briefing').values({
        id: 'harbour',
        slug: 'harbour',
        state: 'published',
        published_at: '2025-01-01T00:00:00Z',
        revision: 3,
      }),
      query
        .insertInto('translation')
        .values({ briefing_id: 'harbour', locale: 'fr', state: 'approved', provenance: 'human', credits: '[]', revision: 2 }),
      query.insertInto('print').values({ briefing_id: 'harbour', version: 1, printed_at: '2025-01-01T00:00:00Z' }),
      ...['en', 'fr'].map((locale) => query.insertInto('edition').values({ ...edition, locale })),
    ])
    upgrade()
    const rows = await query
      .selectFrom('edition')
      .select(['locale', 'source_revision', 'translation_revision'])
      .orderBy('locale')
      .execute()
    expect(rows).toEqual([
      { locale: 'en', source_revision: 3, translation_revision: 0 },
      { locale: 'fr', source_revision: 3, translation_revision: 2 },
    ])
  }))
