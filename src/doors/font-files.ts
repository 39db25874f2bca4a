import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type Face, families, weight } from '../sharing/faces'
import type { FontFiles } from '../sharing/rendering'

/** The library and the fonts for drawing cards, from the packages of a checkout. Read when a card is drawn. */
export function fontFilesIn(root: string): FontFiles {
  return {
    wasm: () => readFile(join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')),
    faces: async () => facesIn(root),
    read: async ({ address }) => new Uint8Array(await readFile(address)),
  }
}

const rangesSchema = z.record(z.string(), z.string())

/** The faces for cards: the slices of each family, with the characters that its package names for them. */
export function facesIn(root: string): readonly Face[] {
  return families.flatMap((family) => {
    const folder = join(root, 'node_modules/@fontsource', family)
    const ranges = rangesSchema.parse(JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')))
    return Object.entries(ranges).map(([slice, range]) => {
      const name = `${family}-${slice.replace(/[[\]]/g, '')}-${weight}-normal.woff`
      return { family, range, address: join(folder, 'files', name) }
    })
  })
}
