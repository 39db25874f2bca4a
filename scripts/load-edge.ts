// Loads the content of the site's folder into the local database of the Worker.
import { openGiven } from '../src/doors/site-folder'
import { migrateEdge, run } from './local-edge'

const { site } = await openGiven(process.env)
const status = await migrateEdge(site)
process.exitCode = status === 0 ? await run('tsx', ['src/doors/cli.ts', 'load', '--edge', 'local']) : status
