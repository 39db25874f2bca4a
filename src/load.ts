import type { BriefingFile } from './briefings/briefing'
import { type FileProblem, inWords, isProblems, readBriefingFile } from './briefings/files'
import { hashesOf } from './briefings/hash'
import { revisionsIn } from './briefings/revisions'
import { segmentsOf } from './briefings/segments'
import { findSource, listTaken, type Source, type SourceToSave, writesToSave as writesToSaveSource } from './briefings/store'
import { printBriefing } from './editions/press'
import { findAnswer } from './editions/store'
import { canonical, type Locales } from './language/locale'
import type { LiveSite } from './site'
import { errorsIn } from './translations/checks/review'
import { readLocaleFile } from './translations/packs/json'
import { listTranslations, type StoredTranslation, writesToSave as writesToSaveTranslation } from './translations/store'
import type { LocaleFile, Translation } from './translations/translation'

/** A file to be loaded: where it lies below the root of the content, and its bytes. */
export interface ContentFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A briefing with its translations, as files hold them. */
export interface Loadable {
  readonly briefing: BriefingFile
  readonly translations: readonly LocaleFile[]
}

/** What loading did to one briefing. */
export interface Receipt {
  readonly slug: string
  readonly outcome: 'new' | 'changed' | 'unchanged'
  /** Whether readers can see it now. */
  readonly isPublic: boolean
}

export interface Content {
  readonly briefings: readonly ContentFile[]
  readonly translations: readonly ContentFile[]
  /** Names of the pictures there are. */
  readonly images: readonly string[]
}

/** Reads all files of a site's content. Returns what can be loaded, or every problem found in any of them. */
export function readContent(
  content: Content,
  site: Locales,
): readonly Loadable[] | { readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = []
  const briefings = new Map<string, BriefingFile>()
  const places = new Map<string, string>()
  for (const { path, bytes } of content.briefings) {
    const read = readBriefingFile(path, bytes)
    if (isProblems(read)) {
      problems.push(...read)
      continue
    }
    problems.push(...clashes(path, read, places), ...outOfPlace(path, `${read.slug}.json`, 'slug'))
    if (!content.images.includes(read.image.file))
      problems.push({ file: path, path: 'image.file', message: `there is no db/images/${read.image.file}` })
    briefings.set(read.slug, read)
  }
  const translations = new Map<string, LocaleFile[]>()
  for (const { path, bytes } of content.translations) {
    const read = readLocaleFile(path, bytes)
    if (isProblems(read)) {
      problems.push(...read)
      continue
    }
    const slug =
      path
        .split('/')
        .at(-1)
        ?.replace(/\.json$/, '') ?? ''
    const briefing = briefings.get(slug)
    problems.push(...problemsOfTranslation(path, read, briefing, site))
    translations.set(slug, [...(translations.get(slug) ?? []), read])
  }
  if (problems.length > 0) return { problems }
  return [...briefings.values()].map((briefing) => ({ briefing, translations: translations.get(briefing.slug) ?? [] }))
}

/** Ids, slugs and former slugs that two files claim. */
function clashes(file: string, { id, slug, formerSlugs }: BriefingFile, places: Map<string, string>): FileProblem[] {
  const claims = [`id ${id}`, ...[slug, ...formerSlugs].map((each) => `slug ${each}`)]
  return claims.flatMap((claim) => {
    const other = places.get(claim)
    places.set(claim, file)
    return other === undefined ? [] : [{ file, path: '', message: `${claim} is taken by ${other}` }]
  })
}

const outOfPlace = (file: string, expected: string, field: string): FileProblem[] =>
  file.endsWith(`/${expected}`) ? [] : [{ file, path: field, message: `expected the file to be named ${expected}` }]

function problemsOfTranslation(file: string, read: LocaleFile, briefing: BriefingFile | undefined, site: Locales): FileProblem[] {
  const folder = file.split('/').at(-3) ?? ''
  const problem = (path: string, message: string): FileProblem => ({ file, path, message })
  if (!briefing) return [problem('', 'translates no briefing that there is')]
  const known = new Set(segmentsOf(briefing).map(({ id }) => id))
  const misplaced = [
    ...(read.locale === folder && canonical(read.locale) === read.locale
      ? []
      : [problem('locale', `expected ${folder}, as its folder is named`)]),
    ...(site.locales.some(({ tag }) => tag === read.locale && tag !== site.source)
      ? []
      : [problem('locale', 'is not a language that this site translates into')]),
    ...(read.source === site.source ? [] : [problem('source', `expected ${site.source}`)]),
    ...(read.sourceRevision <= briefing.revisions.length
      ? []
      : [problem('sourceRevision', `expected at most ${briefing.revisions.length}`)]),
    ...[
      ...Object.keys(read.segments).map((id) => ['segments', id]),
      ...Object.keys(read.accepted ?? {}).map((id) => ['accepted', id]),
    ]
      .filter(([, id = '']) => !known.has(id))
      .map((place) => problem(place.join('.'), 'is no segment of this briefing')),
  ]
  if (misplaced.length > 0) return misplaced // What it should be held against is not known then.
  return errorsIn(briefing, read).map(({ segment, rule, message }) => problem(`segments.${segment}`, `${rule}: ${message}`))
}

/** What in a file contradicts what the store already has of its briefing; asked of every file before any is loaded. */
export async function contradictions({ database }: LiveSite, { briefing }: Loadable): Promise<readonly FileProblem[]> {
  const file = `${briefing.slug}.json`
  const taken = (await listTaken(database, briefing)).map(({ slug, id }) => ({
    file,
    path: slug === briefing.slug ? 'slug' : 'formerSlugs',
    message: `${slug} is the address of briefing ${id} in the store`,
  }))
  const stored = await findSource(database, briefing.id)
  return [...taken, ...(stored ? await rewritten(file, briefing, stored) : [])]
}

