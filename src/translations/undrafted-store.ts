import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { newestEnglish } from '../storage/newest-english'

/** A briefing for which no machine was asked for a draft in its present state. */
export interface Undrafted {
  readonly id: string
  readonly slug: string
  readonly revision: number
}

interface Wanted {
  readonly locale: Locale
  readonly liveSince: string
  readonly most: number
}

/**
 * Briefings for which no machine was asked in this language, in their present state: those that readers can read, newest first. Without
 * those whose job was started at `liveSince` or later, and without those whose translation machines must not touch.
 */
export async function listUndrafted({ query }: Database, { locale, liveSince, most }: Wanted): Promise<readonly Undrafted[]> {
  const edition = query.selectFrom('edition').select('print').where('edition.briefing_id', '=', briefingId)
  return await query
    .selectFrom('briefing')
    .select(['id', 'slug', newestEnglish.as('revision')])
    .where(({ exists }) => exists(edition))
    .where(({ not, exists }) => not(exists(draftOf(query, locale))))
    .where(({ not, exists }) => not(exists(jobOf(query, locale).where('machine_job.started_at', '>=', liveSince))))
    .where(({ not, exists }) => not(exists(untouchable(query, locale))))
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
}

const briefingId = sql.ref<string>('briefing.id')

const draftOf = (query: Database['query'], locale: Locale) =>
  query
    .selectFrom('machine_draft')
    .select('token')
    .where('machine_draft.briefing_id', '=', briefingId)
    .where('machine_draft.locale', '=', locale)
    .where('machine_draft.source_revision', '=', newestEnglish)

const jobOf = (query: Database['query'], locale: Locale) =>
  query
    .selectFrom('machine_job')
    .select('token')
    .where('machine_job.briefing_id', '=', briefingId)
    .where('machine_job.locale', '=', locale)
    .where('machine_job.source_revision', '=', newestEnglish)

/** A translation that machines must not touch: withdrawn, or approved with a machine's part in it. */
const untouchable = (query: Database['query'], locale: Locale) =>
  query
    .selectFrom('translation')
    .select('revision')
    .where('translation.briefing_id', '=', briefingId)
    .where('translation.locale', '=', locale)
    .where(({ or, and, eb }) =>
      or([
        eb('translation.state', '=', 'withdrawn'),
        and([eb('translation.state', '=', 'approved'), eb('translation.provenance', '!=', 'human')]),
      ]),
    )

/** The write that notes that a briefing needs no machine in its present state, so that it is not checked again. */
export const writeToPass = (
  { query }: Database,
  { id, revision }: Undrafted,
  locale: Locale,
  passed: { readonly token: string; readonly translator: string; readonly savedAt: string },
): Compilable =>
  query.insertInto('machine_draft').values({
    token: passed.token,
    briefing_id: id,
    locale,
    translator: passed.translator,
    source_revision: revision,
    saved_at: passed.savedAt,
    segments: 0,
  })
