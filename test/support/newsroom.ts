import type { CompiledQuery } from 'kysely'
import { kit, openDatabase } from '#runtime'
import { withFooter } from '../../src/apps/footer'
import { createApp } from '../../src/apps/readers'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { Bindings } from '../../src/context'
import { CountedLimits, type Limited, limits } from '../../src/delivery/limits'
import type { Content } from '../../src/newsroom/content-files'
import { loadAll, loadOne, type Receipt } from '../../src/newsroom/load'
import { publish, takeBack } from '../../src/newsroom/publish'
import { printWaiting } from '../../src/printing/print-waiting'
import type { Kit, LiveSite } from '../../src/site'
import type { Database } from '../../src/storage/database'
import type { LocaleFile } from '../../src/translations/translation'
import { madeWith, siteWith } from './made-once'
import { writesOf } from './writes'

export interface NewsroomOptions {
  readonly origin?: string
  readonly now?: string
  readonly kit?: Partial<Kit>
  /** Whether programs may ask only as often as a site lets them; without it, as often as a test does. */
  readonly limitsPrograms?: true | Readonly<Partial<Record<Limited, number>>>
  /** Variables that its operator has set. */
  readonly settings?: Readonly<Record<string, string>>
  /** Sees each statement before it runs. What it throws, the database throws. */
  readonly watch?: (query: CompiledQuery) => void
  /** What the site is given in place of the runtime's database: the same one with a disturbance in front of it. */
  readonly disturbed?: (database: Database) => Database
}

export interface Loaded {
  readonly briefing: BriefingFile
  readonly translations?: readonly LocaleFile[]
}

const unchanged: Partial<Kit> = {}

type LogEntry = Readonly<Record<string, unknown>>

/** A site with an empty newsroom behind it, on the database of the runtime that the test runs in. */
export async function openNewsroom(options: NewsroomOptions = {}) {
  const { origin = 'https://briefings.example', now = '2026-01-01T00:00:00Z', kit: changed = unchanged, settings = {} } = options
  const queries: string[] = []
  const sent: CompiledQuery[] = []
  const clock = { now }
  const real = await openDatabase((query) => {
    options.watch?.(query)
    queries.push(query.sql)
    sent.push(query)
  })
  const database = options.disturbed?.(real) ?? real

  /** Brings the database, which is empty, to where another was when these had been sent to it. */
  async function catchUp(others: readonly CompiledQuery[]) {
    await real.atomically(writesOf(others))
    queries.splice(0, queries.length, ...others.map(({ sql }) => sql))
    sent.splice(0, sent.length, ...others)
  }

  /** A program over this database: as it was opened, or as the next deployment has it. */
  async function deploy(changes: Partial<Kit> = changed, set = settings) {
    const logged: LogEntry[] = []
    const variables = { ORIGIN: origin, ...set }
    const site: LiveSite = {
      ...withFooter(await siteWith(changes, variables)),
      database,
      now: () => new Date(clock.now),
      printed: () => {},
    }
    const { limitsPrograms: ofPrograms = { api: 1e9, 'api-token': 1e9 } } = options
    const allowed = ofPrograms === true ? limits : { ...limits, ...ofPrograms }
    const app = createApp(site, site, new CountedLimits(allowed))
    const ask = (path: string, init: RequestInit = {}, bindings: Bindings = {}): Promise<Response> =>
      Promise.resolve(app.request(`${origin}${path}`, init, { log: (entry: LogEntry) => logged.push(entry), ...bindings }))
    const get = (path: string, headers: Record<string, string> = {}) =>
      ask(path, { headers: { Accept: 'text/html', ...headers } })

    /** Loads briefings with their translations, exactly as `vernacular load` does; what was loaded first by another test is copied. */
    async function load(...content: readonly Loaded[]): Promise<readonly Receipt[]> {
      const isFirst = database === real && sent.length === 0
      const firstLoads = madeWith(changes).loads
      const key = JSON.stringify([variables, clock.now, content])
      const known = isFirst ? firstLoads.get(key) : undefined
      if (known) await catchUp(known.sent)
      const receipts = known?.receipts ?? (await loadAll(site, filesOf(content)))
      if (isFirst) firstLoads.set(key, { sent: [...sent], receipts })
      return receipts
    }

    return {
      site,
      app,
      /** What the program logged of its own accord. */
      logged,
      ask,
      /** Asks as a browser does; `headers` add to or replace what a browser sends. */
      get,
      text: async (path: string, headers: Record<string, string> = {}) => await (await get(path, headers)).text(),
      /** Prints what is waiting, as doors do at intervals, and returns how many that was. */
      printWaiting: (most = 50) => printWaiting(site, most),
      load,
      /** Takes a briefing back from readers, as its editors do. */
      takeBack: (slug: string, why = '') => takeBack(site, slug, { actor: 'a test' }, { why }),
      /** Gives readers the newest of a briefing in these languages. */
      publish: (slug: string, ...locales: readonly string[]) => publish(site, slug, locales, { actor: 'a test' }),
      /** Brings in what a program of before saved: its Markdown may hold what a load refuses today. */
      keep: ({ briefing, translations = [] }: Loaded): Promise<Receipt> =>
        loadOne(site, { briefing, translations }, { publishes: true }),
      loadFiles: (content: Content): Promise<readonly Receipt[]> => loadAll(site, content),
    }
  }

  return {
    ...(await deploy()),
    deploy,
    origin,
    clock,
    /** The database itself, whatever disturbs the site's view of it. */
    database: real,
    /** The statements sent to the database since `forget` was last called. */
    queries,
    forget: () => queries.splice(0),
    options,
    /** All statements that were sent to the database. */
    sent,
    catchUp,
  }
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

/** A newsroom as it stands, opened again on a database of its own. */
export async function reopened({ options, clock, sent }: Newsroom): Promise<Newsroom> {
  const newsroom = await openNewsroom({ ...options, now: clock.now })
  await newsroom.catchUp(sent)
  return newsroom
}

/** Briefings with their translations as the files that a checkout has of them. */
export function filesOf(content: readonly Loaded[]): Content {
  return {
    briefings: content.map(({ briefing }) => ({ path: `db/briefings/${briefing.slug}.json`, bytes: encode(briefing) })),
    translations: content.flatMap(({ briefing, translations = [] }) =>
      translations.map((each) => ({ path: `locales/${each.locale}/briefings/${briefing.slug}.json`, bytes: encode(each) })),
    ),
    images: content.flatMap(({ briefing }) => briefing.image?.file ?? []),
  }
}

export const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** The words of the kit with some messages of one locale changed: what the next deployment brings. */
export const reworded = (locale: string, messages: Readonly<Record<string, string>>): Partial<Kit> => ({
  catalogs: { ...kit.catalogs, [locale]: { ...kit.catalogs[locale], ...messages } },
})

/** These locales of the kit alone: where there are many briefings, they are printed in few languages. */
export const inLocales = (...tags: readonly string[]): Partial<Kit> => ({
  locales: { ...kit.locales, locales: kit.locales.locales.filter(({ tag }) => tags.includes(tag)) },
})

/** The locales of the kit with others beside them. */
export const withLocales = (...more: Kit['locales']['locales']): Partial<Kit> => ({
  locales: { ...kit.locales, locales: [...kit.locales.locales, ...more] },
})
