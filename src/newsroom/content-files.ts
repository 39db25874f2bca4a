import type { BriefingFile } from '../briefings/briefing'
import type { Decisions } from '../briefings/decided'
import { type FileProblem, flawsIn, isProblems, readBriefingFile } from '../briefings/files'
import { idIn, type MarkdownFile, readPageFile } from '../briefings/page-file'
import type { PublicationKind } from '../briefings/publication'
import { type Complaint, complaint } from '../language/complaint'
import { isPseudo, type Locales } from '../language/locale'
import type { Picture } from '../media/measured'
import { readLocaleFile } from '../translations/packs/json'
import { readPageTranslation } from '../translations/page-files'
import { pseudoTranslation } from '../translations/pseudo-translation'
import type { LocaleFile } from '../translations/translation'
import {
  clashes,
  flawsOfPicture,
  outOfFolder,
  outOfPlace,
  problemsOfTranslation,
  undecided,
  withoutPicture,
} from './content-problems'

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
  readonly pages?: readonly MarkdownFile[]
  readonly pageTranslations?: readonly MarkdownFile[]
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
  const english = readEnglish(content, decisions)
  const translated = readTranslations(content, site, english)
  const problems = [...english.problems, ...translated.problems]
  if (problems.length > 0) return { problems }
  const all = [...english.briefings.values(), ...english.pages.values()].sort(byDate)
  return all.map((each) => withPseudo(each, translated.files.get(each.id) ?? [], site))
}

/** The English of all files: briefings by their slugs, pages by their ids. */
function readEnglish({ briefings, pages = [], images, pictures }: Content, decisions: Decisions | undefined) {
  const problems: FileProblem[] = []
  const places = new Map<string, string>()
  const found = { problems, briefings: new Map<string, BriefingFile>(), pages: new Map<string, BriefingFile>() }
  for (const { path, bytes } of briefings) {
    const read = readBriefingFile(path, bytes)
    if (isProblems(read)) {
      problems.push(...read)
      continue
    }
    problems.push(...clashes(path, read, places), ...outOfPlace(path, `${read.slug}.json`, 'slug'))
    problems.push(...withoutPicture(path, read, images, (name) => complaint('content.picture', { name })))
    if (decisions) problems.push(...undecided(path, read, decisions, true))
    problems.push(...flawsOfPicture(path, read, pictures))
    found.briefings.set(read.slug, read)
  }
  for (const file of pages) {
    const read = readPageFile(file)
    problems.push(...(isProblems(read) ? read : clashes(file.path, read, places)))
    if (!isProblems(read)) found.pages.set(read.id, read)
  }
  return found
}

/** The translations of all files, by the ids of what they translate. */
function readTranslations(
  { translations, pageTranslations = [] }: Content,
  site: Locales,
  { briefings, pages }: Pick<ReturnType<typeof readEnglish>, 'briefings' | 'pages'>,
) {
  const problems: FileProblem[] = []
  const files = new Map<string, LocaleFile[]>()
  const take = (
    path: string,
    read: LocaleFile | readonly FileProblem[],
    english: BriefingFile | undefined,
    kind: PublicationKind,
  ) => {
    if (isProblems(read)) problems.push(...read)
    else problems.push(...outOfFolder(path, read), ...problemsOfTranslation(path, read, english, site, kind))
    if (!isProblems(read) && english) files.set(english.id, [...(files.get(english.id) ?? []), read])
  }
  for (const { path, bytes } of translations) take(path, readLocaleFile(path, bytes), briefings.get(slugIn(path)), 'briefing')
  for (const file of pageTranslations) {
    const page = pages.get(idIn(file.path))
    take(file.path, readPageTranslation(file, site.source, page), page, 'page')
  }
  return { problems, files }
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
