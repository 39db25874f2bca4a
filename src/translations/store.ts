import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type KeptText, keptIn, keptText, wholeText } from '../storage/condensed'
import { chunked, type Database, isOrphaned, isViolated } from '../storage/database'
import { renamings } from '../storage/renamings'
import type { Maker } from './approval'
import { segmentsOfRow } from './renamed-segments'
import { changesForReaders, type Translation } from './translation'

/** A translation in its newest state, with the number of its revision. */
export interface StoredTranslation extends Translation {
  readonly revision: number
  /** The revision that is approved for readers; `undefined`: none. Newer ones are saved, and not published. */
  readonly published: number | undefined
  /** What readers have of it; `undefined`: nothing. */
  readonly approved: Translation | undefined
}

/**
 * The translations of a briefing, each in its newest revision, by locale. Their segments have the ids of a revision of the English
 * (default: the newest).
 */
export async function listTranslations(
  database: Database,
  briefingId: string,
  sourceRevision?: number,
): Promise<readonly StoredTranslation[]> {
  const rows = await presentTranslations(database)
    .where('translation.briefing_id', '=', briefingId)
    .orderBy('translation.locale')
    .execute()
  return rows.map((row) => toTranslation(row, sourceRevision))
}

/** The translations of some briefings into some locales, each with the id of its briefing. */
export async function listTranslationsOf(
  database: Database,
  briefingIds: readonly string[],
  locales: readonly Locale[],
): Promise<readonly (StoredTranslation & { readonly briefingId: string })[]> {
  const parts = chunked(briefingIds, 2).flatMap((ids) => chunked(locales, 2).map((tags) => ({ ids, tags })))
  const rows = await Promise.all(
    parts.map(({ ids, tags }) =>
      presentTranslations(database).where('translation.briefing_id', 'in', ids).where('translation.locale', 'in', tags).execute(),
    ),
  )
  return rows.flat().map((row) => ({ ...toTranslation(row), briefingId: row.briefing_id }))
}

const presentTranslations = (database: Database) =>
  database.query
    .selectFrom('translation')
    .innerJoin('translation_revision', (join) =>
      join
        .onRef('translation_revision.briefing_id', '=', 'translation.briefing_id')
        .onRef('translation_revision.locale', '=', 'translation.locale')
        .on('translation_revision.revision', '=', newest),
    )
    .leftJoin('translation_revision as before', (join) =>
      join
        .onRef('before.briefing_id', '=', 'translation.briefing_id')
        .onRef('before.locale', '=', 'translation.locale')
        .onRef('before.revision', '=', 'translation.revision')
        .on('translation.saved_revision', 'is not', null),
    )
    .select([
      'translation.briefing_id',
      'translation.locale',
      'translation.state as standing',
      'translation.revision as standingRevision',
      'provenance as standingProvenance',
      'credits as standingCredits',
      'before.source_revision as standingSource',
      'translation_revision.source_revision',
    ])
    .select(keptText(database, 'translation_revision'))
    .select(standingText(database))
    .select(renamings.as('renamings'))
    .select(({ fn, ref }) => [
      newest.as('revision'),
      fn.coalesce(ref('saved_state'), 'translation.state').as('state'),
      fn.coalesce(ref('saved_provenance'), 'provenance').as('provenance'),
      fn.coalesce(ref('saved_credits'), 'credits').as('credits'),
    ])

/** The text of what readers have, if that is not the newest. */
function standingText(database: Database) {
  const { text, deflated, base } = keptIn(database, 'translation_revision', 'before')
  return [text.$castTo<string | null>().as('standingText'), deflated.as('standingDeflated'), base.as('standingBase')] as const
}

/** The newest revision of a translation, published or not. */
const newest = sql<number>`coalesce(translation.saved_revision, translation.revision)`

type PresentTranslation = Awaited<ReturnType<ReturnType<typeof presentTranslations>['execute']>>[number]

