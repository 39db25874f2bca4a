import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Folder } from '../../remote/sync'

/** Writes a file whole or not at all: under another name first, then under its own. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.part`, content)
  renameSync(`${path}.part`, path)
}

/** A folder of this machine. */
export const folderAt = (root: string): Folder => ({
  read: (path) => {
    try {
      return readFileSync(join(root, path), 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  },
  write: (path, text) => writeWhole(join(root, path), text),
})
