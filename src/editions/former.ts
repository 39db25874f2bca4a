import { Refusal } from '../problem'

/** What became of a briefing that once had an address: the slug that it has now, or when the editors withdrew it, and why. */
export type Former = { readonly now: string } | { readonly at: string; readonly why: string }

/** The slug that a briefing has now which once had this one; `undefined`: none had it. Refuses a briefing that was withdrawn: 410. */
export function presentSlug(slug: string, former: Former | undefined): string | undefined {
  if (!former || 'now' in former) return former?.now
  const { at, why } = former
  throw new Refusal('briefing.gone', { slug, at: at.slice(0, 10) }, { kind: 'gone', members: { withdrawnAt: at, why } })
}
