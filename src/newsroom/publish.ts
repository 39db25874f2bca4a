import { isForReaders } from '../briefings/confidence'
import { isSourceConflict, writeToPublish, writeToTakeBack } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSourceBySlug } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { flawInTextUpTo } from '../language/text'
import { writeToNote } from '../members/audit-store'
import { may, type Person } from '../members/person'
import { isPrinted, printBriefing } from '../printing/print-briefing'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { findTranslation, isTranslationConflict } from '../translations/store'
import { type Translation, textOf } from '../translations/translation'
import { whyNotSaved, writesToRevise } from './revise'

/** Who publishes: a person, or the name of what acts. */
export interface Publisher {
  readonly actor: string
  readonly person?: Person
}

/** What became of an act of publication. */
export interface Publication {
  readonly slug: string
  /** The languages that readers got, or lost. Empty: there was nothing to do. */
  readonly locales: readonly Locale[]
  /** Whether readers can see the briefing now. */
  readonly isPublic: boolean
}

/**
 * Gives readers the newest revision of a briefing in some languages, all or none: of its English, and of translations, which are approved
 * with it. Throws a Refusal that names every reason why one of them is not ready. A trial saves and prints nothing.
 */
export async function publish(
  site: LiveSite,
  slug: string,
  locales: readonly Locale[],
  by: Publisher,
  isTrial = false,
): Promise<Publication> {
  const source = await sourceOf(site, slug)
  const isEnglish = locales.includes(site.locales.source)
  if (isEnglish) refuseUnlessMay(by, 'publish-source')
  const isNew = source.published !== source.revision
  const standing = isEnglish ? { ...source, published: source.revision } : source
  const acts: (readonly [Locale, readonly Write[]])[] = []
  const reasons = [...whyEnglishIsNotReady(site, source, isEnglish)]
  // The English first: its write expects the version that was read, which each write of a translation raises.
  if (isEnglish && isNew) acts.push([site.locales.source, [writeToPublish(site.database, source)]])
  for (const locale of new Set(locales)) {
    if (locale === site.locales.source) continue
    refuseUnlessMay(by, 'approve-translation', locale)
    const found = await toApprove(site, standing, locale, by)
    if ('reason' in found) reasons.push(found.reason)
    else if (found.writes.length > 0) acts.push([locale, found.writes])
  }
  if (reasons.length > 0) throw new Refusal('publish.not-ready', { reasons: { lines: reasons } })
  return await carryOut(site, source, 'published', acts, by, isTrial)
}

/** Why nothing of a briefing can be published because of its English. */
function whyEnglishIsNotReady(
  { locales }: LiveSite,
  { slug, published, briefing }: Source,
  isWithIt: boolean,
): readonly Complaint[] {
  if (!isWithIt) return published === undefined ? [complaint('publish.not-published', { slug, locale: locales.source })] : []
  return isForReaders(briefing.confidence) ? [] : [complaint('publish.internal', { slug })]
}

/** Takes a translation away from readers, who get the English under a notice. Throws a Refusal if they do not have it. */
export async function withdraw(
  site: LiveSite,
  slug: string,
  locale: Locale,
  by: Publisher,
  isTrial = false,
): Promise<Publication> {
  refuseUnlessMay(by, 'approve-translation', locale)
  const source = await sourceOf(site, slug)
  const before = await findTranslation(site.database, source.id, locale)
  if (before?.published === undefined) throw new Refusal('publish.not-published', { slug, locale })
  const writes = await writesToRevise(site, source, before, { ...before, state: 'withdrawn' }, by)
  return await carryOut(site, source, 'withdrawn', [[locale, writes]], by, isTrial)
}

/** How long the reason may be that readers are told. */
const whyMax = 600

/** Takes a briefing back from readers in every language. They are told `why`. Throws a Refusal if they do not have it. */
export async function takeBack(site: LiveSite, slug: string, why: string, by: Publisher, isTrial = false): Promise<Publication> {
  refuseUnlessMay(by, 'publish-source')
  const flaw = why === '' ? undefined : flawInTextUpTo(whyMax, why)
  if (flaw) throw new Refusal('problem.place', { place: 'why', problem: flaw })
  const source = await sourceOf(site, slug)
  if (source.published === undefined) throw new Refusal('publish.not-published', { slug, locale: site.locales.source })
  const write = writeToTakeBack(site.database, source, { at: site.now().toISOString(), why })
  return await carryOut(site, source, 'taken-back', [[site.locales.source, [write]]], by, isTrial)
}

async function sourceOf({ database }: LiveSite, slug: string): Promise<Source> {
  const source = await findSourceBySlug(database, slug)
  if (!source) throw new Refusal('briefing.unknown', { slug }, { kind: 'not_found' })
  return source
}

function refuseUnlessMay({ person }: Publisher, right: 'publish-source' | 'approve-translation', locale?: Locale): void {
  if (!person || may(person, right, locale)) return
  if (locale === undefined) throw new Refusal('person.may-not-publish', { person: person.address })
  throw new Refusal('person.may-not-approve', { person: person.address, locale })
}

/** The writes that approve the newest revision of a translation, none if readers have it; or why it is not ready. */
async function toApprove(
  site: LiveSite,
  source: Source,
  locale: Locale,
  by: Publisher,
): Promise<{ readonly writes: readonly Write[] } | { readonly reason: Complaint }> {
  const { slug } = source
  const before = await findTranslation(site.database, source.id, locale)
  if (!before || !hasText(before)) return { reason: complaint('publish.no-translation', { slug, locale }) }
  if (before.published === before.revision) return { writes: [] }
  const after: Translation = { ...before, state: 'approved' }
  const reason = await whyNotSaved(site, source, before, after, by)
  return reason ? { reason } : { writes: await writesToRevise(site, source, before, after, by) }
}

const hasText = (translation: Translation) => Object.keys(translation.segments).some((id) => textOf(translation, id) !== '')

async function carryOut(
  site: LiveSite,
  { id, slug }: Source,
  act: 'published' | 'withdrawn' | 'taken-back',
  acts: readonly (readonly [Locale, readonly Write[]])[],
  { actor, person }: Publisher,
  isTrial: boolean,
): Promise<Publication> {
  const locales = acts.map(([locale]) => locale)
  if (acts.length === 0 || isTrial) return { slug, locales, isPublic: await isPrinted(site, slug) }
  const note = {
    at: site.now().toISOString(),
    actor: person?.id ?? actor,
    act,
    subject: id,
    detail: { locales: locales.join(' ') },
  }
  try {
    await site.database.atomically([...acts.flatMap(([, writes]) => writes), writeToNote(site.database, note)])
  } catch (error) {
    // It is not tried again by itself: readers would get what nobody has looked at.
    if (!isSourceConflict(error) && !isTranslationConflict(error)) throw error
    throw new Refusal('api.busy', { slug }, { kind: 'conflict' })
  }
  return { slug, locales, isPublic: await printBriefing(site, id) }
}
