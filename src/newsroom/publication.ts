import { isForReaders } from '../briefings/confidence'
import { lackingIn } from '../briefings/decided'
import { writeToPublish, writeToTakeBack } from '../briefings/save-store'
import { idsOf, type Source } from '../briefings/source'
import { findSourceBySlug } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { flawInTextUpTo } from '../language/text'
import { may, type Person } from '../members/person'
import { Refusal } from '../problem'
import type { ReleaseAct } from '../releases/release'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { findRevision } from '../translations/revision-store'
import { findTranslation, type StoredTranslation, writesToSave } from '../translations/store'
import { type Translation, textOf } from '../translations/translation'
import { whyNotSaved, writesToRevise } from './revise'

/** Who publishes: a person, or the name of what acts. */
export interface Publisher {
  readonly actor: string
  readonly person?: Person
  /** The token that it acts with. */
  readonly tokenId?: string
}

/** What happens to one language, and the writes that do it. */
export interface Step {
  readonly locale: Locale
  readonly writes: readonly Write[]
  /** The revision that readers get or lose, and the one that they have. */
  readonly revision: number
  readonly had: number | undefined
  /** The translation in the revision that readers get. */
  readonly translation?: StoredTranslation
}

/** An act of publication that may be carried out. Without steps there is nothing to do. */
export interface Decided {
  readonly source: Source
  readonly act: ReleaseAct
  readonly steps: readonly Step[]
  readonly why: string
}

/** Steps, or every reason why one of them is not ready. */
interface Steps {
  readonly steps: readonly Step[]
  readonly reasons: readonly Complaint[]
}

/** How long the reason of an act may be. */
const whyMax = 600

/** The briefing with this slug. Refuses if there is none. */
export async function sourceOf({ database }: LiveSite, slug: string): Promise<Source> {
  const source = await findSourceBySlug(database, slug)
  if (!source) throw new Refusal('briefing.unknown', { slug }, { kind: 'not_found' })
  return source
}

/**
 * Decides to give readers a briefing in some languages: the given revision of its English, and translations in their newest revision, or
 * in one that was pinned. Refuses a person who may not.
 */
export async function decideToShow(
  site: LiveSite,
  source: Source,
  locales: readonly Locale[],
  by: Publisher,
  pinned: ReadonlyMap<Locale, StoredTranslation> = new Map(),
): Promise<Steps> {
  const isEnglish = locales.includes(site.locales.source)
  if (isEnglish) refuseUnlessMay(by, 'publish-source')
  const { revision, published: had } = source
  const standing = isEnglish ? { ...source, published: revision } : source
  const steps: Step[] = []
  const reasons = [...whyEnglishIsNotReady(site, source, isEnglish)]
  // The English first: its write expects the version that was read, which each write of a translation raises.
  if (isEnglish && had !== revision) {
    steps.push({ locale: site.locales.source, writes: [writeToPublish(site.database, source)], revision, had })
  }
  for (const locale of new Set(locales)) {
    if (locale === site.locales.source) continue
    refuseUnlessMay(by, 'approve-translation', locale)
    const found = await toApprove(site, standing, locale, by, pinned.get(locale))
    if ('reason' in found) reasons.push(found.reason)
    else if (found.writes.length > 0) steps.push(found)
  }
  return { steps, reasons }
}

/** Decides to take a translation away from readers. Refuses if they do not have it. */
export async function decideToWithdraw(site: LiveSite, source: Source, locale: Locale, by: Publisher): Promise<Step> {
  refuseUnlessMay(by, 'approve-translation', locale)
  const before = await findTranslation(site.database, source.id, locale, source.history.length)
  const had = before?.published
  if (!before || had === undefined) throw new Refusal('publish.not-published', { slug: source.slug, locale })
  const writes = await writesToRevise(site, source, before, { ...before, state: 'withdrawn' }, by)
  return { locale, writes, revision: had, had }
}

/** Decides to take a briefing back from readers in every language. Refuses if they do not have it. */
export function decideToTakeBack({ database, locales, now }: LiveSite, source: Source, why: string, by: Publisher): Step {
  refuseUnlessMay(by, 'publish-source')
  const had = source.published
  if (had === undefined) throw new Refusal('publish.not-published', { slug: source.slug, locale: locales.source })
  const write = writeToTakeBack(database, source, { at: now().toISOString(), why })
  return { locale: locales.source, writes: [write], revision: had, had }
}

/** Refuses a reason that is too long or that nobody could read, and none if one is needed. */
export function refuseUnreadable(why: string, isNeeded = false): void {
  const flaw = why === '' && !isNeeded ? undefined : flawInTextUpTo(whyMax, why)
  if (flaw) throw new Refusal('problem.place', { place: 'why', problem: flaw })
}

/** Why nothing of a briefing can be published because of its English. */
function whyEnglishIsNotReady(
  { locales, settings }: LiveSite,
  { slug, published, briefing }: Source,
  isWithIt: boolean,
): readonly Complaint[] {
  if (!isWithIt) return published === undefined ? [complaint('publish.not-published', { slug, locale: locales.source })] : []
  const parts = lackingIn(briefing, settings)
  return [
    ...(isForReaders(briefing, settings) ? [] : [complaint('publish.internal', { slug })]),
    ...(parts.length === 0 ? [] : [complaint('publish.lacks', { slug, parts })]),
  ]
}

/** Refuses a person who may not publish the English, or approve a translation. */
export function refuseUnlessMay({ person }: Publisher, right: 'publish-source' | 'approve-translation', locale?: Locale): void {
  if (!person || may(person, right, locale)) return
  if (locale === undefined) throw new Refusal('person.may-not-publish', { person: person.address })
  throw new Refusal('person.may-not-approve', { person: person.address, locale })
}

/** The step that approves a translation, without writes if readers have it; or why it is not ready. */
async function toApprove(
  site: LiveSite,
  source: Source,
  locale: Locale,
  by: Publisher,
  pinned?: StoredTranslation,
): Promise<Step | { readonly reason: Complaint }> {
  const { slug } = source
  const newest = await findTranslation(site.database, source.id, locale, source.history.length)
  const wanted = pinned ?? newest
  if (!newest || !wanted || !hasText(wanted)) return { reason: complaint('publish.no-translation', { slug, locale }) }
  const step = { locale, revision: wanted.revision, had: newest.published, translation: wanted }
  if (step.had === wanted.revision) return { ...step, writes: [] }
  const after: Translation = { ...wanted, state: 'approved' }
  const reason = await whyNotSaved(site, source, wanted, after, by)
  if (reason) return { reason }
  const approving = await writesToRevise(site, source, newest, after, by)
  return { ...step, writes: [...approving, ...(await writesToGoOn(site, source, newest, wanted))] }
}

/** The writes that save work again that is newer than the revision that is approved, so that it stays the newest. */
async function writesToGoOn(
  { database, now }: LiveSite,
  source: Source,
  newest: StoredTranslation,
  { revision: wanted }: StoredTranslation,
): Promise<readonly Write[]> {
  const { locale, revision, state } = newest
  if (revision === wanted) return []
  const by = (await findRevision(database, source.id, locale, revision))?.by
  const approved = { ...newest, state: 'approved', revision: revision + 1, published: revision + 1, approved: undefined } as const
  const work = { ...newest, state: state === 'in-review' ? state : ('draft' as const) }
  return writesToSave(database, idsOf(source), work, approved, now().toISOString(), by)
}

const hasText = (translation: Translation) => Object.keys(translation.segments).some((id) => textOf(translation, id) !== '')
