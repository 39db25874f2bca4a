// Builds the Worker as a deployment would, without deploying, and says how large it is compressed. Fails above a limit. What an isolate
// loads at its start, and all scripts together, are weighed apart. The library that draws cards is WebAssembly beside them: compiled by
// the platform, instantiated when a card is drawn. All together must stay well under the platform's 3 MB.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readersMost, weighEdge } from './edge'

const root = join(import.meta.dirname, '..')

execFileSync('wrangler', ['deploy', '--dry-run', '--env', '', '--outdir', 'dist/worker'], {
  cwd: root,
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const { readers, scripts, wasm } = weighEdge(root)
const parts = [
  { name: 'What readers need of the Worker', kilobytes: readers, most: readersMost },
  { name: 'The whole Worker', kilobytes: scripts, most: 600 },
  { name: 'Its WebAssembly', kilobytes: wasm, most: 1000 },
]
for (const { name, kilobytes, most } of parts) {
  process.stdout.write(`${name} is ${kilobytes.toFixed(0)} kB compressed (at most ${most}).\n`)
}
if (parts.some(({ kilobytes, most }) => kilobytes > most)) process.exit(1)
