import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, buildSync } from 'esbuild'
import { unfit } from '../briefings/files'
import { type Maker, type Makers, makerNames } from '../language/makers'
import { authorshipIn } from '../translations/authorship'
import type { Program } from './given'
import { siteIn } from './read-site'
import { readWords } from './words'

/**
 * Makes them from a checkout. Throws one error that names every file that is wrong. Only a program that runs from source calls this. The
 * build puts the result into the bundles, in place of this file (`scripts/build.ts`).
 */
export function readProgram(root: string): Program {
  const { problems, records, newsroom, catalogs } = readWords(root)
  if (problems.length > 0) throw unfit(problems)
  const authorship = Object.fromEntries([...records].map(([locale, { site }]) => [locale, authorshipIn(site)]))
  const styleSheet = bundledStyles(root)
  return {
    catalogs,
    authorship,
    sample: siteIn(root, { catalogs, styleSheet }, true),
    newsroom: async () => newsroom,
    styleSheet,
    version: sourceVersion(root),
    makers: bundledMakers(root),
  }
}

const bundled = (root: string, options: BuildOptions) =>
  buildSync({ absWorkingDir: root, bundle: true, minify: true, charset: 'utf8', logLevel: 'error', ...options, write: false })
    .outputFiles

const bundledStyles = (root: string): string =>
  bundled(root, { entryPoints: [join(root, 'src/ui/css/site.css')], external: ['fonts/*'] })
    .map(({ text }) => text)
    .join('')

/** Each maker as one file without comments, white space and what it does not use. So it differs only if what it makes may differ. */
function bundledMakers(root: string): Makers {
  const files = bundled(root, {
    entryPoints: makerNames.map((name) => join(root, `src/printing/${name}-maker.ts`)),
    outdir: join(root, 'dist'),
    // Words are named one by one, and the newsroom's are on no page.
    external: ['../../locales/*', 'node:zlib'],
    format: 'esm',
    target: 'esnext',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  })
  return Object.fromEntries(makerNames.map((name, at) => [name, makerIn(files[at]?.text ?? '')])) as unknown as Makers
}

/** What a message, a static file or a setting may be called: a whole literal, or the beginning of one that is put together. */
const name = /["'`]([A-Za-z][\w-]*(?:\.[\w-]+)+[.-]?|[A-Za-z][\w-]*[.-])(?=["'`]|\$\{)/g
const settings = /\b(?:origin|siteName|features|settings|logo|look|authorshipOf|organisation|region)\b/g

const makerIn = (code: string): Maker => ({
  code: createHash('sha256').update(code).digest('hex').slice(0, 12),
  names: [...new Set([...code.matchAll(name)].flatMap(([, found]) => found ?? []).concat(code.match(settings) ?? []))].sort(),
})

function sourceVersion(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.tsx?$/.test(name)) hash.update(name).update(readFileSync(join(root, 'src', name)))
  }
  return hash.digest('hex').slice(0, 12)
}
