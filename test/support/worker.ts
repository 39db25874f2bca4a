import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { D1Database, R2Bucket } from '@cloudflare/workers-types'
import type { CompiledQuery } from 'kysely'
import { createTestHarness } from 'wrangler'
import { readConfig } from '../../src/config'
import { readContentFiles } from '../../src/doors/content-folder'
import type { Given } from '../../src/doors/given'
import { gatherKit } from '../../src/doors/kit'
import { givenIn } from '../../src/doors/site-folder'
import { loadAll } from '../../src/newsroom/load'
import { openSite } from '../../src/site'
import { openD1 } from '../../src/storage/d1'
import type { Database } from '../../src/storage/database'
import { migrate } from '../../src/storage/migrate'
import { openSqlite } from '../../src/storage/sqlite'
import { root } from './server'
import { writesOf } from './writes'

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export type RunningWorker = Awaited<ReturnType<typeof startWorker>>

/** The Worker with the settings of this checkout and these variables, in which an operator has changed something as the file says. */
export async function startWorker(
  origin: string,
  changed: (settings: string) => string = (settings) => settings,
  vars: Readonly<Record<string, string>> = {},
  checkout = root,
) {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-worker-'))
  const settings = changed(readFileSync(join(checkout, 'wrangler.toml'), 'utf8'))
    .replace('main = "', `main = "${checkout}/`)
    .replace('directory = "', `directory = "${checkout}/`)
    .replaceAll('migrations_dir = "', `migrations_dir = "${checkout}/`)
    .replace(/\[build\]\ncommand = .*\n/, '')
  writeFileSync(join(folder, 'wrangler.toml'), settings)
  const harness = createTestHarness({
    workers: [{ configPath: join(folder, 'wrangler.toml'), vars: { ORIGIN: origin, ...vars } }],
  })
  const { url } = await harness.listen()
  const worker = harness.getWorker<{ DB: D1Database; PICTURES: R2Bucket }>()
  await worker.applyD1Migrations('DB')
  const { DB, PICTURES } = await worker.getEnv()
  const database = openD1(DB as never, 'primary')
  return {
    harness,
    url: url.origin,
    worker,
    DB,
    /** The bucket for pictures, if an operator has bound it. */
    PICTURES,
    database,
    ask: (path: string, init: Asked = {}): Promise<Response> =>
      harness.fetch(origin + path, { redirect: 'manual', ...init } as never) as unknown as Promise<Response>,
    /** Loads the samples of this checkout, as a deployment has them. */
    loadSamples: () => loadSamples(database, origin),
    /** What the local binding for mail was given, by kind: `email-text` or `email-html`. */
    given: (kind: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.includes(`/${kind}/`))
        .map((path) => readFileSync(join(folder, path), 'utf8')),
    async close() {
      await harness.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const samples = new Map<string, Promise<readonly CompiledQuery[]>>()

/** Loads the samples of this checkout into an empty database. They are printed once, into a file, and copied from there. */
export async function loadSamples(database: Database, origin: string): Promise<void> {
  const written = samples.get(origin) ?? writesOfSamples(origin)
  samples.set(origin, written)
  await database.atomically(await written)
}

/** The writes with which an empty database gets the content of a site's folder, or of the sample. */
export async function writesOfSamples(origin: string, given: Given = givenIn(root)): Promise<readonly CompiledQuery[]> {
  const sent: CompiledQuery[] = []
  const database = openSqlite(':memory:', (query) => sent.push(query))
  migrate(database, join(root, 'db/migrations'))
  const look = await openSite(gatherKit(root, undefined, given), readConfig({ ORIGIN: origin }, given.site.settings))
  await loadAll({ ...look, database, now: () => new Date(), printed: () => {} }, readContentFiles(given.site.folder))
  database.close()
  return writesOf(sent)
}

/** The binding for mail, as `wrangler.toml` offers it. */
export const withMailBinding = (settings: string) =>
  settings.replace('# [[send_email]]\n# name = "EMAIL"', '[[send_email]]\nname = "EMAIL"')

/** The bucket for pictures, as `wrangler.toml` offers it. */
export const withBucket = (settings: string) =>
  settings.replace(/# \[\[r2_buckets\]\]\n# (binding = .*)\n# (bucket_name = .*)/, '[[r2_buckets]]\n$1\n$2')
