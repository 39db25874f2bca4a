import { idsOf, type Source } from '../briefings/source'
import { findSourceBySlug } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { printBriefing } from '../printing/print-briefing'
import { complaintIn, Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { MachineConfig } from '../translations/machine/config'
import { deepl } from '../translations/machine/deepl'
import {
  begun,
  closedTo,
  type Drafts,
  type LeftOut,
  openSegments,
  readDrafts,
  stillOpen,
  textsFor,
  withDrafts,
} from '../translations/machine/drafting'
import { isUnavailable, type Translator } from '../translations/machine/translator'
import { type Inference, workersAi } from '../translations/machine/workers-ai'
import { conflictIn, type MachineJob, startJob, writesToEnd } from '../translations/machine-store'
import { findTranslation, writesToSave } from '../translations/store'
import { changesForReaders, stateOfWork } from '../translations/translation'

/**
 * What became of one briefing in one language: segments were drafted; there was nothing to draft, or nothing useful came back; somebody
 * changed the texts meanwhile, so nothing was saved; the translator's answer was unusable, so nothing was saved.
 */
interface Ended {
  readonly outcome: 'drafted' | 'nothing to do' | 'overtaken' | 'aborted'
  /** Why nothing was drafted. */
  readonly complaint?: Complaint
  readonly drafted: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

export interface DraftReceipt extends Ended {
  readonly slug: string
  readonly locale: Locale
  readonly translator: string
}

export interface DraftOptions {
  /** Whether texts for members may be sent to a translator. */
  readonly withGated: boolean
  /** Jobs that were started then or later may finish. Without it, every other job is replaced. */
  readonly liveSince?: string
}

/** How often a draft is decided in all, if people keep saving meanwhile. */
const triesMax = 5

/** The configured translator: an HTTP API if there is a key, or else the platform's own, or none. */
export function openTranslator({ url, key, locales }: MachineConfig, inference?: Inference): Translator | undefined {
  if (key !== undefined) return deepl(url, key)
  if (inference) return workersAi(inference)
  if (locales.length === 0) return undefined
  const missing = complaint('config.variable', { name: 'MACHINE_DRAFTS', problem: complaint('draft.no-translator') })
  throw new Refusal('config.unusable', { problems: { lines: [missing] } })
}

/**
 * Lets a translator draft what a briefing lacks in one language, saves it as one new revision of the translation, and prints the briefing.
 * It overwrites no text: what to save is decided upon the state at that moment. Nothing is saved if the English was revised or another job
 * was started meanwhile, or if the translator returned another number of texts. Throws a Refusal if the translator does not work.
 */
export async function draftBriefing(
  site: LiveSite,
  translator: Translator,
  slug: string,
  locale: Locale,
  options: DraftOptions,
): Promise<DraftReceipt> {
  const source = await findSourceBySlug(site.database, slug)
  if (!source) throw new Refusal('briefing.unknown', { slug })
  return { slug: source.slug, locale, translator: translator.name, ...(await draft(site, translator, source, locale, options)) }
}

async function draft(
  site: LiveSite,
  translator: Translator,
  source: Source,
  locale: Locale,
  { withGated, liveSince }: DraftOptions,
): Promise<Ended> {
  const translation = await findTranslation(site.database, source.id, locale, source.history.length)
  const segments = openSegments(source.briefing, translation, withGated)
  if (segments.length === 0) return without('nothing to do', closedTo(translation) ?? complaint('draft.whole'))

  const startedAt = site.now().toISOString()
  const job = { briefingId: source.id, locale, token: crypto.randomUUID(), sourceRevision: source.revision, startedAt }
  if (!(await startJob(site.database, job, liveSince))) return without('overtaken', complaint('draft.running'))
  const texts = textsFor(segments)
  try {
    const answers = await translator.translate(texts, site.locales.source, locale)
    const drafts = readDrafts(locale, segments, answers)
    if (drafts) return await saveDrafts(site, translator.name, source, job, drafts)
    return without(
      'aborted',
      complaint('translator.count', { translator: translator.name, answered: answers.length, sent: texts.length }),
    )
  } catch (error) {
    if (error instanceof Refusal && !isUnavailable(error)) return without('aborted', complaintIn(error))
    throw error
  }
}

/** Nothing was drafted, for this reason. */
export const without = (outcome: Ended['outcome'], complaint: Complaint, leftOut: readonly LeftOut[] = []): Ended => ({
  outcome,
  complaint,
  drafted: [],
  leftOut,
})

/** The message if somebody or something else was first. */
const overtakings = { translation: 'draft.saved-again', job: 'draft.other-job', source: 'draft.revised' } as const

/** Saves drafts upon the present state. If a person saves first, upon the state after that. */
async function saveDrafts(
  site: LiveSite,
  machine: string,
  source: Source,
  job: MachineJob,
  { texts, leftOut }: Drafts,
): Promise<Ended> {
  const { database } = site
  const { locale } = job
  const hashes = source.history.at(-1)?.hashes ?? {}
  const savedAt = site.now().toISOString()
  for (let tries = 1; ; tries += 1) {
    const before = await findTranslation(database, source.id, locale, source.history.length)
    const drafted = stillOpen(before, texts, hashes)
    const present = before ? { ...before, state: stateOfWork(before) } : begun(locale)
    const after = withDrafts(present, drafted, hashes, machine)
    const saves = drafted.length === 0 ? [] : writesToSave(database, idsOf(source), after, before, savedAt)
    const ended = { translator: machine, savedAt, segments: drafted.length }
    try {
      await database.atomically(writesToEnd(database, job, ended, saves))
    } catch (error) {
      const by = conflictIn(error)
      if (by === 'translation' && tries < triesMax) continue
      if (by !== undefined) return without('overtaken', complaint(overtakings[by]))
      throw error
    }
    if (texts.size === 0) return without('nothing to do', complaint('draft.nothing'), leftOut)
    if (drafted.length === 0) return without('overtaken', closedTo(before) ?? complaint('draft.translated'), leftOut)
    if (changesForReaders(before, after)) await printBriefing(site, source.id)
    return { outcome: 'drafted', drafted: drafted.map(([id]) => id), leftOut }
  }
}
