import type { Refusal } from '../problem'
import { backoff } from '../retry/backoff'
import { retryAfterOf } from '../retry/retry-after'
import type { Raw } from './answers'

/**
 * The most times that a request is sent; and the same for a request that is still being worked on, which a site gives up after a
 * minute.
 */
const triesMax = 4
const workedOnTriesMax = 8
const workedOnWait = 10_000
/** The longest wait that a site may ask for, in milliseconds. */
const waitMax = 90_000

/**
 * How long to wait before a request that was sent `tries` times is sent again, in milliseconds; `undefined`: it is not sent
 * again, because that would not help. Without an answer, the request broke off or got none.
 */
export function waitBefore(tries: number, answer: Raw | undefined, { kind }: Refusal): number | undefined {
  if (kind === 'conflict') return tries < workedOnTriesMax ? workedOnWait : undefined
  const isPassing = !answer || [429, 502, 503, 504].includes(answer.status)
  if (!isPassing || tries >= triesMax) return undefined
  const asked = answer && waitAsked(answer.headers)
  if (asked !== undefined) return asked > waitMax ? undefined : asked
  return backoff(tries)
}

/** How long a site asks to wait, in milliseconds: by `Retry-After` or, without it, by `RateLimit`. */
function waitAsked(headers: Headers): number | undefined {
  const [, seconds = null] = /;\s*t=(\d{1,9})/.exec(headers.get('RateLimit') ?? '') ?? []
  return retryAfterOf(headers.get('Retry-After') ?? seconds, new Date())
}
