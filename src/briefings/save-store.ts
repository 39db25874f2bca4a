import { type Compilable, sql } from 'kysely'
import { type Database, isViolated } from '../storage/database'
import { briefingDocument } from './document'
import type { Source, SourceToSave } from './source'

/** Which of a briefing's slugs, present or former, other briefings have; each with the id of the other. */
export async function listTaken(
  { query }: Database,
  { id, slug, formerSlugs }: Pick<SourceToSave, 'id' | 'slug' | 'formerSlugs'>,
): Promise<readonly { readonly slug: string; readonly id: string }[]> {
  const claimed = [slug, ...formerSlugs]
  const now = query.selectFrom('briefing').select(['slug', 'id']).where('slug', 'in', claimed).where('id', '!=', id)
  const formerly = query
    .selectFrom('former_slug')
    .select(['slug', 'briefing_id as id'])
    .where('slug', 'in', claimed)
    .where('briefing_id', '!=', id)
  const taken = await Promise.all([now.orderBy('slug').execute(), formerly.orderBy('slug').execute()])
  return taken.flat()
}

/**
 * The writes that bring a briefing from what is `stored` (`undefined`: it is new) to the given state. Stored revisions are never changed.
 * The writes fail as a whole if somebody else saved the briefing meanwhile (see `isSourceConflict`).
 */
export function writesToSave(
  { query }: Database,
  source: SourceToSave,
  stored: Pick<Source, 'revision' | 'version'> | undefined,
): readonly Compilable[] {
  const { id, slug, state, publishedAt, revisions, formerSlugs } = source
  const identity = { slug, state, published_at: publishedAt, revision: revisions.length }
  return [
    stored
      ? query
          .updateTable('briefing')
          .set(({ eb }) => ({ ...identity, slug: slugAt(stored.version, slug), version: eb('version', '+', 1) }))
          .where('id', '=', id)
      : query.insertInto('briefing').values({ id, ...identity }),
    query.deleteFrom('former_slug').where('briefing_id', '=', id),
    ...formerSlugs.map((former) => query.insertInto('former_slug').values({ slug: former, briefing_id: id })),
    ...revisions.slice(stored?.revision ?? 0).map((each) => query.insertInto('source_revision').values(rowOf(id, each))),
  ]
}

/** The slug of a briefing that is still at a version; of any other it is null, which is refused. */
const slugAt = (version: number, slug: string) => sql<string>`iif(version = ${version}, ${slug}, null)`

const rowOf = (id: string, revision: SourceToSave['revisions'][number]) => ({
  briefing_id: id,
  revision: revision.revision,
  significance: revision.significance,
  segment_significance: JSON.stringify(revision.significances),
  note: revision.note,
  saved_at: revision.savedAt,
  document: briefingDocument.write(revision.briefing),
  hashes: JSON.stringify(revision.hashes),
})

/** Whether a save failed because somebody else saved this briefing, or took one of its slugs, meanwhile. */
export const isSourceConflict = (error: unknown): boolean =>
  isViolated(error, 'NOT NULL', 'briefing.slug') ||
  ['briefing.id', 'briefing.slug', 'former_slug.slug', 'source_revision'].some((where) => isViolated(error, 'UNIQUE', where))
