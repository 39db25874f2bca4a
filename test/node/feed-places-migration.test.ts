import { expect, test } from 'vitest'
import { beforeMigration } from '../support/migrations'

test('entries that feeds had already get their places in the order of their dates', () =>
  beforeMigration('0032_feed_places.sql', async (database, upgrade) => {
    const { query } = database
    const entry = (briefing_id: string, month: string, native: number, value = '') =>
      query.insertInto('feed_entry').values({
        asked: 'fr',
        name: value === '' ? 'all' : 'region',
        value,
        native,
        appeared_at: `2025-${month}-01T08:00:00Z`,
        briefing_id,
      })
    await database.atomically([
      entry('summer', '07', 1),
      entry('spring', '04', 0),
      entry('winter', '01', 1),
      entry('winter', '01', 1, 'DE'),
    ])
    upgrade()
    const rows = await query.selectFrom('feed_place').selectAll().execute()
    const places = rows.map(({ with_fallback, name, value, number, briefing_id }) =>
      [with_fallback === 1 ? 'all languages' : 'French', name, value, number, briefing_id].join(' '),
    )
    expect(places.sort()).toEqual([
      'French all  0 winter',
      'French all  1 summer',
      'French region DE 0 winter',
      'all languages all  0 winter',
      'all languages all  1 spring',
      'all languages all  2 summer',
      'all languages region DE 0 winter',
    ])
  }))
