import type { CompiledQuery } from 'kysely'
import { kit } from '#runtime'
import { readConfig } from '../../src/config'
import type { Receipt } from '../../src/newsroom/load'
import { openSite, type Site } from '../../src/site'

// What tests of one process begin with and need not make anew: it is the same for all of them.

const sites = new Map<string, Promise<Site>>()

/** The site of the kit with these settings. Its messages are parsed once, too. */
export function siteOfKit(settings: Readonly<Record<string, string>>): Promise<Site> {
  const key = JSON.stringify(settings)
  const site = sites.get(key) ?? (async () => await openSite(kit, readConfig(settings)))()
  sites.set(key, site)
  return site
}

/** What a load into an empty newsroom sent to the database, and what it answered. */
export interface FirstLoad {
  readonly sent: readonly CompiledQuery[]
  readonly receipts: readonly Receipt[]
}

/** First loads, by all that decides what they write. */
export const firstLoads = new Map<string, FirstLoad>()

/** The statements that write, of those that were sent: sent again in their order, they bring an empty database to where it was. */
export const writesOf = (sent: readonly CompiledQuery[]) => sent.filter(({ sql }) => !/^\s*select\b/i.test(sql))
