import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { gatherKit } from '../../src/doors/kit'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const entry = 'src/ui/css/site.css'
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
const sheets = files.filter((path) => path.endsWith('.css') && path !== entry).sort()

describe('the style sheets', () => {
  test('are each short enough to be read in one sitting', () => {
    expect(sheets.length).toBeGreaterThan(30)
    expect([entry, ...sheets].filter((path) => read(path).split('\n').length > 300)).toEqual([])
  })

  test('are each imported once, into a layer that is declared', () => {
    const [, declared = ''] = /^@layer ([a-z, ]+);$/m.exec(read(entry)) ?? []
    const imports = [...read(entry).matchAll(/^@import "([^"]+)" layer\(([a-z]+)\);$/gm)].map(([, path = '', layer = '']) => ({
      path: relative(root, join(root, 'src/ui/css', path)),
      layer,
    }))
    expect(imports.map(({ path }) => path).sort()).toEqual(sheets)
    expect([...new Set(imports.map(({ layer }) => layer))]).toEqual(declared.split(', '))
  })

  test('import nothing themselves and declare no layer, so that the one list decides what wins', () => {
    expect(sheets.filter((path) => /@import|@layer/.test(read(path)))).toEqual([])
  })

  test('style no class that no page has', () => {
    const code = files.filter((path) => /\.(tsx?|js)$/.test(path)).map(read)
    const words = new Set(code.flatMap((text) => text.match(/[a-z][a-z-]*/gi) ?? []))
    const classes = sheets.flatMap((path) =>
      [...read(path).matchAll(/\.([a-z][a-z-]*)(?=[^{}]*\{)/g)].map(([, name]) => name ?? ''),
    )
    expect(classes.length).toBeGreaterThan(300)
    expect([...new Set(classes)].filter((name) => !words.has(name))).toEqual([])
  })
})

describe('what readers download of them', () => {
  const served = gatherKit(root).files.find(({ address }) => address.startsWith('/assets/style.'))?.bytes ?? new Uint8Array()

  test('is one sheet, with nothing outside the layers and every font under its address', () => {
    const sheet = Buffer.from(served).toString()
    const statements = withoutBlocks(sheet).split(/[;\n]/).filter(Boolean)
    expect(statements.filter((each) => !/^@layer [a-z,]+$/.test(each.trim()))).toEqual([])
    const fonts = [...sheet.matchAll(/url\(([^)]*)\)/g)].map(([, address]) => address)
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.filter((address) => !/^\/assets\/fonts\/[a-z0-9-]+\.[0-9a-f]{10}\.woff2$/.test(address ?? ''))).toEqual([])
  })

  test('is no more than it was when all of it stood in one file', () => {
    expect(gzipSync(served, { level: 9 }).length).toBeLessThanOrEqual(13_034)
    expect(brotliCompressSync(served).length).toBeLessThanOrEqual(11_147)
  })
})

/** What stands at the top of a sheet, each block as the end of a line. */
function withoutBlocks(sheet: string): string {
  const inner = sheet.replace(/\{[^{}]*\}/g, '\n')
  return inner === sheet ? sheet : withoutBlocks(inner)
}
