import { type Compilable, type Selectable, sql } from 'kysely'
import type { Complaint } from '../language/complaint'
import { type Database, isViolated } from '../storage/database'
import type { Schema } from '../storage/schema'
import type { Release, ReleaseItem, ReleaseState } from './release'

/**
 * The writes that add a release. They fail as a whole if an item is scheduled in another one meanwhile (see `isAlreadyScheduled`).
 */
export function writesToAdd({ query }: Database, { items, ...release }: Omit<Release, 'version'>): readonly Compilable[] {
  const row = {
    id: release.id,
    name: release.name,
    state: release.state,
    due_at: release.dueAt,
    why: release.why,
    actor: release.actor,
    person_id: release.personId,
    token_id: release.tokenId,
    made_at: release.madeAt,
  }
  return [
    query.insertInto('release').values(row),
    ...items.map(({ publicationId, locale, act, revision, had, pinned, why }) =>
      query.insertInto('release_item').values({
        release_id: sql<string>`iif(exists ${scheduled(publicationId, locale, act)}, null, ${release.id})`,
        publication_id: publicationId,
        ...{ locale, act, revision, why },
        had: had ?? null,
        state: pinned?.state ?? null,
        provenance: pinned?.provenance ?? null,
        credits: pinned ? JSON.stringify(pinned.credits) : null,
      }),
    ),
  ]

  function scheduled(publicationId: string, locale: string, act: ReleaseItem['act']) {
    return query
      .selectFrom('release_item as other')
      .innerJoin('release as others', 'others.id', 'other.release_id')
      .select('others.id')
      .where('others.state', '=', sql.lit('scheduled'))
      .where('others.id', '<>', release.id)
      .where('other.publication_id', '=', publicationId)
      .where('other.locale', '=', locale)
      .where('other.act', '=', act)
  }
}

/** Whether a release was not added because an item of it is scheduled already. */
export const isAlreadyScheduled = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'release_item.release_id')

/** The write that ends a scheduled or held release. It fails if somebody else has changed the release (see `isReleaseConflict`). */
export const writeToEnd = (
  { query }: Database,
  { id, version }: Pick<Release, 'id' | 'version'>,
  state: 'published' | 'held' | 'cancelled',
  at: string,
  reasons: readonly Complaint[] = [],
): Compilable =>
  query
    .updateTable('release')
    .set({
      version: sql<number>`iif(version = ${version}, version + 1, null)`,
      state,
      ended_at: at,
      reasons: JSON.stringify(reasons),
    })
    .where('id', '=', id)

/** Whether a write failed because somebody else changed a release meanwhile. */
export const isReleaseConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'release.version')

/** The release with this id; `undefined` if there is none. */
export async function findRelease({ query }: Database, id: string): Promise<Release | undefined> {
  const rows = await query.selectFrom('release').selectAll().where('id', '=', id).execute()
  return (await withItems(query, rows))[0]
}

/** Releases in some states, those that were made last first: up to `most` (at most 99) after the one with an id. */
export async function listReleases(
  { query }: Database,
  states: readonly ReleaseState[],
  after: string | undefined,
  most: number,
): Promise<readonly Release[]> {
  const rows = await query
    .selectFrom('release')
    .selectAll()
    .where('state', 'in', states)
    .$if(after !== undefined, (releases) =>
      releases.where(sql<boolean>`(made_at, id) < (select made_at, id from release where id = ${after ?? ''})`),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return withItems(query, rows)
}

/** The scheduled and held releases with something of these publications (at most 97), by the time at which they are due. */
export async function listPending({ query }: Database, publicationIds: readonly string[]): Promise<readonly Release[]> {
  if (publicationIds.length === 0) return []
  const rows = await query
    .selectFrom('release')
    .selectAll()
    .where('state', 'in', ['scheduled', 'held'])
    .where('id', 'in', query.selectFrom('release_item').select('release_id').where('publication_id', 'in', publicationIds))
    .orderBy('due_at')
    .orderBy('id')
    .execute()
  return withItems(query, rows)
}

/** The releases that are due at an instant, the earliest first, up to `most` (at most 99). */
export async function listDue({ query }: Database, now: string, most: number): Promise<readonly Release[]> {
  const rows = await query
    .selectFrom('release')
    .selectAll()
    .where('state', '=', sql.lit('scheduled'))
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return withItems(query, rows)
}

async function withItems(query: Database['query'], rows: readonly Selectable<Schema['release']>[]): Promise<readonly Release[]> {
  if (rows.length === 0) return []
  const ids = JSON.stringify(rows.map(({ id }) => id))
  const items = await query
    .selectFrom('release_item')
    .selectAll()
    .where('release_id', 'in', sql<string>`(select value from json_each(${ids}))`)
    .orderBy('publication_id')
    .orderBy('locale')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    dueAt: row.due_at,
    version: row.version,
    why: row.why,
    actor: row.actor,
    personId: row.person_id,
    tokenId: row.token_id,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    reasons: JSON.parse(row.reasons) as Complaint[],
    items: items.filter(({ release_id }) => release_id === row.id).map(itemIn),
  }))
}

const itemIn = (row: Selectable<Schema['release_item']>): ReleaseItem => ({
  publicationId: row.publication_id,
  locale: row.locale,
  act: row.act,
  revision: row.revision,
  had: row.had ?? undefined,
  ...(row.state && row.provenance
    ? { pinned: { state: row.state, provenance: row.provenance, credits: JSON.parse(row.credits ?? '[]') as string[] } }
    : {}),
  why: row.why,
})
