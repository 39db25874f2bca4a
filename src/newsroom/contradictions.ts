import { addedIn, historyWith } from '../briefings/added'
import type { BriefingFile } from '../briefings/briefing'
import type { FileProblem } from '../briefings/files'
import { kindOf } from '../briefings/publication'
import { listStates } from '../briefings/revision-store'
import { isTold } from '../briefings/revisions'
import { listRemoved, listTaken } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import { otherPast } from '../briefings/told-past'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import type { Misfit } from '../language/schema'
import type { LiveSite } from '../site'
import type { Database } from '../storage/database'
import { fileInPresentIds } from '../translations/present-ids'
import { findTranslation } from '../translations/store'
import type { LocaleFile } from '../translations/translation'
import type { BriefingContent } from './content-files'
import { decideOnEnglish } from './filed-english'

/**
 * How a file contradicts what the store has of its briefing, and what in it only a publication may change. Every file is checked before
 * any is loaded.
 */
export async function contradictions(
  { database, now }: LiveSite,
  { briefing, translations }: BriefingContent,
  file: string,
  publishes: boolean,
): Promise<readonly FileProblem[]> {
  const ahead = briefing.revisions.findIndex(({ savedAt }) => Date.parse(savedAt) > now().getTime())
  const early = ahead === -1 ? [] : [{ file, path: `revisions.${ahead}.savedAt`, complaint: complaint('revision.future') }]
  const taken = await takenAddresses(database, briefing, file)
  const stored = await findSource(database, briefing.id)
  const states = stored && tellsPast(briefing) ? await listStates(database, stored.id) : []
  const past = otherPast(briefing, stored, states)
  const others = (past.length > 0 ? past : await strangers(briefing, translations, stored)).map((each) => ({ file, ...each }))
  if (!stored) return [...early, ...taken, ...others]
  const kind = kindOf(briefing)
  if (kind !== kindOf(stored.briefing))
    return [{ file, path: 'id', complaint: complaint('source.kind', { id: briefing.id, kind }) }]
  const { flaw } = decideOnEnglish(stored, briefing, publishes)
  const moved = others.length === 0 && flaw ? [{ file, path: 'slug', complaint: flaw }] : []
  const withdrawn = publishes || stored.published === undefined ? [] : await withdrawing(database, stored, translations)
  const losses = withdrawn.map(({ locale, complaint }) => ({ file, path: `translations.${locale}.state`, complaint }))
  return [...early, ...taken, ...others, ...moved, ...losses]
}

/** Which addresses of a file are those of other briefings, or of some that were removed for good. */
async function takenAddresses(database: Database, briefing: BriefingFile, file: string): Promise<readonly FileProblem[]> {
  const of = (slug: string, problem: Complaint) => ({
    file,
    path: slug === briefing.slug ? 'slug' : 'formerSlugs',
    complaint: problem,
  })
  const others = (await listTaken(database, briefing)).map(({ slug, id }) => of(slug, complaint('store.slug', { slug, id })))
  const removed = (await listRemoved(database, briefing)).map(({ slug, at }) =>
    of(slug, complaint('source.removed', { slug, at: at.slice(0, 10) })),
  )
  return [...others, ...removed]
}

/** The files that would take a translation from readers. */
async function withdrawing(database: Database, { id, slug }: Source, translations: readonly LocaleFile[]) {
  const losses: { readonly locale: Locale; readonly complaint: Complaint }[] = []
  for (const { locale, state } of translations) {
    const isNew = state === 'withdrawn' && (await findTranslation(database, id, locale))?.state !== 'withdrawn'
    if (isNew) losses.push({ locale, complaint: complaint('publish.withdraws', { slug, locale }) })
  }
  return losses
}

const tellsPast = ({ revisions }: BriefingFile) => revisions.some(({ replaced, before }) => replaced ?? before)

/** Texts of translations whose segment no revision of the briefing had. If nobody knows what a revision said, that is not told. */
async function strangers(
  briefing: BriefingFile,
  translations: readonly LocaleFile[],
  stored: Source | undefined,
): Promise<readonly Misfit[]> {
  if (!briefing.revisions.slice((stored?.revision ?? 0) + 1).every(isTold)) return []
  const history = historyWith(stored, await addedIn(briefing, stored))
  const known = new Set(history.flatMap(({ hashes }) => Object.keys(hashes)))
  return translations.flatMap((file) =>
    Object.keys(fileInPresentIds(file, history).segments)
      .filter((id) => !known.has(id))
      .map((id) => ({
        path: `translations.${file.locale}.segments.${id}`,
        complaint: complaint('segment.unknown'),
      })),
  )
}
