import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const at = (path: string) => join(import.meta.dirname, path)

/** Claims that hold on both databases and in both runtimes: the same files, run twice. */
const everywhere = [
  'test/{language,briefings,translations,editions,settings,delivery,demand,mail,confirmations,members,following,newsletter,reports,comments,api,site,newsroom,printing,remote,feeds,sitemaps,search,sharing,media,webhooks}/**/*.test.{ts,tsx}',
]

/** Of these, claims about pure functions that no database, no locale data and no runtime has a part in: run once. */
const once = [
  'test/briefings/{confidence,revisions,segments,wrong-kinds}.test.ts',
  'test/delivery/{limits,page-cache}.test.ts',
  'test/editions/markdown.test.ts',
  'test/feeds/atom.test.ts',
  'test/language/{catalog-check,resolution}.test.ts',
  'test/mail/{email-binding,mail,settings}.test.ts',
  'test/settings/*.test.ts',
  'test/sharing/bidi.test.ts',
  'test/translations/{freshness,translation}.test.ts',
  'test/translations/checks/{hostile,wording}.test.ts',
  'test/translations/machine/{protection,workers-ai}.test.ts',
  'test/translations/packs/inline.test.ts',
  'test/webhooks/endpoint.test.ts',
]

/** How many times as often as in CI that is tried which chance has a part in: `npm run prove` sets it. */
const rounds = Number(process.env['ROUNDS'] ?? 1)

/** What takes longer hangs. No test is timed by these: a busy machine takes many times as long as a quiet one. */
const hangs = 900_000 * rounds

/** Modules are evaluated once for all files of a process: no test leaves anything behind in one. */
const shared = {
  isolate: false,
  testTimeout: hangs,
  hookTimeout: hangs,
  teardownTimeout: 60_000,
  provide: { rounds, seed: rounds === 1 ? 1 : Date.now() },
  setupFiles: [at('test/support/properties.ts')],
  maxWorkers: availableParallelism(),
}

/** Tests that ask servers, each of which has a folder and a port of its own. */
const asking = { ...shared, setupFiles: [...shared.setupFiles, at('test/support/connections.ts')] }

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { '#runtime': at('test/support/runtime.node.ts') } },
        test: { name: 'node', include: [...everywhere, 'test/node/**/*.test.ts', 'test/*.test.ts'], ...shared },
      },
      {
        resolve: { alias: { '#runtime': at('test/support/runtime.workerd.ts') } },
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { MIGRATIONS: await readD1Migrations(at('db/migrations')) } },
          })),
        ],
        test: {
          name: 'workerd',
          include: everywhere,
          exclude: once,
          ...shared,
          provide: { ...shared.provide, rounds: rounds / 4 },
        },
      },
      { test: { name: 'doors', include: ['test/doors/**/*.test.ts'], ...asking } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...asking } },
      {
        resolve: { alias: { '#runtime': at('test/support/runtime.node.ts') } },
        test: { name: 'judges', include: ['test/judges/**/*.test.ts'], ...asking, maxWorkers: 1 },
      },
    ],
  },
})
