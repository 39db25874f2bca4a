import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

const entry = 'src/doors/worker.ts'
const list = 'dist/edge.json'

/** The most that an isolate loads at its start, in compressed kilobytes: what readers need. `check` and the bench hold it. */
export const readersMost = 250

/**
 * Bundles the Worker into `dist/edge`: what readers need as `worker.mjs` with its static imports, and beside it modules that are loaded when
 * they are first called. Wrangler uploads those as they are. `dist/edge.json` says what was made of what.
 */
export async function bundleEdge(root: string): Promise<void> {
  const outdir = join(root, 'dist/edge')
  rmSync(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    sourcemap: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['node:zlib', 'fs'], // Workers have the first. What reads files in the library of PO: nobody calls it.
    loader: { '.wasm': 'copy' },
    chunkNames: 'parts/[name].[hash]',
    assetNames: 'parts/[name].[hash]',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  })
  writeFileSync(join(root, list), JSON.stringify(metafile))
}

/** What the bundles of `bundleEdge` weigh, in compressed kilobytes: what is loaded at the start, all scripts, and WebAssembly. */
export function weighEdge(root: string): { readonly readers: number; readonly scripts: number; readonly wasm: number } {
  const metafile = JSON.parse(readFileSync(join(root, list), 'utf8')) as Metafile
  const made = Object.keys(metafile.outputs)
  const weigh = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(root, path)), { level: 9 }).length, 0) / 1000
  return {
    readers: weigh(loadedAtStart(metafile)),
    scripts: weigh(made.filter((path) => path.endsWith('.mjs'))),
    wasm: weigh(made.filter((path) => path.endsWith('.wasm'))),
  }
}

/** The entry, and what it imports statically, directly or not. */
function loadedAtStart({ outputs }: Metafile): readonly string[] {
  const loaded = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === entry))
  for (const path of loaded) {
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && Object.hasOwn(outputs, imported)) loaded.add(imported)
    }
  }
  return [...loaded]
}
