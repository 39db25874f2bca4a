import { type Complaint, complaint } from '../language/complaint'
import { type TranslatedSegment, type Translation, textOf } from './translation'
import type { TranslationState } from './vocabulary'

/** A saved revision of a translation, with who made it. */
export interface MadeRevision {
  /** A person's id; null for the operator's files, a machine, a program, or an unknown person. */
  readonly by: string | null
  /** Who sent it, a person or not; null if that is not known. Whoever sends two revisions has the same name in both. */
  readonly sender: string | null
  /** The state that it gave the translation; null if that was not kept yet. */
  readonly state: TranslationState | null
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/** Who made a revision: a person by their id, or else what sent it. */
export interface Maker {
  readonly person?: string | null | undefined
  readonly sender?: string | null | undefined
}

/** Who makes a revision, if that is known. With an approved translation, it is they who approve it. */
export interface Revising {
  readonly person?: { readonly id: string } | undefined
  /** Without a person, the name of what acts. */
  readonly actor?: string | undefined
  /** Without a person, what sends the texts (`senderByToken`, `senderByFile`). */
  readonly sender?: string | undefined
}

/** Whether a revision approves anything that was not approved before: the translation, or a text in it. */
export const isApproval = (before: Translation | undefined, after: Translation): boolean =>
  after.state === 'approved' && (before?.state !== 'approved' || newlyStanding(before, after).length > 0)

/**
 * Why a site that asks for a second person refuses a revision; `undefined` if it does not. Whoever approves a text may not have made it,
 * unless somebody else has approved that very text since. `revisions` are the earlier ones, oldest first.
 */
export function whyNotApproved(
  before: Translation | undefined,
  after: Translation,
  revisions: readonly MadeRevision[],
  person: Revising['person'],
): Complaint | undefined {
  if (!isApproval(before, after)) return undefined
  if (!person) return complaint('approval.nobody')
  const made = madeAlone(person.id, [
    ...revisions,
    { by: person.id, sender: person.id, state: after.state, segments: after.segments },
  ])
  const own = newlyStanding(before, after).filter((id) => made.has(id))
  if (own.length === 0) return undefined
  const left = own.length - namedMost
  const named = left > 0 ? [...own.slice(0, namedMost), complaint('list.more', { count: left })] : own
  return complaint('approval.own', { segments: named })
}

const namedMost = 5

/** The segments with a newly approved text. */
function newlyStanding(before: Translation | undefined, after: Translation): readonly string[] {
  if (after.state !== 'approved') return []
  const stood = before?.state === 'approved' ? before : undefined
  return Object.keys(after.segments).filter((id) => {
    const text = textOf(after, id)
    return text !== '' && text !== textOf(stood, id)
  })
}

/** The segments whose text this person changed last, and which nobody else has approved since. */
export function madeAlone(person: string, revisions: readonly MadeRevision[]): ReadonlySet<string> {
  const made = new Set<string>()
  for (const [index, { by, state, segments }] of revisions.entries()) {
    const before = revisions[index - 1]
    const isOthersApproval = by !== person && state === 'approved' && before?.state !== 'approved'
    for (const id of new Set([...Object.keys(before?.segments ?? {}), ...Object.keys(segments)])) {
      const isChanged = segments[id]?.text !== before?.segments[id]?.text
      if (isChanged && by === person) made.add(id)
      else if (isChanged || isOthersApproval) made.delete(id)
    }
  }
  return made
}
