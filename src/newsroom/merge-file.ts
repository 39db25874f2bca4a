import type { RevisionHashes } from '../briefings/revisions'
import type { Database, Write } from '../storage/database'
import { ancestryOf, type Revisions } from '../translations/ancestry'
import { writesToSetAside } from '../translations/aside-store'
import { isOutdated } from '../translations/freshness'
import type { ReceiptLine } from '../translations/intake'
import { isTaken, merge } from '../translations/merge'
import type { StoredTranslation } from '../translations/store'
import type { Translation } from '../translations/translation'

/** A filed translation merged into what stands. */
interface Merged {
  readonly segments: Translation['segments']
  /** The texts that met a change of somebody else. */
  readonly lines: readonly ReceiptLine[]
  readonly isTaken: boolean
  /** Whether something stands that the file does not know. */
  readonly isUnseen: boolean
  readonly beside: readonly Write[]
}

/**
 * Merges a filed translation into what stands, segment by segment, as a pack is merged. What the file leaves out stays. A file is
 * checked when it is read, and may have texts of segments that are gone. `revision` is the one that it was made from, if it says so.
 */
export async function mergeFile(
  database: Database,
  { id, history }: { readonly id: string; readonly history: readonly RevisionHashes[] },
  before: StoredTranslation,
  filed: Translation & { readonly revision?: number | undefined },
  revisions: Revisions,
  at: string,
): Promise<Merged> {
  const { locale, revision } = filed
  const targets = new Map(Object.entries(filed.segments).map(([segment, { text }]) => [segment, text]))
  const made = { targets, ...(revision === undefined ? {} : { revision }) }
  const { was, had } = await ancestryOf(made, revisions)
  const segments = { ...before.segments }
  const all = Object.entries(filed.segments).map(([segment, sent]): ReceiptLine => {
    const verdict = merge(
      { id: segment, text: sent.text, was: was.get(segment), seen: sent.seen, isDone: true, mayBeEnglish: true },
      {
        stands: before.segments[segment],
        english: '',
        wasEarlier: (text) => had(segment, text),
        isOutdated: (seen) => isOutdated(segment, seen, history),
        flawOf: () => undefined,
      },
    )
    if (isTaken(verdict.outcome)) segments[segment] = sent
    return { segment, ...verdict }
  })
  const aside = all.flatMap(({ segment, outcome, text = '', stands: stood = '' }) =>
    outcome === 'conflict' ? [{ segment, text, stood, seen: filed.segments[segment]?.seen ?? '' }] : [],
  )
  const beside = { briefingId: id, locale, revision: before.revision, sourceRevision: history.length, by: 'a locale file', at }
  return {
    segments,
    lines: all.filter(({ stands, replaced }) => stands !== undefined || replaced !== undefined),
    isTaken: all.some(({ outcome }) => isTaken(outcome)),
    isUnseen: all.some(({ stands }) => stands !== undefined),
    beside: await writesToSetAside(database, beside, aside),
  }
}
