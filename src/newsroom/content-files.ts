import type { BriefingFile } from '../briefings/briefing'
import { type Decisions, lacksIn, strangeWords } from '../briefings/decided'
import { type FileProblem, flawsIn, isProblems, readBriefingFile } from '../briefings/files'
import { mayBeAbsent, segmentsOf } from '../briefings/segments'
import { type Complaint, complaint } from '../language/complaint'
import { canonical, isPseudo, type Locales } from '../language/locale'
import type { Picture } from '../media/measured'
import { flawInSize } from '../media/picture'
import { inRule } from '../translations/checks/finding'
import { errorsIn } from '../translations/checks/review'
import { readLocaleFile } from '../translations/packs/json'
import { pseudoTranslation } from '../translations/pseudo-translation'
import type { LocaleFile } from '../translations/translation'

/** A file to be loaded: its path below the root of the content, and its bytes. */
export interface ContentFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A briefing with its translations, as files have them. */
export interface BriefingContent {
  readonly briefing: BriefingFile
  readonly translations: readonly LocaleFile[]
}

export interface Content {
  readonly briefings: readonly ContentFile[]
  readonly translations: readonly ContentFile[]
  /** Names of the pictures there are. */
  readonly images: readonly string[]
  /** What they are by their bytes, or why no site shows them. The size of others is believed. */
  readonly pictures?: ReadonlyMap<string, Picture | Complaint>
}

/**
 * Reads all files of a site's content. Returns what can be loaded, or every problem in any of them. If the site has pseudo-locales, each
 * briefing also has a translation into them, which is in no file. The oldest briefing comes first, because feeds list in the order of loading.
 */
export function readContent(
  content: Content,
  site: Locales,
  decisions: Decisions | undefined,
): readonly BriefingContent[] | { readonly problems: readonly FileProblem[] } {
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
    problems.push(...withoutPicture(path, read, content.images, (name) => complaint('content.picture', { name })))
    if (decisions) problems.push(...undecided(path, read, decisions, true))
    problems.push(...flawsOfPicture(path, read, content.pictures))
    briefings.set(read.slug, read)
  }
  const translations = new Map<string, LocaleFile[]>()
  for (const { path, bytes } of content.translations) {
    const read = readLocaleFile(path, bytes)
    if (isProblems(read)) {
      problems.push(...read)
      continue
    }
    const slug = slugIn(path)
    const briefing = briefings.get(slug)
    problems.push(...outOfFolder(path, read), ...problemsOfTranslation(path, read, briefing, site))
    translations.set(slug, [...(translations.get(slug) ?? []), read])
  }
  if (problems.length > 0) return { problems }
  return [...briefings.values()].sort(byDate).map((briefing) => withPseudo(briefing, translations.get(briefing.slug) ?? [], site))
}

const byDate = (one: BriefingFile, other: BriefingFile) => (dateOf(one) < dateOf(other) ? -1 : 1)
const dateOf = ({ publishedAt, slug }: BriefingFile) => `${publishedAt} ${slug}`

/** The briefing that a locale file translates, by the name of the file. */
export const slugIn = (path: string): string => path.replace(/^.*\/|\.json$/g, '')

/** The same for one briefing with translations that were sent as values, and come from no folder. */
export function briefingContentFrom(
  briefing: BriefingFile,
  translations: readonly LocaleFile[],
  { images, publishes }: { readonly images: Content['images']; readonly publishes: boolean },
  site: Locales,
  decisions: Decisions,
): BriefingContent | { readonly problems: readonly FileProblem[] } {
  const file = `${briefing.slug}.json`
  const problems = [
    ...flawsIn(file, briefing),
    ...clashes(file, briefing, new Map()),
    ...withoutPicture(file, briefing, images, (name) => complaint('content.site-picture', { name })),
    ...undecided(file, briefing, decisions, publishes),
    ...translations.flatMap((each) =>
      problemsOfTranslation(file, each, briefing, site).map((problem) => ({
        ...problem,
        path: ['translations', each.locale, problem.path].filter(Boolean).join('.'),
      })),
    ),
  ]
  // Problems are about what was sent. The sender has no file with that name.
  return problems.length > 0
    ? { problems: problems.map((problem) => ({ ...problem, file: '' })) }
    : withPseudo(briefing, translations, site)
}

