// Writes what a Worker is deployed as: `dist/kit.json` (locales, catalogs, addresses of static files), `dist/public`, and the program.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readKitConfig } from '../src/config'
import { staticHeaders } from '../src/delivery/policy'
import { gatherKit, gatherNewsroom } from '../src/doors/kit'
import { openGiven } from '../src/doors/site-folder'
import { gatherFaces } from '../src/doors/static-files'
import { toColumns } from '../src/language/columns'
import { bundleEdge } from './edge'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const given = await openGiven(process.env)
const { files, ...kit } = gatherKit(root, readKitConfig(process.env), given)
const { list, faces } = gatherFaces(root)
const newsroom = await gatherNewsroom(given)
const folder = join(root, 'dist/public')

rmSync(folder, { recursive: true, force: true })
for (const { address, bytes } of [...files, ...faces, list, ...newsroom.files]) {
  const path = join(folder, address)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
const headers = Object.entries(staticHeaders(''))
writeFileSync(join(folder, '_headers'), `/assets/*\n${headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`)
writeFileSync(
  join(root, 'dist/kit.json'),
  JSON.stringify({ ...kit, catalogs: toColumns(kit.catalogs), faces: list.address, newsroom: newsroom.addresses }),
)
await bundleEdge(root)
