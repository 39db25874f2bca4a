import { join } from 'node:path'
import { against, busy, moderate, throughput } from './beside-bare'
import { type Finding, ratioFinding } from './report'
import { startBare, startSite } from './servers'
import type { Session } from './session'
import { inTurn, ratio } from './wrk'

/** A sample briefing that is translated into every language. */
const page = '/en/briefings/microsoft-ai-access-principles'
const compressed = { 'Accept-Encoding': 'gzip' }

/** A page from memory against bare Hono returning the same answer, plain and compressed. */
export async function cached({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 64)
  const findings: Finding[] = []
  for (const [form, headers] of [
    ['plain', {}],
    ['compressed', compressed],
  ] as const) {
    await warm(site.url + page, headers)
    const bare = await startBare(site.url + page, headers)
    const subjects = {
      site: { name: 'cached page', url: site.url + page, pid: site.pid, headers },
      bare: { name: 'bare Hono', url: `${bare.url}/same`, pid: bare.pid, headers },
    }
    const calm = await inTurn(subjects, rounds, { connections: moderate, seconds })
    const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
    await bare.stop()
    findings.push(
      throughput(`Cached page, ${form}: throughput, of bare Hono`, calm.site, calm.bare, { least: 1 }),
      ratioFinding(
        `Cached page, ${form}: p99, of bare Hono`,
        ratio(calm.site, calm.bare, 'p99'),
        { most: 1.2 },
        against(calm.site, calm.bare, 'p99', 'ms', 2),
      ),
      throughput(`Cached page, ${form}: throughput at ${busy} connections, of bare Hono`, fast.site, fast.bare, { least: 1.2 }),
    )
  }
  await site.stop()
  return findings
}

/** A page read from the database against the same. */
export async function uncached({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 0)
  const bare = await startBare(site.url + page, compressed)
  const subjects = {
    site: { name: 'uncached page', url: site.url + page, pid: site.pid, headers: compressed },
    bare: { name: 'bare Hono', url: `${bare.url}/same`, pid: bare.pid, headers: compressed },
  }
  const calm = await inTurn(subjects, rounds, { connections: moderate, seconds })
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  await Promise.all([site.stop(), bare.stop()])
  return [
    throughput('Uncached page: throughput, of bare Hono', calm.site, calm.bare, { least: 0.6 }),
    throughput(`Uncached page: throughput at ${busy} connections, of bare Hono`, fast.site, fast.bare, {}),
  ]
}

/** "You have it already" against bare Hono saying so. */
export async function notModified({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 64)
  const bare = await startBare(site.url + page)
  const etag = (await fetch(site.url + page)).headers.get('ETag') ?? ''
  const headers = { 'If-None-Match': etag }
  const subjects = {
    site: { name: '304', url: site.url + page, pid: site.pid, headers },
    bare: { name: "bare Hono's 304", url: `${bare.url}/not-modified`, pid: bare.pid, headers },
  }
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  await Promise.all([site.stop(), bare.stop()])
  return [throughput("304: throughput at 32 connections, of bare Hono's", fast.site, fast.bare, { least: 0.95 })]
}

/** Asks until the answer has the form that it will keep: a compressed form is made when it is first wanted. */
async function warm(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(url, { headers })
    await answer.arrayBuffer()
    if (!('Accept-Encoding' in headers) || answer.headers.has('Content-Encoding')) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${url} was never answered compressed.`)
}
