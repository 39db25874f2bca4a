import type { RevisionHashes } from '../briefings/revisions'
import { segmentsOf } from '../briefings/segments'
import type { Tier } from '../briefings/vocabulary'
import { type Complaint, complaint } from '../language/complaint'
import { flawIn } from '../language/text'
import { mayStayEnglish } from './checks/names'
import { isOutdated } from './freshness'
import type { PackSource } from './outgoing'
import { isSameText, laidOut } from './packs/layout'
import type { ReturnedPack } from './packs/pack'
import { type TranslatedSegment, type Translation, textOf } from './translation'

/**
 * The outcome of one segment of a returned pack, in the order of the list: accepted; still right for the present English; the
 * same as before; the English itself; marked as not done; made from English that has changed materially since; not a segment of
 * this briefing; refused.
 */
export const outcomes = [
  'accepted',
  'confirmed',
  'unchanged',
  'identical',
  'unfinished',
  'outdated',
  'unknown',
  'rejected',
] as const
export type Outcome = (typeof outcomes)[number]

export interface ReceiptLine {
  readonly segment: string
  readonly outcome: Outcome
  /** Why it was not accepted. */
  readonly complaint?: Complaint
}

/** A line with its reason and its warnings in words, as the API has it. */
export type SaidLine = Pick<ReceiptLine, 'segment' | 'outcome'> & {
  readonly reason?: string
  readonly warnings?: readonly { readonly rule: string; readonly reason: string }[]
}

export interface Intake {
  readonly lines: readonly ReceiptLine[]
  /** The segments of the translation after the import. */
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/** Why a target may not be accepted; `undefined` if it may. */
export type Judge = (segment: { id: string; kind: 'plain' | 'markdown'; source: string; target: string }) => Complaint | undefined

type Confirmed = NonNullable<TranslatedSegment['confirmed']>

/**
 * Decides which texts of a returned pack are accepted. Each text counts as made from the English that the store has under the
 * pack's revision, whatever the file says. If that English has changed materially since, the segment stays as it is, and the
 * receipt says so. An empty text is skipped: a file cannot delete a translation. A text that was not edited, but is marked as
 * done, is confirmed if it was outdated or a machine's. The English itself is accepted where the file says that it is done. For a sender with a tier, segments above that tier do not exist.
 */
export function takeIn(
  returned: ReturnedPack,
  { briefing, history }: Pick<PackSource, 'briefing' | 'history'>,
  translation: Translation | undefined,
  confirmed: Confirmed,
  flawOf: Judge,
  tier?: Tier,
): Intake {
  const known = new Map(segmentsOf(briefing, tier).map((segment) => [segment.id, segment] as const))
  const seenThen = history[returned.sourceRevision - 1]?.hashes ?? {}
  const segments: Record<string, TranslatedSegment> = { ...translation?.segments }
  const lines: ReceiptLine[] = []

  for (const [id, text] of returned.targets) {
    const segment = known.get(id)
    if (!segment) {
      lines.push({ segment: id, outcome: 'unknown', complaint: complaint('segment.unknown') })
      continue
    }
    if (text.trim() === '') continue
    const { kind, text: source } = segment
    const standing = segments[id]?.text ?? ''
    const target = isSameText(kind, text, standing) ? standing : laidOut(kind, text)
    const isDone = returned.done?.has(id) ?? false
    const translated = { id, kind, source, target, isDone, mayBeEnglish: isDone && mayStayEnglish(returned, kind, text) }
    const line = judge(translated, segments[id], seenThen[id], history, flawOf)
    if (line.outcome === 'accepted') segments[id] = { text: target, seen: seenThen[id] ?? '' }
    if (line.outcome === 'confirmed') segments[id] = { text: target, seen: seenThen[id] ?? '', confirmed }
    lines.push({ segment: id, ...line })
  }
  for (const [id, target] of returned.unfinished ?? []) {
    const kind = known.get(id)?.kind
    if (kind === undefined || isSameText(kind, target, segments[id]?.text ?? '')) continue
    lines.push({ segment: id, outcome: 'unfinished', complaint: complaint('receipt.unfinished') })
  }
  return { lines, segments }
}

function judge(
  segment: Parameters<Judge>[0] & { readonly isDone: boolean; readonly mayBeEnglish: boolean },
  before: TranslatedSegment | undefined,
  seen: string | undefined,
  history: readonly RevisionHashes[],
  flawOf: Judge,
): Omit<ReceiptLine, 'segment'> {
  const { id, source, target, isDone, mayBeEnglish } = segment
  const flaw = flawIn(target)
  if (flaw) return { outcome: 'rejected', complaint: flaw }
  const isStale = seen === undefined || isOutdated(id, seen, history)
  if (target === before?.text) {
    const isOpen = before.machine !== undefined || isOutdated(id, before.seen, history)
    return { outcome: isDone && isOpen && !isStale ? 'confirmed' : 'unchanged' }
  }
  if (isStale) {
    return { outcome: 'outdated', complaint: complaint('receipt.outdated') }
  }
  if (target === source && !mayBeEnglish) return { outcome: 'identical', complaint: complaint('receipt.identical') }
  const error = flawOf(segment)
  return error === undefined ? { outcome: 'accepted' } : { outcome: 'rejected', complaint: error }
}

/** Notes that segments are still right for the present English: the named ones, or all that are outdated. */
export function confirmSegments(
  translation: Translation,
  history: readonly RevisionHashes[],
  ids: readonly string[],
  confirmed: Confirmed,
): Intake {
  const now = history.at(-1)?.hashes ?? {}
  const segments: Record<string, TranslatedSegment> = { ...translation.segments }
  const isStale = (id: string) => now[id] !== undefined && isOutdated(id, segments[id]?.seen ?? '', history)
  const named = ids.length > 0 ? ids : Object.keys(segments).filter((id) => textOf(translation, id) !== '' && isStale(id))
  const lines = named.map((id): ReceiptLine => {
    const { text = '' } = segments[id] ?? {}
    const seen = now[id]
    if (seen === undefined) return { segment: id, outcome: 'unknown', complaint: complaint('segment.unknown') }
    if (text.trim() === '') return { segment: id, outcome: 'rejected', complaint: complaint('receipt.untranslated') }
    if (segments[id]?.machine === undefined && !isStale(id)) return { segment: id, outcome: 'unchanged' }
    segments[id] = { text, seen, confirmed }
    return { segment: id, outcome: 'confirmed' }
  })
  return { lines, segments }
}

/** Whether a line needs a person's attention. The command line then exits with an error. */
export const isRefused = ({ outcome }: Pick<ReceiptLine, 'outcome'>) =>
  outcome === 'outdated' || outcome === 'unknown' || outcome === 'rejected'
