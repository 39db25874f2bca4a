import type { Locale } from '../language/locale'
import { momentIn } from '../language/moment'
import { writeToNote } from '../members/audit-store'
import { Refusal } from '../problem'
import { isOvertaken, isPending, type Release, type ReleaseAct, type ReleaseItem } from '../releases/release'
import { findRelease, isAlreadyScheduled, isReleaseConflict, listPending, writesToAdd, writeToEnd } from '../releases/store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { type Decided, type Publisher, refuseUnlessMay, type Step } from './publication'

/** A release that was scheduled, and the instant at which it is due. */
export interface Scheduled {
  readonly release: string
  readonly dueAt: string
  /** The newsroom’s zone, in which a time without an offset is read. Older sites do not say it. */
  readonly zone?: string
}

/** Pending releases that an act makes pointless, and the writes that cancel them. */
interface Overtaken {
  readonly cancelled: readonly string[]
  readonly writes: readonly Write[]
}

/** The instant that somebody named for an act. Throws a Refusal if it does not fit (see `momentIn`). */
export function instantOf({ config, now }: LiveSite, typed: string): string {
  const moment = momentIn(typed, config.newsroomZone, now())
  if ('flaw' in moment) throw new Refusal(moment.flaw.code, moment.flaw.values)
  return moment.at
}

/**
 * Schedules an act of publication, pinned to the revisions that were decided on. It takes the place of held releases of the same texts.
 * Throws a Refusal if the same is scheduled already.
 */
export async function schedule(
  site: LiveSite,
  { source, act, steps, why }: Decided,
  dueAt: string,
  by: Publisher,
  isTrial: boolean,
): Promise<{ readonly scheduled: Scheduled; readonly cancelled: readonly string[] }> {
  const { database, now } = site
  const locales = steps.map(({ locale }) => locale)
  const before = (await listPending(database, [source.id])).filter(({ items }) =>
    items.some((item) => item.act === act && locales.includes(item.locale)),
  )
  const [standing] = before.filter(({ state }) => state === 'scheduled')
  if (standing) throw alreadyScheduled(source.slug, locales, standing.id)
  const madeAt = now().toISOString()
  const release: Omit<Release, 'version'> = {
    id: crypto.randomUUID().slice(0, 13),
    name: source.slug,
    state: 'scheduled',
    dueAt,
    why: act === 'take-back' ? '' : why,
    actor: by.actor,
    personId: by.person?.id ?? null,
    tokenId: by.tokenId ?? null,
    madeAt,
    endedAt: null,
    reasons: [],
    items: steps.map((step) => itemOf(source.id, act, step, act === 'take-back' ? why : '')),
  }
  const scheduled = { release: release.id, dueAt, zone: site.config.newsroomZone }
  const overtaken = writesToCancel(site, before, by)
  if (isTrial) return { scheduled, cancelled: overtaken.cancelled }
  const note = {
    at: madeAt,
    actor: by.person?.id ?? by.actor,
    act: 'release-scheduled',
    subject: source.id,
    detail: { locales: locales.join(' '), act, release: release.id, due: dueAt },
  } as const
  try {
    await database.atomically([...overtaken.writes, ...writesToAdd(database, release), writeToNote(database, note)])
  } catch (error) {
    if (isAlreadyScheduled(error) || isReleaseConflict(error))
      throw new Refusal('api.busy', { slug: source.slug }, { kind: 'conflict' })
    throw error
  }
  return { scheduled, cancelled: overtaken.cancelled }
}

/** What an act that is done at once cancels of what is scheduled or held for the same texts. */
export async function overtakenBy(
  site: LiveSite,
  publicationId: string,
  act: ReleaseAct,
  locales: readonly Locale[],
  by: Publisher,
): Promise<Overtaken> {
  const pending = await listPending(site.database, [publicationId])
  const isThis = (item: ReleaseItem) => item.publicationId === publicationId && isOvertaken(item, act, locales)
  return writesToCancel(
    site,
    pending.filter(({ items }) => items.some(isThis)),
    by,
  )
}

/**
 * Cancels a release that is scheduled or held; a trial only tries it. Throws a Refusal if there is none, if it has ended, or for a person
 * who may not do it.
 */
export async function cancelRelease(
  site: LiveSite,
  id: string,
  by: Publisher,
  { isTrial = false, isReached = () => true }: { isTrial?: boolean; isReached?: (release: Release) => boolean } = {},
): Promise<Release> {
  const release = await findRelease(site.database, id)
  if (!release || !isReached(release)) throw new Refusal('release.unknown', { id }, { kind: 'not_found' })
  for (const { locale } of release.items) {
    if (locale === site.locales.source) refuseUnlessMay(by, 'publish-source')
    else refuseUnlessMay(by, 'approve-translation', locale)
  }
  if (!isPending(release)) throw ended(release)
  if (isTrial) return release
  try {
    await site.database.atomically(writesToCancel(site, [release], by).writes)
  } catch (error) {
    if (!isReleaseConflict(error)) throw error
    throw ended((await findRelease(site.database, id)) ?? release)
  }
  return { ...release, state: 'cancelled', endedAt: site.now().toISOString() }
}

function writesToCancel({ database, now }: LiveSite, releases: readonly Release[], { actor, person }: Publisher): Overtaken {
  const at = now().toISOString()
  const note = { at, actor: person?.id ?? actor, act: 'release-cancelled' } as const
  return {
    cancelled: releases.map(({ id }) => id),
    writes: releases.flatMap((release) => [
      writeToEnd(database, release, 'cancelled', at),
      writeToNote(database, { ...note, subject: release.id, detail: { name: release.name, due: release.dueAt ?? '' } }),
    ]),
  }
}

const itemOf = (
  publicationId: string,
  act: ReleaseAct,
  { locale, revision, had, translation }: Step,
  why: string,
): ReleaseItem => ({
  ...{ publicationId, locale, act, revision, had, why },
  pinned: translation && {
    state: translation.state,
    provenance: translation.provenance,
    credits: translation.credits,
  },
})

const ended = ({ id, state }: Release) => new Refusal('release.ended', { id, state })

const alreadyScheduled = (slug: string, locales: readonly Locale[], id: string) =>
  new Refusal('release.already', { slug, locales, id })
