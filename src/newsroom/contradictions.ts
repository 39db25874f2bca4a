import type { BriefingFile } from '../briefings/briefing'
import type { FileProblem } from '../briefings/files'
import { hashesOf } from '../briefings/hash'
import { revisionsIn } from '../briefings/revisions'
import { listRemoved, listTaken } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import type { Database } from '../storage/database'
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
  if (!stored) return [...early, ...taken]
  const others = await rewritten(file, briefing, stored)
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

/** Where a file contradicts the stored history. */
async function rewritten(file: string, briefing: BriefingFile, stored: Source): Promise<readonly FileProblem[]> {
  const revisions = revisionsIn(briefing)
  if (stored.revision > revisions.length) {
    const behind = complaint('store.ahead', { stored: stored.revision, filed: revisions.length })
    return [{ file, path: 'revisions', complaint: behind }]
  }
  const filed = await Promise.all(revisions.slice(0, stored.revision).map(async (each) => await hashesOf(each.briefing)))
  const present = revisions[stored.revision - 1]?.briefing
  const another = filed.findIndex(
    (hashes, index) =>
      !isSameRecord(hashes, stored.history[index]?.hashes ?? {}) ||
      revisions[index]?.significance !== stored.history[index]?.significance ||
      !isSameRecord(revisions[index]?.significances ?? {}, stored.history[index]?.significances ?? {}),
  )
  const isOtherFacts = stored.revision === revisions.length && JSON.stringify(stored.briefing) !== JSON.stringify(present)
  if (another === -1 && !isOtherFacts) return []
  const revision = another === -1 ? stored.revision : another + 1
  return [{ file, path: 'revisions', complaint: complaint('store.revision', { revision }) }]
}

/** Whether two records say the same, in any order. */
export const isSameRecord = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

const sorted = <Value>(values: Readonly<Record<string, Value>>) =>
  Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
