import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** What of the program is made from its source. */
export interface Program {
  /** The style sheets of all slices as one. Fonts stand in it by their names: `url(fonts/…)`. */
  readonly styleSheet: string
  /** Changes with the source that pages are made by, and with the packages that it stands on. */
  readonly version: string
}

/**
 * Makes it from a checkout. Only a program that runs from source calls this: the build puts what it returns into the bundles,
 * in place of this file (`scripts/build.ts`).
 */
export function readProgram(root: string): Program {
  return { styleSheet: bundledStyles(root), version: sourceVersion(root) }
}

function bundledStyles(root: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [join(root, 'src/ui/css/site.css')],
    bundle: true,
    minify: true,
    charset: 'utf8',
    external: ['fonts/*'],
    write: false,
    logLevel: 'error',
  })
  return outputFiles.map(({ text }) => text).join('')
}

function sourceVersion(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.tsx?$/.test(name)) hash.update(name).update(readFileSync(join(root, 'src', name)))
  }
  return hash.digest('hex').slice(0, 12)
}
