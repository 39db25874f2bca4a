import { join } from 'node:path'
import { type Finding, ratioFinding } from './report'
import { startBare, startSite } from './servers'
import type { Row } from './session'
import { inTurn, middle, ratio, type Sample } from './wrk'

/** The load at which most figures are told. With more connections the generator saturates, and its p99 is an artefact. */
export const moderate = 8
/** The load at which throughput is told as well. */
export const busy = 32

/** Readers of very many networks, so that none of them reaches the limit of the API. */
const networks = [join(import.meta.dirname, 'networks.lua')]

interface Asked {
  readonly measure: string
  readonly path: string
  /** The least throughput, of bare Hono's. */
  readonly least: number
  /** Whether requests come from many networks. */
  readonly isMetered?: boolean
}

/** A row that asks for one address, which no cache holds, and compares with bare Hono that answers with the same bytes and headers. */
export const besideBare = ({ measure, path, least, isMetered = false }: Asked): Row =>
  async function row({ folder, rounds, seconds }) {
    const site = await startSite(join(folder, 'samples.db'), 0)
    const bare = await startBare(site.url + path)
    const script = isMetered ? { script: networks } : {}
    const subjects = {
      site: { name: measure, url: site.url + path, pid: site.pid, ...script },
      bare: { name: `bare Hono with ${path}`, url: `${bare.url}/same`, pid: bare.pid, ...script },
    }
    const samples = await inTurn(subjects, rounds, { connections: moderate, seconds })
    await Promise.all([site.stop(), bare.stop()])
    return [throughput(`${measure}: throughput, of bare Hono`, samples.site, samples.bare, { least })]
  }

/** The ratio of throughputs, with what lies behind it. */
export const throughput = (
  measure: string,
  one: readonly Sample[],
  other: readonly Sample[],
  goal: { least?: number },
): Finding =>
  ratioFinding(
    measure,
    ratio(one, other, 'rate'),
    goal,
    [
      against(one, other, 'rate', 'answers/s', 0),
      `${against(one, other, 'cpu', 'µs', 0)} of CPU time`,
      `p50 ${against(one, other, 'p50', 'ms', 2)}`,
      `p99 ${against(one, other, 'p99', 'ms', 1)}`,
    ].join('; '),
  )

/** The medians of two subjects. */
export const against = (one: readonly Sample[], other: readonly Sample[], what: keyof Sample, unit: string, digits: number) =>
  `${middle(one, what).toFixed(digits)} against ${middle(other, what).toFixed(digits)} ${unit}`
