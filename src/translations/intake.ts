import type { Earlier, RevisionHashes } from '../briefings/revisions'
import { type Segment, type Sight, segmentsOf } from '../briefings/segments'
import { type Complaint, complaint } from '../language/complaint'
import type { Ancestry, Since } from './ancestry'
import { isShown } from './aside'
import { mayStayEnglish } from './checks/names'
import { isOutdated } from './freshness'
import { isTaken, isUntold, type Met, merge, type SentText, unfinished, type Verdict } from './merge'
import type { PackSource } from './outgoing'
import { isSameText, laidOut } from './packs/layout'
import type { AsideText, ReturnedPack } from './packs/pack'
import { type TranslatedSegment, type Translation, textOf } from './translation'

/** What is decided on one segment. */
export interface ReceiptLine extends Verdict {
  readonly segment: string
}

/** A line with its reason and its warnings in words, as the API has it. */
export type SaidLine = Omit<ReceiptLine, 'complaint'> & {
  readonly reason?: string
  readonly warnings?: readonly { readonly rule: string; readonly reason: string }[]
}

export interface Intake {
  readonly lines: readonly ReceiptLine[]
  /** The segments of the translation after the import. */
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/** A text that is kept beside a translation, because somebody else had changed its segment. */
export interface SetAside {
  readonly segment: string
  readonly text: string
  /** The hash of the English that it was made from. */
  readonly seen: string
  /** What stood, and stays. */
  readonly stood: string
}

/** Why a target may not be accepted; `undefined` if it may. */
export type Judge = (segment: { id: string; kind: 'plain' | 'markdown'; source: string; target: string }) => Complaint | undefined

type Confirmed = NonNullable<TranslatedSegment['confirmed']>

/** What a returned pack is merged into. */
export interface Receiving extends Pick<PackSource, 'briefing' | 'history'> {
  readonly translation: Translation | undefined
  readonly ancestry: Ancestry
  /** What became of a segment since it had a text. */
  readonly since?: (id: string, was: string) => Since
  /** The texts set aside that wait for a decision, by segment. */
  readonly aside?: ReadonlyMap<string, readonly AsideText[]>
  /** The English of earlier revisions. A text that was made from it is checked against it. */
  readonly englishThen: Earlier
  /** How it is noted that a text was confirmed. */
  readonly confirmed: Confirmed
  readonly flawOf: Judge
  /** For the sender, segments out of sight do not exist. */
  readonly sight?: Sight | undefined
}

/**
 * Merges a returned pack into a translation, segment by segment (`merge`). Each text counts as made from the English that the store has
 * under the pack's revision, whatever the file says. A text that was not edited, but is marked as done, is confirmed if it was
 * outdated or a machine's. The English itself is accepted where the file says that it is done.
 */
export function takeIn(returned: ReturnedPack, receiving: Receiving): Intake & { readonly setAside: readonly SetAside[] } {
  const { briefing, history, translation, ancestry, confirmed, sight } = receiving
  const known = new Map(segmentsOf(briefing, sight).map((segment) => [segment.id, segment] as const))
  const seenThen = history[returned.sourceRevision - 1]?.hashes ?? {}
  const segments: Record<string, TranslatedSegment> = { ...translation?.segments }
  const lines: ReceiptLine[] = []

  for (const [id, given] of returned.targets) {
    const [segment, was, seen] = [known.get(id), ancestry.was.get(id), seenThen[id]]
    const text = segment ? asKept(segment.kind, given, [segments[id]?.text, was]) : given
    const isDone = returned.done?.has(id) ?? false
    const mayBeEnglish = isDone && segment !== undefined && mayStayEnglish(returned, segment.kind, given)
    const sent = { id, text, was, seen, isDone, mayBeEnglish }
    const isDecided = isShown(receiving.aside?.get(id) ?? [], returned.shown?.get(id))
    const verdict = merge(sent, { ...met(sent, segment, segments[id], receiving), isDecided })
    if (isUntold(verdict, text, returned.unfinished?.has(id) ?? false)) continue
    if (isTaken(verdict.outcome)) {
      segments[id] = { text, seen: seen ?? '', ...(verdict.outcome === 'confirmed' ? { confirmed } : {}) }
    }
    lines.push({ segment: id, ...verdict })
  }
  for (const [id, given] of returned.unfinished ?? []) {
    const [kind, stood, was] = [known.get(id)?.kind, segments[id]?.text, ancestry.was.get(id)]
    if (kind !== undefined) lines.push({ segment: id, ...unfinished(asKept(kind, given, [stood, was]), stood, was) })
  }
  const setAside = lines.flatMap(({ segment, outcome, text = '', stands: stood = '' }) =>
    outcome === 'conflict' ? [{ segment, text, stood, seen: seenThen[segment] ?? '' }] : [],
  )
  return { lines, segments, setAside }
}

/**
 * A text as it is kept: the first of these that says the same, because tools change white space and composition; or else well laid out and
 * composed (NFC).
 */
const asKept = (kind: Segment['kind'], text: string, before: readonly (string | undefined)[]): string =>
  before.find((each) => each !== undefined && isSameText(kind, text, each)) ?? laidOut(kind, text).normalize('NFC')

/** What a text meets. If its English has changed materially since, it is checked against the English that its sender saw. */
function met(
  { id, text: target, seen }: SentText,
  segment: Segment | undefined,
  stands: TranslatedSegment | undefined,
  { history, ancestry, since, englishThen, flawOf }: Receiving,
): Met {
  const isStale = (hash: string) => isOutdated(id, hash, history)
  return {
    stands,
    english: segment?.text,
    wasEarlier: (text) => ancestry.had(id, text),
    since: since && ((was) => since(id, was)),
    isOutdated: isStale,
    flawOf: () => {
      const english = (seen !== undefined && isStale(seen) ? englishThen(id, seen) : undefined) ?? segment
      return english && flawOf({ id, kind: english.kind, source: english.text, target })
    },
  }
}

/**
 * Notes that segments are still right for the present English: the named ones, or all that are outdated. A named one may be `undecided`:
 * then what stands stays, and what was set aside beside it is settled.
 */
export function confirmSegments(
  translation: Translation,
  history: readonly RevisionHashes[],
  ids: readonly string[],
  confirmed: Confirmed,
  isUndecided: (id: string) => boolean = () => false,
): Intake {
  const now = history.at(-1)?.hashes ?? {}
  const segments: Record<string, TranslatedSegment> = { ...translation.segments }
  const isStale = (id: string) => now[id] !== undefined && isOutdated(id, segments[id]?.seen ?? '', history)
  const named = ids.length > 0 ? ids : Object.keys(segments).filter((id) => textOf(translation, id) !== '' && isStale(id))
  const lines = named.map((id): ReceiptLine => {
    const [seen, text] = [now[id], segments[id]?.text ?? '']
    if (seen === undefined) return { segment: id, outcome: 'unknown', complaint: complaint('segment.unknown') }
    if (text.trim() === '') return { segment: id, outcome: 'rejected', complaint: complaint('receipt.untranslated') }
    if (segments[id]?.machine === undefined && !isStale(id) && !isUndecided(id)) return { segment: id, outcome: 'unchanged' }
    segments[id] = { text, seen, confirmed }
    return { segment: id, outcome: 'confirmed' }
  })
  return { lines, segments }
}

/** Whether a line needs a person's attention. The command line then exits with an error. */
export const isRefused = ({ outcome }: Pick<ReceiptLine, 'outcome'>) =>
  outcome === 'conflict' || outcome === 'unknown' || outcome === 'rejected'
