import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { explain } from '../language/newsroom'
import type { LiveSite } from '../site'
import type { MachineConfig } from '../translations/machine/config'
import { isUnavailable, type Translator } from '../translations/machine/translator'
import { listUndrafted, type Undrafted, writeToPass } from '../translations/undrafted-store'
import { type DraftOptions, type DraftReceipt, draftBriefing, without } from './machine-drafts'

const listedAtOnce = 50
/** A job that has not ended after this time, in milliseconds, counts as dead, and another begins. If it still lives, its save is refused. */
const retriedAfter = 15 * 60_000

export interface Waiting extends DraftOptions {
  /** Briefings whose job was started then or later are skipped. */
  readonly liveSince: string
  /** How many briefings at most. */
  readonly most: number
}

/**
 * Drafts briefings that no machine was asked for yet in their present state: those that readers can read, newest first, equally many in
 * each language. Each is tried once for each revision of its English. One that was aborted is tried again once its job is older than
 * `liveSince`. If one fails, the others are still drafted, unless the translator does not work: then this throws its Refusal.
 */
export async function* draftWaiting(
  site: LiveSite,
  translator: Translator,
  locales: readonly Locale[],
  { most, ...options }: Waiting,
): AsyncGenerator<DraftReceipt> {
  const { database } = site
  let left = most
  for (const [index, locale] of locales.entries()) {
    const tried = new Set<string>()
    const share = Math.ceil(left / (locales.length - index))
    while (tried.size < share) {
      const asked = { locale, liveSince: options.liveSince, most: Math.min(share - tried.size, listedAtOnce) }
      const waiting = (await listUndrafted(database, asked)).filter(({ id }) => !tried.has(id))
      if (waiting.length === 0) break
      for (const briefing of waiting) {
        tried.add(briefing.id)
        yield await draftOne(site, translator, briefing, locale, options)
      }
    }
    left -= tried.size
  }
}

/** Drafts one of the waiting briefings, and records if it needs no machine. */
async function draftOne(
  site: LiveSite,
  translator: Translator,
  briefing: Undrafted,
  locale: Locale,
  options: DraftOptions,
): Promise<DraftReceipt> {
  const { database, now } = site
  const receipt = await draftBriefing(site, translator, briefing.slug, locale, options).catch((error: unknown) => {
    if (isUnavailable(error)) throw error
    const failed = complaint('draft.failed', { fault: String(error) })
    return { slug: briefing.slug, locale, translator: translator.name, ...without('aborted', failed) }
  })
  if (receipt.outcome === 'nothing to do' && receipt.leftOut.length === 0) {
    const passed = { token: crypto.randomUUID(), translator: translator.name, savedAt: now().toISOString() }
    await database.atomically([writeToPass(database, briefing, locale, passed)])
  }
  return receipt
}

/** Drafts waiting briefings in the languages that the site drafts by itself, some at a time, and logs each. */
export async function draftOnSchedule(
  site: LiveSite,
  translator: Translator,
  { locales, withGated }: MachineConfig,
  most: number,
  tell: (entry: Readonly<Record<string, unknown>>) => void,
): Promise<void> {
  const liveSince = new Date(site.now().getTime() - retriedAfter).toISOString()
  for await (const receipt of draftWaiting(site, translator, locales, { withGated, liveSince, most })) {
    const { outcome, complaint: why, drafted, leftOut } = receipt
    if (outcome === 'nothing to do' && leftOut.length === 0) continue
    const explained = why ? { why: explain(why) } : {}
    tell({
      level: outcome === 'aborted' ? 'error' : 'info',
      ...receipt,
      ...explained,
      drafted: drafted.length,
      leftOut: leftOut.length,
    })
  }
}
