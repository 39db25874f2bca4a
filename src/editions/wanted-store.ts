import type { Month } from '../demand/demand'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { everything } from './card'
import { cardDocument } from './documents'
import type { Wanted } from './wanted'

/** How many of a month's most viewed briefings are checked. Some may have been translated since. */
const lookedAt = 200

/**
 * The briefings that readers of a locale most often had to read in another language in a month, and still have to, the most viewed
 * first. One query; its cost does not depend on the number of briefings. Only `lookedAt` of the most viewed are checked, so fewer than
 * `most` may be returned.
 */
export async function listMostWanted(
  { query }: Database,
  locale: Locale,
  month: Month,
  most: number,
): Promise<readonly Wanted[]> {
  const viewed = query
    .selectFrom('demand')
    .select(['briefing_id', 'views'])
    .where('locale', '=', locale)
    .where('month', '=', month)
    .orderBy('views', 'desc')
    .orderBy('briefing_id', 'desc')
    .limit(lookedAt)
  const rows = await query
    .selectFrom(viewed.as('d'))
    .crossJoin('facet as f')
    .crossJoin('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'd.briefing_id').onRef('e.locale', '=', 'f.served'))
    .select(['d.briefing_id as briefingId', 'r.slug', 'd.views', 'e.card'])
    .where('e.tier', '=', 0)
    .whereRef('f.briefing_id', '=', 'd.briefing_id')
    .where('f.asked', '=', locale)
    .where('f.name', '=', everything.name)
    .where('f.value', '=', everything.value)
    .where('f.native', '=', 0)
    .whereRef('r.briefing_id', '=', 'd.briefing_id')
    .where('r.asked', '=', locale)
    .orderBy('d.views', 'desc')
    .orderBy('d.briefing_id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ card, ...row }) => ({ ...row, title: cardDocument.read(card).title }))
}
