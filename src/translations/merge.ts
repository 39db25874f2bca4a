import { type Complaint, complaint } from '../language/complaint'
import { flawIn } from '../language/text'
import type { Since } from './ancestry'
import type { TranslatedSegment } from './translation'

/** What became of one text that was sent. */
export const outcomes = [
  /** It is saved. */
  'accepted',
  /** It is saved, though its English has changed materially since. */
  'outdated-saved',
  /** It is still right for the present English. */
  'confirmed',
  /** Nothing was to be saved: it is what stands, what its sender was given, or what stood earlier. */
  'unchanged',
  /** It is not saved, because somebody else has changed this segment since. */
  'conflict',
  /** What stood is taken away. */
  'cleared',
  /** It is left out, so what stands stays. */
  'emptied',
  /** It is the English itself. */
  'identical',
  /** It is marked as not done. */
  'unfinished',
  /** It is of no segment, or of no English that the segment ever had. */
  'unknown',
  /** The checks refuse it. */
  'rejected',
] as const
export type Outcome = (typeof outcomes)[number]

/** A text that was sent for a segment, and what its sender says about it. */
export interface SentText {
  readonly id: string
  readonly text: string
  /** What the translation had for it when the sender began; empty: nothing; `undefined`: the sender does not say. */
  readonly was: string | undefined
  /** The hash of the English that the sender saw; `undefined`: the segment never had it. */
  readonly seen: string | undefined
  /** Whether the sender says that it is done, and right as it is. */
  readonly isDone: boolean
  /** Whether it may be the English itself. */
  readonly mayBeEnglish?: boolean
  /** Whether a machine made it, which may only fill what is empty. */
  readonly isMachine?: boolean
  /** Whether an empty text takes away what stands. No file can say so. */
  readonly clears?: boolean
}

/** What a text that was sent meets. */
export interface Met {
  readonly stands: TranslatedSegment | undefined
  /** The English of the segment now; `undefined`: the briefing has no such segment. */
  readonly english: string | undefined
  /** Whether an earlier revision of the translation had this very text. */
  readonly wasEarlier: (text: string) => boolean
  /** What became of the segment since it had this text; without it, others have changed it. */
  readonly since?: ((was: string) => Since) | undefined
  /** Whether the English has changed materially since the one with this hash. */
  readonly isOutdated: (seen: string) => boolean
  /** Whether texts wait beside what stands, and the sender was shown all of them. */
  readonly isDecided?: boolean
  /** Why the checks refuse the text; `undefined` if they do not. */
  readonly flawOf: () => Complaint | undefined
}

/** What is decided on one text. Whatever is not saved is in it whole. */
export interface Verdict {
  readonly outcome: Outcome
  /** Why it was not saved, or what its sender should know. */
  readonly complaint?: Complaint
  /** The text as it was sent, if it is not what stands now. */
  readonly text?: string
  /** What somebody else has made of the segment since its sender began. It stays. */
  readonly stands?: string
  /** What stood until now, if the sender may not have known it. */
  readonly replaced?: string
}

/**
 * Merges one text into a translation. A segment that nobody else changed since the sender began takes the text. Where somebody did, and
 * the sender too, what stands stays and the text is set aside. What the sender did not change undoes nothing, and nor does a text that
 * the segment has had since. What only the sender or a machine wrote does not stand in a person's way. What came with the same token or
 * from the same file does not either. It may be of somebody else, so the sender is told what stood. If the sender does not say from what
 * the text was made, an earlier text of the segment counts as not changed.
 */
