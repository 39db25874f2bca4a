import { kit, openDatabase } from '#runtime'
import { createApp } from '../../src/app'
import type { BriefingFile } from '../../src/briefings/briefing'
import { loadAll, type Receipt } from '../../src/load'
import { type Kit, type LiveSite, openSite } from '../../src/site'
import type { LocaleFile } from '../../src/translations/translation'

export interface NewsroomOptions {
  readonly origin?: string
  readonly now?: string
  readonly kit?: Partial<Kit>
}

/** A site with an empty newsroom behind it, on the database of the runtime that the test runs in. */
export async function openNewsroom({ origin = 'https://briefings.example', now = '2026-01-01T00:00:00Z', kit: changed = {} }: NewsroomOptions = {}) {
  const queries: string[] = []
  const clock = { now }
  const database = await openDatabase((sql) => queries.push(sql))
  const site: LiveSite = {
    ...(await openSite({ ...kit, ...changed }, { origin, siteName: 'Vernacular' })),
    database,
    now: () => new Date(clock.now),
    printed: () => {},
  }
  const app = createApp(site)
  return {
    site,
    app,
    clock,
    /** The statements sent to the database since `forget` was last called. */
    queries,
    forget: () => queries.splice(0),
    /** Asks as a browser does; `headers` add to or replace what a browser sends. */
    get: (path: string, headers: Record<string, string> = {}) =>
      Promise.resolve(app.request(`${origin}${path}`, { headers: { Accept: 'text/html', ...headers } })),
    text: async (path: string, headers: Record<string, string> = {}) =>
      await (await app.request(`${origin}${path}`, { headers: { Accept: 'text/html', ...headers } })).text(),
    /** Loads briefings with their translations, exactly as `vernacular load` does. */
    load: (...content: readonly { briefing: BriefingFile; translations?: readonly LocaleFile[] }[]): Promise<readonly Receipt[]> =>
      loadAll(site, {
        briefings: content.map(({ briefing }) => ({ path: `db/briefings/${briefing.slug}.json`, bytes: encode(briefing) })),
        translations: content.flatMap(({ briefing, translations = [] }) =>
          translations.map((each) => ({ path: `locales/${each.locale}/briefings/${briefing.slug}.json`, bytes: encode(each) })),
        ),
        images: content.map(({ briefing }) => briefing.image.file),
      }),
  }
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

export const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

