import { withoutSecrets } from './secrets/secret'

/** A log of JSON lines. It gathers lines for a moment, so that a busy server does not wait for its log. */
export interface Log {
  write(entry: Readonly<Record<string, unknown>>): void
  /** Writes out what is gathered. A door calls it before it ends. */
  flush(): void
}

const gatheredMax = 64_000
const delay = 100

/** A log that hands its lines to `sink`. Each line has the time, in UTC. Tokens in addresses are made unreadable. */
export function openLog(sink: (lines: string) => void): Log {
  let lines = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let stamp = ''
  let stamped = 0

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (lines === '') return
    const gathered = lines
    lines = ''
    sink(gathered)
  }
  function now(): string {
    const time = Date.now()
    if (time !== stamped) {
      stamped = time
      stamp = new Date(time).toISOString()
    }
    return stamp
  }
  return {
    write(entry) {
      lines += `${withoutSecrets(JSON.stringify({ time: now(), ...entry }))}\n`
      if (lines.length > gatheredMax) flush()
      else timer ??= setTimeout(flush, delay)
    },
    flush,
  }
}
