import { retryAfterOf } from '../retry/retry-after'

/** A request to an endpoint. */
export interface Call {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The answer to it. */
export interface Answer {
  /** `null`: there was no answer. */
  readonly status: number | null
  /** The beginning of the answer, or why there was none: a line that can be shown. */
  readonly line: string
  readonly retryAfter: string | null
}

/** Sends events. */
export interface Caller {
  /** Calls once, within `callWithin`. Follows no redirect. Does not throw if there is no answer. */
  call(call: Call): Promise<Answer>
}

const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes
const days = 24 * hours

/** How long an endpoint may take to answer, in milliseconds. */
export const callWithin = 15 * seconds

/** How long a sender has an endpoint to itself from each call on, in milliseconds. Longer than a call, so that no living sender counts as dead. */
export const leaseFor = 60 * seconds

/** How long after each failed attempt the next is made, in milliseconds: ten attempts within some three days. */
export const waits: readonly number[] = [
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
]

/** The largest random part that is added to a wait, so that what failed together is not tried again together. */
const jitter = 0.2

/** How long an endpoint rests after a failure, in milliseconds. */
const rest = 5 * seconds

/** The longest `Retry-After` of an endpoint that is respected, in milliseconds. */
const retryAfterMax = 24 * hours

/** After how long an endpoint that always fails is disabled, in milliseconds. */
const failingMax = 5 * days

/** How long a former secret signs beside its successor, in milliseconds. */
export const formerSecretFor = 24 * hours

/** What an attempt means for the delivery and for its endpoint. */
export interface Verdict {
  readonly outcome: 'delivered' | 'postponed' | 'givenUp'
  /** When it is tried again, if it is postponed. */
  readonly again: Date | undefined
  /** Until when the endpoint rests. Without it, it may be called at once. */
  readonly restsUntil: Date | undefined
  /** Why the endpoint must be disabled. */
  readonly disabled: string | undefined
}

/**
 * Judges the answer to the nth attempt (from 1) at an endpoint, which may have been failing for a while. `chance`, from 0 to 1, delays the
 * next attempt.
 */
export function judge(answer: Answer, attempts: number, failingSince: string | null, now: Date, chance: number): Verdict {
  if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
    return { outcome: 'delivered', again: undefined, restsUntil: undefined, disabled: undefined }
  }
  const wait = waits[attempts - 1]
  const isAsked = answer.status === 429 || answer.status === 503
  const asked = isAsked ? Math.min(retryAfterOf(answer.retryAfter, now) ?? 0, retryAfterMax) : 0
  return {
    outcome: wait === undefined ? 'givenUp' : 'postponed',
    again: wait === undefined ? undefined : later(now, Math.max(wait * (1 + jitter * chance), asked)),
    restsUntil: later(now, Math.max(rest, asked)),
    disabled: whyDisabled(answer, failingSince, now),
  }
}

function whyDisabled({ status, line }: Answer, failingSince: string | null, now: Date): string | undefined {
  if (status === 410) return 'it answered 410 Gone'
  if (failingSince === null || now.getTime() - Date.parse(failingSince) < failingMax) return undefined
  return `it has taken nothing for ${failingMax / days} days: ${status ?? line}`
}

const later = (now: Date, milliseconds: number) => new Date(now.getTime() + Math.round(milliseconds))
