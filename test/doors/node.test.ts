import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { eventually, freePort, type RunningServer, root, startServer } from '../support/server'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => await server.remove())

/** Each over a connection of its own, read to its end: one kept while commands run may be closed by the server meanwhile. */
async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const asked = { Accept: 'text/html', Connection: 'close', ...headers }
  const response = await fetch(server.url + path, { headers: asked, redirect: 'manual' })
  const whole = response.clone()
  await response.arrayBuffer()
  return whole
}

/** An answer as it came, its body not decoded. */
const raw = (path: string, headers: Record<string, string>) =>
  new Promise<{ headers: Record<string, unknown>; body: Buffer; status: number | undefined }>((resolve, reject) => {
    rawRequest(server.url + path, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks), status: response.statusCode }))
    })
      .on('error', reject)
      .end()
  })

const partnership = '/briefings/microsoft-mistral-ai-partnership'

describe('a fresh start', () => {
  test('serves the partnership briefing in English under a Spanish notice, in French, and in Arabic from right to left', async () => {
    const spanish = await (await get(`/es${partnership}`)).text()
    expect(spanish).toContain('<html lang="es" dir="ltr">')
    expect(spanish).toContain('aún no está disponible en español')
    expect(spanish).toContain('<article class="briefing" lang="en" dir="ltr">')
    const french = await (await get(`/fr${partnership}`)).text()
    expect(french).toContain('<article class="briefing" lang="fr" dir="ltr">')
    expect(french).toContain('Traduction automatique, pas encore relue par une personne.')
    expect(french).not.toContain('pas encore disponible en français')
    const arabic = await (await get(`/ar${partnership}`)).text()
    expect(arabic).toContain('<html lang="ar" dir="rtl">')
    expect(arabic).toContain('<article class="briefing" lang="ar" dir="rtl">')
  })

  test('shows every state that a translation can be in', async () => {
    const reasonOf = async (path: string) =>
      ((await (await get(`${path}.json`)).json()) as { resolution: Record<string, unknown> }).resolution
    expect(await reasonOf(`/fr${partnership}`)).toMatchObject({ reason: 'exact', freshness: 'current', coverage: 1 })
    expect(await reasonOf(`/es${partnership}`)).toMatchObject({ reason: 'not-yet-available', served: 'en' })
    expect(await reasonOf(`/ja${partnership}`)).toMatchObject({ reason: 'in-translation', served: 'en' })
    expect(await reasonOf('/pt-BR/briefings/european-data-centre-investment')).toMatchObject({
      reason: 'withdrawn',
      served: 'en',
    })
    expect(await reasonOf('/ca/briefings/mistral-large-and-le-chat')).toMatchObject({ reason: 'fallback-language', served: 'es' })
    expect(await reasonOf('/es/briefings/uk-merger-case-microsoft-mistral')).toMatchObject({ freshness: 'outdated' })
    expect(await reasonOf(`/de${partnership}`)).toMatchObject({ freshness: 'current' })
    const partial = await reasonOf('/de/briefings/eu-review-of-the-mistral-partnership')
    expect(partial).toMatchObject({ reason: 'exact', served: 'de' })
    expect(partial['coverage']).toBeLessThan(1)
    expect(await reasonOf('/pl/briefings/microsoft-ai-access-principles')).toMatchObject({ provenance: 'machine' })
    expect((await get('/en/briefings/open-weights-to-commercial-models')).status).toBe(404)
    expect((await get('/en/briefings/mistral-and-the-eu-ai-act')).status).toBe(404)
  })

  test('static files are kept for ever under names that their content decides', async () => {
    const page = await (await get('/en/')).text()
    const [, style = ''] = /href="(\/assets\/style\.[0-9a-f]{10}\.css)"/.exec(page) ?? []
    const response = await get(style)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toContain('immutable')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*') // Fonts in a sandboxed frame.
    const fonts = [...(await response.text()).matchAll(/url\((\/assets\/fonts\/[^)]+)\)/g)]
    expect(fonts.length).toBeGreaterThan(0)
    for (const [, font = ''] of fonts) expect((await get(font)).status).toBe(200)
  })
})

