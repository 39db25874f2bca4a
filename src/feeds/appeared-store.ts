import { cardDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { Appeared } from './feed'

/**
 * What appeared in a language with the prints after one and up to another, `most` of it: what is in that language first, each the
 * newest first. What feeds date before `since` is of the archive, however late it was brought in.
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
