import { inIdsOf, renamingsIn } from '../briefings/renames'
import type { RevisionHashes } from '../briefings/revisions'
import type { AsideText } from './packs/pack'
import type { Translation } from './translation'

/** A text that was set aside, because somebody else had changed its segment since its sender began. */
export interface KeptAside extends AsideText {
  readonly segment: string
  /** The source revision whose ids the segment has. */
  readonly sourceRevision: number
  /** The text that stood, and stayed. */
  readonly stood: string
}

/**
 * The texts set aside that wait for a decision, oldest first, by the segment ids of the newest English. One waits for as long as the text
 * stands that stood then, and nobody has confirmed that since. So it is settled by any newer text of the segment, itself included.
 */
export function waitingAside(
  kept: readonly KeptAside[],
  history: readonly RevisionHashes[],
  translation: Pick<Translation, 'segments'> | undefined,
): ReadonlyMap<string, readonly AsideText[]> {
  const renamings = renamingsIn(history)
  const waiting = new Map<string, AsideText[]>()
  for (const { segment, sourceRevision, stood, text: other, by, at } of kept) {
    const [id] = Object.keys(inIdsOf({ [segment]: true }, renamings, sourceRevision, history.length))
    if (id === undefined) continue // Its part is gone, and another has taken its id.
    const { text = '', confirmed } = translation?.segments[id] ?? {}
    if (text !== stood || (confirmed && confirmed.at > at)) continue
    waiting.set(id, [...(waiting.get(id) ?? []), { text: other, by, at }])
  }
  return waiting
}

/** Whether a sender who was shown the texts set aside until an instant was shown all that wait. */
export const isShown = (waiting: readonly AsideText[], until: string | undefined) =>
  until !== undefined && waiting.length > 0 && waiting.every(({ at }) => at <= until)
