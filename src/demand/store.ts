import { type CompiledQuery, sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database, Write } from '../storage/database'
import { type Count, type Month, monthOf, monthsBefore, type Tally } from './demand'

/** How many months are kept: the present one, and the twelve before it. */
const monthsKept = 13

/**
 * The writes that add views to those of a month, and remove old months. Only printed pages count, so nobody can fill the table with invented
 * addresses. Two statements, however many counts.
 */
export function writesToCount({ query }: Database, counts: readonly Count[], month: Month): readonly Write[] {
  const rows = JSON.stringify(counts.map(({ view: { asked, slug }, views }) => [asked, slug, views]))
  const add: CompiledQuery = sql`
    insert into demand (month, locale, briefing_id, views)
    select ${month}, r.asked, r.briefing_id, c.value ->> 2
    from json_each(${rows}) as c cross join resolution as r
    where r.asked = c.value ->> 0 and r.slug = c.value ->> 1
    on conflict (month, locale, briefing_id) do update set views = views + excluded.views`.compile(query)
  return [add, query.deleteFrom('demand').where('month', '<', monthsBefore(month, monthsKept - 1))]
}

/**
 * Writes down the views of a tally for this month, all or nothing. If that fails, the tally keeps them. Returns the number of dropped views.
 * Without views, it does not use the database.
 */
export async function saveViews(database: Database, tally: Tally, now: Date): Promise<number> {
  const taken = tally.take()
  if (taken.counts.length === 0) return taken.dropped
  try {
    await database.atomically(writesToCount(database, taken.counts, monthOf(now)))
    return taken.dropped
  } catch (error) {
    tally.putBack(taken)
    throw error
  }
}

/** How often readers of a locale were shown a briefing in another language. */
export interface Demand {
  readonly briefingId: string
  readonly locale: Locale
  readonly views: number
}

/** The demand for these briefings in each locale, from the month given to the present one. */
export async function listDemand(
  { query }: Database,
  locales: readonly Locale[],
  since: Month,
  briefingIds: readonly string[],
): Promise<readonly Demand[]> {
  return await query
    .selectFrom('demand')
    .select(({ fn }) => ['briefing_id as briefingId', 'locale', fn.sum<number>('views').as('views')])
    .where('month', '>=', since)
    .where('locale', 'in', locales)
    .where('briefing_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(briefingIds)}))`)
    .groupBy(['locale', 'briefing_id'])
    .execute()
}
