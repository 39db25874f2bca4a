import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** What of the program is made from its source. */
export interface Program {
  /** The style sheets of all slices as one. Fonts stand in it by their names: `url(fonts/…)`. */
  readonly styleSheet: string
}

/**
 * Makes it from a checkout. Only a program that runs from source calls this: the build puts what it returns into the bundles,
 * in place of this file (`scripts/build.ts`).
 */
export function readProgram(root: string): Program {
  return { styleSheet: bundledStyles(root) }
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
