import { type Compilable, sql } from 'kysely'
import { type Database, isOrphaned, isViolated } from '../storage/database'
import { lastLadder } from '../storage/ladders'
import { briefingDocument } from './briefing-document'
import { kindOf } from './publication'
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

/** Which of a briefing's slugs, present or former, were those of a briefing that was removed for good; each with the date. */
export async function listRemoved(
  { query }: Database,
  { slug, formerSlugs }: Pick<SourceToSave, 'slug' | 'formerSlugs'>,
): Promise<readonly { readonly slug: string; readonly at: string }[]> {
  return await query
    .selectFrom('removed')
    .selectAll()
    .where('slug', 'in', [slug, ...formerSlugs])
    .orderBy('slug')
    .execute()
}

/**
 * The writes that bring a briefing from what is `stored` (`undefined`: it is new) to the given state. Stored revisions are never changed.
 * Unless the save `publishes`, what readers have stays as it is, and so does what they are told of a briefing that was taken back. Each
 * address that the briefing had redirects to its new one. The writes fail as a whole if somebody else published the briefing meanwhile, or
 * saved a revision of it (see `isSourceConflict`).
 */
export function writesToSave(
  { query }: Database,
  source: SourceToSave,
  stored: Pick<Source, 'revision' | 'version' | 'published' | 'slug' | 'formerSlugs'> | undefined,
  publishes: boolean,
): readonly Compilable[] {
  const { id } = source
  const added = source.added.map((each) => query.insertInto('source_revision').values(rowOf(id, each)))
  if (!stored)
    return [query.insertInto('briefing').values({ id, kind: kindIn(source), ...rowOfIdentity(source) }), ...formerly(), ...added]
  const ofBriefing = query.updateTable('briefing').where('id', '=', id)
  if (stored.published !== undefined && !publishes) {
    const saved = { slug: slugAt(stored.version, stored.slug), saved_revision: source.revision }
    return [ofBriefing.set(saved), ...added]
  }
  const standing = {
    ...rowOfIdentity(source),
    saved_revision: null,
    ...(publishes ? notTakenBack : {}),
    slug: slugAt(stored.version, source.slug),
  }
  return [
    ofBriefing.set(({ eb }) => ({ ...standing, version: eb('version', '+', 1) })),
    query.deleteFrom('former_slug').where('briefing_id', '=', id),
    ...formerly(),
    ...added,
  ]

  function formerly() {
    const had = new Set([...source.formerSlugs, ...(stored ? [stored.slug, ...stored.formerSlugs] : [])])
    had.delete(source.slug)
    return [...had].map((former) => query.insertInto('former_slug').values({ slug: former, briefing_id: id }))
  }
}

/** The write that gives readers a revision of the English. It fails if somebody else changed the briefing meanwhile. */
export const writeToPublish = ({ query }: Database, { id, slug, version, revision }: Source): Compilable =>
  query
    .updateTable('briefing')
    .set({
      ...notTakenBack,
      slug: slugAt(version, slug),
      state: 'published',
      revision,
      version: version + 1,
      // Newer ones are saved: meanwhile, or since this one was scheduled.
      saved_revision: sql<number | null>`nullif(max(coalesce(saved_revision, revision), ${revision}), ${revision})`,
    })
    .where('id', '=', id)

/** The write that takes a briefing back from readers, in every language. It fails if somebody else changed the briefing meanwhile. */
export const writeToTakeBack = (
  { query }: Database,
  { id, slug, version }: Source,
  { at, why }: { readonly at: string; readonly why: string },
): Compilable =>
  query
    .updateTable('briefing')
    .set({
      slug: slugAt(version, slug),
      state: 'draft',
      saved_revision: null,
      revision: sql<number>`coalesce(saved_revision, revision)`,
      version: version + 1,
      taken_back_at: at,
      taken_back_why: why,
    })
    .where('id', '=', id)

/** The write that changes nothing of a briefing, and fails if somebody else changed it meanwhile. */
export const writeToHold = ({ query }: Database, { id, slug, version }: Source): Compilable =>
  query
    .updateTable('briefing')
    .set({ slug: slugAt(version, slug) })
    .where('id', '=', id)

/** Readers are told nothing of an earlier taking back. */
const notTakenBack = { taken_back_at: null, taken_back_why: '' }

/** What kind of publication it is. No revision changes that. */
const kindIn = ({ added }: SourceToSave) => kindOf(added.at(-1)?.briefing ?? {})

const rowOfIdentity = ({ slug, state, publishedAt, revision }: SourceToSave) => ({
  slug,
  state,
  published_at: publishedAt,
  revision,
})

/** The slug of a briefing that is still at a version; of any other it is null, which is refused. */
const slugAt = (version: number, slug: string) => sql<string>`iif(version = ${version}, ${slug}, null)`

const rowOf = (id: string, revision: SourceToSave['added'][number]) => ({
  briefing_id: id,
  revision: revision.revision,
  significance: revision.significance,
  segment_significance: JSON.stringify(revision.significances),
  note: revision.note,
  renamed: JSON.stringify(revision.renamed),
  saved_at: revision.savedAt,
  document: briefingDocument.write(revision.briefing),
  hashes: JSON.stringify(revision.hashes),
  ladder: lastLadder,
})

/** Whether a save failed because somebody else saved this briefing, removed it, or took one of its slugs, meanwhile. */
export const isSourceConflict = (error: unknown): boolean =>
  isViolated(error, 'NOT NULL', 'briefing.slug') ||
  isOrphaned(error) ||
  ['briefing.id', 'briefing.slug', 'former_slug.slug', 'source_revision'].some((where) => isViolated(error, 'UNIQUE', where))
