import type { Source } from '../briefings/source'
import type { Tier } from '../briefings/vocabulary'
import { type Locale, openLocales } from '../language/locale'
import { may, type Person } from '../members/person'
import { printBriefing } from '../printing/print-briefing'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { errorsOfSegment } from '../translations/checks/checks'
import { inRule } from '../translations/checks/finding'
import { isRefused, type Judge, type ReceiptLine, takeIn } from '../translations/intake'
import type { ReturnedPack } from '../translations/packs/pack'
import type { StoredTranslation } from '../translations/store'
import type { Provenance, TranslationState } from '../translations/translation'
import { type Decision, reviseTranslation } from './revise'

/** What became of a returned pack. */
export interface ImportReceipt {
  readonly slug: string
  readonly locale: string
  readonly lines: readonly ReceiptLine[]
  /** Whether anything was saved; never where nothing was accepted, or on a trial. */
  readonly isSaved: boolean
  /** The translation was approved, and is in review again until a second person approves what is new in it. */
  readonly isBackInReview?: true
}

export interface ImportOptions {
  /** The state that the translation is given; without it, it keeps the one it has, and a new one is a draft. */
  readonly state?: TranslationState
  readonly provenance?: Provenance
  /** The person who sent it, held to what they may do; with the state `approved`, who approves it. */
  readonly person?: Person
  /** What it came as, a file or a program, for what it confirms without an edit. */
  readonly by?: string
  /** The highest tier whose texts the sender may see; without it, all of them. */
  readonly tier?: Tier
  /** Decide and tell, but save nothing. */
  readonly isTrial?: boolean
  /** Throws where what stands is not what the sender built upon. */
  readonly expects?: (source: Source, translation: StoredTranslation | undefined) => void
}

/**
 * Takes a returned pack in: segment by segment, what may be is saved as one new revision of the translation; the rest is told
 * and left as it was. Printing is left to the caller. Throws a Refusal where the pack is of no briefing or language of this site,
 * and where its sender may not send it, or not approve it.
 */
export async function savePack(
  site: LiveSite,
  pack: ReturnedPack,
  options: ImportOptions = {},
): Promise<ImportReceipt & { readonly briefingId: string }> {
  const { locales } = site
  const { name: slug, locale } = pack
  if (locale === locales.source || !openLocales(locales).includes(locale)) {
    throw new Refusal('locale.not-translated', { locale })
  }
  refuseWhoMayNot(options, locale)
  const confirmed = { by: options.by ?? 'a returned file', at: site.now().toISOString() }
  const by = { person: options.person, approves: options.state === 'approved' }
  const decide = (source: Source, before: StoredTranslation | undefined): Decision<readonly ReceiptLine[]> => {
    options.expects?.(source, before)
    if (pack.sourceRevision > source.revision) {
      throw new Refusal('pack.ahead', { slug, revision: pack.sourceRevision, last: source.revision })
    }
    const flawOf: Judge = (segment) => {
      const [error] = errorsOfSegment({ locale, ...segment })
      return error && inRule(error)
    }
    const { lines, segments } = takeIn(pack, source, before, confirmed, flawOf, options.tier)
    const state = options.state ?? before?.state ?? 'draft'
    const provenance = options.provenance ?? before?.provenance ?? 'human'
    const isChanged =
      lines.some(({ outcome }) => outcome === 'accepted' || outcome === 'confirmed') ||
      (before !== undefined && (before.state !== state || before.provenance !== provenance))
    const translation = { locale, state, provenance, credits: before?.credits ?? [], segments }
    return { told: lines, translation: isChanged ? translation : undefined, isTrial: options.isTrial ?? false }
  }
  const revised = await reviseTranslation(site, slug, locale, decide, by)
  if (!revised) throw new Refusal('briefing.unknown', { slug })
  const { told: lines, refusal, ...saved } = revised
  if (refusal) throw new Refusal(refusal.code, refusal.values)
  return { slug, locale, lines, ...saved }
}

function refuseWhoMayNot({ person, state }: ImportOptions, locale: Locale): void {
  if (!person) return
  if (!may(person, 'translate', locale)) {
    throw new Refusal('person.may-not-translate', { person: person.address, locale })
  }
  if (state === 'approved' && !may(person, 'approve-translation', locale)) {
    throw new Refusal('person.may-not-approve', { person: person.address, locale })
  }
}

/** Takes a returned pack in, as `savePack` does, and prints the briefing. */
export async function importPack(site: LiveSite, pack: ReturnedPack, options: ImportOptions = {}): Promise<ImportReceipt> {
  const { briefingId, ...receipt } = await savePack(site, pack, options)
  if (receipt.isSaved) await printBriefing(site, briefingId)
  return receipt
}

/** Whether a receipt tells of anything that was refused. */
export const hasRefusals = ({ lines }: { readonly lines: readonly Pick<ReceiptLine, 'outcome'>[] }) => lines.some(isRefused)
