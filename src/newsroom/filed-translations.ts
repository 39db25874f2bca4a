import { historyWith } from '../briefings/added'
import { isSame } from '../briefings/past'
import { inIdsOf, renamingsIn } from '../briefings/renames'
import { readEarlierSegments } from '../briefings/revision-store'
import type { RevisionHashes } from '../briefings/revisions'
import type { Source, SourceToSave } from '../briefings/source'
import { isPseudo, type Locale } from '../language/locale'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import type { MadeRevision } from '../translations/approval'
import { madeFromUnpublished } from '../translations/freshness'
import type { ReceiptLine } from '../translations/intake'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import { fileInPresentIds } from '../translations/present-ids'
import { listRevisions, revisionsFor } from '../translations/revision-store'
import { findTranslation, type StoredTranslation, writesToSave } from '../translations/store'
import { changesForReaders, isWaiting, type LocaleFile, type Translation, translationOf } from '../translations/translation'
import { mergeFile } from './merge-file'

/** What became of a text of a locale file that met a change of somebody else. */
export interface FiledLine extends Omit<ReceiptLine, 'complaint'> {
  readonly locale: Locale
  readonly reason?: string
  readonly complaint?: { readonly code: string; readonly values: Readonly<Record<string, unknown>> }
}

/** The writes that bring in the translations of files, and the languages whose file has an old state of the store. */
export async function translationsFrom(
  { database, now }: LiveSite,
  source: SourceToSave,
  stored: Source | undefined,
  files: readonly LocaleFile[],
  { publishes, published }: { readonly publishes: boolean; readonly published: number | undefined },
) {
  const savedAt = now().toISOString()
  const { id } = source
  const history = historyWith(stored, source.added)
  const inIds = inIdsOfLast(history, stored?.revision ?? 0)
  const writes: Write[] = []
  const receipt = { behind: [] as Locale[], unpublished: [] as Locale[], published: [] as Locale[], withdrawn: [] as Locale[] }
  const saved: LocaleFile[] = []
  const lines: (ReceiptLine & { readonly locale: Locale })[] = []
  let isDue = false
  for (const file of files) {
    const { locale } = file
    const before = inIds(await findTranslation(database, id, locale, stored?.revision))
    const filed = filedIn(file, history, before)
    const earlier = async () => (await listRevisions(database, id, locale, stored?.revision)).slice(0, -1).map(inIds)
    if (before && !isSameTranslation(before, filed) && wasBefore(await earlier(), before, filed)) {
      receipt.behind.push(locale)
      continue
    }
    const revisions = revisionsFor(database, { id, locale, sourceRevision: stored?.revision }, before, inIds)
    const merged =
      before && !isPseudo(locale)
        ? await mergeFile(database, { id, history }, before, { ...filed, revision: file.revision }, revisions, savedAt)
        : undefined
    writes.push(...(merged?.beside ?? []))
    lines.push(...(merged?.lines ?? []).map((line) => ({ locale, ...line })))
    if (merged?.isUnseen) receipt.behind.push(locale)
    if (merged?.isUnseen && !merged.isTaken) continue
    const wanted = merged ? { ...filed, segments: merged.segments } : filed
    const isSeen = publishes && merged?.isUnseen !== true
    const isOfUnpublished = published !== undefined && madeFromUnpublished(wanted, history, published).length > 0
    const translation = before && isSameTranslation(before, wanted) ? wanted : held(before, wanted, isSeen, isOfUnpublished)
    const isUnchanged = before !== undefined && isSameTranslation(before, translation)
    const isBeside = before?.approved !== undefined && (isUnchanged ? isWaiting(before, before.approved) : isWork(translation))
    if (translation.state !== filed.state || isBeside) receipt.unpublished.push(locale)
    if (isUnchanged) continue
    saved.push(file)
    if (translation.state === 'approved' && published !== undefined) receipt.published.push(locale)
    if (translation.state === 'withdrawn' && before?.approved) receipt.withdrawn.push(locale)
    isDue ||= changesForReaders(before, translation)
    const lessons = await lessonsOf(translation, before?.approved, () =>
      readEarlierSegments(database, id, { added: source.added }),
    )
    writes.push(
      ...writesToSave(database, source, translation, before, savedAt),
      ...writesToRemember(database, locale, lessons, savedAt),
    )
  }
  return { writes, isDue, saved, lines, ...receipt }
}

const isWork = ({ state }: Translation) => state === 'draft' || state === 'in-review'

/** The translation of a file. What is gone from the English keeps its translation, whether or not the file still has it. */
function filedIn(file: LocaleFile, history: readonly RevisionHashes[], before: Translation | undefined): Translation {
  const present = history.at(-1)?.hashes ?? {}
  const filed = translationOf(fileInPresentIds(file, history), history[file.sourceRevision - 1]?.hashes ?? {})
  const gone = Object.entries(before?.segments ?? {}).filter(([segment]) => !Object.hasOwn(present, segment))
  return { ...filed, segments: { ...Object.fromEntries(gone), ...filed.segments } }
}

/** A filed translation in the state that it gets: nothing that only a publication may change is changed by a sender who does not publish. */
function held(before: Translation | undefined, filed: Translation, publishes: boolean, isOfUnpublished: boolean): Translation {
  if (!publishes && before?.state === 'withdrawn') return { ...filed, state: 'withdrawn' }
  return filed.state === 'approved' && (!publishes || isOfUnpublished) ? { ...filed, state: 'in-review' } : filed
}

/** Gives translations the segment ids of the last revision of a history, in place of those of an earlier one. */
function inIdsOfLast(history: readonly RevisionHashes[], from: number) {
  const renamings = renamingsIn(history)
  const carry = (segments: Translation['segments']) => inIdsOf(segments, renamings, from, history.length)
  return <Some extends { readonly segments: Translation['segments']; readonly approved?: Translation | undefined } | undefined>(
    some: Some,
  ): Some =>
    some && {
      ...some,
      segments: carry(some.segments),
      ...(some.approved && { approved: { ...some.approved, segments: carry(some.approved.segments) } }),
    }
}

/** Whether the store once had what a file has, and has moved on. So loading an old file again undoes neither an import nor an approval. */
function wasBefore(earlier: readonly MadeRevision[], present: StoredTranslation, filed: Translation): boolean {
  const isOnlyState = isSame(present.segments, filed.segments)
  return earlier.some(({ state, segments }) => isSame(segments, filed.segments) && (!isOnlyState || state === filed.state))
}

const isSameTranslation = (one: StoredTranslation, other: Translation) =>
  one.state === other.state &&
  one.provenance === other.provenance &&
  JSON.stringify(one.credits) === JSON.stringify(other.credits) &&
  isSame(one.segments, other.segments)
