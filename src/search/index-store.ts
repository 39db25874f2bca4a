import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Entry } from './entry'

/** The most entries with the same second of publication. */
const room = 2 ** 20

/**
 * The writes that replace the index entries of a briefing, or remove them if there are none. They belong in the batch of its print, so that
 * readers find exactly what they can read.
 */
export function writesToIndex({ query }: Database, briefingId: string, entries: readonly Entry[]): readonly Compilable[] {
  const ofBriefing = query.selectFrom('search_entry').select('id').where('briefing_id', '=', briefingId)
  return [
    query.deleteFrom('search_text').where('rowid', 'in', ofBriefing),
    query.deleteFrom('search_entry').where('briefing_id', '=', briefingId),
    ...entries.flatMap(({ locale, publishedAt, words }) => {
      const first = Math.floor(Date.parse(publishedAt) / 1000) * room
      const last = sql<number>`(select max(id) from search_entry where id between ${first} and ${first + room - 1})`
      return [
        query
          .insertInto('search_entry')
          .values({ id: sql<number>`coalesce(${last} + 1, ${first})`, briefing_id: briefingId, locale }),
        query.insertInto('search_text').values({ rowid: sql<number>`${ofBriefing.where('locale', '=', locale)}`, words }),
      ]
    }),
  ]
}
