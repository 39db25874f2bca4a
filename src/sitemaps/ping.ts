import { pathTo } from '../editions/addresses'
import type { LiveSite } from '../site'
import { listPagesToPing, writesToNotePinged } from './ping-store'
import type { SearchEngines } from './search-engines'

/**
 * Tells search engines of pages that are new or changed materially, `most` at the most. Noted once they took it: a program that
 * dies in between tells them of these once more, and loses none. Returns how many it told of.
 */
export async function pingChanges({ database, config }: LiveSite, searchEngines: SearchEngines, most: number): Promise<number> {
  const pages = await listPagesToPing(database, most)
  if (pages.length === 0) return 0
  await searchEngines.ping(pages.map(({ asked, slug }) => config.origin + pathTo(asked, slug)))
  await database.atomically(writesToNotePinged(database, pages))
  return pages.length
}
