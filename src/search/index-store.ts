import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { among, chunked, type Database } from '../storage/database'

/** An index entry as it is stored. */
export interface EntryRow {
  readonly locale: Locale
  /** Words as the index keeps them, with a space between. */
  readonly words: string
  readonly madeOf: string
  readonly fingerprint: string
}

/** The most entries with the same second of publication. */
const room = 2 ** 20

/**
 * The writes that replace the index entries of a briefing in some languages: those in `cleared` go, and these take their place. They
 * belong in the batch of its print, so that readers find exactly what they can read.
 */
export function writesToIndex(
  { query }: Database,
  briefingId: string,
  publishedAt: string,
  cleared: readonly Locale[],
  entries: readonly EntryRow[],
): readonly Compilable[] {
  const ofBriefing = query.selectFrom('search_entry').select('id').where('briefing_id', '=', briefingId)
  const first = Math.floor(Date.parse(publishedAt) / 1000) * room
  const last = sql<number>`(select max(id) from search_entry where id between ${first} and ${first + room - 1})`
  const rows = entries.map(({ locale, madeOf, fingerprint }, at) => ({
    // The numbers differ, whether the database sees the rows before this one in the same statement or not.
    id: sql<number>`coalesce(${last} + 1, ${first}) + ${at}`,
    ...{ briefing_id: briefingId, locale, made_of: madeOf, fingerprint },
  }))
  const texts = entries.map(({ locale, words }) => ({ rowid: sql<number>`${ofBriefing.where('locale', '=', locale)}`, words }))
  return [
    ...(cleared.length === 0
      ? []
      : [
          query.deleteFrom('search_text').where('rowid', 'in', ofBriefing.where('locale', 'in', among(cleared))),
          query.deleteFrom('search_entry').where('briefing_id', '=', briefingId).where('locale', 'in', among(cleared)),
        ]),
    ...chunked(rows, 8).map((some) => query.insertInto('search_entry').values(some)),
    ...chunked(texts, 3).map((some) => query.insertInto('search_text').values(some)),
  ]
}
