import type { Database } from '../storage/database'

/**
 * Ids of the briefings that need a print: changed since the last one, or printed before their time, which has come by `now`. A draft needs
 * one only if its pages have to go, or if its addresses do not say yet that it was taken back. Otherwise it would change the number of the
 * last print, and with that the entity tags of all lists, though readers have nothing new.
 */
export async function listDue({ query }: Database, now: string, most: number): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('briefing')
    .select('id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('print')
            .select('number')
            .whereRef('print.briefing_id', '=', 'briefing.id')
            .whereRef('print.version', '=', 'briefing.version')
            .where(({ or, eb, ref }) =>
              or([
                eb('briefing.state', '=', 'draft'),
                eb('briefing.published_at', '>', now),
                eb('print.printed_at', '>=', ref('briefing.published_at')),
              ]),
            ),
        ),
      ),
    )
    .where(({ or, and, not, eb, exists, selectFrom }) => {
      const rowsOf = (table: 'resolution' | 'taken_back') =>
        exists(selectFrom(table).select('slug').whereRef(`${table}.briefing_id`, '=', 'briefing.id'))
      return or([
        eb('briefing.state', '=', 'published'),
        rowsOf('resolution'),
        and([eb('briefing.taken_back_at', 'is not', null), not(rowsOf('taken_back'))]),
      ])
    })
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}
