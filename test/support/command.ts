import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { compiled, root } from './server'

/** Gives the built command line a command, as its operator does who has set these variables. */
export function vernacular(environment: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), ...words], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compiled, SAMPLES: 'on', ...environment },
    encoding: 'utf8',
  })
  return { status, out: stdout, error: stderr }
}
