import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, freePort, type RunningServer, startServer } from '../support/server'

/** Readers who ask for the same addresses in turn, each with the language that they must get where they name none. */
const readers = [
  { headers: { 'Accept-Language': 'es-MX, en;q=0.5' }, locale: 'es' },
  { headers: { 'Accept-Language': 'fr' }, locale: 'fr' },
  { headers: { 'Accept-Language': 'ar-EG' }, locale: 'ar' },
  { headers: { 'Accept-Language': 'ja, en;q=0.1', Cookie: 'locale=pl' }, locale: 'pl' },
  { headers: { 'Accept-Language': 'zh-CN' }, locale: 'zh-Hans' },
  { headers: {}, locale: 'en' },
]

const slug = 'microsoft-mistral-ai-partnership'
let folder: string
let site: RunningServer
let faulty: Server
const running: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-caches-'))
  site = await startServer()
  faulty = createServer(({ headers }, response) => {
    const locale = (headers['accept-language'] ?? 'en').slice(0, 2)
    response.writeHead(302, { Location: `/${locale}/`, 'Cache-Control': 'public, s-maxage=60' }).end()
  }).listen(0, '127.0.0.1')
})
afterAll(async () => {
  for (const each of running) each.kill('SIGKILL')
  faulty.close()
  await site.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** nginx as a shared cache before `backend`; blind to `Vary` where asked. Returns its address. */
async function nginx(backend: string, isBlind: boolean): Promise<string> {
  const port = await freePort()
  const home = mkdtempSync(join(folder, 'nginx-'))
  writeFileSync(
    join(home, 'nginx.conf'),
    `daemon off; pid ${home}/pid; error_log ${home}/error.log; worker_processes 1; user root;
    events { worker_connections 64; }
    http {
      access_log off; client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s;
      proxy_cache_path ${home}/cache keys_zone=pages:1m;
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass ${backend}; proxy_cache pages; add_header X-Cache $upstream_cache_status always;
          ${isBlind ? 'proxy_ignore_headers Vary;' : ''}
        }
      }
    }`,
  )
  running.push(spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf')]))
  return await listening(`http://127.0.0.1:${port}`)
}

/** varnish as a shared cache before `backend`, with its own rules. Cookies are passed on, but do not stop it from caching. */
async function varnish(backend: string): Promise<string> {
  const port = await freePort()
  const home = mkdtempSync(join(folder, 'varnish-'))
  const { hostname, port: backendPort } = new URL(backend)
  writeFileSync(
    join(home, 'rules.vcl'),
    `vcl 4.1; backend site { .host = "${hostname}"; .port = "${backendPort}"; }
    sub vcl_recv { if (req.method == "GET") { return (hash); } }
    sub vcl_deliver { if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } }`,
  )
  running.push(
    spawn('varnishd', [
      '-j',
      'none',
      '-F',
      '-n',
      home,
      '-a',
      `127.0.0.1:${port}`,
      '-f',
      join(home, 'rules.vcl'),
      '-s',
      'malloc,32m',
    ]),
  )
  return await listening(`http://127.0.0.1:${port}`)
}

async function listening(address: string): Promise<string> {
  const answers = await eventually(() =>
    fetch(address, { redirect: 'manual' }).then(
      () => true,
      () => false,
    ),
  )
  if (!answers) throw new Error(`Nothing listens at ${address}.`)
  return address
}

/** How many readers were sent to or shown another language than theirs, and how many answers came from the cache. */
async function askInTurn(cache: string, paths: readonly string[]): Promise<{ wrong: string[]; hits: number }> {
  const wrong: string[] = []
  let hits = 0
  for (let round = 0; round < 2; round += 1) {
    for (const { headers, locale } of readers) {
      for (const path of paths) {
        const response = await fetch(cache + path, {
          headers: { Accept: 'text/html', ...headers } as Record<string, string>,
          redirect: 'manual',
        })
        const body = await response.text()
        if (response.headers.get('X-Cache') === 'HIT') hits += 1
        const [, named] = /^\/(es|fr|ar)\//.exec(path) ?? []
        const got = response.headers.get('Location')?.split('/')[1] ?? /<html lang="([^"]+)"/.exec(body)?.[1]
        if (got !== (named ?? locale)) wrong.push(`${path} for ${locale}: ${got}`)
      }
    }
  }
  return { wrong, hits }
}

const paths = ['/', `/briefings/${slug}`, '/xx/', `/es/briefings/${slug}`, `/fr/briefings/${slug}`, '/ar/', '/ar/nothing']

describe('a shared cache before the site', () => {
  test('nginx never hands a reader another reader’s language', async () => {
    const { wrong, hits } = await askInTurn(await nginx(site.url, false), paths)
    expect(wrong).toEqual([])
    expect(hits).toBeGreaterThan(10)
  })

  test('varnish never does', async () => {
    const { wrong, hits } = await askInTurn(await varnish(site.url), paths)
    expect(wrong).toEqual([])
    expect(hits).toBeGreaterThan(10)
  })

  test('a cache that is blind to Vary never does', async () => {
    const { wrong, hits } = await askInTurn(await nginx(site.url, true), paths)
    expect(wrong).toEqual([])
    expect(hits).toBeGreaterThan(10)
  })

  test('would be caught at it by this test: a site that lets negotiated answers be stored fails', async () => {
    const backend = `http://127.0.0.1:${(faulty.address() as AddressInfo).port}`
    const { wrong } = await askInTurn(await nginx(backend, true), ['/'])
    expect(wrong.length).toBeGreaterThan(0)
  })
})
