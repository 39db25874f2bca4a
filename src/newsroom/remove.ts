import { hashOf } from '../briefings/hash'
import { listStates } from '../briefings/revision-store'
import { isSourceConflict, writeToHold } from '../briefings/save-store'
import { segmentsOf } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { writeToNote } from '../members/audit-store'
import { may } from '../members/person'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { isViolated } from '../storage/database'
import { paragraphsOf } from '../translations/memory'
import { type Publisher, refuseUnreadable, sourceOf } from './publication'
import { takeBack } from './publish'
import { type Belongings, listBelongings, writesToRemove } from './removal-store'

/** What was removed, or what would be. */
export interface Removal extends Belongings {
  readonly slug: string
  /** Revisions of the English. */
  readonly revisions: number
}

interface Removing {
  /** Why, for the log. */
  readonly why: string
  /** Whether who asks has said that it is to be done. */
  readonly isConfirmed: boolean
  /** Only say what would go. */
  readonly isTrial?: boolean
}

/**
 * Removes a briefing for good, with all that belongs to it. If readers have it, it is first taken back, which tells subscribers. Then
 * nothing of it is left but its addresses, which answer 410 and which no other briefing gets. Throws a Refusal if nobody has confirmed it.
 */
export async function remove(
  site: LiveSite,
  slug: string,
  { why, isConfirmed, isTrial = false }: Removing,
  { actor, person }: Publisher,
): Promise<Removal> {
  if (person && !may(person, 'remove-briefing')) throw new Refusal('person.may-not-publish', { person: person.address })
  refuseUnreadable(why, true)
  const source = await sourceOf(site, slug)
  const removal = { slug: source.slug, revisions: source.revision, ...(await listBelongings(site.database, source.id)) }
  if (isTrial) return removal
  if (!isConfirmed) throw new Refusal('removal.unconfirmed', { slug })
  const by = person?.id ?? actor
  if (source.published !== undefined) await takeBack(site, source.slug, { actor: by })
  await removeUnread(site, source.slug, why, by)
  return removal
}

/** Removes a briefing that readers do not have. */
async function removeUnread(site: LiveSite, slug: string, why: string, actor: string): Promise<void> {
  const { database, now } = site
  const source = await sourceOf(site, slug)
  if (source.published !== undefined) throw busy(slug)
  const at = now().toISOString()
  const note = { at, actor, act: 'removed', subject: source.id, detail: { why } } as const
  try {
    await database.atomically([
      writeToHold(database, source),
      ...writesToRemove(database, source, { hashes: await hashesOfAll(site, source), at }),
      writeToNote(database, note),
    ])
  } catch (error) {
    if (!isSourceConflict(error) && !isViolated(error, 'UNIQUE', 'removed.slug')) throw error
    throw busy(slug)
  }
  site.printed()
}

const busy = (slug: string) => new Refusal('api.busy', { slug }, { kind: 'conflict' })

/** The hashes of all English that a briefing ever had, under which the memory keeps it: whole texts, and their paragraphs. */
async function hashesOfAll({ database }: LiveSite, { id }: Source): Promise<readonly string[]> {
  const states = await listStates(database, id)
  const texts = states.flatMap(({ briefing }) => segmentsOf(briefing).map(({ text }) => text))
  return await Promise.all([...new Set(texts.flatMap((text) => [text, ...paragraphsOf(text)]))].map(hashOf))
}
