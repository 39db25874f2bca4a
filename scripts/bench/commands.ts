import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryOf } from './processes'
import { origin, root } from './servers'

/** What a command of the command line came to. */
export interface Run {
  readonly seconds: number
  /** What it wrote to standard output. */
  readonly out: string
  /** The megabytes that it held, every half second. */
  readonly memory: readonly number[]
}

/** Runs a command on a database to its end, or kills it without warning once `isEnough` says so, which is asked every half second. */
export async function runCommand(databasePath: string, words: readonly string[], isEnough = () => false): Promise<Run> {
  const begun = performance.now()
  const path = `${databasePath}.out`
  const file = openSync(path, 'w')
  const child = spawn('node', [join(root, 'dist/cli.mjs'), ...words], {
    env: { PATH: process.env['PATH'], DATABASE_PATH: databasePath, ORIGIN: origin },
    stdio: ['ignore', file, 'ignore'],
  })
  const memory: number[] = []
  const watch = setInterval(() => {
    memory.push(memoryOf(child.pid ?? 0).own)
    if (isEnough()) child.kill('SIGKILL')
  }, 500)
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  closeSync(file)
  return { seconds: (performance.now() - begun) / 1000, out: readFileSync(path, 'utf8'), memory }
}
