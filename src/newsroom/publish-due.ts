import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { explain } from '../language/newsroom'
import { writeToNote } from '../members/audit-store'
import { findPerson } from '../members/person-store'
import { isKept } from '../members/token-store'
import { printBriefing } from '../printing/print-briefing'
import { complaintIn, Refusal } from '../problem'
import type { Release, ReleaseItem } from '../releases/release'
import { findRelease, isReleaseConflict, listDue, writeToEnd } from '../releases/store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import type { StoredTranslation } from '../translations/store'
import { pinnedEnglish, pinnedTranslation } from './pinned'
import { type Decided, decideToShow, decideToTakeBack, decideToWithdraw, type Publisher } from './publication'
import { isOthersChange, writesToCarryOut } from './publish'

/** How often a release is decided in all, if others keep changing the same texts meanwhile. */
const triesMax = 5

/** What became of a release that was due. */
export interface Ending {
  readonly release: string
  readonly name: string
  readonly dueAt: string | null
  readonly outcome: 'published' | 'held'
  /** Why it is held, in English. */
  readonly reasons: readonly string[]
}

/**
 * Carries out what is due, at most `most` releases, each in one atomic write, and prints it. If one is not ready, it is held, and readers
 * keep what they have. If one fails, the others are still done; then the failures are thrown.
 */
export async function publishDue(
  site: LiveSite,
  most: number,
  tell: (entry: Readonly<Record<string, unknown>>) => void = () => {},
): Promise<readonly Ending[]> {
  const endings: Ending[] = []
  const failures: unknown[] = []
  for (const release of await listDue(site.database, site.now().toISOString(), most)) {
    try {
      const ending = await end(site, release)
      if (!ending) continue
      endings.push(ending)
      tell({ level: ending.outcome === 'held' ? 'warn' : 'info', ...ending })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join(' · '))
  return endings
}

/** Publishes or holds a release. `undefined`: somebody else did. */
async function end(site: LiveSite, due: Release): Promise<Ending | undefined> {
  for (let tries = 1; ; tries += 1) {
    const release = tries === 1 ? due : await findRelease(site.database, due.id)
    if (release?.state !== 'scheduled') return undefined
    const { acts, by, reasons } = await decide(site, release)
    const { id, name, dueAt } = release
    const outcome = reasons.length === 0 ? 'published' : 'held'
    try {
      await site.database.atomically(
        outcome === 'held' ? writesToHold(site, release, reasons) : writesToPublish(site, release, acts, by),
      )
    } catch (error) {
      if (isReleaseConflict(error)) return undefined
      if (tries === triesMax || !isOthersChange(error)) throw error
      continue
    }
    if (outcome === 'published') for (const { source } of acts) await printBriefing(site, source.id)
    return { release: id, name, dueAt, outcome, reasons: reasons.map(explain) }
  }
}

function writesToPublish(site: LiveSite, release: Release, acts: readonly Decided[], by: Publisher): readonly Write[] {
  const detail = { release: release.id, due: release.dueAt ?? '' }
  return [
    writeToEnd(site.database, release, 'published', site.now().toISOString()),
    ...acts.flatMap((act) => writesToCarryOut(site, act, by, detail)),
  ]
}

function writesToHold({ database, now }: LiveSite, release: Release, reasons: readonly Complaint[]): readonly Write[] {
  const at = now().toISOString()
  const detail = { name: release.name, due: release.dueAt ?? '', reasons: reasons.map(({ code }) => code).join(' ') }
  return [
    writeToEnd(database, release, 'held', at, reasons),
    writeToNote(database, { at, actor: 'schedule', act: 'release-held', subject: release.id, detail }),
  ]
}

interface Readiness {
  readonly acts: readonly Decided[]
  readonly by: Publisher
  readonly reasons: readonly Complaint[]
}

/** Decides on a release as on an act at once, with the revisions that were pinned and the rights of today. */
async function decide(site: LiveSite, release: Release): Promise<Readiness> {
  const by: Publisher = { actor: release.actor }
  const acts: Decided[] = []
  const reasons: Complaint[] = []
  const { person, reason } = await whoDecided(site, release)
  if (reason) return { acts, by, reasons: [reason] }
  const publisher = person ? { ...by, person } : by
  for (const [id, items] of Map.groupBy(release.items, ({ publicationId }) => publicationId)) {
    for (const act of new Set(items.map((item) => item.act))) {
      const ofAct = items.filter((item) => item.act === act)
      const decided = await decideOn(site, release, id, ofAct, publisher)
      if ('reasons' in decided) reasons.push(...decided.reasons)
      else acts.push(decided)
    }
  }
  return { acts, by: publisher, reasons }
}

/** Who scheduled a release, if it was a person; or why it no longer counts. */
async function whoDecided({ database }: LiveSite, { personId, tokenId }: Release) {
  const person = personId === null ? undefined : await findPerson(database, { id: personId })
  if (personId !== null && !person) return { reason: complaint('release.nobody') }
  if (tokenId !== null && !(await isKept(database, tokenId))) return { reason: complaint('release.token') }
  return { person }
}

/** Decides on one act of a release on one briefing. */
async function decideOn(
  site: LiveSite,
  release: Release,
  id: string,
  items: readonly ReleaseItem[],
  by: Publisher,
): Promise<Decided | { readonly reasons: readonly Complaint[] }> {
  const source = await findSource(site.database, id)
  const [first] = items
  if (!source || !first) return { reasons: [complaint('briefing.unknown', { slug: release.name })] }
  const { act, why } = first
  try {
    if (act === 'show') return await decideOnShowing(site, release, source, items, by)
    const steps =
      act === 'take-back'
        ? [decideToTakeBack(site, source, why, by)]
        : await Promise.all(items.map((item) => decideToWithdraw(site, source, item.locale, by)))
    return { source, act, steps, why: act === 'take-back' ? why : release.why }
  } catch (error) {
    if (error instanceof Refusal) return { reasons: [complaintIn(error)] }
    throw error
  }
}

/** The same for what readers are to get. What they got or lost since it was scheduled is not overwritten. */
async function decideOnShowing(
  site: LiveSite,
  { why }: Release,
  source: Source,
  items: readonly ReleaseItem[],
  by: Publisher,
): Promise<Decided | { readonly reasons: readonly Complaint[] }> {
  const pinned = new Map<Locale, StoredTranslation>()
  const reasons: Complaint[] = []
  let asked = source
  for (const item of items) {
    const found = await (item.locale === site.locales.source ? pinnedEnglish : pinnedTranslation)(site, source, item)
    if (!found) reasons.push(complaint('release.moved-on', { slug: source.slug, locale: item.locale }))
    else if ('locale' in found) pinned.set(item.locale, found)
    else asked = found
  }
  if (reasons.length > 0) return { reasons }
  const locales = items.map(({ locale }) => locale)
  const { steps, reasons: notReady } = await decideToShow(site, asked, locales, by, pinned)
  return notReady.length > 0 ? { reasons: notReady } : { source, act: 'show', steps, why }
}