function withPseudo(briefing: BriefingFile, translations: readonly LocaleFile[], site: Locales): BriefingContent {
  const pseudo = site.locales.map(({ tag }) => tag).filter(isPseudo)
  return {
    briefing,
    translations: [...translations, ...pseudo.map((locale) => pseudoTranslation(briefing, site.source, locale))],
  }
}

const withoutPicture = (
  file: string,
  { image }: BriefingFile,
  images: Content['images'],
  complaintOf: (name: string) => Complaint,
): FileProblem[] =>
  !image || images.includes(image.file) ? [] : [{ file, path: 'image.file', complaint: complaintOf(image.file) }]

/** Where a briefing is not what the site decided: words that it does not have, and, if it is to be published, what it asks for. */
const undecided = (file: string, briefing: BriefingFile, decisions: Decisions, publishes: boolean): readonly FileProblem[] =>
  [
    ...strangeWords(briefing, decisions),
    ...(publishes && briefing.state === 'published' ? lacksIn(briefing, decisions) : []),
  ].map((misfit) => ({ file, ...misfit }))

/** What is wrong with the picture of a briefing: the file itself, or the size that is declared for it. */
function flawsOfPicture(file: string, { image }: BriefingFile, pictures: Content['pictures']): FileProblem[] {
  const picture = image && pictures?.get(image.file)
  if (!picture) return []
  if ('code' in picture) return [{ file, path: 'image.file', complaint: picture }]
  const flaw = flawInSize(picture, image)
  return flaw ? [{ file, path: 'image', complaint: flaw }] : []
}

/** Ids, slugs and former slugs that two files have. */
function clashes(file: string, { id, slug, formerSlugs }: BriefingFile, places: Map<string, string>): FileProblem[] {
  const taken = (key: string, complaint: (other: string) => Complaint): FileProblem[] => {
    const other = places.get(key)
    places.set(key, file)
    return other === undefined ? [] : [{ file, path: '', complaint: complaint(other) }]
  }
  return [
    ...taken(`id ${id}`, (other) => complaint('content.id-taken', { id, other })),
    ...[slug, ...formerSlugs].flatMap((each) =>
      taken(`slug ${each}`, (other) => complaint('content.slug-taken', { slug: each, other })),
    ),
  ]
}

const outOfPlace = (file: string, expected: string, field: string): FileProblem[] =>
  file.endsWith(`/${expected}`) ? [] : [{ file, path: field, complaint: complaint('content.file-name', { name: expected }) }]

function outOfFolder(file: string, { locale }: LocaleFile): FileProblem[] {
  const folder = file.split('/').at(-3) ?? ''
  const isInIts = locale === folder && canonical(locale) === locale
  return isInIts ? [] : [{ file, path: 'locale', complaint: complaint('file.folder', { folder }) }]
}

function problemsOfTranslation(file: string, read: LocaleFile, briefing: BriefingFile | undefined, site: Locales): FileProblem[] {
  const problem = (path: string, complaint: Complaint): FileProblem => ({ file, path, complaint })
  if (!briefing) return [problem('', complaint('content.no-briefing'))]
  const known = new Set(segmentsOf(briefing).map(({ id }) => id))
  // An item may be gone since, or have had another id. `contradictions` knows from the database.
  const isEarlier = (id: string) => read.sourceRevision < briefing.revisions.length && mayBeAbsent(id)
  const misplaced = [
    ...(site.locales.some(({ tag }) => tag === read.locale && tag !== site.source && !isPseudo(tag))
      ? []
      : [problem('locale', complaint('locale.not-translated', { locale: read.locale }))]),
    ...(read.source === site.source ? [] : [problem('source', complaint('content.source', { locale: site.source }))]),
    ...(read.sourceRevision <= briefing.revisions.length
      ? []
      : [problem('sourceRevision', complaint('schema.number-most', { most: briefing.revisions.length }))]),
    ...[
      ...Object.keys(read.segments).map((id) => ['segments', id]),
      ...Object.keys(read.accepted ?? {}).map((id) => ['accepted', id]),
    ]
      .filter(([, id = '']) => !known.has(id) && !isEarlier(id))
      .map((place) => problem(place.join('.'), complaint('segment.unknown'))),
  ]
  if (misplaced.length > 0) return misplaced // It cannot be compared with its English then.
  return errorsIn(briefing, read).map((error) => problem(`segments.${error.segment}`, inRule(error)))
}
