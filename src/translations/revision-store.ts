import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { MadeRevision } from './approval'
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

/** Every revision of a translation, oldest first. */
export async function listRevisions({ query }: Database, briefingId: string, locale: Locale): Promise<readonly MadeRevision[]> {
  const rows = await query
    .selectFrom('translation_revision')
    .select(['person_id as by', 'state', 'segments'])
    .where('briefing_id', '=', briefingId)
    .where('locale', '=', locale)
    .orderBy('revision')
    .execute()
  return rows.map(({ segments, ...row }) => ({ ...row, segments: JSON.parse(segments) as Record<string, TranslatedSegment> }))
}
