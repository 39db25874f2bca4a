import type { Briefing } from '../../briefings/briefing'
import { type Segment, segmentsOf } from '../../briefings/segments'
import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { errorsOfSegment } from '../checks/checks'
import { inRule } from '../checks/finding'
import type { Translation } from '../translation'
import { passagesOf, restore } from './protection'

/** A segment that stays untranslated, and why. */
export interface LeftOut {
  readonly segment: string
  readonly complaint: Complaint
}

/** What a machine's answers came to: segment id → its draft, and the segments for which there is none. */
export interface Drafts {
  readonly texts: ReadonlyMap<string, string>
  readonly leftOut: readonly LeftOut[]
}

/**
 * Why a machine adds nothing to a translation, whatever it lacks; `undefined` where it may. What it writes is public only by
 * the act of a person, so it keeps away from what readers would be shown at once.
 */
export function closedTo(translation: Pick<Translation, 'state' | 'provenance'> | undefined): Complaint | undefined {
  if (translation?.state === 'withdrawn') return complaint('draft.withdrawn')
  if (translation?.state === 'approved' && translation.provenance !== 'human') {
    return complaint('draft.approved')
  }
  return undefined
}

/** The segments that a machine may draft: those without a text, whoever wrote it. Gated ones only where they are let out. */
export function openSegments(briefing: Briefing, translation: Translation | undefined, withGated: boolean): readonly Segment[] {
  if (closedTo(translation) !== undefined) return []
  const hasText = (id: string) => (translation?.segments[id]?.text ?? '').trim() !== ''
  return segmentsOf(briefing).filter(({ id, access }) => (withGated || access === 'public') && !hasText(id))
}

/** What a translator is sent for these segments, in their order. */
export const textsFor = (segments: readonly Segment[]): readonly string[] =>
  segments.flatMap(({ kind, text }) => passagesOf(kind, text))

/**
 * Decides what of a translator's answers becomes a draft: a text that is whole, new, and without an error that an import would
 * be refused for. `undefined` where there are not as many answers as texts were sent, for then none is known to be to its text.
 */
export function readDrafts(locale: Locale, segments: readonly Segment[], answers: readonly string[]): Drafts | undefined {
  if (textsFor(segments).length !== answers.length) return undefined
  const texts = new Map<string, string>()
  const leftOut: LeftOut[] = []
  const next = answers.values()
  for (const { id, kind, text } of segments) {
    const draft = restore(
      kind,
      text,
      passagesOf(kind, text).map(() => next.next().value ?? ''),
    )
    const flaw = draft === undefined ? complaint('draft.markup') : flawOf(locale, id, kind, text, draft)
    if (flaw) leftOut.push({ segment: id, complaint: flaw })
    else if (draft !== undefined) texts.set(id, draft)
  }
  return { texts, leftOut }
}

/** Why a draft is left out, or nothing. */
function flawOf(locale: Locale, id: string, kind: Segment['kind'], source: string, target: string): Complaint | undefined {
  if (target.trim() === '') return complaint('draft.empty')
  if (target === source) return complaint('receipt.identical')
  const [error] = errorsOfSegment({ locale, id, kind, source, target })
  return error && inRule(error)
}

/**
 * A translation with drafts added, each marked with the machine's name and made from the English of these hashes; otherwise as
 * it stands. One that did not exist is a draft of a machine's.
 */
export function withDrafts(
  { locale, state, provenance, credits, segments }: Translation,
  drafts: Iterable<readonly [string, string]>,
  hashes: Readonly<Record<string, string>>,
  machine: string,
): Translation {
  const drafted = [...drafts].map(([id, text]) => [id, { text, seen: hashes[id] ?? '', machine }] as const)
  return { locale, state, provenance, credits, segments: { ...segments, ...Object.fromEntries(drafted) } }
}

/** The translation that there is where nobody has begun one and a machine does. */
export const begun = (locale: Locale): Translation => ({
  locale,
  state: 'draft',
  provenance: 'machine',
  credits: [],
  segments: {},
})
