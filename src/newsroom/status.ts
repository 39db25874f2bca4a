import { type Segment, type Sight, segmentsOf } from '../briefings/segments'
import { listSources } from '../briefings/store'
import { monthOf, monthsBefore } from '../demand/demand'
import { listDemand } from '../demand/store'
import { listRequests } from '../following/followed-store'
import type { Locale } from '../language/locale'
import type { Release, ReleaseAct, ReleaseState } from '../releases/release'
import { listPending } from '../releases/store'
import { countOpenReports } from '../reports/moderation-store'
import type { LiveSite } from '../site'
import { waitingAside } from '../translations/aside'
import { listAside } from '../translations/aside-store'
import { type Having, havingOf, type Progress, progressOf } from '../translations/progress'
import { listTranslationsOf, type StoredTranslation } from '../translations/store'
import { isWaiting } from '../translations/translation'

/** The progress of a translation, what readers have of it, the demand for it, and the open reports about it. */
export interface StatusLine extends Progress {
  /** What readers have of the translation. What is newer is saved, and not published. */
  readonly published: Having
  /** What they have of the English that it is compared with. */
  readonly english: Having
  /** How often readers were shown another language instead, this month and the last. */
  readonly demand: number
  /** How many readers wait for an email that it is there. */
  readonly requests: number
  /** Segments beside which a text was set aside that waits for a decision. */
  readonly aside: readonly string[]
  /** Reports of readers that nobody has closed. */
  readonly reports: number
  /** What is scheduled or held for the translation, if anything is. */
  readonly scheduled?: readonly Pending[]
}

/** What is scheduled for a text, or was not ready when it was due. */
interface Pending {
  readonly release: string
  readonly state: ReleaseState
  readonly act: ReleaseAct
  readonly dueAt: string | null
  readonly by: string
}

/** The state of the translations of some briefings, and the slug after which to go on; `undefined` if there are no more. */
export interface StatusPage {
  readonly rows: readonly StatusLine[]
  /** Slugs of the briefings that are saved, and that nobody has published or taken back. */
  readonly drafts: readonly string[]
  /** The briefings that were taken back, and when. */
  readonly takenBack: readonly { readonly slug: string; readonly at: string }[]
  /** All that is scheduled or held for these briefings, the English included. */
  readonly releases: readonly Release[]
  readonly next: string | undefined
}

/**
 * The state of translations into some locales: a row for each briefing and locale, of up to `most` briefings (at most 99) after a slug.
 * Only segments in sight are counted and named.
 */
export async function statusAfter(
  { database, now }: LiveSite,
  targets: readonly Locale[],
  after: string,
  most: number,
  sight?: Sight,
): Promise<StatusPage> {
  const found = await listSources(database, after, most + 1)
  const sources = found.slice(0, most)
  const ids = sources.map(({ id }) => id)
  const translations = await listTranslationsOf(database, ids, targets)
  const demand = await listDemand(database, targets, monthsBefore(monthOf(now()), 1), ids)
  const waiting = await listRequests(database, targets, ids)
  const reports = await countOpenReports(database, targets, ids, sight)
  const kept = await listAside(database, ids, targets)
  const releases = await listPending(database, ids)
  return {
    drafts: sources.flatMap(({ slug, published, takenBack }) => (published === undefined && !takenBack ? [slug] : [])),
    takenBack: sources.flatMap(({ slug, published, takenBack }) =>
      published === undefined && takenBack ? [{ slug, at: takenBack.at }] : [],
    ),
    releases,
    rows: sources.flatMap(({ id, slug, briefing, history, ...source }) =>
      targets.map((locale) => {
        const translation = translations.find((each) => each.briefingId === id && each.locale === locale)
        const isThis = (each: { briefingId: string; locale: Locale }) => each.briefingId === id && each.locale === locale
        const progress = progressOf(slug, briefing, history, locale, translation, sight)
        return {
          ...progress,
          published: source.published === undefined ? 'nothing' : havingOfTranslation(translation),
          english: havingOf(source.published, source.published !== source.revision),
          demand: demand.find(isThis)?.views ?? 0,
          requests: waiting.find(isThis)?.requests ?? 0,
          aside: idsIn(segmentsOf(briefing, sight), waitingAside(kept.filter(isThis), history, translation)),
          reports: reports.find(isThis)?.reports ?? 0,
          ...pendingFor(releases, id, locale),
        }
      }),
    ),
    next: found.length > most ? sources.at(-1)?.slug : undefined,
  }
}

const idsIn = (segments: readonly Segment[], waiting: ReadonlyMap<string, unknown>) =>
  segments.flatMap(({ id }) => (waiting.has(id) ? [id] : []))

const havingOfTranslation = (translation: StoredTranslation | undefined): Having =>
  translation ? havingOf(translation.published, isWaiting(translation, translation.approved)) : 'nothing'

function pendingFor(releases: readonly Release[], id: string, locale: Locale): Pick<StatusLine, 'scheduled'> {
  const scheduled = releases.flatMap(({ items, state, dueAt, actor, id: release }) =>
    items.flatMap((item) =>
      item.publicationId === id && item.locale === locale ? [{ release, state, act: item.act, dueAt, by: actor }] : [],
    ),
  )
  return scheduled.length === 0 ? {} : { scheduled }
}
