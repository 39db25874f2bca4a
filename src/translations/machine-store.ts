import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type Database, isViolated } from '../storage/database'
import { newestEnglish } from '../storage/newest-english'

/** A machine's work on a briefing in one language. Only the job that was started last may save. */
export interface MachineJob {
  readonly briefingId: string
  readonly locale: Locale
  /** A random name of this job. */
  readonly token: string
  /** The English that it translates. */
  readonly sourceRevision: number
  readonly startedAt: string
}

/**
 * Starts a job in place of the one before it. A job that was started at `liveSince` or later, on the same English, goes on instead. Without
 * `liveSince`, every other job is replaced. Returns whether the new job was started.
 */
export async function startJob(database: Database, job: MachineJob, liveSince?: string): Promise<boolean> {
  const present = { token: job.token, source_revision: job.sourceRevision, started_at: job.startedAt }
  const [started] = await database.atomically([
    database.query
      .insertInto('machine_job')
      .values({ briefing_id: job.briefingId, locale: job.locale, ...present })
      .onConflict((conflict) => {
        const replaced = conflict.columns(['briefing_id', 'locale']).doUpdateSet(present)
        if (liveSince === undefined) return replaced
        return replaced.where(({ or, eb }) =>
          or([eb('machine_job.started_at', '<', liveSince), eb('machine_job.source_revision', '!=', job.sourceRevision)]),
        )
      }),
  ])
  return started === 1
}

/**
 * The writes that end a job: its record, the writes that save its drafts, and its removal. They fail as a whole if another job has taken
 * its place or the English has moved on (see `conflictIn`).
 */
export function writesToEnd(
  { query }: Database,
  { briefingId, locale, token, sourceRevision }: MachineJob,
  ended: { readonly translator: string; readonly savedAt: string; readonly segments: number },
  saves: readonly Compilable[],
): readonly Compilable[] {
  const isTheJob = sql<boolean>`briefing_id = ${briefingId} and locale = ${locale} and token = ${token}`
  return [
    query.insertInto('machine_draft').values({
      token: sql<string>`(select token from machine_job where ${isTheJob})`,
      source_revision: sql<number>`(select ${newestEnglish} from briefing where id = ${briefingId} and ${newestEnglish} = ${sourceRevision})`,
      briefing_id: briefingId,
      locale,
      translator: ended.translator,
      saved_at: ended.savedAt,
      segments: ended.segments,
    }),
    ...saves,
    query.deleteFrom('machine_job').where(isTheJob),
  ]
}

/** Why a job could not save: another job, a new revision of the English, or somebody who saved the translation first. */
export function conflictIn(error: unknown): 'job' | 'source' | 'translation' | undefined {
  if (isViolated(error, 'NOT NULL', 'machine_draft.token')) return 'job'
  if (isViolated(error, 'NOT NULL', 'machine_draft.source_revision')) return 'source'
  if (isViolated(error, 'UNIQUE', 'translation_revision')) return 'translation'
  return undefined
}
