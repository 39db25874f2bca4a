import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenApi } from '../../src/api/document'
import { type RunningServer, root, startServer } from '../support/server'

let server: RunningServer
let folder: string
let api: OpenApi

beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'vernacular-openapi-'))
  api = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenApi
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** What Redocly's linter says of a document by the stricter of its rule sets, where a warning is an error: each rule that is broken. */
function lint(document: unknown): readonly string[] {
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(document))
  const cli = join(root, 'node_modules/@redocly/cli/bin/cli.js')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'lint', '--extends', 'recommended-strict', '--format', 'json', file],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  )
  if (!stdout.startsWith('{')) throw new Error(stderr)
  const { totals, problems } = JSON.parse(stdout) as {
    totals: { errors: number }
    problems: { ruleId: string; message: string }[]
  }
  expect(totals.errors > 0).toBe(problems.length > 0)
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

describe('Redocly’s linter', () => {
  test('finds no error in the document that is served, and nothing to warn of', () => {
    expect(Object.keys(api.paths).length).toBeGreaterThan(12)
    expect(lint(api)).toEqual([])
  })

  test('would find a reference that leads nowhere, a parameter that is in no address, and an operation that succeeds by nothing', () => {
    const { '/api/v1/locales': locales = {}, '/api/v1/briefings/{slug}': briefing = {}, ...paths } = api.paths
    const { Text: _, ...schemas } = api.components.schemas
    expect(lint({ ...api, components: { ...api.components, schemas } })).toContainEqual(
      expect.stringMatching(/^no-unresolved-refs/),
    )
    expect(lint({ ...api, paths: { ...paths, '/api/v1/briefings': briefing, '/api/v1/locales': locales } })).toContainEqual(
      expect.stringMatching(/^path-parameters-defined/),
    )
    const refused = { ...locales['get'], responses: { 500: { $ref: '#/components/responses/internal' } } }
    expect(lint({ ...api, paths: { ...paths, '/api/v1/locales': { get: refused } } })).toContainEqual(
      expect.stringMatching(/^operation-2xx-response/),
    )
  })
})
