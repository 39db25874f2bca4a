import type { Significance } from '../briefings/vocabulary'

/** Segment id → hash of its English, in one source revision, with how much that revision mattered. */
export interface RevisionHashes {
  readonly significance: Significance
  readonly hashes: Readonly<Record<string, string>>
}

/**
 * Whether a translated segment no longer says what the English says, judged by content alone. It is outdated where a material
 * revision has changed its English since the translator saw it; typos and minor changes do not count, and neither do
 * changes that were undone, be it to a text that itself differs only by a typo from the one seen. English that no revision
 * ever had counts as outdated: better to warn than to mislead.
 *
 * `history` is every revision of the source, oldest first.
 */
export function isOutdated(id: string, seen: string, history: readonly RevisionHashes[]): boolean {
  const hashes = history.map((revision) => revision.hashes[id])
  const last = hashes.lastIndexOf(seen)
  if (last === -1) return true
  const alike = new Set<string | undefined>([seen])
  for (const [index, { significance }] of history.entries()) {
    if (index > last && significance !== 'material' && alike.has(hashes[index - 1])) alike.add(hashes[index])
  }
  return !alike.has(hashes.at(-1))
}
