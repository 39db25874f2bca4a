import { readEarlierSegments } from '../briefings/revision-store'
import type { Sight } from '../briefings/segments'
import { findSourceBySlug, listSlugs } from '../briefings/store'
import type { Locale } from '../language/locale'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Database } from '../storage/database'
import { lessonsOf, textsToRecall, withMemory } from '../translations/memory'
import { listUnlearnt, recall, writeLearnt, writesToRemember } from '../translations/memory-store'
import { packFor, type Selection, withAncestors, withGlossary } from '../translations/outgoing'
import { type PackOptions, writePack } from '../translations/packs/formats'
import { type Candidate, type Pack, type PackFormat, packEndings } from '../translations/packs/pack'
import { findTranslation, type StoredTranslation } from '../translations/store'
import { asideOf } from './merge-pack'

/** A pack with what a file says beside its texts. */
export interface Outgoing {
  readonly pack: Pack
  readonly translation: StoredTranslation | undefined
}

const slugsAtOnce = 200

/**
 * The packs of a locale, with what the translation memory has for them: of the named briefings, or of all. They come one by one, so that
 * memory does not grow with their number. Unwanted ones are not read.
 */
export async function* exportPacks(
  site: LiveSite,
  locale: Locale,
  slugs: readonly string[],
  selection: Selection,
  isWanted: (slug: string) => boolean = () => true,
): AsyncGenerator<Outgoing> {
  for await (const slug of slugs.length > 0 ? slugs : everySlug(site.database)) {
    if (!isWanted(slug)) continue
    const outgoing = await exportPack(site, locale, slug, selection)
    if (!outgoing) throw new Refusal('briefing.unknown', { slug })
    yield outgoing
  }
}

/**
 * The pack of one briefing, with what the translation memory has for it; `undefined` if there is no such briefing. It has only the
 * texts in sight. If those are not all, it has nothing of the memory, which does not know for whom a text was.
 */
export async function exportPack(
  site: LiveSite,
  locale: Locale,
  slug: string,
  selection: Selection,
  sight?: Sight,
): Promise<Outgoing | undefined> {
  const outgoing = await exportAsItStands(site, locale, slug, selection, sight)
  if (!outgoing || (sight !== undefined && sight !== 'all')) return outgoing
  const recalled = await recallAll(site, locale, textsToRecall(outgoing.pack))
  return { ...outgoing, pack: withMemory(outgoing.pack, recalled) }
}

/** The same without what the memory has. */
export async function exportAsItStands(
  { database, locales, glossaries }: LiveSite,
  locale: Locale,
  slug: string,
  selection: Selection,
  sight?: Sight,
): Promise<Outgoing | undefined> {
  const source = await findSourceBySlug(database, slug)
  if (!source) return undefined
  const translation = await findTranslation(database, source.id, locale, source.history.length)
  const earlier = translation ? await readEarlierSegments(database, source.id, { sight }) : () => undefined
  const aside = await asideOf(database, source, translation, locale)
  const plain = packFor({ ...source, earlier, aside }, locales.source, locale, translation, selection, sight)
  const pack = withGlossary(plain, glossaries[locale])
  return { pack: await withAncestors(pack, translation?.revision ?? 0, (id) => translation?.segments[id]?.text), translation }
}

/** What the translation memory of a language has for each of these English texts, the most alike first. */
export async function recallAll(
  { database }: LiveSite,
  locale: Locale,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  await learnWhatIsDue(database, locale)
  return await recall(database, locale, texts)
}

/** A pack as a file: its name, and its text. */
export function packFile(
  { pack, translation }: Outgoing,
  format: PackFormat,
  options: Pick<PackOptions, 'copySource' | 'xliffVersion' | 'withoutEnglish'>,
): { readonly name: string; readonly text: string } {
  const { state = 'draft', provenance = 'human', credits = [] } = translation ?? {}
  return {
    name: pack.name + packEndings[format],
    text: writePack(format, pack, { ...options, state, provenance, credits: [...credits] }),
  }
}

/** Adds to the memory what was approved in this language before there was one. Does so once, after a migration. */
async function learnWhatIsDue(database: Database, locale: Locale): Promise<void> {
  for (let due = await listUnlearnt(database, locale); due.length > 0; due = await listUnlearnt(database, locale)) {
    for (const each of due) {
      const approved = (await findTranslation(database, each.briefingId, locale))?.approved
      const english = () => readEarlierSegments(database, each.briefingId)
      const lessons = approved ? await lessonsOf(approved, undefined, english) : []
      await database.atomically([
        ...writesToRemember(database, locale, lessons, each.savedAt),
        writeLearnt(database, locale, each),
      ])
    }
  }
}

/** The slugs of all briefings. */
export async function* everySlug(database: Database): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const slugs = await listSlugs(database, after, slugsAtOnce)
    yield* slugs
    const last = slugs.at(-1)
    if (last === undefined || slugs.length < slugsAtOnce) return
    after = last
  }
}
