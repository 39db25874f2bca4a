import { readEarlierSegments } from '../briefings/revision-store'
import { idsOf, type Source } from '../briefings/source'
import { findSourceBySlug } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { writeToNote } from '../members/audit-store'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { isApproval, type Revising, whyNotApproved } from '../translations/approval'
import { madeFromUnpublished } from '../translations/freshness'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import { listRevisions } from '../translations/revision-store'
import { findTranslation, isTranslationConflict, type StoredTranslation, writesToSave } from '../translations/store'
import { changesForReaders, isWaiting, type Translation } from '../translations/translation'

/** How often a decision is made in all, if others keep saving meanwhile. */
const triesMax = 10

/** A decision: what to report, and the translation to save. Without a translation, nothing is saved. */
export interface Decision<Result> {
  readonly result: Result
  readonly translation?: Translation | undefined
  /** What is kept beside the translation, whether or not a revision is saved. */
  readonly beside?: readonly Write[]
  /** Save nothing, and only report. */
  readonly isTrial?: boolean
}

export interface Revised<Result> {
  readonly result: Result
  readonly briefingId: string
  /** The slug that the briefing has now. */
  readonly slug: string
  /** The revisions that stand: of the translation (0: there is none), and of the English. */
  readonly revision: number
  readonly sourceRevision: number
  readonly isSaved: boolean
  /** Whether readers get what the translation says now. */
  readonly isPublished: boolean
  /** Whether something is saved that readers get when it is published. */
  readonly isWaiting: boolean
  /** Whether the briefing is to be printed for it. */
  readonly isDue: boolean
}

/**
 * Adds a revision to the translation of a briefing. `decide` makes it from the newest one. If somebody else saves one meanwhile, it
 * decides again upon theirs. Prints nothing. `undefined`: there is no such briefing. Throws a Refusal if readers may not get what is decided.
 */
export async function reviseTranslation<Result>(
  site: LiveSite,
  slug: string,
  locale: Locale,
  decide: (source: Source, before: StoredTranslation | undefined) => Decision<Result> | Promise<Decision<Result>>,
  by: Revising = {},
): Promise<Revised<Result> | undefined> {
  for (let tries = 1; ; tries += 1) {
    const source = await findSourceBySlug(site.database, slug)
    if (!source) return undefined
    const before = await findTranslation(site.database, source.id, locale, source.history.length)
    const { result, translation, beside = [], isTrial = false } = await decide(source, before)
    const isPublic = (each: Pick<Translation, 'state'>) => each.state === 'approved' && source.published !== undefined
    const unsaved = {
      result,
      briefingId: source.id,
      slug: source.slug,
      revision: before?.revision ?? 0,
      sourceRevision: source.revision,
      isSaved: false,
      isPublished: before !== undefined && isPublic(before),
      isWaiting: before !== undefined && isWaiting(before, before.approved),
      isDue: false,
    }
    const refusal =
      translation && (whyNotAlone(site, source, translation) ?? (await whyNotSaved(site, source, before, translation, by)))
    if (refusal) throw new Refusal(refusal.code, refusal.values)
    const after = translation
      ? { ...unsaved, isPublished: isPublic(translation), isWaiting: isWaiting(translation, before?.approved) }
      : unsaved
    const ofRevision = translation && !isTrial ? await writesToRevise(site, source, before, translation, by) : []
    const noted = translation ? notesOfPublication(site, source, before, translation, by) : []
    const writes = isTrial ? [] : [...ofRevision, ...noted, ...beside]
    if (writes.length === 0) return after
    try {
      await site.database.atomically(writes)
    } catch (error) {
      if (!isTranslationConflict(error)) throw error
      if (tries === triesMax) throw new Refusal('api.busy', { slug }, { kind: 'conflict' })
      continue
    }
    if (!translation) return after
    return {
      ...after,
      revision: unsaved.revision + 1,
      isSaved: true,
      isDue: source.published !== undefined && changesForReaders(before, translation),
    }
  }
}

/** Why a translation cannot be published by itself: readers have no English that it is a translation of. */
const whyNotAlone = ({ locales }: LiveSite, { slug, published }: Source, { state }: Translation): Complaint | undefined =>
  state === 'approved' && published === undefined
    ? complaint('publish.not-published', { slug, locale: locales.source })
    : undefined

/** The write that notes who gave a translation to readers, or took it from them. */
function notesOfPublication(
  { database, now }: LiveSite,
  { id }: Source,
  before: StoredTranslation | undefined,
  { state, locale }: Translation,
  { person, actor = 'a program' }: Revising,
): readonly Write[] {
  const isWithdrawn = state === 'withdrawn' && before?.published !== undefined
  if (state !== 'approved' && !isWithdrawn) return []
  const act = isWithdrawn ? 'withdrawn' : 'published'
  const note = { at: now().toISOString(), actor: person?.id ?? actor, act, subject: id, detail: { locales: locale } } as const
  return [writeToNote(database, note)]
}

/**
 * Why a revision made from `before` is not saved: the English that it was made from is not public, or the site asks for a second person.
 */
export async function whyNotSaved(
  { database, config }: LiveSite,
  source: Source,
  before: StoredTranslation | undefined,
  after: Translation,
  by: Revising,
): Promise<Complaint | undefined> {
  if (after.state !== 'approved') return undefined
  const unpublished = source.published === undefined ? [] : madeFromUnpublished(after, source.history, source.published)
  if (unpublished.length > 0) return complaint('publish.english-first', { slug: source.slug, segments: [...unpublished] })
  if (!config.asksSecondPerson) return undefined
  const revisions = await listRevisions(database, source.id, after.locale, source.history.length)
  return whyNotApproved(before, after, revisions.slice(0, before?.revision ?? 0), by.person)
}

/** The writes that add a revision. In the same write, the memory learns what is approved, and the log notes a known approver. */
export async function writesToRevise(
  { database, now }: LiveSite,
  source: Source,
  before: StoredTranslation | undefined,
  translation: Translation,
  { person, sender }: Revising,
): Promise<readonly Write[]> {
  const { locale } = translation
  const at = now().toISOString()
  const lessons = await lessonsOf(translation, before?.approved, () => readEarlierSegments(database, source.id))
  const approver = isApproval(before, translation) ? person : undefined
  const detail = { locale, revision: String((before?.revision ?? 0) + 1) }
  const note = { at, act: 'translation-approved', subject: source.id, detail } as const
  return [
    ...writesToSave(database, idsOf(source), translation, before, at, person ? { person: person.id } : { sender }),
    ...writesToRemember(database, locale, lessons, at),
    ...(approver ? [writeToNote(database, { ...note, actor: approver.id })] : []),
  ]
}
