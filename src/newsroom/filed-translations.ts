import { segmentsIn } from '../briefings/revisions'
import type { SourceToSave } from '../briefings/source'
import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import type { Database, Write } from '../storage/database'
import { madeFromUnpublished } from '../translations/freshness'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import { listRevisions } from '../translations/revision-store'
import { findTranslation, type StoredTranslation, writesToSave } from '../translations/store'
import { changesForReaders, isWaiting, type LocaleFile, type Translation, translationOf } from '../translations/translation'
import { isSameRecord } from './contradictions'

/** The writes that bring in the translations of files, and the languages whose file has an old state of the store. */
export async function translationsFrom(
  { database, now }: LiveSite,
  { id, revisions }: Pick<SourceToSave, 'id' | 'revisions'>,
  files: readonly LocaleFile[],
  { publishes, published }: { readonly publishes: boolean; readonly published: number | undefined },
) {
  const savedAt = now().toISOString()
  const english = segmentsIn(revisions)
  const writes: Write[] = []
  const told = { behind: [] as Locale[], unpublished: [] as Locale[], published: [] as Locale[], withdrawn: [] as Locale[] }
  const saved: LocaleFile[] = []
  let isDue = false
  for (const file of files) {
    const { locale } = file
    const filed = translationOf(file, revisions[file.sourceRevision - 1]?.hashes ?? {})
    const before = await findTranslation(database, id, locale)
    if (before && !isSameTranslation(before, filed) && (await wasBefore(database, id, before, filed))) {
      told.behind.push(locale)
      continue
    }
    const isOfUnpublished = published !== undefined && madeFromUnpublished(filed, revisions, published).length > 0
    const translation = before && isSameTranslation(before, filed) ? filed : held(before, filed, publishes, isOfUnpublished)
    const isSame = before !== undefined && isSameTranslation(before, translation)
    const isBeside = before?.approved !== undefined && (isSame ? isWaiting(before, before.approved) : isWork(translation))
    if (translation.state !== filed.state || isBeside) told.unpublished.push(locale)
    if (isSame) continue
    saved.push(file)
    if (translation.state === 'approved' && published !== undefined) told.published.push(locale)
    if (translation.state === 'withdrawn' && before?.approved) told.withdrawn.push(locale)
    isDue ||= changesForReaders(before, translation)
    const lessons = await lessonsOf(translation, before?.approved, () => english)
    writes.push(
      ...writesToSave(database, id, translation, before, savedAt),
      ...writesToRemember(database, locale, lessons, savedAt),
    )
  }
  return { writes, isDue, saved, ...told }
}

const isWork = ({ state }: Translation) => state === 'draft' || state === 'in-review'

/** A filed translation in the state that it gets: nothing that only a publication may change is changed by a sender who does not publish. */
function held(before: Translation | undefined, filed: Translation, publishes: boolean, isOfUnpublished: boolean): Translation {
  if (!publishes && before?.state === 'withdrawn') return { ...filed, state: 'withdrawn' }
  return filed.state === 'approved' && (!publishes || isOfUnpublished) ? { ...filed, state: 'in-review' } : filed
}

/** Whether the store once had what a file has, and has moved on. So loading an old file again undoes neither an import nor an approval. */
async function wasBefore(database: Database, id: string, present: StoredTranslation, filed: Translation): Promise<boolean> {
  const earlier = (await listRevisions(database, id, filed.locale)).slice(0, -1)
  const isOnlyState = isSameRecord(present.segments, filed.segments)
  return earlier.some(({ state, segments }) => isSameRecord(segments, filed.segments) && (!isOnlyState || state === filed.state))
}

const isSameTranslation = (one: StoredTranslation, other: Translation) =>
  one.state === other.state &&
  one.provenance === other.provenance &&
  JSON.stringify(one.credits) === JSON.stringify(other.credits) &&
  isSameRecord(one.segments, other.segments)
