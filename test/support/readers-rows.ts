import type { Newsroom } from './newsroom'

/** Everything that readers are answered from. */
const tables = [
  ...(['print', 'edition', 'resolution', 'facet', 'moved', 'taken_back', 'appearance', 'standing'] as const),
  ...(['place', 'feed_entry', 'feed_place', 'search_entry', 'search_text', 'share_card_use'] as const),
]

/** The rows of every table that readers are answered from, those of each in order. */
export async function readersRowsOf({ database: { query } }: Pick<Newsroom, 'database'>): Promise<string> {
  const rows = await Promise.all(tables.map((table) => query.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows.map((each, index) => [tables[index], each.map((row) => JSON.stringify(row)).sort()]))
}