describe('the page cache', () => {
  test('answers with the same bytes as a page made for the occasion, in each coding', async () => {
    const path = `/de${partnership}`
    const first = await raw(path, { accept: 'text/html' })
    for (const [coding, decode] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const coded = await eventually(
        async () => (await raw(path, { 'accept-encoding': coding })).headers['content-encoding'] === coding,
      )
      expect(coded).toBe(true)
      const answer = await raw(path, { 'accept-encoding': coding })
      expect(decode(answer.body).equals(first.body)).toBe(true)
      expect(answer.body.length).toBeLessThan(first.body.length / 2)
      expect(answer.headers).toMatchObject({ vary: 'Accept-Encoding, Accept, Cookie', etag: first.headers['etag'] })
    }
    const refused = await raw(path, { 'accept-encoding': 'br;q=0, gzip;q=0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
    expect(refused.body.equals(first.body)).toBe(true)
  })

  test('answers Markdown past itself, and readers of the page never get it', async () => {
    const path = `/ja${partnership}`
    const types = []
    for (const accept of ['text/markdown', 'text/html', 'text/markdown', 'text/html', 'text/markdown'])
      types.push((await raw(path, { accept })).headers['content-type'])
    const [markdown, page] = ['text/markdown; charset=utf-8', 'text/html; charset=utf-8']
    expect(types).toEqual([markdown, page, markdown, page, markdown])
  })

  test('holds feeds and sitemaps as it does pages', async () => {
    for (const path of ['/pl/feed.xml', '/pl/feed.json', '/sitemap-pl-0.xml']) {
      const first = await raw(path, {})
      const isHeld = await eventually(
        async () => (await raw(path, { 'accept-encoding': 'br' })).headers['content-encoding'] === 'br',
      )
      expect(isHeld).toBe(true)
      expect(brotliDecompressSync((await raw(path, { 'accept-encoding': 'br' })).body).equals(first.body)).toBe(true)
      expect((await raw(path, { 'if-none-match': String(first.headers['etag']) })).status).toBe(304)
    }
  })

  test('answers 304 to those who hold the page, and HEAD without a body', async () => {
    const path = `/it${partnership}`
    const { headers } = await raw(path, {})
    const etag = String(headers['etag'])
    expect((await raw(path, { 'if-none-match': etag })).status).toBe(304)
    expect((await raw(path, { 'if-none-match': `"x", ${etag}` })).status).toBe(304)
    expect((await raw(path, { 'if-none-match': '"x"' })).status).toBe(200)
    const head = await fetch(server.url + path, { method: 'HEAD' })
    expect(head.headers.get('Content-Length')).toBe(headers['content-length'])
    expect(await head.text()).toBe('')
  })

  test('lets go of a page when another process prints', async () => {
    const content = join(server.folder, 'content')
    cpSync(join(root, 'db/briefings'), join(content, 'db/briefings'), { recursive: true })
    cpSync(join(root, 'db/images'), join(content, 'db/images'), { recursive: true })
    cpSync(join(root, 'db/pages'), join(content, 'db/pages'), { recursive: true })
    cpSync(join(root, 'locales'), join(content, 'locales'), { recursive: true })
    const path = '/en/briefings/microsoft-ai-access-principles'
    await get(path)
    const file = join(content, 'db/briefings/microsoft-ai-access-principles.json')
    const briefing = JSON.parse(readFileSync(file, 'utf8')) as { title: string; revisions: object[] }
    const replaced = { title: briefing.title }
    briefing.title = 'A title that was corrected'
    briefing.revisions.push({
      revision: 2,
      savedAt: '2026-11-21T12:00:00Z',
      significance: 'material',
      note: 'Corrects the title',
      replaced,
    })
    writeFileSync(file, JSON.stringify(briefing))
    command(['load', content])
    expect(await eventually(async () => (await (await get(path)).text()).includes('A title that was corrected'))).toBe(true)
    expect(await (await get('/fr/briefings/microsoft-ai-access-principles')).text()).toContain('href="#title"')
  })
})

const command = (words: readonly string[]) => vernacular(server.environment, ...words)

describe('the command line', () => {
  test('says what it did, as a sentence and as JSON, and changes nothing the second time', () => {
    expect(command(['load']).status).not.toBe(0) // The store has a revision that this checkout has not.
    const first = JSON.parse(command(['load', join(server.folder, 'content'), '--json']).out) as {
      unchanged: number
      new: number
    }
    expect(first).toMatchObject({ unchanged: 15, new: 0 })
  })

  test('refuses content that is wrong, naming file and key, and leaves with an error', () => {
    const content = join(server.folder, 'content')
    const file = join(content, 'db/briefings/mistral-large-and-le-chat.json')
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, good.replace('"risk": "low"', '"risk": "none"'))
    const { status, error } = command(['load', content])
    writeFileSync(file, good)
    expect(status).toBe(1)
    expect(error).toContain('db/briefings/mistral-large-and-le-chat.json: sources.0.risk: This must be low, medium or high.')
  })

  test('checks a folder, says what should be looked at, and leaves with an error only for what is wrong', () => {
    const content = join(server.folder, 'content')
    const path = 'locales/fr/briefings/mistral-large-and-le-chat.json'
    const good = readFileSync(join(content, path), 'utf8')
    const check = (title: string, ...flags: readonly string[]) => {
      writeFileSync(join(content, path), good.replace(/"title": "[^"]*"/, `"title": "${title}"`))
      return command(['check', content, ...flags])
    }
    const fine = check('Mistral vend un modèle, et en  montre un autre')
    expect(fine.status).toBe(0)
    expect(fine.out).toContain(`${path}: segments.title: spacing: The text has a double space. Remove one.`)
    expect(fine.out).toMatch(/: no errors, 1 warning\.\n$/)
    const [told] = (JSON.parse(check('Mistral vend  un modèle', '--json').out) as { warnings: Record<string, string>[] }).warnings
    expect(told).toMatchObject({ file: path, path: 'segments.title', rule: 'spacing', severity: 'warning' })
    const wrong = check('Mistral \u202evend un modèle')
    expect(wrong.status).toBe(1)
    expect(wrong.error).toContain(`${path}: segments.title: `)
    writeFileSync(join(content, path), good)
  })

  test('makes a backup that is a sound database, while the site runs', () => {
    const copy = join(server.folder, 'backup.db')
    expect(command(['backup', copy]).status).toBe(0)
    const database = new SQLite(copy, { readonly: true })
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.prepare('select count(*) from edition').pluck().get()).toBeGreaterThan(20)
    database.close()
  })

  test('shows word by word what has changed in the English, and takes a translator’s word that theirs is still valid', () => {
    const slug = 'uk-merger-case-microsoft-mistral'
    const since = command(['changes', slug, '--locale', 'es'])
    expect(since.status).toBe(0)
    expect(since.out).toMatch(/^\S+ \(material\)\n(.|\n)*(\[-.+-\]|\{\+.+\+\})/)
    const changed = JSON.parse(command(['changes', slug, '--locale', 'es', '--json']).out) as { id: string }[]
    expect(command(['changes', slug, '--since', '99'])).toMatchObject({ status: 1 })
    expect(command(['changes', slug, '--locale', 'it']).error).toContain('There is no translation')
    expect(command(['confirm', 'es', slug]).status).not.toBe(0) // Nobody says so.
    const { out } = command(['confirm', 'es', slug, '--by', 'Ada', '--json'])
    const { lines } = JSON.parse(out) as { lines: { segment: string; outcome: string }[] }
    expect(lines.map(({ segment }) => segment).sort()).toEqual(changed.map(({ id }) => id).sort())
    expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(['confirmed']))
    expect(command(['changes', slug, '--locale', 'es']).out).toBe('Nothing has changed.\n')
  })

  test('sends files to a translator and takes them back in, telling of each text that it could not take', () => {
    const folder = join(server.folder, 'packs')
    expect(command(['export', 'es', '--format', 'po', '--out', folder]).status).toBe(0)
    const file = join(folder, 'es', 'microsoft-mistral-ai-partnership.po')
    const title = 'Microsoft gives Mistral a road to market, and regulators a question'
    const done = readFileSync(file, 'utf8').replace(
      `msgid "${title}"\nmsgstr ""`,
      `msgid "${title}"\nmsgstr "Microsoft abre camino a Mistral"`,
    )
    writeFileSync(file, done)
    expect(command(['import', '--dry-run', folder]).out).toContain('microsoft-mistral-ai-partnership): 1 accepted')
    expect(command(['import', folder])).toMatchObject({ status: 0 })
    expect(command(['import', folder]).out).toContain('microsoft-mistral-ai-partnership): 1 unchanged')

    writeFileSync(
      file,
      done.replace('body.the-money', 'body.no-money').replace('"Microsoft abre camino a Mistral"', '"Microsoft\\u202e"'),
    )
    writeFileSync(join(folder, 'broken.xlf'), '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><xliff>&a;</xliff>')
    const refused = command(['import', folder])
    expect(refused.status).toBe(1)
    expect(refused.out).toMatch(/broken\.xlf: refused: /)
  })

  test('says where each translation stands', () => {
    const { out } = command(['status', '--locale', 'de'])
    expect(out).toMatch(/eu-review-of-the-mistral-partnership +de +approved +newest +\d\d%/)
    expect(out).toContain('missing    body.')
    const all = JSON.parse(command(['status', '--json']).out) as { slug: string; locale: string; words: number }[]
    expect(all).toHaveLength(150)
    expect(all.find(({ slug, locale }) => slug === 'microsoft-mistral-ai-partnership' && locale === 'pl')?.words).toBeGreaterThan(
      500,
    )
  })

  test('has help for each command', () => {
    const { out } = command(['--help'])
    for (const name of ['migrate', 'load', 'check', 'print', 'export', 'import', 'status', 'backup', 'token'])
      expect(out).toContain(name)
  })
})

