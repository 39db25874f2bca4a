import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { TranslatedSegment } from './translation'

/** What a revision of a translation says, and the id of the person who made it, if that is known. */
export async function findRevision(
  { query }: Database,
  briefingId: string,
  locale: Locale,
  revision: number,
): Promise<{ readonly by: string | null; readonly segments: Readonly<Record<string, TranslatedSegment>> } | undefined> {
  const row = await query
    .selectFrom('translation_revision')
    .select(['person_id as by', 'segments'])
    .where('briefing_id', '=', briefingId)
    .where('locale', '=', locale)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row && { by: row.by, segments: JSON.parse(row.segments) as Record<string, TranslatedSegment> }
}
