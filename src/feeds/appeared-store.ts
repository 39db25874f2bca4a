import { sql } from 'kysely'
import { cardDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { Appeared } from './feed'

/**
 * Up to `most` briefings that appeared in a language with the prints after one and up to another: first those in that language,
 * newest first. Briefings that feeds date before `since` belong to the archive, however late they were loaded.
 */
export async function listAppeared(
  { query }: Database,
  asked: Locale,
  span: { readonly after: number; readonly upTo: number; readonly since: string },
  most: number,
): Promise<readonly Appeared[]> {
  const rows = await query
    .selectFrom('appearance as a')
    .innerJoin('resolution as r', (join) => join.onRef('r.asked', '=', 'a.asked').onRef('r.slug', '=', 'a.slug'))
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', 0),
    )
    .select(['a.native', 'e.card'])
    .where('a.asked', '=', asked)
    .where('a.kind', '=', sql.lit('briefing'))
    .where('a.print', '>', span.after)
    .where('a.print', '<=', span.upTo)
    .where('a.appeared_at', '>=', span.since)
    .orderBy('a.native', 'desc')
    .orderBy('a.appeared_at', 'desc')
    .orderBy('a.briefing_id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ native, card }) => ({ isNative: native === 1, card: cardDocument.read(card) }))
}