/** Where a file tells otherwise what the store has told already. */
async function rewritten(file: string, briefing: BriefingFile, stored: Source): Promise<readonly FileProblem[]> {
  const revisions = revisionsIn(briefing)
  if (stored.revision > revisions.length) {
    return [
      {
        file,
        path: 'revisions',
        message: `the store has ${stored.revision}, this file ${revisions.length}: bring it up to date`,
      },
    ]
  }
  const told = await Promise.all(revisions.slice(0, stored.revision).map(async (each) => await hashesOf(each.briefing)))
  const present = revisions[stored.revision - 1]?.briefing
  const another = told.findIndex(
    (hashes, index) =>
      !isSameText(hashes, stored.history[index]?.hashes ?? {}) ||
      revisions[index]?.significance !== stored.history[index]?.significance,
  )
  const isOtherFacts = stored.revision === revisions.length && JSON.stringify(stored.briefing) !== JSON.stringify(present)
  return another === -1 && !isOtherFacts
    ? []
    : [
        {
          file,
          path: 'revisions',
          message: `revision ${another === -1 ? stored.revision : another + 1} is not the one in the store: add a revision instead of changing one`,
        },
      ]
}

const isSameText = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/**
 * Loads one briefing with its translations and prints it. What the store already has is left as it is: loading the same
 * files again changes nothing, and revisions are only added.
 */
export async function load(site: LiveSite, { briefing, translations }: Loadable): Promise<Receipt> {
  const { database } = site
  const { id, slug, formerSlugs, state, publishedAt } = briefing
  const stored = await findSource(database, id)
  const revisions = await Promise.all(
    revisionsIn(briefing).map(async (each) => ({ ...each, hashes: await hashesOf(each.briefing) })),
  )
  const source: SourceToSave = { id, slug, formerSlugs, state, publishedAt, revisions }
  const isSourceNew = !stored || !isSame(stored, source)
  const known = new Map((await listTranslations(database, id)).map((each) => [each.locale, each] as const))
  const savedAt = site.now().toISOString()
  const writes = translations.flatMap((file) => {
    const translation = translationFrom(file, revisions[file.sourceRevision - 1]?.hashes ?? {})
    const before = known.get(file.locale)
    if (before && isSameTranslation(before, translation)) return []
    return writesToSaveTranslation(database, id, file.locale, translation, (before?.revision ?? 0) + 1, savedAt)
  })
  if (isSourceNew || writes.length > 0) {
    const sourceWrites = isSourceNew ? writesToSaveSource(database, source, stored?.revision ?? 0) : []
    await database.atomically([...sourceWrites, ...writes])
  }
  const isPublic = isSourceNew || writes.length > 0 ? await printBriefing(site, id) : await isPrinted(site, slug)
  return { slug, outcome: !stored ? 'new' : isSourceNew || writes.length > 0 ? 'changed' : 'unchanged', isPublic }
}

const isPrinted = async ({ database, locales }: LiveSite, slug: string) =>
  (await findAnswer(database, locales.source, slug, 'public')) !== undefined

const sorted = <Value>(values: Readonly<Record<string, Value>>) =>
  Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))

const isSame = (stored: Source, { slug, formerSlugs, state, publishedAt, revisions }: SourceToSave) =>
  stored.revision === revisions.length &&
  stored.slug === slug &&
  stored.state === state &&
  stored.publishedAt === publishedAt &&
  JSON.stringify(stored.formerSlugs) === JSON.stringify([...formerSlugs].sort())

/** The translation that a file holds; each segment remembers the English of the revision that the file was made from. */
function translationFrom(file: LocaleFile, hashes: Readonly<Record<string, string>>): Translation {
  const { locale, state, provenance, credits } = file
  const done = Object.entries(file.segments).filter(([, text]) => text.trim() !== '')
  const segments = Object.fromEntries(done.map(([segment, text]) => [segment, { text, seen: hashes[segment] ?? '' }]))
  return { locale, state, provenance, credits, segments }
}

const isSameTranslation = (one: StoredTranslation, other: Translation) =>
  one.state === other.state &&
  one.provenance === other.provenance &&
  JSON.stringify(one.credits) === JSON.stringify(other.credits) &&
  JSON.stringify(sorted(one.segments)) === JSON.stringify(sorted(other.segments))

/**
 * Loads all content, or nothing where anything in it is wrong: every file is read and held against the store before the
 * first is written. Throws one error that names every problem. `told` hears of each briefing as it is done.
 */
export async function loadAll(
  site: LiveSite,
  content: Content,
  told: (receipt: Receipt, done: number, all: number) => void = () => {},
): Promise<readonly Receipt[]> {
  const read = readContent(content, site.locales)
  const problems = 'problems' in read ? [...read.problems] : []
  const loadables = 'problems' in read ? [] : read
  for (const loadable of loadables) problems.push(...(await contradictions(site, loadable)))
  if (problems.length > 0) throw new ContentError(problems)
  const receipts: Receipt[] = []
  for (const loadable of loadables) {
    const receipt = await load(site, loadable)
    receipts.push(receipt)
    told(receipt, receipts.length, loadables.length)
  }
  return receipts
}

/** Content that cannot be loaded, with every problem found in it. Nothing was changed. */
export class ContentError extends Error {
  readonly problems: readonly FileProblem[]

  constructor(problems: readonly FileProblem[]) {
    super(problems.map(inWords).join('\n'))
    this.problems = problems
  }
}
