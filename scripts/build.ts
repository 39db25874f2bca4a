// Bundles the Node door and the command line into `dist`; what they need from `node_modules` in native form stays there.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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

const { newsroom, ...program } = readProgram(root)

/** A module that gives this value. A text is parsed sooner than the object that it describes. */
const moduleOf = (value: unknown) =>
  `const text = ${JSON.stringify(JSON.stringify(value))}\nexport const read = () => JSON.parse(text)\n`

/** What is made from the source, in place of the file that makes it: a built program reads no source. */
const made: Readonly<Record<string, string>> = {
  program: `import { read } from 'made:words'
export const readProgram = () => ({ ...read(), newsroom: async () => (await import('made:newsroom')).read() })`,
  words: moduleOf(program),
  newsroom: moduleOf(await newsroom()),
}

const programAsBuilt: Plugin = {
  name: 'program-as-built',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^made:/ }, ({ path }) => ({ path: path.slice('made:'.length), namespace: 'made' }))
    onLoad({ filter: /[\\/]doors[\\/]program\.ts$/ }, () => ({ contents: made['program'] ?? '', loader: 'js' }))
    onLoad({ filter: /./, namespace: 'made' }, ({ path }) => ({ contents: made[path] ?? '', loader: 'js' }))
  },
}

const dist = join(root, 'dist')
for (const name of existsSync(dist) ? readdirSync(dist) : []) if (/\.mjs(\.map)?$/.test(name)) rmSync(join(dist, name))

await build({
  absWorkingDir: root,
  entryPoints: ['src/doors/node.ts', 'src/doors/cli.ts', 'src/doors/newsroom-thread.ts', 'src/doors/render-thread.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  minifyWhitespace: true,
  minifySyntax: true, // Names stay, so that the stack of an error can be read.
  sourcemap: true,
  chunkNames: '[name].[hash]', // Beside the entries: what runs from a bundle looks for its threads there.
  plugins: [programAsBuilt],
  external: ['better-sqlite3', 'wrangler'],
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
})
