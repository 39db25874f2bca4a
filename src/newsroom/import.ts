import type { Sight } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { type Locale, openLocales } from '../language/locale'
import { may, type Person } from '../members/person'
import { printSaved } from '../printing/print-saved'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { type CheckedLine, type FileWarning, saidLine } from '../translations/checks/receipt'
import { isRefused, type ReceiptLine } from '../translations/intake'
import { addressedTo } from '../translations/packs/destination'
import type { ReturnedPack } from '../translations/packs/pack'
import type { StoredTranslation } from '../translations/store'
import { isPublication } from '../translations/translation'
import type { Provenance, TranslationState } from '../translations/vocabulary'
import { type Judged, warningsShown } from './judged'
import { mergePack } from './merge-pack'
import { reviseTranslation } from './revise'

/** What became of a returned pack. */
export interface ImportReceipt {
  readonly slug: string
  readonly locale: string
  readonly lines: readonly CheckedLine[]
  /** The revision of the translation that stands now; 0: there is none. */
  readonly revision: number
  /** Whether anything was saved as a revision. Never if nothing was accepted, nor on a trial. */
  readonly isSaved: boolean
  /** Whether readers get what the translation says now. */
  readonly isPublished: boolean
  /** Whether something is saved that readers get when it is published. */
  readonly isWaiting: boolean
  /** What a person should look at in all texts that readers get with it, if it publishes and there is anything. It stops nothing. */
  readonly warnings?: readonly FileWarning[]
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
  /** Without a person, what sends it (`senderByToken`, `senderByFile`): it may go on in the same file. */
  readonly sender?: string
  /** Who confirms texts that are unchanged and marked as done: the name of the file or the program. */
  readonly by?: string
  /** Which texts the sender may see; without it, all of them. */
  readonly sight?: Sight
  /** Only decide, and save nothing. */
  readonly isTrial?: boolean
  /** What the texts are held to that readers get; by default, what the site has of it. */
  readonly judged?: Judged | undefined
  /** Throws if the present state is not one that the sender builds upon. `this`: the sender knows this very state. */
  readonly expects?: (source: Source, translation: StoredTranslation | undefined) => 'this' | 'any'
}

/**
 * Imports a returned pack. The texts that `merge` takes are saved as one new revision of the translation. All others are in the receipt,
 * and those that clash with a change of somebody else are kept beside the translation as well. The caller prints. Throws a Refusal if
 * the briefing or the language is not one of this site, or if the sender may not send the pack, or not approve it.
 */
export async function savePack(
  site: LiveSite,
  returned: ReturnedPack,
  options: ImportOptions = {},
): Promise<ImportReceipt & { readonly briefingId: string; readonly sourceRevision: number; readonly isDue: boolean }> {
  const { locales } = site
  const pack = addressedTo(locales, returned)
  const { name: slug, locale } = pack
  if (locale === locales.source || !openLocales(locales).includes(locale)) {
    throw new Refusal('locale.not-translated', { locale })
  }
  refuseWhoMayNot(options, 'translate', locale)
  const decide = async (source: Source, before: StoredTranslation | undefined) => {
    const condition = options.expects?.(source, before)
    if (pack.sourceRevision > source.revision) {
      throw new Refusal('pack.ahead', { slug, revision: pack.sourceRevision, last: source.revision })
    }
    const decision = await mergePack(site, source, before, condition === 'this' ? madeFrom(pack, before) : pack, options)
    if (decision.translation && isPublication(before, decision.translation)) {
      const isOfWithdrawn = [before?.state, decision.translation.state].includes('withdrawn')
      refuseWhoMayNot(options, isOfWithdrawn ? 'approve-translation' : 'publish', locale)
    }
    const after = decision.translation
    const translations = after?.state === 'approved' ? [after] : []
    const warnings = await warningsShown(site, source, { translations }, options.judged)
    return { ...decision, result: { lines: decision.result, ...(warnings.length === 0 ? {} : { warnings }) } }
  }
  const revised = await reviseTranslation(site, slug, locale, decide, {
    person: options.person,
    actor: options.actor ?? options.by,
    sender: options.sender,
  })
  if (!revised) throw new Refusal('briefing.unknown', { slug })
  const { result, ...saved } = revised
  return { locale, ...result, ...saved }
}

/** Refuses a person without this right. Who may not publish what they send can still save it. */
function refuseWhoMayNot(
  { person }: ImportOptions,
  right: 'translate' | 'approve-translation' | 'publish',
  locale: Locale,
): void {
  if (!person || may(person, right === 'publish' ? 'approve-translation' : right, locale)) return
  if (right === 'publish') throw new Refusal('person.may-only-save', { person: person.address, locale })
  if (right === 'translate') throw new Refusal('person.may-not-translate', { person: person.address, locale })
  throw new Refusal('person.may-not-approve', { person: person.address, locale })
}

/** A pack whose sender says that it was made from what stands. */
function madeFrom({ was: _, ...pack }: ReturnedPack, before: StoredTranslation | undefined): ReturnedPack {
  return { ...pack, revision: before?.revision ?? 0 }
}

/** Imports a returned pack, as `savePack` does, and prints the briefing. */
export async function importPack(
  site: LiveSite,
  pack: ReturnedPack,
  options: ImportOptions = {},
): Promise<ImportReceipt & { readonly sourceRevision: number }> {
  const { briefingId, isDue, ...receipt } = await savePack(site, pack, options)
  if (isDue) await printSaved(site, briefingId)
  return receipt
}

/** A receipt with its reasons and warnings in words. */
export const inWords = <Receipt extends Pick<ImportReceipt, 'lines'>>(receipt: Receipt) => ({
  ...receipt,
  lines: receipt.lines.map(saidLine),
})

/** Whether anything in a receipt was refused. */
export const hasRefusals = ({ lines }: { readonly lines: readonly Pick<ReceiptLine, 'outcome'>[] }) => lines.some(isRefused)