describe('dev:worker', () => {
  /** Runs it with a wrangler that says what it was told. */
  const devWorker = (settings: Record<string, string>) => {
    const tools = join(server.folder, 'tools')
    mkdirSync(tools, { recursive: true })
    writeFileSync(join(tools, 'wrangler'), '#!/bin/sh\necho "wrangler $*"\n', { mode: 0o755 })
    return spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/dev-worker.ts')], {
      cwd: root,
      env: { PATH: `${tools}:${process.env['PATH']}`, ...settings },
      encoding: 'utf8',
    })
  }

  test('serves at PORT, under the address that belongs to it', async () => {
    const port = await freePort()
    const { status, stdout } = devWorker({ PORT: String(port) })
    expect([status, stdout]).toEqual([
      0,
      `wrangler d1 migrations apply DB --local\nwrangler dev --ip 127.0.0.1 --port ${port} --var ORIGIN:http://localhost:${port}\n`,
    ])
  })

  test('does nothing where the port is taken, and says what to do', () => {
    const PORT = new URL(server.url).port
    const { status, stdout, stderr } = devWorker({ PORT })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`Port ${PORT} on 127.0.0.1 is in use by another program.`)
    expect(stderr).toContain('PORT=')
  })
})

describe('the server', () => {
  test('logs each request as one JSON line with an id, whatever the address holds', async () => {
    await get('/en/%0d%0a{"level":"error"}')
    expect(await eventually(() => server.log().some(({ path }) => String(path).includes('%0d%0a')))).toBe(true)
    const ids = server.log().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('answers enormous headers and what is no HTTP with an error, and goes on', async () => {
    const huge = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write(`GET /en/ HTTP/1.1\r\nHost: x\r\nAccept-Language: ${'a-'.repeat(20_000)}\r\n\r\n`)
      })
      socket.once('data', (data) => resolve(data.toString()))
    })
    expect(huge).toMatch(/^HTTP\/1\.1 431/)
    for (const nonsense of [
      'nonsense\r\n\r\n',
      'GET /en/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(nonsense))
        socket.once('data', (data) => resolve(data.toString()))
      })
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/)
    }
    const plain = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write('GET /healthz HTTP/1.0\r\n\r\n'))
      socket.once('data', (data) => resolve(data.toString()))
    })
    expect(plain).toMatch(/^HTTP\/1\.1 200/)
    expect((await get('/healthz')).status).toBe(200)
  })

  test('killed at its first start, has all the samples at its second', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vernacular-first-'))
    const env = {
      PATH: process.env['PATH'],
      DATABASE_PATH: join(folder, 'site.db'),
      PORT: '0',
      ORIGIN: 'https://briefings.example',
      SAMPLES: 'on',
    }
    for (const seconds of ['0.35', '0.5', '0.65']) {
      spawnSync('timeout', ['-s', 'KILL', seconds, process.execPath, join(root, 'dist/node.mjs')], { env })
      if (!existsSync(env.DATABASE_PATH)) continue
      const database = new SQLite(env.DATABASE_PATH)
      expect(database.prepare('select count(*) from briefing').pluck().get()).toBe(9)
      database.close()
    }
    const other = await startServer({ DATABASE_PATH: env.DATABASE_PATH })
    const { length } = (await (await fetch(`${other.url}/en/`)).text()).match(/class="card"/g) ?? []
    expect(length).toBe(7)
    await other.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test('stops when told to, having answered what was asked, and leaves a sound database', async () => {
    const other = await startServer()
    const answers = Promise.all(Array.from({ length: 20 }, async () => (await fetch(`${other.url}/en/`)).status))
    const statuses = await answers
    expect(await other.stop()).toBe(0)
    expect(new Set(statuses)).toEqual(new Set([200]))
    const database = new SQLite(other.environment['DATABASE_PATH'] ?? '')
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    database.close()
    await other.remove()
  })

  test('loses nothing that was acknowledged when it is killed while it loads', async () => {
    const other = await startServer({ SAMPLES: 'off' })
    const killed = spawnSync('timeout', ['-s', 'KILL', '0.6', process.execPath, join(root, 'dist/cli.mjs'), 'load', root], {
      env: { PATH: process.env['PATH'], ...other.environment },
      encoding: 'utf8',
    })
    const acknowledged = [...killed.stderr.matchAll(/\d+\/9 (\S+): new/g)].map(([, slug]) => slug)
    const database = new SQLite(other.environment['DATABASE_PATH'] ?? '')
    const stored = database.prepare('select slug from briefing').pluck().all()
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
    expect(acknowledged.filter((slug) => !stored.includes(slug))).toEqual([])
    const again = spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), 'load', root, '--json'], {
      env: { PATH: process.env['PATH'], ...other.environment },
      encoding: 'utf8',
    })
    expect(JSON.parse(again.stdout)).toMatchObject({ new: 15 - stored.length })
    await other.remove()
  })

  test('does not start with a configuration that is wrong, and says which variable', async () => {
    await expect(startServer({ PORT: 'eighty' })).rejects.toThrow(/PORT: This must be a port number/)
    await expect(startServer({ ORIGIN: 'briefings.example/path' })).rejects.toThrow(/ORIGIN: This must be an address/)
    await expect(startServer({ TASK_INTERVALS: 'publish=1000' })).rejects.toThrow(/TASK_INTERVALS: Give each task an interval/)
  })

  test('does not start on a port that is taken: it says what to do, and makes no database', async () => {
    const PORT = new URL(server.url).port
    const folder = join(server.folder, 'second')
    await expect(startServer({ PORT, DATABASE_PATH: join(folder, 'site.db') })).rejects.toThrow(
      `Port ${PORT} on 127.0.0.1 is in use by another program. Stop that program or choose another port, such as PORT=`,
    )
    await expect(startServer({ HOST: '203.0.113.7', DATABASE_PATH: join(folder, 'site.db') })).rejects.toThrow(
      '203.0.113.7 is not an address of this machine',
    )
    expect(existsSync(folder)).toBe(false)
  })
})
