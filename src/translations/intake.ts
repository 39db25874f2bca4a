import { segmentsOf } from '../briefings/segments'
import { flawIn } from '../language/text'
import { isOutdated, type RevisionHashes } from './freshness'
import type { PackSource } from './outgoing'
import type { ReturnedPack } from './packs/pack'
import type { TranslatedSegment, Translation } from './translation'

/**
 * What became of one segment of a returned pack: taken in; the same as before; made from English that has materially changed
 * since; the English itself; of no segment of this briefing; refused.
 */
export type Outcome = 'accepted' | 'unchanged' | 'outdated' | 'identical' | 'unknown' | 'rejected'

export interface ReceiptLine {
  readonly segment: string
  readonly outcome: Outcome
  readonly reason?: string
}

export interface Intake {
  readonly lines: readonly ReceiptLine[]
  /** The segments of the translation after the intake. */
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/** Why a target may not be taken in, in words for its translator; `undefined` where it may. */
export type Refusal = (segment: { id: string; kind: 'plain' | 'markdown'; source: string; target: string }) => string | undefined

/**
 * Decides what of a returned pack is taken in. Each text is held to be made from the English that the store has under the
 * pack's revision, whatever the file says that it was. A segment whose English has materially changed since is left as it
 * is and reported; an empty one is passed over: nobody deletes a translation by sending a file.
 */
export function takeIn(
  returned: ReturnedPack,
  { briefing, history }: Pick<PackSource, 'briefing' | 'history'>,
  translation: Translation | undefined,
  refusal: Refusal,
): Intake {
  const known = new Map(segmentsOf(briefing).map((segment) => [segment.id, segment] as const))
  const seenThen = history[returned.sourceRevision - 1]?.hashes ?? {}
  const segments: Record<string, TranslatedSegment> = { ...translation?.segments }
  const lines: ReceiptLine[] = []

  for (const [id, target] of returned.targets) {
    const segment = known.get(id)
    if (!segment) {
      lines.push({ segment: id, outcome: 'unknown', reason: 'is no segment of this briefing' })
      continue
    }
    if (target.trim() === '') continue
    const line = judge(
      { id, kind: segment.kind, source: segment.text, target },
      segments[id]?.text,
      seenThen[id],
      history,
      refusal,
    )
    if (line.outcome === 'accepted') segments[id] = { text: target, seen: seenThen[id] ?? '' }
    lines.push({ segment: id, ...line })
  }
  for (const [id, target] of returned.unfinished ?? []) {
    if (target === segments[id]?.text) continue
    lines.push({ segment: id, outcome: 'rejected', reason: 'is marked as not done (fuzzy): take the mark off where it is' })
  }
  return { lines, segments }
}

function judge(
  segment: Parameters<Refusal>[0],
  before: string | undefined,
  seen: string | undefined,
  history: readonly RevisionHashes[],
  refusal: Refusal,
): Omit<ReceiptLine, 'segment'> {
  const { id, source, target } = segment
  const flaw = flawIn(target)
  if (flaw) return { outcome: 'rejected', reason: flaw }
  if (target === before) return { outcome: 'unchanged' }
  if (seen === undefined || isOutdated(id, seen, history)) {
    return { outcome: 'outdated', reason: 'the English has materially changed since this file was made: export it again' }
  }
  if (target === source) return { outcome: 'identical', reason: 'is the English itself' }
  const reason = refusal(segment)
  return reason === undefined ? { outcome: 'accepted' } : { outcome: 'rejected', reason }
}

/** Whether anything in a receipt needs a person's attention; the command line then leaves with an error. */
export const isRefused = ({ outcome }: ReceiptLine) => outcome === 'outdated' || outcome === 'unknown' || outcome === 'rejected'
