import type { IncomingMessage } from 'node:http'

/** The most that is read of a body which nobody wants, in bytes and in milliseconds. */
const bytesMax = 64 * 1024 * 1024
const within = 10_000

/**
 * Reads what is still to come of a request whose answer is known, and drops it. Many clients read an answer only when they have sent
 * everything, and closing before that loses the answer (RFC 9112, 9.6). Returns when the body has ended, or at a bound.
 */
export function dropRemainder(incoming: IncomingMessage): Promise<void> | undefined {
  if (incoming.complete || incoming.destroyed) return undefined
  if (Number(incoming.headers['content-length'] ?? 0) > bytesMax) return undefined
  return new Promise((resolve) => {
    let left = bytesMax
    const done = () => {
      clearTimeout(timer)
      incoming.off('data', count).off('end', done).off('close', done).off('error', done)
      resolve()
    }
    const count = ({ length }: Buffer) => {
      left -= length
      if (left < 0) done()
    }
    const timer = setTimeout(done, within)
    incoming.removeAllListeners('data') // Nobody gathers any more of it.
    incoming.on('data', count).on('end', done).on('close', done).on('error', done).resume()
  })
}
