import { findSourceBySlug, readEarlierSegments, type Source } from './briefings/store'
import type { Locale } from './language/locale'
import type { LiveSite } from './site'
import { lessonsOf } from './translations/memory'
import { writesToRemember } from './translations/memory-store'
import { findTranslation, type StoredTranslation, writesToSave } from './translations/store'
import type { Translation } from './translations/translation'

/** How often a decision that another change overtook is taken anew before it is given up. */
const triesMax = 5

/** What was decided, and the translation to be saved by it; without one, nothing is saved. */
export interface Decision<Told> {
  readonly told: Told
  readonly translation?: Translation | undefined
}

export interface Revised<Told> {
  readonly told: Told
  readonly briefingId: string
  readonly isSaved: boolean
}

/**
 * Adds a revision to the translation of a briefing, as `decide` would have it of what stands. Where somebody else saved one
 * meanwhile, it is decided anew upon theirs. What it approves, the memory learns in the same write.
 * Nothing is printed. `undefined`: there is no such briefing.
 */
export async function reviseTranslation<Told>(
  { database, now }: LiveSite,
  slug: string,
  locale: Locale,
  decide: (source: Source, before: StoredTranslation | undefined) => Decision<Told>,
): Promise<Revised<Told> | undefined> {
  for (let tries = 1; ; tries += 1) {
    const source = await findSourceBySlug(database, slug)
    if (!source) return undefined
    const before = await findTranslation(database, source.id, locale)
    const { told, translation } = decide(source, before)
    if (!translation) return { told, briefingId: source.id, isSaved: false }
    try {
      const savedAt = now().toISOString()
      const lessons = await lessonsOf(translation, before, () => readEarlierSegments(database, source.id))
      await database.atomically([
        ...writesToSave(database, source.id, locale, translation, (before?.revision ?? 0) + 1, savedAt),
        ...writesToRemember(database, locale, lessons, savedAt),
      ])
      return { told, briefingId: source.id, isSaved: true }
    } catch (error) {
      if (tries === triesMax || !wasOvertaken(error)) throw error
    }
  }
}

/** Somebody else saved this revision of the translation first. */
const wasOvertaken = (error: unknown) =>
  error instanceof Error && error.message.includes('UNIQUE constraint failed: translation_revision')
