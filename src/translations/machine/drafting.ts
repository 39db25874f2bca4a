import type { Briefing } from '../../briefings/briefing'
import { type Segment, segmentsOf } from '../../briefings/segments'
import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { errorsOfSegment } from '../checks/checks'
import { inRule } from '../checks/finding'
import { merge } from '../merge'
import type { Translation } from '../translation'
import { passagesOf, restore } from './protection'

/** A segment that stays untranslated, and why. */
export interface LeftOut {
  readonly segment: string
  readonly complaint: Complaint
}

/** The result of a machine's answers: segment id → draft, and the segments without one. */
export interface Drafts {
  readonly texts: ReadonlyMap<string, string>
  readonly leftOut: readonly LeftOut[]
}

/**
 * Why a machine may add nothing to a translation; `undefined` if it may. Only a person publishes a machine's text. So a machine must not
 * touch a translation whose changes readers would see at once.
 */
export function closedTo(translation: Pick<Translation, 'state' | 'provenance'> | undefined): Complaint | undefined {
  if (translation?.state === 'withdrawn') return complaint('draft.withdrawn')
  if (translation?.state === 'approved' && translation.provenance !== 'human') {
    return complaint('draft.approved')
  }
  return undefined
}

/** The segments that a machine may draft: those without any text. Segments for members only if the operator allows it. */
export function openSegments(briefing: Briefing, translation: Translation | undefined, withGated: boolean): readonly Segment[] {
  if (closedTo(translation) !== undefined) return []
  const hasText = (id: string) => (translation?.segments[id]?.text ?? '').trim() !== ''
  return segmentsOf(briefing).filter(({ id, access }) => (withGated || access === 'public') && !hasText(id))
}

/** The drafts that fit into a translation as it stands now: those of segments that still have no text. */
export const stillOpen = (
  translation: Translation | undefined,
  drafts: Iterable<readonly [string, string]>,
  hashes: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] =>
  closedTo(translation) !== undefined
    ? []
    : [...drafts].filter(([id, text]) => {
        const sent = { id, text, was: '', seen: hashes[id], isDone: false, isMachine: true }
        return merge(sent, { ...unchecked, stands: translation?.segments[id] }).outcome === 'accepted'
      })

/** What a draft meets that was checked when it came, and is of the newest English. */
const unchecked = { english: '', wasEarlier: () => false, isOutdated: () => false, flawOf: () => undefined }

/** The texts that a translator gets for these segments, in their order. */
export const textsFor = (segments: readonly Segment[]): readonly string[] =>
  segments.flatMap(({ kind, text }) => passagesOf(kind, text))

/**
 * Decides which of a translator's answers become drafts: those that are whole, new, and without an error for which an import would be
 * refused. `undefined` if the number of answers is wrong: then no answer is known to belong to its text.
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
    else if (draft !== undefined) texts.set(id, draft.normalize('NFC'))
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
 * A translation with drafts added. Each is marked with the machine's name and the hash of its English. Nothing else changes. If there was no
 * translation, the new one is a machine's draft.
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

/** The new translation, if a machine begins one. */
export const begun = (locale: Locale): Translation => ({
  locale,
  state: 'draft',
  provenance: 'machine',
  credits: [],
  segments: {},
})
