import type { BriefingFile } from './briefing'
import { hashesOf } from './hash'
import { inIdsOf, renamedBetween, renamingsIn } from './renames'
import { type RevisionHashes, revisionsIn } from './revisions'
import type { Source, SourceToSave } from './source'

/** The revisions of a file that the store lacks, each with the items that it renamed and the hashes of its texts. */
export async function addedIn(
  file: BriefingFile,
  stored: Pick<Source, 'revision' | 'briefing'> | undefined,
): Promise<SourceToSave['added']> {
  const filed = revisionsIn(file)
  const added = filed.slice(stored?.revision ?? 0)
  return await Promise.all(
    added.map(async (each, index) => {
      const before = index === 0 ? stored?.briefing : added[index - 1]?.briefing
      const hashes = Object.entries(await hashesOf(each.briefing)).filter(([id]) => !each.unsure.includes(id))
      const renamed = before ? renamedBetween(before, each.briefing, each.renamed) : {}
      return { ...each, renamed, hashes: Object.fromEntries(hashes) }
    }),
  )
}

/** The history of a briefing with these revisions added, by the segment ids of the last. */
export function historyWith(
  stored: Pick<Source, 'revision' | 'history'> | undefined,
  added: SourceToSave['added'],
): readonly RevisionHashes[] {
  const history: readonly RevisionHashes[] = [...(stored?.history ?? []), ...added]
  const known = stored?.revision ?? 0
  const renamings = renamingsIn(history)
  return history.map((each, index) => ({
    ...each,
    hashes: inIdsOf(each.hashes, renamings, Math.max(index + 1, known), history.length),
  }))
}
