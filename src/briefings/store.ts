import type { Selectable } from 'kysely'
import { keptHashes, keptText, wholeHashes, wholeText } from '../storage/condensed'
import type { Database } from '../storage/database'
import { newestEnglish } from '../storage/newest-english'
import type { Schema } from '../storage/schema'
import { briefingDocument } from './briefing-document'
import { inPresentIds, type Renamed } from './renames'
import type { Source } from './source'
import type { Significance } from './vocabulary'

/** The briefing with this id, with all that printing it needs; `undefined` if there is none. */
export async function findSource(database: Database, id: string): Promise<Source | undefined> {
  const rows = await presentBriefings(database).where('briefing.id', '=', id).execute()
  return (await withHistory(database, rows))[0]
}

/** The same by its slug, or by one that it had before: files that left under that one come back for it. */
export async function findSourceBySlug(database: Database, slug: string): Promise<Source | undefined> {
  const { query } = database
  const formerly = query.selectFrom('former_slug').select('briefing_id').where('slug', '=', slug)
  const rows = await presentBriefings(database)
    .where(({ or, eb }) => or([eb('slug', '=', slug), eb('id', 'in', formerly)]))
    .execute()
  return (await withHistory(database, rows))[0]
}

/** Briefings in any state, ordered by slug: up to `most` (at most 100) after the given slug. Three statements. */
export async function listSources(database: Database, after: string, most: number): Promise<readonly Source[]> {
  const rows = await presentBriefings(database).where('slug', '>', after).orderBy('slug').limit(most).execute()
  return withHistory(database, rows)
}

/** Briefings, each with the newest of its English. One statement reads both, so that they belong to the same moment. */
const presentBriefings = (database: Database) =>
  database.query
    .selectFrom('briefing')
    .innerJoin('source_revision', (join) =>
      join.onRef('source_revision.briefing_id', '=', 'briefing.id').on('source_revision.revision', '=', newestEnglish),
    )
    .select([
      'id',
      'slug',
      'state',
      'published_at',
      'briefing.revision as standing',
      'version',
      'taken_back_at',
      'taken_back_why',
    ])
    .select(newestEnglish.as('revision'))
    .select(keptText(database, 'source_revision'))

type PresentBriefing = Awaited<ReturnType<ReturnType<typeof presentBriefings>['execute']>>[number]

async function withHistory({ query }: Database, rows: readonly PresentBriefing[]): Promise<readonly Source[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [revisions, former] = await Promise.all([
    query
      .selectFrom('source_revision')
      .select(['briefing_id', 'revision', 'significance', 'segment_significance', 'saved_at', 'note', 'renamed'])
      .select(keptHashes)
      .where('briefing_id', 'in', ids)
      .orderBy('briefing_id')
      .orderBy('revision')
      .execute(),
    query.selectFrom('former_slug').selectAll().where('briefing_id', 'in', ids).orderBy('slug').execute(),
  ])
  return rows.map(({ published_at, text, deflated, base, standing, taken_back_at, taken_back_why, ...row }) => ({
    ...row,
    published: row.state === 'published' ? standing : undefined,
    ...(taken_back_at === null ? {} : { takenBack: { at: taken_back_at, why: taken_back_why } }),
    formerSlugs: former.filter(({ briefing_id }) => briefing_id === row.id).map(({ slug }) => slug),
    publishedAt: published_at,
    briefing: briefingDocument.read(wholeText({ text, deflated, base })),
    history: inPresentIds(
      revisions.filter((each) => each.briefing_id === row.id && each.revision <= row.revision).map(revisionIn),
    ),
  }))
}

const revisionIn = (
  row: Pick<
    Selectable<Schema['source_revision']>,
    'significance' | 'segment_significance' | 'hashes' | 'saved_at' | 'note' | 'renamed'
  > & { readonly baseHashes: string | null },
) => ({
  significance: row.significance,
  significances: JSON.parse(row.segment_significance) as Record<string, Significance>,
  note: row.note,
  savedAt: row.saved_at,
  hashes: wholeHashes(row),
  renamed: JSON.parse(row.renamed) as Renamed,
})

/** The number of briefings in any state. */
export async function countBriefings({ query }: Database): Promise<number> {
  const { count } = await query
    .selectFrom('briefing')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Slugs of briefings in any state, in order: up to `most` after the given one. */
export async function listSlugs({ query }: Database, after: string, most: number): Promise<readonly string[]> {
  const rows = await query.selectFrom('briefing').select('slug').where('slug', '>', after).orderBy('slug').limit(most).execute()
  return rows.map(({ slug }) => slug)
}
