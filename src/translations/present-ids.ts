import { inIdsOf, type Renamed, renamingsIn } from '../briefings/renames'
import type { RevisionHashes } from '../briefings/revisions'
import { complaint } from '../language/complaint'
import type { ReceiptLine } from './intake'
import type { ReturnedPack } from './packs/pack'
import type { LocaleFile } from './translation'

type History = readonly { readonly renamed?: Renamed }[]

/** Gives values the segment ids of the newest revision of a history, in place of those of an earlier one. */
function carrier(history: History, from: number) {
  const renamings = renamingsIn(history)
  const values = <Value>(some: Readonly<Record<string, Value>>) => inIdsOf(some, renamings, from, history.length)
  return { values, ids: (some: Iterable<string>) => Object.keys(values(Object.fromEntries([...some].map((id) => [id, true])))) }
}

/** A locale file with the segment ids of the newest English. It has those of the revision that it was made from. */
export function fileInPresentIds(file: LocaleFile, history: History): LocaleFile {
  const { values, ids } = carrier(history, file.sourceRevision)
  const { segments, outdated, proposed, undecided, accepted } = file
  return {
    ...file,
    segments: values(segments),
    ...(outdated && { outdated: ids(outdated) }),
    ...(proposed && { proposed: ids(proposed) }),
    ...(undecided && { undecided: ids(undecided) }),
    ...(accepted && { accepted: values(accepted) }),
  }
}

/**
 * The same of a returned pack. Segments that had another id then and are gone since, or whose id another part has since, are left out: its
 * receipt names them as the pack does.
 */
export function packInPresentIds(
  pack: ReturnedPack,
  history: readonly RevisionHashes[],
): { readonly pack: ReturnedPack; readonly gone: readonly ReceiptLine[] } {
  const { values, ids } = carrier(history, pack.sourceRevision)
  const present = history.at(-1)?.hashes ?? {}
  const isGone = (id: string) => ids([id]).every((now) => now !== id && !Object.hasOwn(present, now))
  const carried = (texts: ReadonlyMap<string, string>) =>
    new Map(Object.entries(values(Object.fromEntries([...texts].filter(([id]) => !isGone(id))))))
  const { targets, unfinished, was, shown, done, accepted } = pack
  return {
    pack: {
      ...pack,
      targets: carried(targets),
      ...(unfinished && { unfinished: carried(unfinished) }),
      ...(was && { was: carried(was) }),
      ...(shown && { shown: carried(shown) }),
      ...(done && { done: new Set(ids(done)) }),
      ...(accepted && { accepted: values(accepted) }),
    },
    gone: [...targets]
      .filter(([id]) => isGone(id))
      .map(([segment, text]) => ({ segment, outcome: 'unknown', complaint: complaint('segment.unknown'), text })),
  }
}
