import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SiteFolder } from '../src/doors/given'
import { edgeFolderOf } from '../src/doors/site-folder'

const root = join(import.meta.dirname, '..')

/** Runs a program of this checkout. Returns its exit code. */
export async function run(program: string, words: readonly string[]): Promise<number> {
  const [status] = await once(spawn(program, words, { cwd: root, stdio: 'inherit' }), 'exit')
  return typeof status === 'number' ? status : 1
}

/** Where wrangler keeps the local database of a site, as its option. */
export function placeOf(site: SiteFolder): readonly string[] {
  const folder = edgeFolderOf(site)
  return folder === undefined ? [] : ['--persist-to', folder]
}

/** Brings the local database of a site up to date. Returns the exit code. */
export const migrateEdge = (site: SiteFolder): Promise<number> =>
  run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', ...placeOf(site)])
