import type { BriefingFile } from '../briefings/briefing'
import { type Decisions, lacksIn, strangeTiers, strangeWords } from '../briefings/decided'
import type { FileProblem } from '../briefings/files'
import type { PublicationKind } from '../briefings/publication'
import { mayBeAbsent, segmentsOf } from '../briefings/segments'
import { type Complaint, complaint } from '../language/complaint'
import { canonical, isPseudo, type Locales } from '../language/locale'
import type { Picture } from '../media/measured'
import { flawInSize } from '../media/picture'
import { inRule } from '../translations/checks/finding'
import { errorsIn } from '../translations/checks/review'
import type { LocaleFile } from '../translations/translation'

/** The problem of a picture that there is not. */
export const withoutPicture = (
  file: string,
  { image }: BriefingFile,
  images: readonly string[],
  complaintOf: (name: string) => Complaint,
): FileProblem[] =>
  !image || images.includes(image.file) ? [] : [{ file, path: 'image.file', complaint: complaintOf(image.file) }]

/** Where a briefing is not what the site decided: words that it does not have, and, if it is to be published, what it asks for. */
export const undecided = (
  file: string,
  briefing: BriefingFile,
  decisions: Decisions,
  publishes: boolean,
): readonly FileProblem[] =>
  [
    ...strangeWords(briefing, decisions),
    ...strangeTiers(briefing, decisions),
    ...(publishes && briefing.state === 'published' ? lacksIn(briefing, decisions) : []),
  ].map((misfit) => ({ file, ...misfit }))

/** What is wrong with the picture of a briefing: the file itself, or the size that is declared for it. */
export function flawsOfPicture(
  file: string,
  { image }: BriefingFile,
  pictures: ReadonlyMap<string, Picture | Complaint> | undefined,
): FileProblem[] {
  const picture = image && pictures?.get(image.file)
  if (!picture) return []
  if ('code' in picture) return [{ file, path: 'image.file', complaint: picture }]
  const flaw = flawInSize(picture, image)
  return flaw ? [{ file, path: 'image', complaint: flaw }] : []
}

/** Ids, slugs and former slugs that two files have. */
export function clashes(file: string, { id, slug, formerSlugs }: BriefingFile, places: Map<string, string>): FileProblem[] {
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

export const outOfPlace = (file: string, expected: string, field: string): FileProblem[] =>
  file.endsWith(`/${expected}`) ? [] : [{ file, path: field, complaint: complaint('content.file-name', { name: expected }) }]

export function outOfFolder(file: string, { locale }: LocaleFile): FileProblem[] {
  const folder = file.split('/').at(-3) ?? ''
  const isInIts = locale === folder && canonical(locale) === locale
  return isInIts ? [] : [{ file, path: 'locale', complaint: complaint('file.folder', { folder }) }]
}

export function problemsOfTranslation(
  file: string,
  read: LocaleFile,
  briefing: BriefingFile | undefined,
  site: Locales,
  kind: PublicationKind = 'briefing',
): FileProblem[] {
  const problem = (path: string, complaint: Complaint): FileProblem => ({ file, path, complaint })
  if (!briefing) return [problem('', kind === 'page' ? complaint('content.no-page') : complaint('content.no-briefing'))]
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
