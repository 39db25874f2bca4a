import type { Briefing } from './briefing'
import { isOfItem, itemOf, segmentsOf } from './segments'

/** The parts whose ids a source revision changed: `body.delay` → `body.strike`. A part is an item of a list that has texts. */
export type Renamed = Readonly<Record<string, string>>

/** A source revision that may have renamed parts. */
export interface Renaming {
  readonly revision: number
  readonly renamed: Renamed
}

/**
 * Values by segment id, with the ids since a revision instead of those before it, in their order. What had one of the new ids before is
 * dropped.
 */
export function carried<Value>(values: Readonly<Record<string, Value>>, renamed: Renamed): Readonly<Record<string, Value>> {
  const names = Object.entries(renamed)
  if (names.length === 0) return values
  const ended = new Set(names.flat())
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const item = itemOf(id)
      const name = Object.hasOwn(renamed, item) ? renamed[item] : undefined
      if (name !== undefined) return [[name + id.slice(item.length), value] as const]
      return ended.has(item) ? [] : [[id, value] as const]
    }),
  )
}

/** The same with the ids before the revision instead of those since. */
export const carriedBack = <Value>(values: Readonly<Record<string, Value>>, renamed: Renamed) =>
  carried(values, Object.fromEntries(Object.entries(renamed).map(([from, to]) => [to, from])))

/** Values by the segment ids of one revision, by those of another, later or earlier. */
export function inIdsOf<Value>(
  values: Readonly<Record<string, Value>>,
  renamings: readonly Renaming[],
  from: number,
  to: number,
): Readonly<Record<string, Value>> {
  const between = renamings.filter(({ revision }) => revision > Math.min(from, to) && revision <= Math.max(from, to))
  return from <= to
    ? between.reduce((before, { renamed }) => carried(before, renamed), values)
    : between.reduceRight((since, { renamed }) => carriedBack(since, renamed), values)
}

/** The hashes of each revision, oldest first, by the segment ids of the last. */
export function inPresentIds<Revision extends { readonly renamed?: Renamed; readonly hashes: Readonly<Record<string, string>> }>(
  revisions: readonly Revision[],
): readonly Revision[] {
  const renamings = renamingsIn(revisions)
  if (renamings.length === 0) return revisions
  return revisions.map((each, index) => ({ ...each, hashes: inIdsOf(each.hashes, renamings, index + 1, revisions.length) }))
}

/** The revisions of a history, oldest first, that renamed parts. */
export const renamingsIn = (history: readonly { readonly renamed?: Renamed }[]): readonly Renaming[] =>
  history.flatMap(({ renamed = {} }, index) => (Object.keys(renamed).length === 0 ? [] : [{ revision: index + 1, renamed }]))

/**
 * The parts that a revision renamed: those that it says, and each part that is gone while a new one of the same list has the same texts.
 * If several have the same texts, the first is the first.
 */
export function renamedBetween(before: Briefing, after: Briefing, said: Renamed = {}): Renamed {
  const [gone, added] = [textsByItem(before), textsByItem(after)]
  const stayed = [...gone.keys()].filter((item) => added.has(item))
  for (const item of [...stayed, ...Object.keys(said)]) gone.delete(item)
  for (const item of [...stayed, ...Object.values(said)]) added.delete(item)
  const renamed: Record<string, string> = { ...said }
  for (const [from, texts] of gone) {
    const [to] = [...added].find(([, others]) => others === texts) ?? []
    if (to === undefined) continue
    renamed[from] = to
    added.delete(to)
  }
  return renamed
}

/** Item → its list and all its texts, as one text to compare. */
function textsByItem(briefing: Briefing): Map<string, string> {
  const texts = new Map<string, string[]>()
  for (const { id, text } of segmentsOf(briefing)) {
    if (!isOfItem(id)) continue
    const item = itemOf(id)
    texts.set(item, [...(texts.get(item) ?? [id.split('.', 1)[0] ?? '']), id.slice(item.length), text.normalize('NFC')])
  }
  return new Map([...texts].map(([item, all]) => [item, JSON.stringify(all)]))
}
