import { type Compilable, sql } from 'kysely'
import type { RevisionHashes } from '../briefings/revisions'
import { type Database, isViolated } from '../storage/database'
import type { Briefing } from './briefing'
import { briefingDocument } from './document'
import { type Earlier, type SourceRevision, segmentsIn } from './revisions'
import type { Significance, Tier } from './vocabulary'

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
  const rows = await presentBriefings(query).where('briefing.id', '=', id).execute()
  return (await withHistory(query, rows))[0]
}

/** The briefing that has this slug now, with the same. */
export async function findSourceBySlug({ query }: Database, slug: string): Promise<Source | undefined> {
  const rows = await presentBriefings(query).where('slug', '=', slug).execute()
  return (await withHistory(query, rows))[0]
}

/** Briefings of any state in the order of their slugs, `most` of them (up to 100) after the one given: in three statements. */
export async function listSources({ query }: Database, after: string, most: number): Promise<readonly Source[]> {
  const rows = await presentBriefings(query).where('slug', '>', after).orderBy('slug').limit(most).execute()
  return withHistory(query, rows)
}

/** Briefings, each with its present English: read at once, so that the two are of one moment. */
const presentBriefings = (query: Database['query']) =>
  query
    .selectFrom('briefing')
    .innerJoin('source_revision', (join) =>
      join.onRef('source_revision.briefing_id', '=', 'briefing.id').onRef('source_revision.revision', '=', 'briefing.revision'),
    )
    .selectAll('briefing')
    .select('document')

type PresentBriefing = Awaited<ReturnType<ReturnType<typeof presentBriefings>['execute']>>[number]

async function withHistory(query: Database['query'], rows: readonly PresentBriefing[]): Promise<readonly Source[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [revisions, former] = await Promise.all([
    query
      .selectFrom('source_revision')
      .select(['briefing_id', 'revision', 'significance', 'segment_significance', 'hashes', 'saved_at', 'note'])
      .where('briefing_id', 'in', ids)
      .orderBy('briefing_id')
      .orderBy('revision')
      .execute(),
    query.selectFrom('former_slug').selectAll().where('briefing_id', 'in', ids).orderBy('slug').execute(),
  ])
  return rows.map(({ id, slug, state, published_at, revision, version, document }) => ({
    id,
    slug,
    formerSlugs: former.filter((each) => each.briefing_id === id).map((each) => each.slug),
    state,
    publishedAt: published_at,
    revision,
    version,
    briefing: briefingDocument.read(document),
    history: revisions
      .filter((each) => each.briefing_id === id && each.revision <= revision)
      .map(({ significance, segment_significance, hashes, saved_at, note }) => ({
        significance,
        significances: JSON.parse(segment_significance) as Record<string, Significance>,
        note,
        savedAt: saved_at,
        hashes: JSON.parse(hashes) as Record<string, string>,
      })),
  }))
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

/** How many briefings there are, of any state. */
export async function countBriefings({ query }: Database): Promise<number> {
  const { count } = await query
    .selectFrom('briefing')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Slugs of all briefings of any state, in their order, `most` of them after the one given. */
export async function listSlugs({ query }: Database, after: string, most: number): Promise<readonly string[]> {
  const rows = await query.selectFrom('briefing').select('slug').where('slug', '>', after).orderBy('slug').limit(most).execute()
  return rows.map(({ slug }) => slug)
}

/** Every revision of a briefing with its text, oldest first. */
export async function listStates({ query }: Database, id: string): Promise<readonly SourceRevision[]> {
  const rows = await query
    .selectFrom('source_revision')
    .select(['revision', 'significance', 'segment_significance', 'note', 'saved_at', 'document'])
    .where('briefing_id', '=', id)
    .orderBy('revision')
    .execute()
  return rows.map(({ revision, significance, segment_significance, note, saved_at, document }) => ({
    revision,
    significance,
    significances: JSON.parse(segment_significance) as Record<string, Significance>,
    note,
    savedAt: saved_at,
    briefing: briefingDocument.read(document),
  }))
}

/** The segments of all revisions of a briefing: of those that a tier opened then. */
export async function readEarlierSegments({ query }: Database, id: string, tier?: Tier): Promise<Earlier> {
  const rows = await query.selectFrom('source_revision').select(['document', 'hashes']).where('briefing_id', '=', id).execute()
  return segmentsIn(
    rows.map(({ document, hashes }) => ({
      briefing: briefingDocument.read(document),
      hashes: JSON.parse(hashes) as Record<string, string>,
    })),
    tier,
  )
}

/**
 * The writes that bring a briefing from what is `stored` (`undefined`: it is new) to the state given. Revisions that the store has
 * are never changed. What another hand saved of it meanwhile makes the whole fail: see `wasOvertaken`.
 */
export function writesToSave(
  { query }: Database,
  source: SourceToSave,
  stored: Pick<Source, 'revision' | 'version'> | undefined,
): readonly Compilable[] {
  const { id, slug, state, publishedAt, revisions, formerSlugs } = source
  const revision = revisions.length
  const identity = { slug, state, published_at: publishedAt, revision }
  return [
    stored
      ? query
          .updateTable('briefing')
          .set(({ eb }) => ({
            ...identity,
            slug: sql<string>`iif(version = ${stored.version}, ${slug}, null)`,
            version: eb('version', '+', 1),
          }))
          .where('id', '=', id)
      : query.insertInto('briefing').values({ id, ...identity }),
    query.deleteFrom('former_slug').where('briefing_id', '=', id),
    ...formerSlugs.map((former) => query.insertInto('former_slug').values({ slug: former, briefing_id: id })),
    ...revisions.slice(stored?.revision ?? 0).map((each) =>
      query.insertInto('source_revision').values({
        briefing_id: id,
        revision: each.revision,
        significance: each.significance,
        segment_significance: JSON.stringify(each.significances),
        note: each.note,
        saved_at: each.savedAt,
        document: briefingDocument.write(each.briefing),
        hashes: JSON.stringify(each.hashes),
      }),
    ),
  ]
}

/** Whether an error says that what was to be saved is not as it was: somebody else saved this briefing, or has taken an address of it. */
export const wasOvertaken = (error: unknown): boolean =>
  isViolated(error, 'NOT NULL', 'briefing.slug') ||
  ['briefing.id', 'briefing.slug', 'former_slug.slug', 'source_revision'].some((where) => isViolated(error, 'UNIQUE', where))
