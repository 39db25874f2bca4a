import type { Locale } from '../language/locale'
import { keptText, wholeText } from '../storage/condensed'
import type { Database } from '../storage/database'
import { renamings } from '../storage/renamings'
import type { Revisions } from './ancestry'
import type { MadeRevision, Maker } from './approval'
import { segmentsOfRow } from './renamed-segments'
import type { TranslatedSegment, Translation } from './translation'

/**
 * What a revision of a translation says, with segment ids as `findTranslation` has them, and who made it, if that is known.
 */
export async function findRevision(
  database: Database,
  briefingId: string,
  locale: Locale,
  revision: number,
  sourceRevision?: number,
): Promise<{ readonly by: Maker; readonly segments: Readonly<Record<string, TranslatedSegment>> } | undefined> {
  const row = await database.query
    .selectFrom('translation_revision')
    .select(['person_id as person', 'sender', 'source_revision'])
    .select(keptText(database, 'translation_revision'))
    .select(renamings.as('renamings'))
    .where('briefing_id', '=', briefingId)
    .where('locale', '=', locale)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return (
    row && {
      by: { person: row.person, sender: row.sender },
      segments: segmentsOfRow({ ...row, segments: wholeText(row) }, sourceRevision),
    }
  )
}

/** Every revision of a translation, oldest first, with segment ids as `findTranslation` has them. */
export async function listRevisions(
  database: Database,
  briefingId: string,
  locale: Locale,
  sourceRevision?: number,
): Promise<readonly MadeRevision[]> {
  const rows = await database.query
    .selectFrom('translation_revision')
    .select(['person_id as by', 'state', 'source_revision'])
    .select(keptText(database, 'translation_revision'))
    .select(({ fn, ref }) => fn.coalesce(ref('person_id'), ref('sender')).as('sender'))
    .select(renamings.as('renamings'))
    .where('briefing_id', '=', briefingId)
    .where('locale', '=', locale)
    .orderBy('revision')
    .execute()
  return rows.map((row) => ({
    by: row.by,
    sender: row.sender,
    state: row.state,
    segments: segmentsOfRow({ ...row, segments: wholeText(row) }, sourceRevision),
  }))
}

/**
 * The revisions of a translation of which this is the newest, as they are wanted to find what something was made from. `inIds` gives them
 * other segment ids than those of a source revision.
 */
export const revisionsFor = (
  database: Database,
  { id, locale, sourceRevision }: { readonly id: string; readonly locale: Locale; readonly sourceRevision?: number | undefined },
  newest: (Pick<Translation, 'segments'> & { readonly revision: number }) | undefined,
  inIds: (some: { readonly segments: Translation['segments'] }) => { readonly segments: Translation['segments'] } = (same) =>
    same,
): Revisions => ({
  named: async (revision) => {
    if (revision === (newest?.revision ?? 0)) return newest?.segments ?? {}
    const found = revision === 0 ? { segments: {} } : await findRevision(database, id, locale, revision, sourceRevision)
    return found && inIds(found).segments
  },
  all: async () => (await listRevisions(database, id, locale, sourceRevision)).map((each) => inIds(each).segments),
})
