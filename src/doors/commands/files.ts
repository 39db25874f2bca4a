import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../../problem'
import type { Folder } from '../../remote/folder'

/** Does something with named files. Throws a Refusal if the system refuses one. */
export function withFiles<Done>(work: () => Done): Done {
  try {
    return work()
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException) ?? error
  }
}

function refusalOf({ code, path = '' }: NodeJS.ErrnoException): Refusal | undefined {
  switch (code) {
    case 'ENOENT':
      return new Refusal('path.missing', { path })
    case 'EACCES':
    case 'EPERM':
      return new Refusal('path.closed', { path })
    case 'EROFS':
      return new Refusal('path.read-only', { path })
    case 'ENOTDIR':
    case 'EEXIST':
      return new Refusal('path.no-folder', { path })
    case 'EISDIR':
      return new Refusal('path.folder', { path })
    case 'ENOSPC':
      return new Refusal('path.full', { path })
    default:
      return undefined
  }
}

/** Writes a file whole or not at all: first under another name, then renamed. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  withFiles(() => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, content)
    renameSync(`${path}.part`, path)
  })
}

/** A folder of this machine. */
export const folderAt = (root: string): Folder => ({
  read: (path) => {
    if (!existsSync(join(root, path))) return undefined
    return withFiles(() => readFileSync(join(root, path), 'utf8'))
  },
  write: (path, text) => writeWhole(join(root, path), text),
})
