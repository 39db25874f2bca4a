import type { Refusal } from '../problem'
import { backoff } from '../retry/backoff'
import { retryAfterOf } from '../retry/retry-after'
import type { Raw } from './answers'

/** How often a request is sent at the most; and one that is still being worked on, which a site gives up after a minute. */
const triesMax = 4
const workedOnTriesMax = 8
const workedOnWait = 10_000
/** The longest that a site may ask to be left alone, in milliseconds. */
const waitMax = 90_000

/**
 * How long is waited before a request is sent again that was sent `tries` times, in milliseconds; `undefined`: it is not, for it
 * would not help. Without an answer, it broke off or got none.
 */
export function waitBefore(tries: number, answer: Raw | undefined, { kind }: Refusal): number | undefined {
  if (kind === 'conflict') return tries < workedOnTriesMax ? workedOnWait : undefined
  const isPassing = !answer || [429, 502, 503, 504].includes(answer.status)
  if (!isPassing || tries >= triesMax) return undefined
  const asked = answer && waitAsked(answer.headers)
  if (asked !== undefined) return asked > waitMax ? undefined : asked
  return backoff(tries)
}

/** How long a site asks to be left alone, in milliseconds: by `Retry-After` or, without it, by `RateLimit`. */
function waitAsked(headers: Headers): number | undefined {
  const [, seconds = null] = /;\s*t=(\d{1,9})/.exec(headers.get('RateLimit') ?? '') ?? []
  return retryAfterOf(headers.get('Retry-After') ?? seconds, new Date())
}
