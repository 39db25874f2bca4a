import { type Complaint, complaint } from '../language/complaint'
import { type TranslatedSegment, type Translation, type TranslationState, textOf } from './translation'

/** A saved revision of a translation, with who made it. */
export interface MadeRevision {
  /** A person's id; null for the operator's files, a machine, a program, or an unknown person. */
  readonly by: string | null
  /** The state that it gave the translation; null if that was not kept yet. */
  readonly state: TranslationState | null
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/** Who makes a revision, if that is known, and whether they approve the translation with it. */
export interface Revising {
  readonly person?: { readonly id: string } | undefined
  readonly approves?: boolean
}

/** Whether a revision approves anything that was not approved before: the translation, or a text in it. */
export const isApproval = (before: Translation | undefined, after: Translation): boolean =>
  after.state === 'approved' && (before?.state !== 'approved' || newlyStanding(before, after).length > 0)

/**
 * What a site that asks for a second person makes of a revision: the translation to save, or why nothing is saved. If nobody
 * approves what is new in an approved translation, it goes back to review, because readers see a translation as a whole. The
 * approver must not have made any of the newly approved texts, unless somebody else has approved that very text since.
 * `revisions` are the earlier ones, oldest first.
 */
export function judgeApproval(
  before: Translation | undefined,
  after: Translation,
  revisions: readonly MadeRevision[],
  { person, approves = false }: Revising,
): { readonly translation: Translation } | { readonly refusal: Complaint } {
  if (!isApproval(before, after)) return { translation: after }
  if (!approves) return { translation: { ...after, state: 'in-review' } }
  if (!person) {
    return { refusal: complaint('approval.nobody') }
  }
  const made = madeAlone(person.id, [...revisions, { by: person.id, state: after.state, segments: after.segments }])
  const own = newlyStanding(before, after).filter((id) => made.has(id))
  if (own.length === 0) return { translation: after }
  const left = own.length - namedMost
  const named = left > 0 ? [...own.slice(0, namedMost), complaint('list.more', { count: left })] : own
  return { refusal: complaint('approval.own', { segments: named }) }
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
