import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packEndings, packFormats } from '../../src/translations/packs/pack'
import { vernacular } from '../support/command'
import { eventually, type RunningServer, root, startServer } from '../support/server'
import { type RunningWorker, startWorker } from '../support/worker'

const origin = 'https://briefings.example'
const slug = 'uk-merger-case-microsoft-mistral'
let worker: RunningWorker
let node: RunningServer
let folder: string
let desk: string
let press: string

type Ask = (
  path: string,
  init?: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array },
) => Promise<Response>
const doors: Readonly<Record<string, Ask>> = {
  'the Node server': (path, init = {}) => fetch(node.url + path, init as RequestInit),
  'the Worker': (path, init) => worker.ask(path, init),
}

/** A command as its operator gives it, on the Node server's database. */
const command = (...words: readonly string[]) => vernacular(node.environment, ...words)

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** Gives the Worker's database the tokens that the command line has made in the other. */
async function copyTokens() {
  const file = new SQLite(node.environment['DATABASE_PATH'] ?? '', { readonly: true })
  const rows = file.prepare('select * from access_token').all() as Record<string, string | number | null>[]
  file.close()
  for (const row of rows) {
    const places = Object.keys(row).map(() => '?')
    await worker.DB.prepare(`insert or replace into access_token values (${places})`)
      .bind(...Object.values(row))
      .run()
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-api-'))
  node = await startServer({ ORIGIN: origin })
  worker = await startWorker(origin)
  await worker.loadSamples()
  const made = command(
    'people',
    'token',
    'add',
    '--name',
    'Polish desk',
    '--locale',
    'pl',
    '--locale',
    'ja',
    '--write',
    '--gated',
  )
  expect(made.error).toMatch(/^Token [0-9a-f]{8} reads and sends pl and ja with the texts for members\. Keep it safe/)
  desk = made.out.trim()
  press = command('people', 'token', 'add', '--name', 'Press', '--locale', 'pl', '--publish').out.trim()
  await copyTokens()
})
afterAll(async () => {
  await worker.close()
  await node.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('the two doors hand out the very files that the command line writes, in each format', async () => {
  for (const format of packFormats) {
    expect(command('export', 'pl', slug, '--format', format, '--out', folder).status).toBe(0)
    const written = readFileSync(join(folder, 'pl', slug + packEndings[format]))
    for (const [name, ask] of Object.entries(doors)) {
      const response = await ask(`/api/v1/packs/pl/${slug}?format=${format}`, { headers: bearer(desk) })
      expect([name, response.status]).toEqual([name, 200])
      expect(Buffer.from(await response.arrayBuffer()).equals(written)).toBe(true)
    }
  }
})

describe.each(Object.keys(doors))('a translator’s program at %s', (name) => {
  const ask: Ask = (path, init) => doors[name]?.(path, init) ?? Promise.reject(new Error(`There is no ${name}.`))

  test('sends one back with a title of its own, and readers see it once it is published', async () => {
    const address = `/pl/briefings/${slug}`
    const title = `Brytyjski urząd, Microsoft i Mistral, ${name === 'the Worker' ? 'znad krawędzi' : 'z domu'}`
    const pageOf = async () => await (await ask(address, { headers: { Accept: 'text/html' } })).text()
    expect(await pageOf()).not.toContain(title)
    const path = `/api/v1/packs/pl/${slug}?format=json`
    const pack = (await (await ask(path, { headers: bearer(desk) })).json()) as { segments: Record<string, string> }
    const body = JSON.stringify({ ...pack, segments: { title } })
    const sent = await ask(`/api/v1/packs?file=${slug}.json`, { method: 'POST', headers: bearer(desk), body })
    expect(await sent.json()).toEqual({
      slug,
      locale: 'pl',
      lines: [{ segment: 'title', outcome: 'accepted' }],
      isSaved: true,
      isPublished: false,
      isWaiting: true,
      revision: expect.any(Number),
    })
    expect(await pageOf()).not.toContain(title)
    const asked = { method: 'POST', body: JSON.stringify({ locales: ['pl'] }) }
    const refused = await ask(`/api/v1/publish/${slug}`, { ...asked, headers: bearer(desk) })
    const published = await ask(`/api/v1/publish/${slug}`, { ...asked, headers: bearer(press) })
    expect([refused.status, await published.json()]).toEqual([403, { slug, locales: ['pl'], isPublic: true }])
    expect(await eventually(async () => (await pageOf()).includes(title))).toBe(true)
  })

  test('sends eleven megabytes and is refused, and can go on', async () => {
    const body = new Uint8Array(11_000_000).fill(32)
    const response = await ask('/api/v1/packs', { method: 'POST', headers: bearer(desk), body })
    expect([response.status, response.headers.get('Content-Type')]).toEqual([413, 'application/problem+json'])
    expect((await ask('/api/v1/status?limit=1', { headers: bearer(desk) })).status).toBe(200)
  })

  test('is let in by a token in its header, and by nothing else', async () => {
    const other = `vern_${desk.slice(5).split('').reverse().join('')}`
    for (const [query, headers] of [
      ['', {}],
      ['', bearer(other)],
      [`?access_token=${desk}`, {}],
      ['', { Cookie: `access_token=${desk}` }],
    ] as const) {
      const response = await ask(`/api/v1/status${query}`, { headers: { ...headers } })
      expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer'])
    }
    expect((await ask(`/api/v1/packs/es/${slug}`, { headers: bearer(desk) })).status).toBe(403)
    const refused = await ask('/api/v1/packs', { method: 'OPTIONS' })
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'POST'])
  })
})

