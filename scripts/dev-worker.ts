// Serves the Worker on this machine, at PORT. The port is asked for before the local database is made.
import { takePort } from '../src/doors/node-port'
import { nodeConfigOf, openGiven } from '../src/doors/site-folder'
import { migrateEdge, placeOf, run } from './local-edge'

async function main(): Promise<number> {
  const { site } = await openGiven(process.env)
  const port = nodeConfigOf(site, { PORT: process.env['PORT'] }).port
  const origin = process.env['ORIGIN'] || `http://localhost:${port}`
  const { server } = await takePort({ host: '127.0.0.1', port })
  await new Promise((resolve) => server.close(resolve)) // It is wrangler's now.
  const place = ['--ip', '127.0.0.1', '--port', String(port), '--var', `ORIGIN:${origin}`]
  const status = await migrateEdge(site)
  return status === 0 ? await run('wrangler', ['dev', ...place, ...placeOf(site)]) : status
}

process.on('SIGINT', () => {}) // Wrangler is interrupted too, and ends first.
main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
