import { Refusal } from '../problem'

/** What became of a briefing that once had an address: the slug that it has now; when the editors withdrew it, and why; or when they removed it. */
export type Former = { readonly now: string } | { readonly at: string; readonly why: string } | { readonly removedAt: string }

/**
 * The slug that a briefing has now which once had this one; `undefined`: none had it. Refuses a briefing that was withdrawn, or removed for
 * good: 410.
 */
export function presentSlug(slug: string, former: Former | undefined): string | undefined {
  if (!former || 'now' in former) return former?.now
  if ('removedAt' in former) {
    const { removedAt } = former
    throw new Refusal('briefing.removed', { slug, at: removedAt.slice(0, 10) }, { kind: 'gone', members: { removedAt } })
  }
  const { at, why } = former
  throw new Refusal('briefing.gone', { slug, at: at.slice(0, 10) }, { kind: 'gone', members: { withdrawnAt: at, why } })
}
