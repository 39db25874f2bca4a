import { join } from 'node:path'
import { moderate } from './beside-bare'
import { randomPages } from './growth'
import { makeMany, nameOf } from './many'
import { amountFinding, type Finding, median, ratioFinding } from './report'
import { startSite } from './servers'
import type { Session } from './session'
import { type Steady, steadily } from './steady'
import { openWriters, type Writer } from './writers'
import { measure } from './wrk'

/** As many briefings as the cache has room for in every language. */
const briefings = 100
const writersThere = 20
/** How long a writer rests after each save, in milliseconds. */
const rest = 10_000

/** What readers notice of writers, at a quarter of what the server could answer without any, and how much can be saved at all. */
export async function writing({ folder, rounds, seconds, isQuick }: Session): Promise<readonly Finding[]> {
  const path = join(folder, 'writing.db')
  const locales = await makeMany(path, briefings)
  let url = ''
  const writers = await openWriters(path, () => url, writersThere)
  const site = await startSite(path, 64)
  url = site.url
  const subject = { name: 'pages', url, pid: site.pid, script: randomPages(briefings, locales) }
  await measure(subject, { connections: moderate, seconds })
  const { rate } = await measure(subject, { connections: moderate, seconds })
  const pathOf = (request: number) => {
    const page = (request * 7919) % (briefings * locales.length) // Every page, in no order.
    return `/${locales[page % locales.length]}/briefings/${nameOf(1 + Math.floor(page / locales.length))}`
  }
  const asked = { url, pid: site.pid, pathOf, rate: rate / 4, seconds: isQuick ? 5 : rest / 1000, connections: moderate }
  const quiet: Steady[] = []
  const beside: Steady[] = []
  for (let round = 0; round < rounds; round += 1) {
    const inQuiet = async () => quiet.push(await steadily(asked))
    const inCompany = async () => beside.push(await whileWriting(writers, () => steadily(asked)))
    for (const measured of round % 2 === 0 ? [inQuiet, inCompany] : [inCompany, inQuiet]) await measured()
  }
  const [saved, published] = [await mostSaves(writers, seconds * 2, false), await mostSaves(writers, seconds * 2, true)]
  await site.stop()
  return findings(quiet, beside, rate, saved, published)
}

/** Measures while each writer publishes, rests, and publishes again, all at different times. */
async function whileWriting(writers: readonly Writer[], measured: () => Promise<Steady>): Promise<Steady> {
  const saves: Promise<unknown>[] = []
  const timers = writers.map((writer, index) => setTimeout(() => saves.push(writer.save(true)), (index * rest) / writers.length))
  const sample = await measured()
  for (const timer of timers) clearTimeout(timer)
  await Promise.all(saves)
  return sample
}

/** How many saves a second are done by writers who never rest. */
async function mostSaves(writers: readonly Writer[], seconds: number, isPublished: boolean): Promise<number> {
  const begun = performance.now()
  const end = begun + seconds * 1000
  const counts = await Promise.all(
    writers.map(async (writer) => {
      let count = 0
      while (performance.now() < end) if (await writer.save(isPublished)) count += 1
      return count
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000)
}

function findings(quiet: readonly Steady[], beside: readonly Steady[], rate: number, saved: number, published: number) {
  const middle = (samples: readonly Steady[], what: keyof Steady) => median(samples.map((sample) => sample[what]))
  const ratio = (what: keyof Steady) => median(beside.map((sample, round) => sample[what] / (quiet[round]?.[what] ?? Number.NaN)))
  const told = (what: 'p99' | 'most' | 'cpu', unit: string, digits: number) =>
    `${what} ${middle(quiet, what).toFixed(digits)} → ${middle(beside, what).toFixed(digits)} ${unit}`
  const how = `${writersThere} writers, each publishes every ${rest / 1000} s; ${(rate / 4).toFixed(0)} pages/s, of ${rate.toFixed(0)} without them`
  const refused = beside.reduce((sum, sample) => sum + sample.refused, 0)
  return [
    ratioFinding(
      'Writers beside readers: p99, of none',
      ratio('p99'),
      { most: 1.5 },
      `${how}; ${told('p99', 'ms', 1)}; ${told('most', 'ms', 0)}`,
    ),
    ratioFinding('Writers beside readers: processor a request, of none', ratio('cpu'), { most: 1.1 }, told('cpu', 'µs', 0)),
    amountFinding('Writers beside readers: readers refused', refused, 'requests', 0),
    {
      measure: 'Saves through the API',
      result: `${saved.toFixed(0)} a second`,
      goal: '≥ 50 a second',
      isMet: saved >= 50,
      note: `${writersThere} writers without rest, each file fetched before; saved and published: ${published.toFixed(0)} a second`,
    },
  ] satisfies Finding[]
}
