import { Agent, get } from 'node:http'
import { cpuOf } from './processes'

/** What came of asking at a fixed rate. */
export interface Steady {
  /** Milliseconds, from when a request was due. A server that holds one up holds up those behind it too, and all of them are counted. */
  readonly p50: number
  readonly p99: number
  readonly most: number
  /** Microseconds of CPU time an answer cost the thread that answers readers. */
  readonly cpu: number
  /** Requests without the answer 200. */
  readonly refused: number
}

interface Asked {
  readonly url: string
  readonly pid: number
  readonly pathOf: (request: number) => string
  /** Requests a second. */
  readonly rate: number
  readonly seconds: number
  readonly connections: number
}

/** Asks at a fixed rate, whatever the server does. wrk cannot: it waits for an answer before it asks again. */
export async function steadily({ url, pid, pathOf, rate, seconds, connections }: Asked): Promise<Steady> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let refused = 0
  const ask = (request: number, due: number) =>
    new Promise<void>((resolve) => {
      const done = (isRefused: boolean) => {
        times.push(performance.now() - due)
        if (isRefused) refused += 1
        resolve()
      }
      get(url + pathOf(request), { agent }, (response) => {
        response.resume().once('end', () => done(response.statusCode !== 200))
      }).once('error', () => done(true))
    })
  const before = cpuOf(pid, pid)
  const begun = performance.now()
  const asked: Promise<void>[] = []
  const total = Math.round(rate * seconds)
  while (asked.length < total) {
    const now = performance.now()
    for (let due = begun + (asked.length * 1000) / rate; due <= now && asked.length < total; due += 1000 / rate)
      asked.push(ask(asked.length, due))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(asked)
  const spent = cpuOf(pid, pid) - before
  agent.destroy()
  times.sort((one, other) => one - other)
  const at = (part: number) => times[Math.min(total - 1, Math.floor(total * part))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), most: at(1), cpu: (spent * 1e6) / total, refused }
}
