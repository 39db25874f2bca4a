// Refuses a deployment whose wrangler.toml still has the values of a fresh checkout, or says two things in its two places.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const settings = readFileSync(join(import.meta.dirname, '../wrangler.toml'), 'utf8')
const valuesOf = (name: string) => [
  ...new Set([...settings.matchAll(new RegExp(`^${name} = "([^"]*)"`, 'gm'))].map(([, value = '']) => value)),
]

const origins = valuesOf('ORIGIN')
const databases = valuesOf('database_id')
const problems = [
  ...(origins.length === 1 ? [] : ['ORIGIN appears twice in wrangler.toml with different values. Make them the same.']),
  ...(origins.some((origin) => !origin.startsWith('https://'))
    ? ['ORIGIN in wrangler.toml is not the https address of the site. Enter it there: canonical links begin with it.']
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
