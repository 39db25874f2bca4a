import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** The parts of the program that are made from its source. */
export interface Program {
  /** The style sheets of all slices as one. It names fonts as `url(fonts/…)`. */
  readonly styleSheet: string
  /** A hash of the source and of the packages that it uses. */
  readonly version: string
}

/**
 * Makes both from a checkout. Only a program that runs from source calls this. The build puts the result into the bundles, in place of
 * this file (`scripts/build.ts`).
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
