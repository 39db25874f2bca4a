// Serves the Worker on this machine, at PORT. The port is asked for before the local database is made.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { takePort } from '../src/doors/node-port'
import { nodeConfigOf, openGiven } from '../src/doors/site-folder'

const root = join(import.meta.dirname, '..')

async function main(): Promise<number> {
  const { site } = await openGiven(process.env)
  const port = nodeConfigOf(site, { PORT: process.env['PORT'] }).port
  const origin = process.env['ORIGIN'] || `http://localhost:${port}`
  const { server } = await takePort({ host: '127.0.0.1', port })
  await new Promise((resolve) => server.close(resolve)) // It is wrangler's now.
  const place = ['--ip', '127.0.0.1', '--port', String(port), '--var', `ORIGIN:${origin}`]
  for (const words of [
    ['d1', 'migrations', 'apply', 'DB', '--local'],
    ['dev', ...place],
  ]) {
    const status = await wrangler(words)
    if (status !== 0) return status
  }
  return 0
}

async function wrangler(words: readonly string[]): Promise<number> {
  const [status] = await once(spawn('wrangler', words, { cwd: root, stdio: 'inherit' }), 'exit')
  return typeof status === 'number' ? status : 1
}

process.on('SIGINT', () => {}) // Wrangler is interrupted too, and ends first.
main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
