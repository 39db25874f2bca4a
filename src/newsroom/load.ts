import { unfit } from '../briefings/files'
import { hashesOf } from '../briefings/hash'
import { revisionsIn, segmentsIn } from '../briefings/revisions'
import { writesToSave as writesToSaveSource } from '../briefings/save-store'
import type { Source, SourceToSave } from '../briefings/source'
import { findSource } from '../briefings/store'
import type { Locale } from '../language/locale'
import { isPrinted, printBriefing } from '../printing/print-briefing'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Database, Write } from '../storage/database'
import { type FileWarning, warningsInFiles } from '../translations/checks/receipt'
import { madeFromUnpublished } from '../translations/freshness'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import {
  findApproved,
  findTranslation,
  listRevisions,
  type StoredTranslation,
  writesToSave as writesToSaveTranslation,
} from '../translations/store'
import { changesForReaders, type LocaleFile, type Translation, translationOf } from '../translations/translation'
import { type BriefingContent, type Content, readContent } from './content-files'
import { contradictions, isSameRecord } from './contradictions'

/** What loading did to one briefing. */
export interface Receipt {
  readonly slug: string
  readonly outcome: 'new' | 'changed' | 'unchanged'
  /** Whether readers can see it now. */
  readonly isPublic: boolean
  /** Languages in which something was saved that readers do not have yet. */
  readonly unpublished: readonly Locale[]
  /** Languages whose file has an old state of the store. The store keeps its newer one. */
  readonly behind: readonly Locale[]
  /** What a person should look at in the translations that are saved. */
  readonly warnings: readonly FileWarning[]
}

/** How one briefing is loaded. */
interface LoadOptions {
  /** Whether readers get what the files say is published or approved. Without it, everything is only saved. */
  readonly publishes: boolean
  /** Only decide, and save and print nothing. */
  readonly isTrial?: boolean
  /** Throws if the present state is not the one that the sender started from. */
  readonly expects?: (stored: Source | undefined) => void
}

/** Loads one briefing, as `loadAll` does all. Throws one error that names every contradiction to the store. */
export async function loadOne(site: LiveSite, content: BriefingContent, options: LoadOptions): Promise<Receipt> {
  const problems = await contradictions(site, content, '')
  if (problems.length > 0) throw unfit(problems)
  return await load(site, content, options)
}

/**
 * Loads one briefing with its translations and prints it. Revisions are only added. Loading the same files again changes nothing, and
 * undoes nothing that was decided in the store since.
 */
async function load(
  site: LiveSite,
  { briefing, translations }: BriefingContent,
  { publishes, isTrial = false, expects }: LoadOptions,
): Promise<Receipt> {
  const { database, locales } = site
  const { id, slug, formerSlugs, publishedAt } = briefing
  const stored = await findSource(database, id)
  expects?.(stored)
  const revisions = await Promise.all(
    revisionsIn(briefing).map(async (each) => ({ ...each, hashes: await hashesOf(each.briefing) })),
  )
  const filed = { id, slug, formerSlugs, publishedAt, revisions }
  const english = decideOnSource(stored, { ...filed, state: briefing.state }, publishes)
  const sourceWrites = english.source ? writesToSaveSource(database, english.source, stored, english.publishes) : []
  const published = english.publishes ? revisions.length : stored?.published
  const translated = await translationsFrom(site, filed, translations, { publishes, published })
  const writes = [...sourceWrites, ...translated.writes]
  const isSaved = writes.length > 0 && !isTrial
  if (isSaved) await database.atomically(writes)
  const isBeside = stored?.published !== undefined && !english.publishes
  const isHeld = isBeside || (briefing.state === 'published' && !english.publishes)
  const isDue = (english.source !== undefined && !isBeside) || translated.isDue
  return {
    slug,
    outcome: !stored ? 'new' : writes.length > 0 ? 'changed' : 'unchanged',
    isPublic: isSaved && isDue ? await printBriefing(site, id) : await isPrinted(site, stored?.slug ?? slug),
    unpublished: [...(english.source && isHeld ? [locales.source] : []), ...translated.unpublished],
    behind: [...(english.isBehind ? [locales.source] : []), ...translated.behind],
    warnings: warningsInFiles(briefing, translated.saved, site.glossaries),
  }
}

