import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The site's origin in every measurement: what is printed in this process is current for the servers started. */
export const origin = 'http://localhost:8787'

export const root = join(import.meta.dirname, '../..')

/** A server in a process of its own. */
export interface Running {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The site as `docs/operating.md` says that it is run on Linux, its log on and thrown away. */
export const startSite = (databasePath: string, pageCacheMegabytes: number): Promise<Running> =>
  start(['--max-semi-space-size=8', 'dist/node.mjs'], {
    MALLOC_ARENA_MAX: '1',
    DATABASE_PATH: databasePath,
    PAGE_CACHE_MB: String(pageCacheMegabytes),
    ORIGIN: origin,
  })

/** Hono on the same server, answering with the bytes and headers that another server answers with if it is sent these headers. */
export const startBare = (copied: string, sent: Readonly<Record<string, string>> = {}): Promise<Running> =>
  start([fileURLToPath(import.meta.resolve('./bare.ts'))], { COPIED: copied, SENT: JSON.stringify(sent) })

/** Starts a server and waits until it says where it listens. */
async function start(program: readonly string[], environment: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn('node', program, {
    cwd: root,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: '0', ...environment },
    stdio: ['ignore', openSync('/dev/null', 'w'), 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => running.delete(child))
  running.add(child)
  const port = await listeningPort(child)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function listeningPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      const [, port] = /listening on [^:]+:(\d+)/.exec(told) ?? []
      if (port) resolve(port)
    })
    child.once('exit', (code) => reject(new Error(`A server ended with ${code}: ${told}`)))
  })
}
