import type { CompiledQuery } from 'kysely'
import { kit } from '#runtime'
import { readConfig } from '../../src/config'
import type { Receipt } from '../../src/newsroom/load'
import { type Kit, openSite, type Site } from '../../src/site'

/** What a load into an empty newsroom sent to the database, and what it answered. */
interface FirstLoad {
  readonly sent: readonly CompiledQuery[]
  readonly receipts: readonly Receipt[]
}

/** What tests of one process begin with and need not make anew: sites by their settings, and first loads by all that decides them. */
export interface MadeOnce {
  readonly sites: Map<string, Promise<Site>>
  readonly loads: Map<string, FirstLoad>
}

const made = new WeakMap<Partial<Kit>, MadeOnce>()

/** What was made with these changes of the kit. */
export function madeWith(changes: Partial<Kit>): MadeOnce {
  const known = made.get(changes) ?? { sites: new Map(), loads: new Map() }
  made.set(changes, known)
  return known
}

/** No test may print a message that the maker of its piece does not name. */
function refuse(missed: string): never {
  throw new Error(missed)
}

/** The site of the kit with these changes and settings. Its messages are parsed once, too. */
export function siteWith(changes: Partial<Kit>, settings: Readonly<Record<string, string>>): Promise<Site> {
  const { sites } = madeWith(changes)
  const key = JSON.stringify(settings)
  const site =
    sites.get(key) ??
    (async () => await openSite({ ...kit, ...changes }, readConfig(settings, changes.settings ?? kit.settings), refuse))()
  sites.set(key, site)
  return site
}
