import { findSourceBySlug } from './briefings/store'
import { printBriefing } from './editions/press'
import { openLocales } from './language/locale'
import type { LiveSite } from './site'
import { errorsOfSegment } from './translations/checks/checks'
import { isRefused, type ReceiptLine, takeIn } from './translations/intake'
import { PackError, type ReturnedPack } from './translations/packs/pack'
import { findTranslation, writesToSave } from './translations/store'
import type { Provenance, Translation, TranslationState } from './translations/translation'

/** What became of a returned pack. */
export interface ImportReceipt {
  readonly slug: string
  readonly locale: string
  readonly lines: readonly ReceiptLine[]
  /** Whether anything was saved; never where nothing was accepted, or on a trial. */
  readonly isSaved: boolean
}

export interface ImportOptions {
  /** The state that the translation is given; without it, it keeps the one it has, and a new one is a draft. */
  readonly state?: TranslationState
  readonly provenance?: Provenance
  /** Decide and tell, but save nothing. */
  readonly isTrial?: boolean
}

/** How often an import that another change overtook is decided anew before it gives up. */
const triesMax = 5

/**
 * Takes a returned pack in: segment by segment, what may be is saved as one new revision of the translation and printed; the
 * rest is told and left as it was. Throws PackError where the pack is of no briefing or no language of this site.
 */
export async function importPack(site: LiveSite, pack: ReturnedPack, options: ImportOptions = {}): Promise<ImportReceipt> {
  const { database, locales } = site
  const { name: slug, locale } = pack
  if (locale === locales.source || !openLocales(locales).includes(locale)) {
    throw new PackError(`is in ${locale}, which is not a language that this site translates into`)
  }
  for (let tries = 1; ; tries += 1) {
    const source = await findSourceBySlug(database, slug)
    if (!source) throw new PackError(`is of ${slug}, and there is no such briefing`)
    if (pack.sourceRevision > source.revision) {
      throw new PackError(`is made from revision ${pack.sourceRevision} of ${slug}, which has only ${source.revision}`)
    }
    const before = await findTranslation(database, source.id, locale)
    const { lines, segments } = takeIn(pack, source, before, (segment) => {
      const [error] = errorsOfSegment({ locale, ...segment })
      return error && `${error.rule}: ${error.message}`
    })
    const state = options.state ?? before?.state ?? 'draft'
    const provenance = options.provenance ?? before?.provenance ?? 'human'
    const isChanged =
      lines.some(({ outcome }) => outcome === 'accepted') ||
      (before !== undefined && (before.state !== state || before.provenance !== provenance))
    if (!isChanged || options.isTrial) return { slug, locale, lines, isSaved: false }

    const translation: Translation = { locale, state, provenance, credits: before?.credits ?? [], segments }
    try {
      await database.atomically(
        writesToSave(database, source.id, locale, translation, (before?.revision ?? 0) + 1, site.now().toISOString()),
      )
    } catch (error) {
      if (tries < triesMax && wasOvertaken(error)) continue
      throw error
    }
    await printBriefing(site, source.id)
    return { slug, locale, lines, isSaved: true }
  }
}

/** Somebody else saved this revision of the translation first: what they saved is there, and ours is decided upon it. */
const wasOvertaken = (error: unknown) =>
  error instanceof Error && error.message.includes('UNIQUE constraint failed: translation_revision')

/** Whether a receipt tells of anything that was refused. */
export const hasRefusals = ({ lines }: ImportReceipt) => lines.some(isRefused)