/** What is saved of the English of a file, if anything, and whether readers get it. */
function decideOnSource(
  stored: Source | undefined,
  filed: SourceToSave,
  publishes: boolean,
): { readonly source?: SourceToSave; readonly publishes: boolean; readonly isBehind: boolean } {
  const isPublished = publishes && filed.state === 'published'
  if (!stored)
    return { source: { ...filed, state: isPublished ? 'published' : 'draft' }, publishes: isPublished, isBehind: false }
  const isNewer = filed.revisions.length > stored.revision
  if (isPublished && (isNewer || stored.takenBack === undefined)) {
    return isSame(stored, filed) ? { publishes: true, isBehind: false } : { source: filed, publishes: true, isBehind: false }
  }
  const isBehind = publishes && !isNewer && filed.state !== stored.state
  if (stored.published !== undefined && !isSameIdentity(stored, filed)) {
    throw new Refusal('source.identity', { slug: stored.slug })
  }
  const isSaved = isNewer || (stored.published === undefined && !isBehind && !isSameIdentity(stored, filed))
  return isSaved ? { source: { ...filed, state: 'draft' }, publishes: false, isBehind } : { publishes: false, isBehind }
}

/** The writes that bring in the translations of files, and the languages whose file has an old state of the store. */
async function translationsFrom(
  { database, now }: LiveSite,
  { id, revisions }: Pick<SourceToSave, 'id' | 'revisions'>,
  files: readonly LocaleFile[],
  { publishes, published }: { readonly publishes: boolean; readonly published: number | undefined },
) {
  const savedAt = now().toISOString()
  const english = segmentsIn(revisions)
  const writes: Write[] = []
  const [behind, unpublished, saved]: [Locale[], Locale[], LocaleFile[]] = [[], [], []]
  let isDue = false
  for (const file of files) {
    const { locale } = file
    const filed = translationOf(file, revisions[file.sourceRevision - 1]?.hashes ?? {})
    const before = await findTranslation(database, id, locale)
    if (before && isSameTranslation(before, filed)) continue
    if (before && (await wasBefore(database, id, before, filed))) {
      behind.push(locale)
      continue
    }
    const waits = !publishes || (published !== undefined && madeFromUnpublished(filed, revisions, published).length > 0)
    const translation = filed.state === 'approved' && waits ? { ...filed, state: 'in-review' as const } : filed
    if (translation !== filed && before && isSameTranslation(before, translation)) continue
    if (translation.state !== 'approved' && (translation !== filed || before?.published !== undefined)) unpublished.push(locale)
    saved.push(file)
    isDue ||= changesForReaders(before, translation)
    const lessons = await lessonsOf(translation, await findApproved(database, id, before), () => english)
    writes.push(
      ...writesToSaveTranslation(database, id, translation, before, savedAt),
      ...writesToRemember(database, locale, lessons, savedAt),
    )
  }
  return { writes, behind, unpublished, saved, isDue }
}

const isSame = (stored: Source, filed: SourceToSave) =>
  stored.published === filed.revisions.length && stored.revision === stored.published && isSameIdentity(stored, filed)

const isSameIdentity = (stored: Source, { slug, formerSlugs, publishedAt }: SourceToSave) =>
  stored.slug === slug && stored.publishedAt === publishedAt && formerSlugs.every((each) => stored.formerSlugs.includes(each))

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

/**
 * Loads all content, or nothing if anything is wrong. Every file is read and compared with the store before anything is written.
 * Throws one error that names every problem. `onProgress` is called for each finished briefing. A trial saves and prints nothing.
 */
export async function loadAll(
  site: LiveSite,
  content: Content,
  onProgress: (receipt: Receipt, done: number, all: number) => void = () => {},
  { isTrial = false }: Pick<LoadOptions, 'isTrial'> = {},
): Promise<readonly Receipt[]> {
  const read = readContent(content, site.locales)
  const problems = 'problems' in read ? [...read.problems] : []
  const contents = 'problems' in read ? [] : read
  for (const each of contents) problems.push(...(await contradictions(site, each, `${each.briefing.slug}.json`)))
  if (problems.length > 0) throw unfit(problems)
  const receipts: Receipt[] = []
  for (const each of contents) {
    const receipt = await load(site, each, { publishes: true, isTrial })
    receipts.push(receipt)
    onProgress(receipt, receipts.length, contents.length)
  }
  return receipts
}
