import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { unfit } from '../briefings/files'
import type { Kit } from '../site'
import { authorshipIn } from '../translations/authorship'
import { readTerms, readWords } from './words'

/** The parts of the program that are made from its source, checked. */
export interface Program extends Pick<Kit, 'locales' | 'catalogs' | 'authorship' | 'glossaries'> {
  /** The words of the newsroom in each locale. The bundles load them when somebody needs them. */
  readonly newsroom: () => Promise<Kit['catalogs']>
  /** The style sheets of all slices as one. It names fonts as `url(fonts/…)`. */
  readonly styleSheet: string
  /** A hash of the source and of the packages that it uses. */
  readonly version: string
}

/**
 * Makes them from a checkout. Throws one error that names every file that is wrong. Only a program that runs from source calls this. The
 * build puts the result into the bundles, in place of this file (`scripts/build.ts`).
 */
export function readProgram(root: string): Program {
  const { problems, records, newsroom, ...words } = readWords(root)
  if (problems.length > 0) throw unfit(problems)
  const authorship = Object.fromEntries([...records].map(([locale, { site }]) => [locale, authorshipIn(site)]))
  return {
    ...words,
    authorship,
    glossaries: readTerms(root),
    newsroom: async () => newsroom,
    styleSheet: bundledStyles(root),
    version: sourceVersion(root),
  }
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
