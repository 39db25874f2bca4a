import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { TaskName } from '../../src/tasks/task'

export const root = join(import.meta.dirname, '../..')

/** A Node door running as its operator runs it, in a folder of its own. */
export interface RunningServer {
  readonly url: string
  readonly folder: string
  readonly environment: Record<string, string>
  readonly process: ChildProcess
  /** What it has logged, parsed. */
  readonly log: () => readonly Record<string, unknown>[]
  /** What it has told its operator. */
  readonly told: () => string
  stop(signal?: NodeJS.Signals): Promise<number | null>
  remove(): Promise<void>
}

/** Where Node keeps what it has compiled of the program, for all that tests start. */
export const compiled = join(tmpdir(), 'vernacular-compiled')

/** Starts the server that is built in a checkout, on a port of the system's choosing, and waits until it listens. */
export async function startServer(settings: Record<string, string> = {}, checkout = root): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-'))
  const environment = {
    DATABASE_PATH: join(folder, 'site.db'),
    PORT: '0',
    ORIGIN: 'https://briefings.example',
    SAMPLES: 'on',
    NODE_COMPILE_CACHE: compiled,
    ...settings,
  }
  const child = spawn(process.execPath, [join(checkout, 'dist/node.mjs')], { env: { PATH: process.env['PATH'], ...environment } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let told = ''
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      const [, found] = /listening on [^:]+:(\d+)/.exec(told) ?? []
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`The server ended with ${code}: ${told}`)))
  })
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    environment,
    process: child,
    log: () =>
      output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    told: () => told,
    stop,
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The setting with which these tasks run every so many milliseconds. */
export const every = (milliseconds: number, ...tasks: readonly TaskName[]) => ({
  TASK_INTERVALS: tasks.map((name) => `${name}=${milliseconds}`).join(','),
})

/** Does something with a site's database file, as its operator could. */
export function inDatabase<Found>(
  { environment }: Pick<RunningServer, 'environment'>,
  work: (file: SQLite.Database) => Found,
): Found {
  const file = new SQLite(environment['DATABASE_PATH'] ?? '', { timeout: 5000 })
  try {
    return work(file)
  } finally {
    file.close()
  }
}

/** How long a machine that is busy with other work may take for what a quiet one does at once, in milliseconds. */
export const patience = 300_000

/** The mails that a sender has to itself just now, by id: those that a kill finds under way, and which may be sent again. */
export const mailsUnderWay = (site: Pick<RunningServer, 'environment'>): readonly string[] =>
  inDatabase(site, (file) =>
    file.prepare<[string], string>('select id from mail where due_at > ?').pluck().all(new Date().toISOString()),
  )

/** Waits until `check` holds. It is no measure of time: what does not come about in minutes never does. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await check()) return true
  }
  return false
}

/** A port that nobody listens on just now. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
