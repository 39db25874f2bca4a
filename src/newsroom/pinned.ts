import { findRevision as findEnglish } from '../briefings/revision-store'
import type { Source } from '../briefings/source'
import type { ReleaseItem } from '../releases/release'
import type { LiveSite } from '../site'
import { findRevision } from '../translations/revision-store'
import { findTranslation, type StoredTranslation } from '../translations/store'

/** A briefing as if the revision that was scheduled were its newest; `undefined`: readers have got or lost something else since. */
export async function pinnedEnglish({ database }: LiveSite, source: Source, item: ReleaseItem): Promise<Source | undefined> {
  const briefing = source.published === item.had ? await findEnglish(database, source.id, item.revision) : undefined
  return briefing && { ...source, revision: item.revision, briefing }
}

/** A translation as it was when it was scheduled; `undefined` likewise. */
export async function pinnedTranslation(
  { database }: LiveSite,
  { id, history }: Source,
  { locale, revision, had, pinned }: ReleaseItem,
): Promise<StoredTranslation | undefined> {
  const newest = await findTranslation(database, id, locale, history.length)
  const said = await findRevision(database, id, locale, revision, history.length)
  if (!pinned || !said || !newest || newest.published !== had) return undefined
  if (newest.state === 'withdrawn' && pinned.state !== 'withdrawn') return undefined
  return { locale, revision, published: had, approved: newest.approved, ...pinned, segments: said.segments }
}
