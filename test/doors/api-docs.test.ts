import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scheduleExample } from '../support/releases'
import { freePort, inDatabase, type RunningServer, root, startServer } from '../support/server'

let server: RunningServer
let folder: string

beforeAll(async () => {
  const port = String(await freePort())
  server = await startServer({ PORT: port, ORIGIN: `http://127.0.0.1:${port}` })
  folder = mkdtempSync(join(tmpdir(), 'vernacular-docs-'))
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

describe('the page of the API', () => {
  test('shows a command for each operation, and a shell that runs them in their order is answered by each', async () => {
    const page = await (await fetch(`${server.url}/api/docs`)).text()
    const { paths } = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as { paths: Record<string, object> }
    const commands = [...page.matchAll(/<pre><code>(.*?)<\/code><\/pre>/gs)].map(([, text = '']) =>
      text.replaceAll(/&\w+;|&#39;/g, (entity) => entities[entity] ?? entity),
    )
    expect(commands).toHaveLength(Object.values(paths).flatMap((methods) => Object.keys(methods)).length)
    const grant = ['--name', 'A reader of the page', '--all-locales', '--write', '--gated', '--edit', '--publish', '--members']
    const people = (...words: readonly string[]) =>
      execFileSync(process.execPath, [join(root, 'dist/cli.mjs'), 'people', ...words], {
        env: { PATH: process.env['PATH'], ...server.environment },
        encoding: 'utf8',
        stdio: 'pipe',
      })
    const token = people('token', 'add', ...grant)
    people('add', 'ada@example.org')
    writeFileSync(join(folder, 'token.txt'), `Authorization: Bearer ${token.trim()}\n`)
    inDatabase(server, scheduleExample)
    expect(commands.filter((each) => each.includes('@pack.xlf'))).toEqual([
      expect.stringContaining("'Content-Type: application/xliff+xml'"),
    ])
    expect(commands.filter((each) => each.includes('/remove/'))).toEqual([
      expect.stringMatching(/"confirm":"(.+)".*\/remove\/\1\?/s),
    ])
    for (const command of commands) {
      const out = execFileSync('bash', ['-euc', `${command} -w '%{http_code}'`], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
      expect([command, out]).toEqual([command, expect.stringMatching(/20[01]$/)])
    }
  })
})
