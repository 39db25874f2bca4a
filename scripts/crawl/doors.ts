import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { D1Database } from '@cloudflare/workers-types'
import SQLite from 'better-sqlite3'
import { buildSync } from 'esbuild'
import { createTestHarness } from 'wrangler'
import { insertOf, loader, type Row, secretOf } from './rows'

/** A door of the site that runs, with the samples in it. */
export interface Door {
  /** Where it is reached from outside: the origin of its links. */
  readonly origin: string
  /** Whether it believes what is said of the network that a request came from. */
  readonly isBehindProxy: boolean
  /** How many requests it is asked at a time. */
  readonly atOnce: number
  fetch(path: string, init: RequestInit): Promise<Response>
  insert(rows: readonly Row[]): Promise<void>
  stop(): Promise<void>
}

/** What the doors of one checkout share. */
export interface Checkout {
  readonly root: string
  /** For databases and settings; whoever made it removes it. */
  readonly folder: string
  /** The program that fixes the clock. */
  readonly clock: string
}

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Builds the programs of a checkout as it builds them itself. */
export function buildCheckout(root: string, folder: string): Checkout {
  for (const script of ['build', 'build:kit']) execFileSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' })
  const clock = join(folder, 'clock.mjs')
  buildSync({
    entryPoints: [fileURLToPath(import.meta.resolve('./fixed-clock.ts'))],
    outfile: clock,
    bundle: true,
    format: 'esm',
  })
  return { root, folder, clock }
}

/** Starts the Node door on a new database, which it fills with the samples. */
export async function startNode(
  { root, folder, clock }: Checkout,
  name: string,
  settings: Readonly<Record<string, string>> & { readonly ORIGIN: string },
): Promise<Door> {
  const path = join(folder, `${name}.db`)
  const port = String(await freePort())
  const child = spawn(process.execPath, ['--import', clock, join(root, 'dist/node.mjs')], {
    env: { PATH: process.env['PATH'], DATABASE_PATH: path, PORT: port, LOG: 'off', SAMPLES: 'on', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  children.add(child)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  while (!(await isWell(url))) {
    if (child.exitCode !== null) throw new Error(`The Node door ended with ${child.exitCode}: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    origin: settings.ORIGIN,
    isBehindProxy: settings.ORIGIN.startsWith('https:'),
    atOnce: 8,
    fetch: (address, init) => fetch(url + address, init),
    async insert(rows) {
      const file = new SQLite(path, { timeout: 5000 })
      for (const { sql, bound } of rows.map(insertOf)) file.prepare(sql).run(...bound)
      file.close()
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      children.delete(child)
    },
  }
}

/** Starts the Worker in workerd on a new D1, and sends it the samples by the command line, so that it prints them itself. */
export async function startWorker(
  { root, folder, clock }: Checkout,
  settings: Readonly<Record<string, string>> & { readonly ORIGIN: string },
): Promise<Door> {
  const place = join(folder, 'worker')
  mkdirSync(place)
  const config = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  const [, main = ''] = /^main = "(.+)"$/m.exec(config) ?? []
  const door = `import ${JSON.stringify(clock)}\nexport { default } from ${JSON.stringify(join(root, main))}\n`
  writeFileSync(join(place, 'door.ts'), door)
  writeFileSync(
    join(place, 'wrangler.toml'),
    config
      .replace(`main = "${main}"`, 'main = "door.ts"')
      .replace('directory = "', `directory = "${root}/`)
      .replaceAll('migrations_dir = "', `migrations_dir = "${root}/`)
      .replace(/\[build\]\ncommand = .*\n/, ''),
  )
  const harness = createTestHarness({ workers: [{ configPath: join(place, 'wrangler.toml'), vars: { ...settings } }] })
  const { url } = await harness.listen()
  const worker = harness.getWorker<{ DB: D1Database }>()
  await worker.applyD1Migrations('DB')
  const { DB } = await worker.getEnv()
  const insert = async (rows: readonly Row[]) => {
    await DB.batch(rows.map(insertOf).map(({ sql, bound }) => DB.prepare(sql).bind(...bound)))
  }
  await insert([loader])
  await promisify(execFile)(process.execPath, [join(root, 'dist/cli.mjs'), 'load', root, '--remote', url.origin], {
    env: { PATH: process.env['PATH'], VERNACULAR_TOKEN: secretOf('loader') },
  })
  return {
    origin: settings.ORIGIN,
    isBehindProxy: true,
    atOnce: 1, // After some thousand at once, workerd takes one's waiting for another for a fault of the program, and hangs.
    fetch: async (address, init) => (await harness.fetch(settings.ORIGIN + address, init as never)) as unknown as Response,
    insert,
    stop: () => harness.close(),
  }
}

const isWell = (url: string) =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
