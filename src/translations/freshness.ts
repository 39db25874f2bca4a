import type { RevisionHashes } from '../briefings/revisions'
import { type Significance, significances } from '../briefings/vocabulary'
import { type Translation, textOf } from './translation'

/**
 * How much the English of a segment has changed since its translator saw it. Only content counts. `undefined` if it has not changed, or
 * has been changed back. The weightiest change in between counts, unless it was undone. If the present text differs from the one that was
 * seen only by a typo, the change is a typo, whatever came between. English that no revision ever had counts as materially changed: it
 * is better to warn than to mislead.
 *
 * `history` is every revision of the source, oldest first.
 */
export function changeSince(id: string, seen: string, history: readonly RevisionHashes[]): Significance | undefined {
  const hashes = history.map((revision) => revision.hashes[id])
  const present = hashes.at(-1)
  const last = hashes.lastIndexOf(seen)
  if (last !== -1 && present === seen) return undefined
  if (last === -1) return 'material'
  return (['typo', 'minor'] as const).find((most) => alikeUpTo(most).has(present)) ?? 'material'

  /** The texts that differ from the one seen by no weightier change than this. */
  function alikeUpTo(most: Significance): ReadonlySet<string | undefined> {
    const alike = new Set<string | undefined>([seen])
    for (const [index, revision] of history.entries()) {
      const isLight = rankOf(significanceOf(id, revision)) <= rankOf(most)
      const hash = hashes[index]
      if (index > last && isLight && hash !== undefined && alike.has(hashes[index - 1])) alike.add(hash)
    }
    return alike
  }
}

/** Whether a translated segment no longer says what the English says. Only a material change makes it so. */
export const isOutdated = (id: string, seen: string, history: readonly RevisionHashes[]) =>
  changeSince(id, seen, history) === 'material'

/** The segments whose text was made from English that readers do not have: of a revision after the `published` one. */
export function madeFromUnpublished(
  translation: Pick<Translation, 'provenance' | 'segments'>,
  history: readonly RevisionHashes[],
  published: number,
): readonly string[] {
  const had = (id: string, seen: string, some: readonly RevisionHashes[]) => some.some(({ hashes }) => hashes[id] === seen)
  return Object.entries(translation.segments).flatMap(([id, { seen }]) =>
    textOf(translation, id) !== '' && had(id, seen, history.slice(published)) && !had(id, seen, history.slice(0, published))
      ? [id]
      : [],
  )
}

/** How much a revision matters as a whole: as much as its weightiest change. If only facts changed, as much as the revision says. */
export function weightOf(
  { significance, significances: own, hashes }: RevisionHashes,
  before: RevisionHashes | undefined,
): Significance {
  const ids = new Set([...Object.keys(hashes), ...Object.keys(before?.hashes ?? {})])
  const changed = [...ids].filter((id) => hashes[id] !== before?.hashes[id])
  const weights = changed.map((id) => own[id] ?? significance)
  return significances.findLast((each) => weights.includes(each)) ?? significance
}

const significanceOf = (id: string, { significance, significances: own }: RevisionHashes) => own[id] ?? significance
const rankOf = (significance: Significance) => significances.indexOf(significance)
