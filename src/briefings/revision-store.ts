import { keptHashes, keptText, wholeHashes, wholeText } from '../storage/condensed'
import type { Database } from '../storage/database'
import type { Briefing } from './briefing'
import { briefingDocument } from './briefing-document'
import { inPresentIds, type Renamed } from './renames'
import { type Earlier, type SourceRevision, segmentsIn } from './revisions'
import type { Sight } from './segments'
import type { SourceToSave } from './source'
import type { Significance } from './vocabulary'

/** Every revision of a briefing with its text, oldest first. */
export async function listStates(database: Database, id: string): Promise<readonly SourceRevision[]> {
  const rows = await database.query
    .selectFrom('source_revision')
    .select(['revision', 'significance', 'segment_significance', 'note', 'saved_at', 'renamed'])
    .select(keptText(database, 'source_revision'))
    .where('briefing_id', '=', id)
    .orderBy('revision')
    .execute()
  return rows.map(({ revision, significance, segment_significance, note, saved_at, renamed, ...kept }) => ({
    revision,
    significance,
    significances: JSON.parse(segment_significance) as Record<string, Significance>,
    note,
    savedAt: saved_at,
    renamed: JSON.parse(renamed) as Renamed,
    briefing: briefingDocument.read(wholeText(kept)),
  }))
}

/** What a revision of a briefing says. */
export async function findRevision(database: Database, id: string, revision: number): Promise<Briefing | undefined> {
  const row = await database.query
    .selectFrom('source_revision')
    .select(keptText(database, 'source_revision'))
    .where('briefing_id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row && briefingDocument.read(wholeText(row))
}

/**
 * The segments of all revisions of a briefing, by the ids of the last: all, or those that were in sight then. `added` are revisions
 * that are saved next.
 */
export async function readEarlierSegments(
  database: Database,
  id: string,
  { sight, added = [] }: { readonly sight?: Sight | undefined; readonly added?: SourceToSave['added'] } = {},
): Promise<Earlier> {
  const rows = await database.query
    .selectFrom('source_revision')
    .select('renamed')
    .select(keptHashes)
    .select(keptText(database, 'source_revision'))
    .where('briefing_id', '=', id)
    .orderBy('revision')
    .execute()
  const revisions = rows.map(({ renamed, ...kept }) => ({
    briefing: briefingDocument.read(wholeText(kept)),
    hashes: wholeHashes(kept),
    renamed: JSON.parse(renamed) as Renamed,
  }))
  return segmentsIn(inPresentIds([...revisions, ...added]), sight)
}
