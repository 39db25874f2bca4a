import type { Earlier } from '../briefings/revisions'
import { segmentsOf } from '../briefings/segments'
import type { Significance } from '../briefings/vocabulary'
import { changeSince } from './freshness'
import type { PackSource } from './outgoing'
import { type Translation, textOf } from './translation'

/** How the English of one segment has changed. Without `before` it is new, or its earlier text is unknown. Without `after` it is gone. */
export interface Change {
  readonly id: string
  readonly significance: Significance
  readonly before?: string
  readonly after?: string
}

/** What has changed in the English since a translation was made, in reading order. Segments that are not translated are left out. */
export function changesSinceTranslated({ briefing, history, earlier }: PackSource, translation: Translation): readonly Change[] {
  return segmentsOf(briefing).flatMap(({ id, text }) => {
    const seen = translation.segments[id]?.seen ?? ''
    const significance = textOf(translation, id) === '' ? undefined : changeSince(id, seen, history)
    return significance === undefined ? [] : [{ id, significance, ...textBefore(earlier, id, seen), after: text }]
  })
}

/** What has changed in the English since a revision, in reading order, with what is gone at the end. New and gone segments count as material. */
export function changesSinceRevision(
  { briefing, history, earlier }: Pick<PackSource, 'briefing' | 'history' | 'earlier'>,
  revision: number,
): readonly Change[] {
  const then = history[revision - 1]?.hashes ?? {}
  const now = history.at(-1)?.hashes ?? {}
  const changed = segmentsOf(briefing).filter(({ id }) => then[id] !== now[id])
  const gone = Object.keys(then).filter((id) => now[id] === undefined)
  return [
    ...changed.map(({ id, text }) => {
      const seen = then[id]
      if (seen === undefined) return { id, significance: 'material' as const, after: text }
      return { id, significance: changeSince(id, seen, history) ?? 'material', ...textBefore(earlier, id, seen), after: text }
    }),
    ...gone.map((id) => ({ id, significance: 'material' as const, ...textBefore(earlier, id, then[id] ?? '') })),
  ]
}

function textBefore(earlier: Earlier, id: string, hash: string): { before?: string } {
  const before = earlier(id, hash)
  return before === undefined ? {} : { before: before.text }
}
