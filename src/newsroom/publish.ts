import { isSourceConflict } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import type { Locale } from '../language/locale'
import { writeToNote } from '../members/audit-store'
import { isPrinted } from '../printing/print-briefing'
import { printSaved } from '../printing/print-saved'
import { Refusal } from '../problem'
import type { ReleaseAct } from '../releases/release'
import { isReleaseConflict } from '../releases/store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import type { FileWarning } from '../translations/checks/receipt'
import { isTranslationConflict } from '../translations/store'
import { type Judged, warningsShown } from './judged'
import {
  type Decided,
  decideToShow,
  decideToTakeBack,
  decideToWithdraw,
  type Publisher,
  refuseUnreadable,
  sourceOf,
} from './publication'
import { instantOf, overtakenBy, type Scheduled, schedule } from './schedule'

/** What became of an act of publication. */
export interface Publication {
  readonly slug: string
  /** The languages that readers got, or lost, or will. Empty: there was nothing to do. */
  readonly locales: readonly Locale[]
  /** Whether readers can see the briefing now. */
  readonly isPublic: boolean
  /** What was scheduled, if the act is to be done later. */
  readonly scheduled?: Scheduled
  /** Scheduled or held releases that this act cancelled, by their ids, if there are any. */
  readonly cancelled?: readonly string[]
  /** What a person should look at in the texts that readers get, if there is anything. It stops nothing. */
  readonly warnings?: readonly FileWarning[]
}

/** How an act is done: only tried, or at a time (see `momentIn`); and for what reason. */
export interface How {
  readonly isTrial?: boolean
  readonly at?: string | undefined
  readonly why?: string
  /** What the texts are held to that readers get; by default, what the site has of it. */
  readonly judged?: Judged | undefined
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
  how: How = {},
): Promise<Publication> {
  let warnings: readonly FileWarning[] = []
  const done = await actOn(site, slug, 'show', by, how, async (source) => {
    const { steps, reasons } = await decideToShow(site, source, locales, by)
    if (reasons.length > 0) throw new Refusal('publish.not-ready', { reasons: { lines: reasons } })
    const isEnglish = steps.some(({ locale }) => locale === site.locales.source)
    const translations = steps.flatMap(({ translation = [] }) => translation)
    warnings = await warningsShown(site, source, { translations, isEnglish }, how.judged)
    return steps
  })
  return warnings.length === 0 ? done : { ...done, warnings }
}

/** Takes a translation away from readers, who get the English under a notice. Throws a Refusal if they do not have it. */
export const withdraw = async (
  site: LiveSite,
  slug: string,
  locale: Locale,
  by: Publisher,
  how: How = {},
): Promise<Publication> =>
  await actOn(site, slug, 'withdraw', by, how, async (source) => [await decideToWithdraw(site, source, locale, by)])

/** Takes a briefing back from readers in every language. They are told `why`. Throws a Refusal if they do not have it. */
export const takeBack = async (site: LiveSite, slug: string, by: Publisher, how: How = {}): Promise<Publication> =>
  await actOn(site, slug, 'take-back', by, how, (source, why) => [decideToTakeBack(site, source, why, by)])

/** Decides on an act of publication, and carries it out as it is to be done. */
async function actOn(
  site: LiveSite,
  slug: string,
  act: ReleaseAct,
  by: Publisher,
  how: How,
  decide: (source: Source, why: string) => Decided['steps'] | Promise<Decided['steps']>,
): Promise<Publication> {
  const { why = '' } = how
  refuseUnreadable(why)
  const source = await sourceOf(site, slug)
  return await carryOut(site, { source, act, steps: await decide(source, why), why }, by, how)
}

const notedAs = { show: 'published', withdraw: 'withdrawn', 'take-back': 'taken-back' } as const

/** The writes of an act of publication, with its line in the log. */
export function writesToCarryOut(
  { database, now }: LiveSite,
  { source, act, steps, why }: Decided,
  { actor, person }: Publisher,
  detail: Readonly<Record<string, string>> = {},
): readonly Write[] {
  const locales = steps.map(({ locale }) => locale).join(' ')
  const note = {
    at: now().toISOString(),
    actor: person?.id ?? actor,
    act: notedAs[act],
    subject: source.id,
    detail: { locales, ...(why === '' ? {} : { why }), ...detail },
  }
  return [...steps.flatMap(({ writes }) => writes), writeToNote(database, note)]
}

/** Whether an act failed because somebody else changed the same meanwhile. */
export const isOthersChange = (error: unknown): boolean =>
  isSourceConflict(error) || isTranslationConflict(error) || isReleaseConflict(error)

async function carryOut(site: LiveSite, decided: Decided, by: Publisher, { isTrial = false, at }: How): Promise<Publication> {
  const { source, act, steps } = decided
  const { id, slug } = source
  const locales = steps.map(({ locale }) => locale)
  const asBefore = async () => ({ slug, locales, isPublic: await isPrinted(site, slug) })
  const dueAt = at === undefined ? undefined : instantOf(site, at)
  if (steps.length === 0) return await asBefore()
  if (dueAt !== undefined) {
    const { scheduled, cancelled } = await schedule(site, decided, dueAt, by, isTrial)
    return { ...(await asBefore()), scheduled, ...named(cancelled) }
  }
  const { cancelled, writes } = await overtakenBy(site, id, act, locales, by)
  if (isTrial) return { ...(await asBefore()), ...named(cancelled) }
  try {
    await site.database.atomically([...writesToCarryOut(site, decided, by), ...writes])
  } catch (error) {
    // It is not tried again by itself: readers would get what nobody has looked at.
    if (!isOthersChange(error)) throw error
    throw new Refusal('api.busy', { slug }, { kind: 'conflict' })
  }
  return { slug, locales, isPublic: await printSaved(site, id), ...named(cancelled) }
}

const named = (cancelled: readonly string[]) => (cancelled.length === 0 ? {} : { cancelled })