describe('the Node server', () => {
  test('counts what it is sent without a length, and goes on with others', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...bearer(desk), 'Transfer-Encoding': 'chunked' }
      const request = rawRequest(`${node.url}/api/v1/packs`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject)
      const megabyte = Buffer.alloc(1_000_000, ' ')
      const send = (left: number) => (left === 0 ? request.end() : request.write(megabyte, () => send(left - 1)))
      send(11)
    })
    expect(answer).toBe(413)
    expect((await fetch(`${node.url}/healthz`)).status).toBe(200)
  })

  test('takes an upload that breaks off for nobody’s fault, and nothing of it in', async () => {
    const headers = { ...bearer(desk), 'Content-Length': '5000' }
    await new Promise((resolve) => {
      const request = rawRequest(`${node.url}/api/v1/packs?broken`, { method: 'POST', headers, agent: false })
      request.on('error', resolve)
      request.write('{"locale": "pl", ', () => request.destroy(new Error('gone')))
    })
    expect(await eventually(() => node.log().some(({ path }) => path === '/api/v1/packs?broken'))).toBe(true)
    expect(node.log().filter(({ level }) => level === 'error')).toEqual([])
  })

  test('writes no token into its log, wherever one was put', async () => {
    await fetch(`${node.url}/api/v1/status?access_token=${desk}`)
    await fetch(`${node.url}/${desk}/`)
    await fetch(`${node.url}/api/v1/status`, { headers: bearer(desk) })
    expect(await eventually(() => node.log().some(({ path }) => String(path) === '/vern_…/'))).toBe(true)
    expect(JSON.stringify(node.log())).not.toContain(desk.slice(5))
  })

  test('runs what the operator’s page shows', () => {
    const guide = readFileSync(join(root, 'docs/operating.md'), 'utf8')
    const [, section = ''] = guide.split('### Programs: access tokens and the API')
    const [, shown = ''] = /```sh\n(.*?)```/s.exec(section) ?? []
    expect(shown).toContain('curl')
    const script = shown
      .replace('SITE=https://briefings.example', `SITE=${node.url}`)
      .replaceAll('npm run --silent vernacular --', `'${process.execPath}' '${join(root, 'dist/cli.mjs')}'`)
    const env = { PATH: process.env['PATH'], ...node.environment }
    const out = execFileSync('bash', ['-euc', script], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
    expect(out).toContain('"locale":"pl","state":"approved"')
    expect(readFileSync(join(folder, 'data/pack.xlf'), 'utf8')).toContain(`original="${slug}@`)
    expect(out.slice(-200)).toMatch(/"outcome":"unchanged"\}\],.*"isSaved":false,"isPublished":true,"isWaiting":false\}$/)
  })
})

describe('the command line', () => {
  test('lists tokens without a word of them, and revokes one from the next request on', async () => {
    const made = JSON.parse(
      command('people', 'token', 'add', '--name', 'A passer-by', '--all-locales', '--expires', '90', '--json').out,
    ) as {
      id: string
      secret: string
    }
    const status = async () => (await fetch(`${node.url}/api/v1/status?limit=1`, { headers: bearer(made.secret) })).status
    expect(await status()).toBe(200)
    const { out } = command('people', 'token', 'list')
    expect(out).toMatch(
      new RegExp(`${made.id}  valid    used 20\\S+  +A passer-by: reads all languages without the texts for members  until 20`),
    )
    const listed = command('people', 'token', 'list', '--json').out
    for (const text of [out, listed]) for (const secret of [desk, made.secret]) expect(text).not.toContain(secret.slice(5, 15))
    expect(command('people', 'token', 'revoke', made.id)).toMatchObject({ status: 0, out: `Token ${made.id} is revoked.\n` })
    expect(await status()).toBe(401)
    expect(command('people', 'token', 'list').out).toMatch(new RegExp(`${made.id}  revoked`))
  })

  test('makes no token that was not asked for in full, and says what is missing', () => {
    const before = command('people', 'token', 'list', '--json').out
    for (const [words, reason] of [
      [['--locale', 'pl'], /--name/],
      [['--name', ' ', '--locale', 'pl'], /^--name: This is empty\./],
      [['--name', 'x'], /--locale es, or --all-locales/],
      [['--name', 'x', '--locale', 'pl', '--all-locales'], /--locale es, or --all-locales/],
      [['--name', 'x', '--locale', 'pl', '--locale', 'en'], /not translated into en\./],
      [['--name', 'x', '--locale', 'sv'], /not translated into sv\./],
      [['--name', 'x', '--locale', 'pl', '--expires', '0'], /from 1 to 3650/],
      [['--name', 'x', '--locale', 'pl', '--expires', 'soon'], /from 1 to 3650/],
    ] as const) {
      const { status, out, error } = command('people', 'token', 'add', ...words)
      expect([status, out, error]).toEqual([1, '', expect.stringMatching(reason)])
    }
    expect(command('people', 'token', 'revoke', 'nothing').status).toBe(1)
    expect(command('people', 'token', 'list', '--json').out).toBe(before)
  })
})
