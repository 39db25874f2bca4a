// Refuses a deployment without the address of the site, or whose wrangler.toml still has the database of a fresh checkout, or says two
// things in its two places.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openGiven } from '../src/doors/site-folder'

const settings = readFileSync(join(import.meta.dirname, '../wrangler.toml'), 'utf8')
const valuesOf = (name: string) => [
  ...new Set([...settings.matchAll(new RegExp(`^${name} = "([^"]*)"`, 'gm'))].map(([, value = '']) => value)),
]

const { site } = await openGiven(process.env)
const origins = [...new Set([...valuesOf('ORIGIN'), ...(valuesOf('ORIGIN').length > 0 ? [] : [site.settings.origin ?? ''])])]
const databases = valuesOf('database_id')
const problems = [
  ...(origins.length === 1 ? [] : ['ORIGIN appears twice in wrangler.toml with different values. Make them the same.']),
  ...(origins.some((origin) => !origin.startsWith('https://'))
    ? [
        'The https address of the site is neither `origin` in site.json nor ORIGIN in wrangler.toml. Enter it: canonical links begin with it.',
      ]
    : []),
  ...(databases.length === 1 ? [] : ['database_id appears twice in wrangler.toml with different values. Make them the same.']),
  ...(databases.some((id) => /^[0-]+$/.test(id))
    ? ['database_id in wrangler.toml is empty. Run `npx wrangler d1 create vernacular` and enter the id that it prints.']
    : []),
]
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exit(1)
}
