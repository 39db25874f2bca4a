import { writeSync } from 'node:fs'

/** Writes all lines to standard output, however slowly it is read. If it cannot be written to, the site goes on without a log. */
export function writeOut(lines: string): void {
  let rest = Buffer.from(lines)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))
