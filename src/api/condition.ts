import { Refusal } from '../problem'

/** Which state a request builds upon: one that these entity tags name, any state (`any`), or nothing yet. */
export type Condition = { readonly tags: readonly string[] } | 'any' | 'nothing'

/** Names the state of a translation, and of the English that it is compared with. */
export const translationTag = (revision: number, sourceRevision: number) => `"${revision}-${sourceRevision}"`

/** What such a tag names, or `undefined` if it is not one. */
export function revisionsIn(tag: string): { readonly revision: number; readonly sourceRevision: number } | undefined {
  const [, revision, sourceRevision] = /^"(\d{1,9})-(\d{1,9})"$/.exec(tag) ?? []
  return revision === undefined ? undefined : { revision: Number(revision), sourceRevision: Number(sourceRevision) }
}

/** How much of a list of tags is read, in characters. None of ours has a comma. */
const lengthMax = 2000

/** The state that a request builds upon (RFC 9110, 13.1.1 and 13.1.2). Refuses a request that does not say which. */
export function held(request: Request): Condition {
  const match = request.headers.get('If-Match')?.trim()
  const noMatch = request.headers.get('If-None-Match')?.trim()
  if (noMatch === '*' && match === undefined) return 'nothing'
  if (match === '*') return 'any'
  const tags = match?.slice(0, lengthMax).split(',') ?? []
  if (tags.length > 0 && tags.every((tag) => /^\s*(W\/)?"[^"]*"\s*$/.test(tag))) return { tags: tags.map((tag) => tag.trim()) }
  throw new Refusal('api.no-condition', {}, { kind: 'precondition_required' })
}

/**
 * Refuses a condition that the present state does not meet, and names both; `undefined`: there is nothing yet. Returns whether the
 * request builds upon `this` state, or upon `any`.
 */
export function refuseOthers(wanted: Condition, current: string | undefined): 'this' | 'any' {
  if (wanted === 'nothing' ? current === undefined : current !== undefined && (wanted === 'any' || wanted.tags.includes(current)))
    return wanted === 'any' ? 'any' : 'this'
  const sent = wanted === 'nothing' ? 'nothing' : wanted === 'any' ? '*' : wanted.tags.join(', ')
  const kind = 'precondition_failed'
  if (current === undefined) throw new Refusal('api.state-gone', { sent }, { kind, members: { sent } })
  const details = { members: { sent, current }, headers: { ETag: current } }
  if (wanted === 'nothing') throw new Refusal('api.state-not-new', { current }, { kind, ...details })
  throw new Refusal('api.state-other', { sent, current }, { kind, ...details })
}
