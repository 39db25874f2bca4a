import { join } from 'node:path'
import { readConfig } from '../../src/config'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import type { Content } from '../../src/newsroom/content-files'
import { loadAll } from '../../src/newsroom/load'
import { type LiveSite, openSite } from '../../src/site'
import type { Observe } from '../../src/storage/dialect'
import { migrate } from '../../src/storage/migrate'
import { openSqlite, type SqliteDatabase } from '../../src/storage/sqlite'
import { origin, root } from './servers'

export const sampleContent = (): Content => readContentFiles(root)

export const benchKit = () => {
  const kit = gatherKit(root)
  return { kit, config: readConfig({ ORIGIN: origin }, kit.settings) }
}

/** A site over a new database, opened in this process. */
export async function anEmptySite(
  path: string,
  observe?: Observe,
): Promise<{ readonly site: LiveSite; readonly database: SqliteDatabase }> {
  const database = openSqlite(path, observe)
  migrate(database, join(root, 'db/migrations'))
  const { kit, config } = benchKit()
  const opened = await openSite(kit, config)
  return { site: { ...opened, database, now: () => new Date(), printed: () => {} }, database }
}

/** A site with the sample briefings, in a file or in memory. */
export async function aSampleSite(path: string): Promise<{ readonly site: LiveSite; readonly database: SqliteDatabase }> {
  const opened = await anEmptySite(path)
  await loadAll(opened.site, sampleContent())
  return opened
}

/** Makes the sample site that rows open as `samples.db`. */
export async function makeSamples(folder: string): Promise<void> {
  const { database } = await aSampleSite(join(folder, 'samples.db'))
  database.close()
}