export function merge(sent: SentText, met: Met): Verdict {
  const { text, was } = sent
  const stood = met.stands?.text ?? ''
  if (met.english === undefined) return { outcome: 'unknown', complaint: complaint('segment.unknown'), text }
  if (text.trim() === '') return emptied(sent, met, stood)
  if (text === stood) return { outcome: isConfirmed(sent, met) ? 'confirmed' : 'unchanged' }
  if (text === was) return { outcome: 'unchanged', stands: stood }
  const isTheirs = stood !== was && (sent.isMachine === true || met.stands?.machine === undefined)
  const since = was !== undefined && isTheirs ? met.since?.(was) : undefined
  if (since?.had(text) ?? (was === undefined && met.wasEarlier(text))) {
    return { outcome: 'unchanged', complaint: complaint('receipt.earlier'), text, stands: stood }
  }
  const refused = refusalOf(sent, met)
  if (refused) return { ...refused, text }
  const isOwn = since?.by === 'sender' || since?.by === 'program'
  if (was !== undefined && isTheirs && !isOwn) return conflict(since, text, stood)
  const isTold = was === undefined || since?.by === 'program'
  const replaced = isTold && isTheirs && stood !== '' ? { replaced: stood } : {}
  if (met.isOutdated(sent.seen ?? '')) {
    return { outcome: 'outdated-saved', complaint: complaint('receipt.outdated-saved'), ...replaced }
  }
  return 'replaced' in replaced
    ? { outcome: 'accepted', complaint: complaint(since ? 'receipt.replaced-own' : 'receipt.replaced'), ...replaced }
    : { outcome: 'accepted' }
}

/** What stands stays. Who changed it may have been the sender, if nobody knows. */
const conflict = (since: Since | undefined, text: string, stands: string): Verdict => ({
  outcome: 'conflict',
  complaint: complaint(since?.by === 'unknown' ? 'receipt.conflict-unknown' : 'receipt.conflict'),
  text,
  stands,
})

/** An empty text takes nothing away unless it is meant to. One that was given away is missed. */
function emptied({ was = '', clears = false }: SentText, { since }: Met, stood: string): Verdict {
  if (stood.trim() === '') return { outcome: 'unchanged' }
  if (clears) {
    const then = stood === was ? undefined : since?.(was)
    return stood === was || then?.by === 'sender' ? { outcome: 'cleared' } : conflict(then, '', stood)
  }
  return was.trim() === '' ? { outcome: 'unchanged' } : { outcome: 'emptied', complaint: complaint('receipt.emptied') }
}

/** A text that is marked as done settles what was outdated, or a machine's, and what was set aside beside it. */
function isConfirmed({ isDone, seen }: SentText, { stands, isOutdated, isDecided = false }: Met): boolean {
  const isOpen = stands !== undefined && (isDecided || stands.machine !== undefined || isOutdated(stands.seen))
  return isDone && isOpen && seen !== undefined && !isOutdated(seen)
}

/** What becomes of a text that is marked as not done, where this stood, and the sender was given that. */
export function unfinished(text: string, stood: string | undefined, was: string | undefined): Verdict {
  if (text === stood) return { outcome: 'unchanged' }
  if (text === was) return { outcome: 'unchanged', stands: stood ?? '' }
  return { outcome: 'unfinished', complaint: complaint('receipt.unfinished'), text }
}

function refusalOf({ text, seen, mayBeEnglish = false }: SentText, { english, flawOf }: Met): Verdict | undefined {
  const flaw = flawIn(text)
  if (flaw) return { outcome: 'rejected', complaint: flaw }
  if (seen === undefined) return { outcome: 'unknown', complaint: complaint('receipt.unseen') }
  if (text === english && !mayBeEnglish) return { outcome: 'identical', complaint: complaint('receipt.identical') }
  const error = flawOf()
  return error && { outcome: 'rejected', complaint: error }
}

/** Whether a text of this outcome was taken, and is right for the present English. */
export const isFresh = (outcome: Outcome) => outcome === 'accepted' || outcome === 'confirmed'

/** Whether a text of this outcome is what stands now, though it did not before. */
export const isTaken = (outcome: Outcome) => isFresh(outcome) || outcome === 'outdated-saved' || outcome === 'cleared'

/** Whether a receipt has no line for this: the text is empty and takes nothing away, or it has one as an unfinished text. */
export const isUntold = ({ outcome }: Verdict, text: string, isUnfinished: boolean) =>
  (outcome === 'unchanged' && text.trim() === '') || (outcome === 'emptied' && isUnfinished)
