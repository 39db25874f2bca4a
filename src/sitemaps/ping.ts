import { pathTo } from '../editions/addresses'
import type { LiveSite } from '../site'
import { listUnannounced, writesToNoteAnnounced } from './announcement-store'
import type { Announcer } from './announcer'

/**
 * Tells search engines of pages that are new or changed materially, `most` at the most. Noted once they took it: a program that
 * dies in between tells them of these once more, and loses none. Returns how many it told of.
 */
export async function announceChanges({ database, config }: LiveSite, announcer: Announcer, most: number): Promise<number> {
  const pages = await listUnannounced(database, most)
  if (pages.length === 0) return 0
  await announcer.announce(pages.map(({ asked, slug }) => config.origin + pathTo(asked, slug)))
  await database.atomically(writesToNoteAnnounced(database, pages))
  return pages.length
}
