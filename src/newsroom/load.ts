import { unfit } from '../briefings/files'
import { hashesOf } from '../briefings/hash'
import { revisionsIn, segmentsIn } from '../briefings/revisions'
import { writesToSave as writesToSaveSource } from '../briefings/save-store'
import type { Source, SourceToSave } from '../briefings/source'
import { findSource } from '../briefings/store'
import { findAnswer } from '../editions/store'
import type { Locale } from '../language/locale'
import { printBriefing } from '../printing/print-briefing'
import type { LiveSite } from '../site'
import type { Database, Write } from '../storage/database'
import { lessonsOf } from '../translations/memory'
import { writesToRemember } from '../translations/memory-store'
import {
  findTranslation,
  listRevisions,
  type StoredTranslation,
  writesToSave as writesToSaveTranslation,
} from '../translations/store'
import type { LocaleFile, Translation } from '../translations/translation'
import { type BriefingContent, type Content, readContent } from './content-files'
import { contradictions, isSameRecord } from './contradictions'

/** What loading did to one briefing. */
export interface Receipt {
  readonly slug: string
  readonly outcome: 'new' | 'changed' | 'unchanged'
  /** Whether readers can see it now. */
  readonly isPublic: boolean
  /** Languages whose file has an old state of the store. The store keeps its newer one. */
  readonly behind: readonly Locale[]
}

/** How one briefing is loaded. */
interface LoadOptions {
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
 * Loads one briefing with its translations and prints it. Revisions are only added. Loading the same files again changes nothing.
 */
async function load(
  site: LiveSite,
  { briefing, translations }: BriefingContent,
  { isTrial = false, expects }: LoadOptions = {},
): Promise<Receipt> {
  const { database } = site
  const { id, slug, formerSlugs, state, publishedAt } = briefing
  const stored = await findSource(database, id)
  expects?.(stored)
  const revisions = await Promise.all(
    revisionsIn(briefing).map(async (each) => ({ ...each, hashes: await hashesOf(each.briefing) })),
  )
  const source: SourceToSave = { id, slug, formerSlugs, state, publishedAt, revisions }
  const sourceWrites = stored && isSame(stored, source) ? [] : writesToSaveSource(database, source, stored)
  const translated = await translationsFrom(site, source, translations)
  const writes = [...sourceWrites, ...translated.writes]
  const isSaved = writes.length > 0 && !isTrial
  if (isSaved) await database.atomically(writes)
  const isPublic = isSaved ? await printBriefing(site, id) : await isPrinted(site, slug)
  const outcome = !stored ? 'new' : writes.length > 0 ? 'changed' : 'unchanged'
  return { slug, outcome, isPublic, behind: translated.behind }
}

/** The writes that bring in the translations of files, and the languages whose file has an old state of the store. */
async function translationsFrom(
  { database, now }: LiveSite,
  { id, revisions }: SourceToSave,
  files: readonly LocaleFile[],
): Promise<{ readonly writes: readonly Write[]; readonly behind: readonly Locale[] }> {
  const savedAt = now().toISOString()
  const english = segmentsIn(revisions)
  const writes: Write[] = []
  const behind: Locale[] = []
  for (const file of files) {
    const { locale } = file
    const translation = translationFrom(file, revisions[file.sourceRevision - 1]?.hashes ?? {})
    const before = await findTranslation(database, id, locale)
    if (before && isSameTranslation(before, translation)) continue
    if (before && (await hadSegments(database, id, before, translation))) {
      behind.push(locale)
      continue
    }
    const lessons = await lessonsOf(translation, before, () => english)
    writes.push(
      ...writesToSaveTranslation(database, id, locale, translation, (before?.revision ?? 0) + 1, savedAt),
      ...writesToRemember(database, locale, lessons, savedAt),
    )
  }
  return { writes, behind }
}

const isPrinted = async ({ database, locales }: LiveSite, slug: string) =>
  (await findAnswer(database, locales.source, slug, 'public')) !== undefined

const isSame = (stored: Source, { slug, formerSlugs, state, publishedAt, revisions }: SourceToSave) =>
  stored.revision === revisions.length &&
  stored.slug === slug &&
  stored.state === state &&
  stored.publishedAt === publishedAt &&
  JSON.stringify(stored.formerSlugs) === JSON.stringify([...formerSlugs].sort())

/** The translation of a file. Each segment keeps the hash of the English of the revision that the file was made from. */
function translationFrom(file: LocaleFile, hashes: Readonly<Record<string, string>>): Translation {
  const { locale, state, provenance, credits, proposed = [] } = file
  const done = Object.entries(file.segments).filter(([id, text]) => text.trim() !== '' && !proposed.includes(id))
  const seen = (id: string) => (file.outdated?.includes(id) ? '' : (hashes[id] ?? ''))
  const segments = Object.fromEntries(done.map(([id, text]) => [id, { text, seen: seen(id) }]))
  return { locale, state, provenance, credits, segments }
}

/** Whether a file has an old state of the store. So loading an old file again does not undo an import. */
async function hadSegments(
  database: Database,
  id: string,
  { locale, segments }: StoredTranslation,
  { segments: filed }: Translation,
) {
  if (isSameRecord(segments, filed)) return false
  const revisions = await listRevisions(database, id, locale)
  return revisions.some((each) => isSameRecord(each.segments, filed))
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
    const receipt = await load(site, each, { isTrial })
    receipts.push(receipt)
    onProgress(receipt, receipts.length, contents.length)
  }
  return receipts
}
