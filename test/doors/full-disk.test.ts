import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, inDatabase, type RunningServer, root, startServer } from '../support/server'

let site: RunningServer

beforeAll(async () => {
  site = await startServer()
})
afterAll(async () => await site.remove())

/** Lets a process write no file beyond so many bytes, or any again. The kernel then fails its writes, as a disk does. */
const limitFiles = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(site.process.pid), `--fsize=${bytes}:unlimited`])

const askForLink = async (address: string) => {
  const headers = { Origin: 'https://briefings.example', Accept: 'text/html' }
  const body = new URLSearchParams({ address })
  const response = await fetch(`${site.url}/en/sign-in`, { method: 'POST', headers, body, redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}
const mailsTo = (address: string) =>
  inDatabase(site, (file) => file.prepare('select count(*) from mail where recipient = ?').pluck().get(address))
const answerOf = async (path: string) => {
  const response = await fetch(site.url + path)
  return [response.status, await response.json()]
}

describe('a server whose disk takes no more', () => {
  test('says so to whoever sends something, and in its readiness; goes on to be read; and writes again by itself', async () => {
    expect(await answerOf('/readyz')).toEqual([200, { status: 'ok' }])
    limitFiles(1)
    const refused = await askForLink('ada@example.com')
    expect(refused.status).toBe(503)
    expect(refused.text).toContain('We do not know whether what you sent was saved.')
    expect(await eventually(async () => (await answerOf('/readyz'))[0] === 503)).toBe(true)
    expect(await answerOf('/readyz')).toEqual([503, { status: 'uncertain' }])
    expect(await answerOf('/healthz')).toEqual([200, { status: 'ok' }])
    expect((await fetch(`${site.url}/fr/briefings/microsoft-mistral-ai-partnership`)).status).toBe(200)
    expect((await fetch(`${site.url}/fr/search?q=mistral`)).status).toBe(200)

    limitFiles('unlimited')
    expect((await askForLink('eve@example.com')).status).toBe(303)
    expect(await eventually(async () => (await answerOf('/readyz'))[0] === 200)).toBe(true)
    expect(mailsTo('eve@example.com')).toBe(1)
    expect(inDatabase(site, (file) => file.pragma('integrity_check', { simple: true }))).toBe('ok')
  })

  test('does not start, and does not advise to replace what may be sound', () => {
    const started = spawnSync('prlimit', ['--fsize=1:1', process.execPath, join(root, 'dist/node.mjs')], {
      env: { PATH: process.env['PATH'], ...site.environment, DATABASE_PATH: join(site.folder, 'other.db'), SAMPLES: 'off' },
      encoding: 'utf8',
    })
    expect([started.status, started.stderr]).toEqual([1, expect.stringContaining('do not replace it')])
    expect(started.stderr).not.toContain('backup')
  })

  test('tells its operator at the command line what became of a command', () => {
    const words = ['people', 'token', 'add', '--name', 'Desk', '--locale', 'pl']
    const limited = (...more: string[]) =>
      spawnSync('prlimit', ['--fsize=1:1', process.execPath, join(root, 'dist/cli.mjs'), ...words, ...more], {
        env: { PATH: process.env['PATH'], ...site.environment },
        encoding: 'utf8',
      })
    const { status, stderr } = limited()
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^The database could not be written to, and it is not certain/)])
    expect(JSON.parse(limited('--json').stdout)).toMatchObject({ error: { code: 'database.uncertain' } })
  })
})
