import { sql } from 'kysely'
import type { PageLink } from '../briefings/publication'
import type { Locale } from '../language/locale'
import { among, type Database } from '../storage/database'
import { cardDocument } from './documents'

/** The pages with these ids that readers of each language have, in the order of the ids, with the titles that they are served. One query. */
export async function listPageLinks(
  { query }: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<Locale, readonly PageLink[]>> {
  if (ids.length === 0) return new Map()
  const rows = await query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', sql.lit(0)),
    )
    .select(['r.asked', 'r.slug', 'r.briefing_id as id', 'e.card'])
    .where('r.kind', '=', sql.lit('page'))
    .where('r.briefing_id', 'in', among(ids))
    .execute()
  const ordered = rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  const links = Map.groupBy(ordered, ({ asked }) => asked)
  return new Map(
    [...links].map(([asked, some]) => [asked, some.map(({ slug, card }) => ({ slug, title: cardDocument.read(card).title }))]),
  )
}
