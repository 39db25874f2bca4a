import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { visibleLine } from '../../language/text'
import type { Folder } from '../../remote/sync'

/** Why the system refuses a file or a folder that somebody named. */
const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file or folder ${path}.`,
  EACCES: (path) => `${path} is not open to whoever gave this command.`,
  EPERM: (path) => `${path} is not open to whoever gave this command.`,
  EROFS: (path) => `${path} is on a disk that cannot be written to.`,
  ENOTDIR: (path) => `${path} is within something that is no folder.`,
  EISDIR: (path) => `${path} is a folder, and not a file.`,
  EEXIST: (path) => `${path} is there already.`,
  ENOSPC: (path) => `The disk is full: ${path} could not be written.`,
}

/** Does something with files that somebody named, and says it in a sentence where the system refuses one. */
export function inWordsOfFiles<Done>(work: () => Done): Done {
  try {
    return work()
  } catch (error) {
    const { code = '', path } = error as NodeJS.ErrnoException
    const sentence = sentences[code]
    throw sentence && path !== undefined ? new Error(sentence(visibleLine(path))) : error
  }
}

/** Writes a file whole or not at all: under another name first, then under its own. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  inWordsOfFiles(() => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, content)
    renameSync(`${path}.part`, path)
  })
}

/** A folder of this machine. */
export const folderAt = (root: string): Folder => ({
  read: (path) => {
    if (!existsSync(join(root, path))) return undefined
    return inWordsOfFiles(() => readFileSync(join(root, path), 'utf8'))
  },
  write: (path, text) => writeWhole(join(root, path), text),
})
