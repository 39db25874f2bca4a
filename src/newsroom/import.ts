import type { Source } from '../briefings/source'
import type { Tier } from '../briefings/vocabulary'
import { type Locale, openLocales } from '../language/locale'
import { may, type Person } from '../members/person'
import { printBriefing } from '../printing/print-briefing'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { errorsOfSegment } from '../translations/checks/checks'
import { inRule } from '../translations/checks/finding'
import { type CheckedLine, saidLine, withWarnings } from '../translations/checks/receipt'
import { isRefused, type Judge, type ReceiptLine, takeIn } from '../translations/intake'
import { addressedTo } from '../translations/packs/destination'
import type { ReturnedPack } from '../translations/packs/pack'
import type { StoredTranslation } from '../translations/store'
import { isPublication, type Provenance, stateOfWork, type TranslationState } from '../translations/translation'
import { type Decision, reviseTranslation } from './revise'

/** What became of a returned pack. */
export interface ImportReceipt {
  readonly slug: string
  readonly locale: string
  readonly lines: readonly CheckedLine[]
  /** Whether anything was saved. Never if nothing was accepted, nor on a trial. */
  readonly isSaved: boolean
  /** Whether readers get what the translation says now. */
  readonly isPublished: boolean
  /** Whether something is saved that readers get when it is published. */
  readonly isWaiting: boolean
}

export interface ImportOptions {
  /**
   * The new state of the translation. `approved` publishes it, and `withdrawn` takes it from readers. Without a state, the work on a
   * published translation is a draft.
   */
  readonly state?: TranslationState
  readonly provenance?: Provenance
  /** The person who sent it, if they may. With the state `approved`, the person who approves it. */
  readonly person?: Person
  /** Without a person, the name of what sent it, in the log of who did what. */
  readonly actor?: string
  /** Who confirms texts that are unchanged and marked as done: the name of the file or the program. */
  readonly by?: string
  /** The highest tier whose texts the sender may see; without it, all of them. */
  readonly tier?: Tier
  /** Only decide, and save nothing. */
  readonly isTrial?: boolean
  /** Throws if the present state is not the one that the sender started from. */
  readonly expects?: (source: Source, translation: StoredTranslation | undefined) => void
}

/**
 * Imports a returned pack. The accepted segments are saved as one new revision of the translation. All others stay as they were,
 * and the receipt names them. The caller prints. Throws a Refusal if the briefing or the language is not one of this site, or if
 * the sender may not send the pack, or not approve it.
 */
export async function savePack(
  site: LiveSite,
  returned: ReturnedPack,
  options: ImportOptions = {},
): Promise<ImportReceipt & { readonly briefingId: string; readonly isDue: boolean }> {
  const { locales } = site
  const pack = addressedTo(locales, returned)
  const { name: slug, locale } = pack
  if (locale === locales.source || !openLocales(locales).includes(locale)) {
    throw new Refusal('locale.not-translated', { locale })
  }
  refuseWhoMayNot(options, 'translate', locale)
  const confirmed = { by: options.by ?? 'a returned file', at: site.now().toISOString() }
  const by = { person: options.person, actor: options.actor ?? options.by }
  const decide = (source: Source, before: StoredTranslation | undefined): Decision<readonly CheckedLine[]> => {
    options.expects?.(source, before)
    if (pack.sourceRevision > source.revision) {
      throw new Refusal('pack.ahead', { slug, revision: pack.sourceRevision, last: source.revision })
    }
    const flawOf: Judge = (segment) => {
      const [error] = errorsOfSegment({ locale, ...segment })
      return error && inRule(error)
    }
    const { lines, segments } = takeIn(pack, source, before, confirmed, flawOf, options.tier)
    const wanted = {
      state: options.state ?? before?.state ?? 'draft',
      provenance: options.provenance ?? before?.provenance ?? 'human',
    }
    const isChanged =
      lines.some(({ outcome }) => outcome === 'accepted' || outcome === 'confirmed') ||
      (before !== undefined && (before.state !== wanted.state || before.provenance !== wanted.provenance))
    const state = options.state ?? stateOfWork(before)
    const translation = { ...wanted, locale, state, credits: before?.credits ?? [], segments }
    if (isChanged && isPublication(before, translation)) refuseWhoMayNot(options, 'approve-translation', locale)
    const result = withWarnings(lines, source.briefing, { locale, segments }, site.glossaries[locale], pack.accepted)
    return { result, translation: isChanged ? translation : undefined, isTrial: options.isTrial ?? false }
  }
  const revised = await reviseTranslation(site, slug, locale, decide, by)
  if (!revised) throw new Refusal('briefing.unknown', { slug })
  const { result: lines, refusal, ...saved } = revised
  if (refusal) throw new Refusal(refusal.code, refusal.values)
  return { locale, lines, ...saved }
}

function refuseWhoMayNot({ person }: ImportOptions, right: 'translate' | 'approve-translation', locale: Locale): void {
  if (!person || may(person, right, locale)) return
  if (right === 'translate') throw new Refusal('person.may-not-translate', { person: person.address, locale })
  throw new Refusal('person.may-not-approve', { person: person.address, locale })
}

/** Imports a returned pack, as `savePack` does, and prints the briefing. */
export async function importPack(site: LiveSite, pack: ReturnedPack, options: ImportOptions = {}): Promise<ImportReceipt> {
  const { briefingId, isDue, ...receipt } = await savePack(site, pack, options)
  if (isDue) await printBriefing(site, briefingId)
  return receipt
}

/** A receipt with its reasons and warnings in words. */
export const inWords = <Receipt extends Pick<ImportReceipt, 'lines'>>(receipt: Receipt) => ({
  ...receipt,
  lines: receipt.lines.map(saidLine),
})

/** Whether anything in a receipt was refused. */
export const hasRefusals = ({ lines }: { readonly lines: readonly Pick<ReceiptLine, 'outcome'>[] }) => lines.some(isRefused)
