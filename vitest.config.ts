import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const at = (path: string) => join(import.meta.dirname, path)

/** Claims that hold on both databases and in both runtimes: the same files, run twice. */
const everywhere = [
  'test/{language,briefings,translations,editions,delivery,demand,mail,members,following,newsletter,reports,comments,api,site,newsroom,printing,remote,feeds,sitemaps,search,sharing,webhooks}/**/*.test.{ts,tsx}',
]

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { '#runtime': at('test/support/runtime.node.ts') } },
        test: { name: 'node', include: [...everywhere, 'test/node/**/*.test.ts', 'test/*.test.ts'], testTimeout: 30_000, isolate: false },
      },
      {
        resolve: { alias: { '#runtime': at('test/support/runtime.workerd.ts') } },
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { MIGRATIONS: await readD1Migrations(at('db/migrations')) } },
          })),
        ],
        test: { name: 'workerd', include: everywhere, testTimeout: 30_000, isolate: false },
      },
      {
        test: {
          name: 'doors',
          include: ['test/doors/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'judges',
          include: ['test/judges/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