function toTranslation(row: PresentTranslation, sourceRevision?: number): StoredTranslation {
  const { locale, state, provenance, revision } = row
  return {
    ...{ locale, state, provenance, revision },
    credits: JSON.parse(row.credits) as string[],
    segments: segmentsOfRow({ ...row, segments: wholeText(row) }, sourceRevision),
    published: row.standing === 'approved' ? row.standingRevision : undefined,
    approved: row.standing === 'approved' ? approvedIn(row, sourceRevision) : undefined,
  }
}

const approvedIn = (row: PresentTranslation, sourceRevision: number | undefined): Translation => ({
  locale: row.locale,
  state: 'approved',
  provenance: row.standingProvenance,
  credits: JSON.parse(row.standingCredits) as string[],
  segments: segmentsOfRow(
    {
      ...row,
      segments: wholeText(standingOf(row)),
      source_revision: row.standingSource ?? row.source_revision,
    },
    sourceRevision,
  ),
})

const standingOf = (row: PresentTranslation): KeptText =>
  row.standingText === null ? row : { text: row.standingText, deflated: row.standingDeflated, base: row.standingBase }

/**
 * The writes that add a revision to a translation, after `before`. What is approved is what readers get, and what is withdrawn they lose.
 * Anything else leaves them what they have. Its segments have the ids of a revision of the English. `by` says who made it.
 */
export function writesToSave(
  { query }: Database,
  { id: briefingId, revision: sourceRevision }: { readonly id: string; readonly revision: number },
  translation: Translation,
  before: StoredTranslation | undefined,
  savedAt: string,
  by: Maker = {},
): readonly Compilable[] {
  const { locale, state, provenance, credits, segments } = translation
  const revision = (before?.revision ?? 0) + 1
  const added = query.insertInto('translation_revision').values({
    briefing_id: briefingId,
    locale,
    revision,
    saved_at: savedAt,
    segments: JSON.stringify(segments),
    person_id: by.person ?? null,
    state,
    source_revision: sourceRevision,
    sender: by.sender ?? null,
  })
  const isForReaders = changesForReaders(before, translation)
  if (before?.published !== undefined && (state === 'draft' || state === 'in-review')) {
    const saved = {
      saved_revision: revision,
      saved_state: state,
      saved_provenance: provenance,
      saved_credits: JSON.stringify(credits),
    }
    const ofTranslation = query.updateTable('translation').where('briefing_id', '=', briefingId).where('locale', '=', locale)
    return [added, ofTranslation.set(saved)]
  }
  const grown = query
    .updateTable('briefing')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', briefingId)
  const standing = { state, provenance, credits: JSON.stringify(credits), revision }
  return [
    query
      .insertInto('translation')
      .values({ briefing_id: briefingId, locale, ...standing })
      .onConflict((conflict) => conflict.columns(['briefing_id', 'locale']).doUpdateSet({ ...standing, ...nothingSaved })),
    added,
    ...(isForReaders ? [grown] : []),
  ]
}

const nothingSaved = { saved_revision: null, saved_state: null, saved_provenance: null, saved_credits: null }

/**
 * The translation of a briefing in one locale, in its newest state. Its segments have the ids of a revision of the English (default: the
 * newest).
 */
export async function findTranslation(
  database: Database,
  briefingId: string,
  locale: Locale,
  sourceRevision?: number,
): Promise<StoredTranslation | undefined> {
  const row = await presentTranslations(database)
    .where('translation.briefing_id', '=', briefingId)
    .where('translation.locale', '=', locale)
    .executeTakeFirst()
  return row && toTranslation(row, sourceRevision)
}

/** Whether a write failed because somebody else saved this revision of the translation first, or removed the briefing. */
export const isTranslationConflict = (error: unknown): boolean =>
  isViolated(error, 'UNIQUE', 'translation_revision') || isOrphaned(error)
