import { join } from 'node:path'
import { moderate } from './beside-bare'
import { dateOf, makeMany, nameOf } from './many'
import { type Finding, ratioFinding } from './report'
import { type Running, startSite } from './servers'
import type { Session } from './session'
import { inTurn, middle, ratio, type Sample, type Subject } from './wrk'

const few = 1000

/** The arguments with which wrk asks for random pages among so many briefings. */
export const randomPages = (count: number, locales: readonly string[]) => [
  join(import.meta.dirname, 'random.lua'),
  String(count),
  locales.join(','),
]

/** What a page and the index cost on a site of very many briefings, against one of a thousand; nothing cached. */
export async function growth({ folder, many, rounds, seconds, isQuick }: Session): Promise<readonly Finding[]> {
  const small = await startMany(folder, few)
  const large = await startMany(folder, many)
  const findings: Finding[] = []
  for (const [measure, subject] of Object.entries(kinds)) {
    for (const connections of isQuick ? [moderate] : [1, moderate]) {
      const samples = await inTurn({ small: subject(small), large: subject(large) }, rounds, { connections, seconds })
      const label = `${measure}: p50 at ${connections}, ${many.toLocaleString('en')} briefings of ${few.toLocaleString('en')}`
      findings.push(
        ratioFinding(label, ratio(samples.large, samples.small, 'p50'), { most: 1.2 }, times(samples.small, samples.large)),
      )
    }
  }
  await Promise.all([small.server.stop(), large.server.stop()])
  return findings
}

interface ManyPages {
  readonly server: Running
  readonly count: number
  readonly locales: readonly string[]
}

async function startMany(folder: string, count: number): Promise<ManyPages> {
  const path = join(folder, `many-${count}.db`)
  const locales = await makeMany(path, count)
  return { server: await startSite(path, 0), count, locales }
}

const kinds: Readonly<Record<string, (pages: ManyPages) => Subject>> = {
  'Growth of an uncached page': ({ server, count, locales }) => ({
    name: `a page of ${count}`,
    url: server.url,
    pid: server.pid,
    script: randomPages(count, locales),
  }),
  'Growth of the index, first page': ({ server, count }) => ({
    name: `the index of ${count}`,
    url: `${server.url}/en/`,
    pid: server.pid,
  }),
  'Growth of the feed': ({ server, count }) => ({
    name: `the feed of ${count}`,
    url: `${server.url}/en/feed.xml`,
    pid: server.pid,
  }),
  'Growth of the index, middle page': ({ server, count }) => ({
    name: `the middle of the index of ${count}`,
    url: `${server.url}/en/?after=1~${dateOf(count / 2)}~${nameOf(count / 2)}`,
    pid: server.pid,
  }),
}

const times = (small: readonly Sample[], large: readonly Sample[]) =>
  `${middle(small, 'p50').toFixed(2)} → ${middle(large, 'p50').toFixed(2)} ms; CPU time ${ratio(large, small, 'cpu').toFixed(2)}`
