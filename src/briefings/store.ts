import type { Compilable } from 'kysely'
import type { Database } from '../storage/database'
import type { RevisionHashes } from '../translations/freshness'
import { type Briefing, briefingSchema } from './briefing'
import { type Earlier, type SourceRevision, segmentsIn } from './revisions'
import type { Significance } from './vocabulary'

/** A briefing as the newsroom holds it: identity, address, publication, and its present English. */
export interface Source {
  readonly id: string
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly state: 'draft' | 'published'
  readonly publishedAt: string
  readonly revision: number
  /** Grows with every change that a print depends on. */
  readonly version: number
  readonly briefing: Briefing
  /** Every revision, oldest first. */
  readonly history: readonly (RevisionHashes & { readonly savedAt: string; readonly note: string })[]
}

/** A briefing to be saved, with the revisions that the store may not have yet. */
export interface SourceToSave {
  readonly id: string
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly state: 'draft' | 'published'
  readonly publishedAt: string
  readonly revisions: readonly (SourceRevision & { readonly hashes: Readonly<Record<string, string>> })[]
}

/** The briefing with all that printing it needs; `undefined` where there is none of this id. */
export async function findSource({ query }: Database, id: string): Promise<Source | undefined> {
  const briefing = await query.selectFrom('briefing').selectAll().where('id', '=', id).executeTakeFirst()
  if (!briefing) return undefined
  const [revisions, present, former] = await Promise.all([
    query
      .selectFrom('source_revision')
      .select(['significance', 'segment_significance', 'hashes', 'saved_at', 'note'])
      .where('briefing_id', '=', id)
      .where('revision', '<=', briefing.revision)
      .orderBy('revision')
      .execute(),
    query
      .selectFrom('source_revision')
      .select('document')
      .where('briefing_id', '=', id)
      .where('revision', '=', briefing.revision)
      .executeTakeFirstOrThrow(),
    query.selectFrom('former_slug').select('slug').where('briefing_id', '=', id).orderBy('slug').execute(),
  ])
  return {
    id,
    slug: briefing.slug,
    formerSlugs: former.map(({ slug }) => slug),
    state: briefing.state,
    publishedAt: briefing.published_at,
    revision: briefing.revision,
    version: briefing.version,
    briefing: briefingSchema.parse(JSON.parse(present.document)),
    history: revisions.map(({ significance, segment_significance, hashes, saved_at, note }) => ({
      significance,
      significances: JSON.parse(segment_significance) as Record<string, Significance>,
      note,
      savedAt: saved_at,
      hashes: JSON.parse(hashes) as Record<string, string>,
    })),
  }
}

/**
 * Ids of the briefings that no print stands for as they are: changed since they were last printed (a draft too, whose pages
 * may have to go), or printed before their time, which had come by `now`.
 */
export async function listDue({ query }: Database, now: string, most: number): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('briefing')
    .select('id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('print')
            .select('number')
            .whereRef('print.briefing_id', '=', 'briefing.id')
            .whereRef('print.version', '=', 'briefing.version')
            .where(({ or, eb, ref }) =>
              or([
                eb('briefing.state', '=', 'draft'),
                eb('briefing.published_at', '>', now),
                eb('print.printed_at', '>=', ref('briefing.published_at')),
              ]),
            ),
        ),
      ),
    )
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** Which of the addresses that a briefing claims, now or from former times, another has, and which one that is. */
export async function listTaken(
  { query }: Database,
  { id, slug, formerSlugs }: Pick<SourceToSave, 'id' | 'slug' | 'formerSlugs'>,
): Promise<readonly { readonly slug: string; readonly id: string }[]> {
  const claimed = [slug, ...formerSlugs]
  const [now, formerly] = await Promise.all([
    query
      .selectFrom('briefing')
      .select(['slug', 'id'])
      .where('slug', 'in', claimed)
      .where('id', '!=', id)
      .orderBy('slug')
      .execute(),
    query
      .selectFrom('former_slug')
      .select(['slug', 'briefing_id as id'])
      .where('slug', 'in', claimed)
      .where('briefing_id', '!=', id)
      .orderBy('slug')
      .execute(),
  ])
  return [...now, ...formerly]
}

/** Slugs of all briefings of any state, in their order, `most` of them after the one given. */
export async function listSlugs({ query }: Database, after: string, most: number): Promise<readonly string[]> {
  const rows = await query.selectFrom('briefing').select('slug').where('slug', '>', after).orderBy('slug').limit(most).execute()
  return rows.map(({ slug }) => slug)
}

/** The briefing that has this slug now, with all that printing it needs. */
export async function findSourceBySlug(database: Database, slug: string): Promise<Source | undefined> {
  const row = await database.query.selectFrom('briefing').select('id').where('slug', '=', slug).executeTakeFirst()
  return row && (await findSource(database, row.id))
}

/** The segments of all revisions of a briefing. */
export async function readEarlierSegments({ query }: Database, id: string): Promise<Earlier> {
  const rows = await query.selectFrom('source_revision').select(['document', 'hashes']).where('briefing_id', '=', id).execute()
  return segmentsIn(
    rows.map(({ document, hashes }) => ({
      briefing: briefingSchema.parse(JSON.parse(document)),
      hashes: JSON.parse(hashes) as Record<string, string>,
    })),
  )
}

/**
 * The writes that bring a briefing to the state given. Revisions that the store has are never changed: `after` is the
 * number of the last one it has (0: the briefing is new). A revision that another hand saved meanwhile makes the whole fail.
 */
export function writesToSave({ query }: Database, source: SourceToSave, after: number): readonly Compilable[] {
  const { id, slug, state, publishedAt, revisions, formerSlugs } = source
  const revision = revisions.length
  const identity = { slug, state, published_at: publishedAt, revision }
  return [
    query
      .insertInto('briefing')
      .values({ id, ...identity })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ ...identity, version: eb('briefing.version', '+', 1) })),
      ),
    query.deleteFrom('former_slug').where('briefing_id', '=', id),
    ...formerSlugs.map((former) => query.insertInto('former_slug').values({ slug: former, briefing_id: id })),
    ...revisions.slice(after).map((each) =>
      query.insertInto('source_revision').values({
        briefing_id: id,
        revision: each.revision,
        significance: each.significance,
        segment_significance: JSON.stringify(each.significances),
        note: each.note,
        saved_at: each.savedAt,
        document: JSON.stringify(each.briefing),
        hashes: JSON.stringify(each.hashes),
      }),
    ),
  ]
}
