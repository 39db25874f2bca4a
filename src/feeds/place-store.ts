import { sql } from 'kysely'
import type { FacetName } from '../editions/card'
import type { Database, Write } from '../storage/database'

/** What changes by itself, as translations fall behind and catch up. An entry keeps its places meanwhile. */
const fleeting: FacetName = 'standing'

/**
 * The writes that give a briefing its places in feeds. They belong in the batch of its print, after its feed entries. A place is given
 * once and kept. What is no longer listed leaves its place empty. What comes into a language, or under a further filter, gets new places in
 * all feeds of that language: in its old ones it would be in archives that nobody reads again.
 */
export function writesToPlace({ query }: Database, id: string): readonly Write[] {
  const lists = sql`
    select f.asked, w.with_fallback, f.name, f.value
    from feed_entry as f
    join (select 0 as with_fallback union all select 1 as with_fallback) as w on w.with_fallback = 1 or f.native = 1
    where f.briefing_id = ${id}`
  const without = sql`
    from (${lists}) as l
    where not exists (
      select 1 from feed_place as p
      where p.briefing_id = ${id} and p.asked = l.asked and p.with_fallback = l.with_fallback
        and p.name = l.name and p.value = l.value
    )`
  return [
    sql`
      update feed_place set briefing_id = null
      where briefing_id = ${id} and (
        (asked, with_fallback, name, value) not in (${lists})
        or asked in (select l.asked ${without} and l.name <> ${fleeting})
      )`.compile(query),
    sql`
      insert into feed_place (asked, with_fallback, name, value, number, briefing_id)
      select l.asked, l.with_fallback, l.name, l.value,
        coalesce(
          (
            select max(p.number) + 1 from feed_place as p
            where p.asked = l.asked and p.with_fallback = l.with_fallback and p.name = l.name and p.value = l.value
          ),
          0
        ),
        ${id}
      ${without}`.compile(query),
  ]
}
