import { readEarlierSegments } from '../briefings/revision-store'
import type { Source } from '../briefings/source'
import { findSourceBySlug } from '../briefings/store'
import type { Complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { writeToNote } from '../members/audit-store'
import type { LiveSite } from '../site'
import { isApproval, judgeApproval, type Revising } from '../translations/approval'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import {
  findTranslation,
  isTranslationConflict,
  listRevisions,
  type StoredTranslation,
  writesToSave,
} from '../translations/store'
import type { Translation } from '../translations/translation'

/** How often a decision is made in all, if others keep saving meanwhile. */
const triesMax = 5

/** A decision: what to report, and the translation to save. Without a translation, nothing is saved. */
export interface Decision<Result> {
  readonly result: Result
  readonly translation?: Translation | undefined
  /** Save nothing, and only report. */
  readonly isTrial?: boolean
}

export interface Revised<Result> {
  readonly result: Result
  readonly briefingId: string
  readonly isSaved: boolean
  /** Why nothing is saved, if the site asks for a second person. */
  readonly refusal?: Complaint
  /** The translation was approved, and is in review again, because nobody approved what is new in it. */
  readonly isBackInReview?: true
}

/**
 * Adds a revision to the translation of a briefing. `decide` makes it from the present state. If somebody else saves one meanwhile, it
 * decides again upon theirs. If the site asks for a second person, the revision must comply. In the same write, the memory learns what is
 * approved, and the log notes a known approver. Prints nothing. `undefined`: there is no such briefing.
 */
export async function reviseTranslation<Result>(
  { database, now, config }: LiveSite,
  slug: string,
  locale: Locale,
  decide: (source: Source, before: StoredTranslation | undefined) => Decision<Result>,
  by: Revising = {},
): Promise<Revised<Result> | undefined> {
  for (let tries = 1; ; tries += 1) {
    const source = await findSourceBySlug(database, slug)
    if (!source) return undefined
    const before = await findTranslation(database, source.id, locale)
    const { result, translation: wanted, isTrial } = decide(source, before)
    const unsaved = { result, briefingId: source.id, isSaved: false }
    if (!wanted) return unsaved
    const judged =
      config.asksSecondPerson && isApproval(before, wanted)
        ? judgeApproval(before, wanted, await listRevisions(database, source.id, locale), by)
        : { translation: wanted }
    if ('refusal' in judged) return { ...unsaved, refusal: judged.refusal }
    const { translation } = judged
    const revised = { ...unsaved, ...(translation.state === wanted.state ? {} : { isBackInReview: true as const }) }
    if (isTrial) return revised
    try {
      const at = now().toISOString()
      const revision = (before?.revision ?? 0) + 1
      const lessons = await lessonsOf(translation, before, () => readEarlierSegments(database, source.id))
      const approver = by.approves && isApproval(before, translation) ? by.person : undefined
      const detail = { locale, revision: String(revision) }
      await database.atomically([
        ...writesToSave(database, source.id, locale, translation, revision, at, by.person?.id),
        ...writesToRemember(database, locale, lessons, at),
        ...(approver
          ? [writeToNote(database, { at, actor: approver.id, act: 'translation-approved', subject: source.id, detail })]
          : []),
      ])
      return { ...revised, isSaved: true }
    } catch (error) {
      if (tries === triesMax || !isTranslationConflict(error)) throw error
    }
  }
}
