import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import { confirmSegments, type ReceiptLine } from '../translations/intake'
import { stateOfWork } from '../translations/translation'
import { asideOf } from './merge-pack'
import { reviseTranslation } from './revise'

/** The outcome of a confirmation. */
export interface Confirmation {
  readonly lines: readonly ReceiptLine[]
  readonly briefingId: string
  readonly isSaved: boolean
  /** Whether readers get what the translation says now. */
  readonly isPublished: boolean
  /** Whether something is saved that readers get when it is published. */
  readonly isWaiting: boolean
  /** Whether the briefing is to be printed for it. */
  readonly isDue: boolean
}

interface Confirming {
  readonly isTrial?: boolean
  readonly publishes?: boolean
  /** The name of what acts, in the log of who did what. */
  readonly actor?: string
}

/**
 * Notes that a person finds segments of a translation still right for the present English, without an edit: the named segments, or all
 * that are outdated. That also settles what was set aside beside them. Only a named segment may be confirmed for that alone. A published
 * translation stays with readers as it was, unless this `publishes`. A trial saves nothing. The caller prints. `undefined`: there is no such
 * briefing.
 */
export async function confirmTranslation(
  site: LiveSite,
  slug: string,
  locale: Locale,
  ids: readonly string[],
  by: string,
  { isTrial = false, publishes = false, actor }: Confirming = {},
): Promise<Confirmation | undefined> {
  const revised = await reviseTranslation(
    site,
    slug,
    locale,
    async (source, before) => {
      if (!before) return { result: [] }
      const aside = await asideOf(site.database, source, before, locale)
      const confirmed = { by, at: site.now().toISOString() }
      const { lines, segments } = confirmSegments(before, source.history, ids, confirmed, (id) => aside.has(id))
      const isChanged = lines.some(({ outcome }) => outcome === 'confirmed')
      const state = publishes ? ('approved' as const) : stateOfWork(before)
      return { result: lines, translation: isChanged ? { ...before, state, segments } : undefined, isTrial }
    },
    { actor },
  )
  if (!revised) return undefined
  const { result: lines, ...saved } = revised
  return { lines, ...saved }
}
