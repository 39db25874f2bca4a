import { addedIn } from '../briefings/added'
import { fileNameOf, unfit } from '../briefings/files'
import { ladderOf } from '../briefings/ladder'
import { writesToSave } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import type { Locale } from '../language/locale'
import { withReason } from '../language/newsroom'
import { writeToNote } from '../members/audit-store'
import { isPrinted } from '../printing/print-briefing'
import { printSaved } from '../printing/print-saved'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { writeToNoteLadder } from '../storage/ladders'
import { type FileWarning, warningsInFiles } from '../translations/checks/receipt'
import { type BriefingContent, type Content, readContent } from './content-files'
import { contradictions } from './contradictions'
import { decideOnEnglish } from './filed-english'
import { type FiledLine, translationsFrom } from './filed-translations'

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
  /** Texts of files that met a change of somebody else: what stands, or what was replaced. */
  readonly lines: readonly FiledLine[]
  /** What a person should look at in the translations that are saved. */
  readonly warnings: readonly FileWarning[]
}

/** How one briefing is loaded. */
interface LoadOptions {
  /** Whether readers get what the files say is published or approved. Without it, everything is only saved. */
  readonly publishes: boolean
  /** Only decide, and save and print nothing. */
  readonly isTrial?: boolean
  /** The name of what loads it, in the log of who did what. */
  readonly actor?: string
  /** Throws if the present state is not the one that the sender started from. */
  readonly expects?: (stored: Source | undefined) => void
}

/** Loads one briefing, as `loadAll` does all. Throws one error that names every contradiction to the store. */
export async function loadOne(site: LiveSite, content: BriefingContent, options: LoadOptions): Promise<Receipt> {
  const problems = await contradictions(site, content, '', options.publishes)
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
  { publishes, isTrial = false, actor = 'files', expects }: LoadOptions,
): Promise<Receipt> {
  const { database, locales, now } = site
  const { id, slug, formerSlugs, publishedAt } = briefing
  const stored = await findSource(database, id)
  expects?.(stored)
  const added = await addedIn(briefing, stored)
  const english = decideOnEnglish(stored, briefing, publishes)
  if (english.flaw) throw new Refusal(english.flaw.code, english.flaw.values)
  const state = english.publishes ? ('published' as const) : ('draft' as const)
  const filed = { id, slug, formerSlugs, publishedAt, state, revision: briefing.revisions.length, added }
  const ladder = ladderOf(site.settings.tiers)
  const sourceWrites = english.isSaved
    ? [writeToNoteLadder(database, ladder, now()), ...writesToSave(database, filed, stored, english.publishes)]
    : []
  const published = english.publishes ? filed.revision : stored?.published
  const translated = await translationsFrom(site, filed, stored, translations, { publishes, published })
  const given = [...(english.publishes && english.isSaved ? [locales.source] : []), ...translated.published]
  const notes = [...notesOf('published', given), ...notesOf('withdrawn', translated.withdrawn)]
  const writes = [...sourceWrites, ...translated.writes, ...notes]
  const isSaved = writes.length > 0 && !isTrial
  if (isSaved) await database.atomically(writes)
  const isDue = published !== undefined && ((english.isSaved && english.publishes) || translated.isDue)
  return {
    slug,
    outcome: !stored ? 'new' : writes.length > 0 ? 'changed' : 'unchanged',
    isPublic: isSaved && isDue ? await printSaved(site, id) : await isPrinted(site, stored?.slug ?? slug),
    unpublished: [...(english.isUnpublished ? [locales.source] : []), ...translated.unpublished],
    behind: [...(english.isBehind ? [locales.source] : []), ...translated.behind],
    lines: translated.lines.map(withReason),
    warnings: warningsInFiles(briefing, translated.saved, site.glossaries),
  }

  function notesOf(act: 'published' | 'withdrawn', tags: readonly Locale[]) {
    const note = { at: now().toISOString(), actor, act, subject: id, detail: { locales: tags.join(' ') } }
    return tags.length === 0 ? [] : [writeToNote(database, note)]
  }
}

/**
 * Loads all content, or nothing if anything is wrong. Every file is read and compared with the store before anything is written.
 * Throws one error that names every problem. `onProgress` is called for each finished briefing. A trial saves and prints nothing.
 */
export async function loadAll(
  site: LiveSite,
  content: Content,
  onProgress: (receipt: Receipt, done: number, all: number) => void = () => {},
  options: Pick<LoadOptions, 'isTrial' | 'actor'> = {},
): Promise<readonly Receipt[]> {
  const read = readContent(content, site.locales, site.settings)
  const problems = 'problems' in read ? [...read.problems] : []
  const contents = 'problems' in read ? [] : read
  for (const each of contents) problems.push(...(await contradictions(site, each, fileNameOf(each.briefing), true)))
  if (problems.length > 0) throw unfit(problems)
  const receipts: Receipt[] = []
  for (const each of contents) {
    const receipt = await load(site, each, { ...options, publishes: true })
    receipts.push(receipt)
    onProgress(receipt, receipts.length, contents.length)
  }
  return receipts
}
