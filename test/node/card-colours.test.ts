import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { colours } from '../../src/sharing/placing'

test('cards have the colours that the pages have by day', () => {
  const style = readFileSync(join(import.meta.dirname, '../../src/ui/css/tokens.css'), 'utf8')
  const [byDay = ''] = /:root \{[^}]*\}/.exec(style) ?? []
  const tokens = Object.fromEntries(
    [...byDay.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  )
  expect(Object.fromEntries(Object.keys(colours).map((name) => [name, tokens[name]]))).toEqual(colours)
})
