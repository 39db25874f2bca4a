// Bundles the Node door and the command line into `dist`; what they need from `node_modules` in native form stays there.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { readProgram } from '../src/doors/program'
import { noteOnNode } from './npm-node'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string }
}
const note = noteOnNode(process.env['npm_config_user_agent'], engines.node, process.versions.node)
if (note !== undefined) process.stderr.write(`${note}\n`)

/** Puts what is made from the source into the bundles, in place of the file that makes it: a built program reads no source. */
const programAsBuilt: Plugin = {
  name: 'program-as-built',
  setup({ onLoad }) {
    const contents = `export const readProgram = () => (${JSON.stringify(readProgram(root))})`
    onLoad({ filter: /[\\/]doors[\\/]program\.ts$/ }, () => ({ contents, loader: 'js' }))
  },
}

await build({
  absWorkingDir: root,
  entryPoints: ['src/doors/node.ts', 'src/doors/cli.ts', 'src/doors/newsroom-thread.ts', 'src/doors/render-thread.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  plugins: [programAsBuilt],
  external: ['better-sqlite3', 'wrangler'],
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
})
