import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, readConfig, readKitConfig } from '../../config'
import { addressOf } from '../../language/email-address'
import type { Locale } from '../../language/locale'
import { meant, notOpen, notTarget } from '../../language/negotiation'
import { visible, visibleLine } from '../../language/text'
import { Refusal } from '../../problem'
import { type LiveSite, openSite } from '../../site'
import { openD1 } from '../../storage/d1'
import type { Database } from '../../storage/database'
import { migrate } from '../../storage/migrate'
import { openSqlite } from '../../storage/sqlite'
import { root } from '../checkout'
import type { SiteFolder } from '../given'
import { gatherKit } from '../kit'
import { edgeFolderOf, nodeConfigOf, openGiven } from '../site-folder'
import { withFiles } from './files'

/** Who acts, in the log of who did what. */
export const byCommandLine = 'command line'

/** The option of commands that save what readers may get at once. */
export const publishing = { publish: { type: 'flag', about: 'Publish it too. Without, readers keep what they have' } } as const

/** The option of commands that carry out a decision. */
export const deciding = {
  by: { type: 'text', about: 'The person who decides it: their email address (default: nobody)' },
} as const

/** Where a command works: on the database file, on D1, or on a site elsewhere. */
export interface Whereabouts {
  readonly edge?: string | undefined
  readonly remote?: string | undefined
}

/** What is said where something was saved that readers do not have: how to publish it there. */
export function notPublished(slug: string, locales: readonly Locale[], { edge, remote }: Whereabouts): string {
  return visibleLine(
    `Saved, not published. To give it to readers: publish ${slug} ${locales.join(' ')}${thereIn({ edge, remote })}`,
  )
}

/** The option that makes another command work at the same place. */
export const thereIn = ({ edge, remote }: Whereabouts): string =>
  remote !== undefined ? ` --remote ${remote}` : edge !== undefined ? ` --edge ${edge}` : ''

/** The option of commands that work on the site's database. */
export const where = {
  edge: {
    type: 'text',
    of: ['local', 'remote'],
    about: 'Use D1 instead of the database file: the local one of `npm run dev:worker`, or the deployed one',
  },
} as const

/** The option of commands that change a lot. */
export const trial = { 'dry-run': { type: 'flag', about: 'Show what would happen, and change nothing' } } as const

/** The argument of commands that read a site's content. */
export const fromFolder = {
  folder: { about: 'The folder of the site (default: the one that SITE names, or else this checkout)' },
} as const

/** A language that was named on the command line, as the site spells it. Throws if the site does not have it. */
export function localeOf({ locales }: Pick<LiveSite, 'locales'>, typed: string): Locale {
  const locale = meant(locales, typed)
  if (locale !== undefined) return locale
  const { code, values } = notOpen(locales, typed)
  throw new Refusal(code, values)
}

/** The same. Throws if the site does not translate into it. */
export function targetOf({ locales }: Pick<LiveSite, 'locales'>, typed: string): Locale {
  const locale = meant(locales, typed)
  if (locale !== undefined && locale !== locales.source) return locale
  const { code, values } = notTarget(locales, typed)
  throw new Refusal(code, values)
}

export function openFile(path: string) {
  withFiles(() => mkdirSync(dirname(path), { recursive: true }))
  return openSqlite(path)
}

/** Brings a database file up to date. Returns the names of what was applied. */
export const migrateFile = (database: ReturnType<typeof openFile>) => migrate(database, join(root, 'db/migrations'))

/** Opens the site on the database file, or on D1 through wrangler, and closes it afterwards. */
export async function withSite(edge: string | undefined, work: (site: LiveSite) => Promise<void>) {
  const given = await openGiven(process.env)
  const { database, config, close } = edge === undefined ? openDatabaseFile(given.site) : await openEdge(edge, given.site)
  try {
    const site = await openSite(gatherKit(root, readKitConfig(process.env), given), config)
    await work({ ...site, database, now: () => new Date(), printed: () => {} })
  } finally {
    await close()
  }
}

interface Opened {
  readonly database: Database
  readonly config: Config
  close(): void | Promise<void>
}

function openDatabaseFile(site: SiteFolder): Opened {
  const config = nodeConfigOf(site, process.env)
  const database = openFile(config.databasePath)
  migrateFile(database)
  return { database, config, close: () => database.close() }
}

/** Where `npm run dev:worker` serves, unless a variable says otherwise. */
const onThisMachine = { ORIGIN: process.env['ORIGIN'] || 'http://localhost:8787' }

/** D1 as `wrangler.toml` binds it, with the Worker's variables. So a print here is the same as the Worker's. */
async function openEdge(edge: string, site: SiteFolder): Promise<Opened> {
  const { getPlatformProxy } = await import('wrangler')
  const remote = edge === 'remote'
  const folder = edgeFolderOf(site)
  const proxy = await getPlatformProxy<{ DB: never }>({
    configPath: join(root, 'wrangler.toml'),
    ...(remote ? { environment: 'remote', remoteBindings: true } : {}),
    ...(folder === undefined ? {} : { persist: { path: join(folder, 'v3') } }),
  })
  return {
    database: openD1(proxy.env.DB, 'primary'),
    config: readConfig({ ...(remote ? {} : onThisMachine), ...proxy.env }, site.settings),
    close: () => proxy.dispose(),
  }
}

/** Shows the progress of long work: one changing line on a terminal, otherwise a line each time. */
export function progress(line: string, isLast: boolean) {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}${isLast ? '\n' : ''}` : `${line}\n`)
}

/** A text of several lines, indented under its name. Nothing in it can move the terminal. */
export const indented = (name: string, text: string): string =>
  visible(text)
    .split('\n')
    .map((line, index) => `    ${index === 0 ? `${name}: ` : ' '.repeat(name.length + 2)}${line}`)
    .join('\n')

/** An email address that was named on the command line, in its canonical form. Throws if it is not one. */
export function addressIn(typed: string): string {
  const canonical = addressOf(typed)
  if (canonical === undefined) throw new Refusal('address.unfit', { address: typed })
  return canonical
}

/** All items of a numbered list, read page by page. */
export async function everyOne<Item extends { readonly number: number }>(
  pageAfter: (number: number) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const all: Item[] = []
  for (let page = await pageAfter(0); page.length > 0; page = await pageAfter(all.at(-1)?.number ?? 0)) all.push(...page)
  return all
}

/** A number that names an item of a list. Throws if it is not one. */
export function numberOf(typed: string): number {
  if (!/^[1-9]\d{0,14}$/.test(typed)) throw new Refusal('list.no-number', { number: typed })
  return Number(typed)
}

/** A day or an instant that was named on the command line, as an instant. Throws if it is neither. */
export function instantIn(typed: string): string {
  const isForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(typed)
  const time = isForm ? Date.parse(typed) : Number.NaN
  if (Number.isNaN(time)) throw new Refusal('since.unfit', { since: typed })
  return new Date(time).toISOString()
}
