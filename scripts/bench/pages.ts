import { join } from 'node:path'
import { type Finding, ratioFinding } from './report'
import { startBare, startSite } from './servers'
import type { Session } from './session'
import { inTurn, middle, ratio, type Sample } from './wrk'

/** A sample briefing that is translated into every language, and one that Arabic readers get in English. */
const page = '/en/briefings/microsoft-ai-access-principles'
const translatedPage = '/ar/briefings/microsoft-ai-access-principles'
const fallbackPage = '/ar/briefings/european-data-centre-investment'

/** The load at which throughput is told; at this many the generator saturates, and its p99 is an artefact. */
const busy = 32
/** The load at which p99 is told. */
const moderate = 8

/** A page from memory against bare Hono returning the same answer. */
export async function cached({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 64)
  const bare = await startBare(site.url + page)
  const subjects = {
    site: { name: 'cached page', url: site.url + page, pid: site.pid },
    bare: { name: 'bare Hono', url: `${bare.url}/same`, pid: bare.pid },
    plain: { name: 'barest Hono', url: `${bare.url}/plain`, pid: bare.pid },
  }
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  const calm = await inTurn({ site: subjects.site, bare: subjects.bare }, rounds * 3, { connections: moderate, seconds: 1 })
  await Promise.all([site.stop(), bare.stop()])
  return [
    ratioFinding(
      'Cached page: throughput, of bare Hono',
      ratio(fast.site, fast.bare, 'rate'),
      { least: 1.1 },
      rates(fast.site, fast.bare),
    ),
    ratioFinding(
      'Cached page: p99 at 8 connections, of bare Hono',
      ratio(calm.site, calm.bare, 'p99'),
      { most: 1 },
      latencies(calm.site, calm.bare),
    ),
    ratioFinding('Cached page: CPU time, of bare Hono', ratio(fast.site, fast.bare, 'cpu'), {}, costs(fast.site, fast.bare)),
    ratioFinding(
      'Cached page: throughput, of bare Hono sending only a content type',
      ratio(fast.site, fast.plain, 'rate'),
      {},
      rates(fast.site, fast.plain),
    ),
  ]
}

/** A page read from the database against the same. */
export async function uncached({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 0)
  const bare = await startBare(site.url + page)
  const subjects = {
    site: { name: 'uncached page', url: site.url + page, pid: site.pid },
    bare: { name: 'bare Hono', url: `${bare.url}/same`, pid: bare.pid },
    plain: { name: 'barest Hono', url: `${bare.url}/plain`, pid: bare.pid },
  }
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  await Promise.all([site.stop(), bare.stop()])
  return [
    ratioFinding(
      'Uncached page: throughput, of bare Hono',
      ratio(fast.site, fast.bare, 'rate'),
      { least: 0.3 },
      rates(fast.site, fast.bare),
    ),
    ratioFinding('Uncached page: CPU time, of bare Hono', ratio(fast.site, fast.bare, 'cpu'), {}, costs(fast.site, fast.bare)),
    ratioFinding(
      'Uncached page: throughput, of bare Hono sending only a content type',
      ratio(fast.site, fast.plain, 'rate'),
      {},
      rates(fast.site, fast.plain),
    ),
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
    plain: { name: "barest Hono's 304", url: `${bare.url}/plain-not-modified`, pid: bare.pid, headers },
  }
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  await Promise.all([site.stop(), bare.stop()])
  return [
    ratioFinding(
      "304: throughput, of bare Hono's",
      ratio(fast.site, fast.bare, 'rate'),
      { least: 0.95 },
      rates(fast.site, fast.bare),
    ),
    ratioFinding(
      '304: throughput, of bare Hono sending only an ETag',
      ratio(fast.site, fast.plain, 'rate'),
      {},
      rates(fast.site, fast.plain),
    ),
  ]
}

/** A page in English under a notice against one in the reader's language, both from the database. */
export async function fallback({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startSite(join(folder, 'samples.db'), 0)
  const subjects = {
    fallback: { name: 'fallback page', url: site.url + fallbackPage, pid: site.pid },
    translated: { name: 'translated page', url: site.url + translatedPage, pid: site.pid },
  }
  const fast = await inTurn(subjects, rounds, { connections: busy, seconds })
  await site.stop()
  const told = rates(fast.fallback, fast.translated)
  return [
    ratioFinding(
      'Fallback page: throughput, of a translated one',
      ratio(fast.fallback, fast.translated, 'rate'),
      { least: 0.95 },
      told,
    ),
  ]
}

const against = (one: readonly Sample[], other: readonly Sample[], what: keyof Sample, unit: string, digits: number) =>
  `${middle(one, what).toFixed(digits)} against ${middle(other, what).toFixed(digits)} ${unit}`
const rates = (one: readonly Sample[], other: readonly Sample[]) => against(one, other, 'rate', 'answers/s', 0)
const latencies = (one: readonly Sample[], other: readonly Sample[]) => against(one, other, 'p99', 'ms', 2)
const costs = (one: readonly Sample[], other: readonly Sample[]) => against(one, other, 'cpu', 'µs', 1)
