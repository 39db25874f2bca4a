import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { cpuOf } from './processes'
import { median } from './report'

const generator = 'wrk'

/** Something that is asked: an address on a server, or many chosen by a script of wrk. */
export interface Subject {
  readonly name: string
  readonly url: string
  /** The process that answers, whose CPU time is counted. */
  readonly pid: number
  readonly headers?: Readonly<Record<string, string>>
  /** A script of wrk with its arguments. */
  readonly script?: readonly string[]
}

export interface Sample {
  /** Answers a second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of CPU time an answer cost the server. */
  readonly cpu: number
}

export interface Load {
  readonly connections: number
  readonly seconds: number
}

/** Ends with an explanation where wrk is missing. */
export function requireWrk(fail: (message: string) => never): void {
  if (spawnSync(generator, ['-v']).error)
    fail('The benchmark needs wrk, the load generator: `apt-get install wrk` or `brew install wrk`.')
}

/** Asks for a while, with answers that are no success counted as a failure of the benchmark. */
export async function measure({ name, url, pid, headers = {}, script = [] }: Subject, load: Load): Promise<Sample> {
  const [file, ...scriptArguments] = script
  const told = Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`])
  const how = ['-t1', `-c${load.connections}`, `-d${load.seconds}s`, '--latency', ...told, ...(file ? ['-s', file] : [])]
  const before = cpuOf(pid)
  const { stdout } = await promisify(execFile)(generator, [...how, url, ...(file ? ['--', ...scriptArguments] : [])])
  const spent = cpuOf(pid) - before
  const [, failures] = /Non-2xx or 3xx responses: (\d+)/.exec(stdout) ?? []
  if (failures) throw new Error(`${name}: ${failures} answers were errors.\n${stdout}`)
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1])
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
  return { rate, p50: percentile(stdout, 50), p99: percentile(stdout, 99), cpu: (spent * 1e6) / requests }
}

function percentile(output: string, percent: number): number {
  const [, value, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(output) ?? []
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
}

/** The samples of each subject, round by round: A B … B A, so that what the machine does besides falls on all alike. */
export async function inTurn<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  rounds: number,
  load: Load,
): Promise<Readonly<Record<Name, readonly Sample[]>>> {
  const names = Object.keys(subjects) as Name[]
  for (const name of names) await measure(subjects[name], { ...load, seconds: 1 }) // warms up
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await measure(subjects[name], load))
  }
  return samples
}

/** The median of the rounds' ratios. */
export const ratio = (one: readonly Sample[], other: readonly Sample[], what: keyof Sample): number =>
  median(one.map((sample, round) => sample[what] / (other[round]?.[what] ?? Number.NaN)))

/** The median of the rounds. */
export const middle = (samples: readonly Sample[], what: keyof Sample): number => median(samples.map((sample) => sample[what]))
