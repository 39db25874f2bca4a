import { pathTo } from '../editions/addresses'
import type { LiveSite } from '../site'
import { listPagesToPing, writesToNotePinged } from './ping-store'
import type { SearchEngines } from './search-engines'

/**
 * Reports at most `most` new or materially changed pages to search engines. Notes them after the engines accepted them. So a
 * program that dies in between reports them again, and loses none. Returns the number of pages.
 */
export async function pingChanges({ database, config }: LiveSite, searchEngines: SearchEngines, most: number): Promise<number> {
  const pages = await listPagesToPing(database, most)
  if (pages.length === 0) return 0
  await searchEngines.ping(pages.map(({ asked, slug, kind }) => config.origin + pathTo(asked, slug, kind)))
  await database.atomically(writesToNotePinged(database, pages))
  return pages.length
}
