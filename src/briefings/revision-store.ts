import type { Database } from '../storage/database'
import type { Briefing } from './briefing'
import { briefingDocument } from './briefing-document'
import { inPresentIds, type Renamed } from './renames'
import { type Earlier, type SourceRevision, segmentsIn } from './revisions'
import type { SourceToSave } from './source'
import type { Significance, Tier } from './vocabulary'

/** Every revision of a briefing with its text, oldest first. */
export async function listStates({ query }: Database, id: string): Promise<readonly SourceRevision[]> {
  const rows = await query
    .selectFrom('source_revision')
    .select(['revision', 'significance', 'segment_significance', 'note', 'saved_at', 'renamed', 'document'])
    .where('briefing_id', '=', id)
    .orderBy('revision')
    .execute()
  return rows.map(({ revision, significance, segment_significance, note, saved_at, renamed, document }) => ({
    revision,
    significance,
    significances: JSON.parse(segment_significance) as Record<string, Significance>,
    note,
    savedAt: saved_at,
    renamed: JSON.parse(renamed) as Renamed,
    briefing: briefingDocument.read(document),
  }))
}

/** What a revision of a briefing says. */
export async function findRevision({ query }: Database, id: string, revision: number): Promise<Briefing | undefined> {
  const row = await query
    .selectFrom('source_revision')
    .select('document')
    .where('briefing_id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row && briefingDocument.read(row.document)
}

/**
 * The segments of all revisions of a briefing, by the ids of the last: all, or those that a tier could read then. `added` are revisions
 * that are saved next.
 */
export async function readEarlierSegments(
  { query }: Database,
  id: string,
  { tier, added = [] }: { readonly tier?: Tier | undefined; readonly added?: SourceToSave['added'] } = {},
): Promise<Earlier> {
  const rows = await query
    .selectFrom('source_revision')
    .select(['document', 'hashes', 'renamed'])
    .where('briefing_id', '=', id)
    .orderBy('revision')
    .execute()
  const revisions = rows.map(({ document, hashes, renamed }) => ({
    briefing: briefingDocument.read(document),
    hashes: JSON.parse(hashes) as Record<string, string>,
    renamed: JSON.parse(renamed) as Renamed,
  }))
  return segmentsIn(inPresentIds([...revisions, ...added]), tier)
}
