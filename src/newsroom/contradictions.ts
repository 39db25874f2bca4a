import type { BriefingFile } from '../briefings/briefing'
import type { FileProblem } from '../briefings/files'
import { hashesOf } from '../briefings/hash'
import { revisionsIn } from '../briefings/revisions'
import { listTaken } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import { complaint } from '../language/complaint'
import type { LiveSite } from '../site'
import type { BriefingContent } from './content-files'

/** How a file contradicts what the store has of its briefing. Every file is checked before any is loaded. */
export async function contradictions(
  { database, now }: LiveSite,
  { briefing }: BriefingContent,
  file: string,
): Promise<readonly FileProblem[]> {
  const ahead = briefing.revisions.findIndex(({ savedAt }) => Date.parse(savedAt) > now().getTime())
  const early = ahead === -1 ? [] : [{ file, path: `revisions.${ahead}.savedAt`, complaint: complaint('revision.future') }]
  const taken = (await listTaken(database, briefing)).map(({ slug, id }) => ({
    file,
    path: slug === briefing.slug ? 'slug' : 'formerSlugs',
    complaint: complaint('store.slug', { slug, id }),
  }))
  const stored = await findSource(database, briefing.id)
  return [...early, ...taken, ...(stored ? await rewritten(file, briefing, stored) : [])]
}

/** Where a file contradicts the stored history. */
async function rewritten(file: string, briefing: BriefingFile, stored: Source): Promise<readonly FileProblem[]> {
  const revisions = revisionsIn(briefing)
  if (stored.revision > revisions.length) {
    const behind = complaint('store.ahead', { stored: stored.revision, filed: revisions.length })
    return [{ file, path: 'revisions', complaint: behind }]
  }
  const filed = await Promise.all(revisions.slice(0, stored.revision).map(async (each) => await hashesOf(each.briefing)))
  const present = revisions[stored.revision - 1]?.briefing
  const another = filed.findIndex(
    (hashes, index) =>
      !isSameRecord(hashes, stored.history[index]?.hashes ?? {}) ||
      revisions[index]?.significance !== stored.history[index]?.significance ||
      !isSameRecord(revisions[index]?.significances ?? {}, stored.history[index]?.significances ?? {}),
  )
  const isOtherFacts = stored.revision === revisions.length && JSON.stringify(stored.briefing) !== JSON.stringify(present)
  if (another === -1 && !isOtherFacts) return []
  const revision = another === -1 ? stored.revision : another + 1
  return [{ file, path: 'revisions', complaint: complaint('store.revision', { revision }) }]
}

/** Whether two records say the same, in any order. */
export const isSameRecord = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

const sorted = <Value>(values: Readonly<Record<string, Value>>) =>
  Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
