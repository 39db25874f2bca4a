import type { Compilable } from 'kysely'
import type { Locale } from '../language/locale'
import { chunked, type Database, isViolated } from '../storage/database'
import type { MadeRevision } from './approval'
import type { TranslatedSegment, Translation } from './translation'

/** A translation in its present state, with the number of its revision. */
export interface StoredTranslation extends Translation {
  readonly revision: number
}

/** The translations of a briefing, each in its present revision, by locale. */
export async function listTranslations({ query }: Database, briefingId: string): Promise<readonly StoredTranslation[]> {
  const rows = await presentTranslations(query)
    .where('translation.briefing_id', '=', briefingId)
    .orderBy('translation.locale')
    .execute()
  return rows.map(toTranslation)
}

/** The translations of some briefings into some locales, each with the id of its briefing. */
export async function listTranslationsOf(
  { query }: Database,
  briefingIds: readonly string[],
  locales: readonly Locale[],
): Promise<readonly (StoredTranslation & { readonly briefingId: string })[]> {
  const parts = chunked(briefingIds, 2).flatMap((ids) => chunked(locales, 2).map((tags) => ({ ids, tags })))
  const rows = await Promise.all(
    parts.map(({ ids, tags }) =>
      presentTranslations(query).where('translation.briefing_id', 'in', ids).where('translation.locale', 'in', tags).execute(),
    ),
  )
  return rows.flat().map((row) => ({ ...toTranslation(row), briefingId: row.briefing_id }))
}

const presentTranslations = (query: Database['query']) =>
  query
    .selectFrom('translation')
    .innerJoin('translation_revision', (join) =>
      join
        .onRef('translation_revision.briefing_id', '=', 'translation.briefing_id')
        .onRef('translation_revision.locale', '=', 'translation.locale')
        .onRef('translation_revision.revision', '=', 'translation.revision'),
    )
    .select([
      'translation.briefing_id',
      'translation.locale',
      'translation.state',
      'provenance',
      'credits',
      'translation.revision',
      'segments',
    ])

type PresentTranslation = Awaited<ReturnType<ReturnType<typeof presentTranslations>['execute']>>[number]

const toTranslation = ({ locale, state, provenance, revision, credits, segments }: PresentTranslation): StoredTranslation => ({
  locale,
  state,
  provenance,
  revision,
  credits: JSON.parse(credits) as string[],
  segments: JSON.parse(segments) as Record<string, TranslatedSegment>,
})

/** The writes that add a revision to a translation and set its state. `by` is the id of the person who made it. */
export function writesToSave(
  { query }: Database,
  briefingId: string,
  locale: Locale,
  { state, provenance, credits, segments }: Translation,
  revision: number,
  savedAt: string,
  by: string | null = null,
): readonly Compilable[] {
  const standing = { state, provenance, credits: JSON.stringify(credits), revision }
  return [
    query
      .insertInto('translation')
      .values({ briefing_id: briefingId, locale, ...standing })
      .onConflict((conflict) => conflict.columns(['briefing_id', 'locale']).doUpdateSet(standing)),
    query.insertInto('translation_revision').values({
      briefing_id: briefingId,
      locale,
      revision,
      saved_at: savedAt,
      segments: JSON.stringify(segments),
      person_id: by,
      state,
    }),
    query
      .updateTable('briefing')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', briefingId),
  ]
}

/** The translation of a briefing in one locale, in its present state. */
export async function findTranslation(
  { query }: Database,
  briefingId: string,
  locale: Locale,
): Promise<StoredTranslation | undefined> {
  const row = await presentTranslations(query)
    .where('translation.briefing_id', '=', briefingId)
    .where('translation.locale', '=', locale)
    .executeTakeFirst()
  return row && toTranslation(row)
}

/** Every revision of a translation, oldest first. */
export async function listRevisions({ query }: Database, briefingId: string, locale: Locale): Promise<readonly MadeRevision[]> {
  const rows = await query
    .selectFrom('translation_revision')
    .select(['person_id as by', 'state', 'segments'])
    .where('briefing_id', '=', briefingId)
    .where('locale', '=', locale)
    .orderBy('revision')
    .execute()
  return rows.map(({ segments, ...row }) => ({ ...row, segments: JSON.parse(segments) as Record<string, TranslatedSegment> }))
}

/** Whether a write failed because somebody else saved this revision of the translation first. */
export const isTranslationConflict = (error: unknown): boolean => isViolated(error, 'UNIQUE', 'translation_revision')
