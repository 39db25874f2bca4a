import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import { confirmSegments, type ReceiptLine } from '../translations/intake'
import { reviseTranslation } from './revise'

/** The outcome of a confirmation. */
export interface Confirmation {
  readonly lines: readonly ReceiptLine[]
  readonly briefingId: string
  readonly isSaved: boolean
  /** The translation was approved, and is in review again until a second person approves what is new in it. */
  readonly isBackInReview?: true
}

/**
 * Notes that a person finds segments of a translation still right for the present English, without an edit: the named segments, or all
 * that are outdated. A trial saves nothing. The caller prints. `undefined`: there is no such briefing.
 */
export async function confirmTranslation(
  site: LiveSite,
  slug: string,
  locale: Locale,
  ids: readonly string[],
  by: string,
  isTrial = false,
): Promise<Confirmation | undefined> {
  const confirmed = { by, at: site.now().toISOString() }
  const revised = await reviseTranslation(site, slug, locale, ({ history }, before) => {
    if (!before) return { result: [] }
    const { lines, segments } = confirmSegments(before, history, ids, confirmed)
    const isChanged = lines.some(({ outcome }) => outcome === 'confirmed')
    return { result: lines, translation: isChanged ? { ...before, segments } : undefined, isTrial }
  })
  if (!revised) return undefined
  const { result: lines, ...saved } = revised
  return { lines, ...saved }
}
