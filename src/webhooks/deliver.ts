import type { LiveSite } from '../site'
import { type Answer, type Caller, judge, type Verdict } from './delivery'
import { anEvent } from './event'
import { findDue, type LeasedEndpoint, leaseEndpoint, listCallable, noteAnswer, releaseEndpoint } from './lease-store'
import { signedHeaders } from './signature'
import { findEndpoint } from './store'

/** How events are sent. */
export interface Courier {
  readonly caller: Caller
  /** Logs each event that was not accepted, by its id and its endpoint's id, without addresses and answers. */
  readonly log: (entry: Readonly<Record<string, unknown>>) => void
  /** How many endpoints are called at the same time. */
  readonly atOnce: number
  /** After an abort nothing more is sent. What is under way is finished. */
  readonly stop?: AbortSignal
}

/** What became of the deliveries that were tried. */
export type Deliveries = Record<Verdict['outcome'], number>

/**
 * Sends events that are due, at most `most`: to several endpoints at once, and to each one after the other, until one fails. One sender at a
 * time calls an endpoint. Each event is sent at least once. It is sent again, under the same id, only if this program dies, or loses its
 * database, between the endpoint's answer and the note of it.
 */
export async function deliverWaiting(site: LiveSite, courier: Courier, most: number): Promise<Deliveries> {
  const counts: Deliveries = { delivered: 0, postponed: 0, givenUp: 0 }
  const endpoints = await listCallable(site.database, site.now(), courier.atOnce)
  const budget = { left: most }
  const ended = await Promise.allSettled(endpoints.map((id) => deliverTo(site, courier, id, budget, counts)))
  for (const each of ended) if (each.status === 'rejected') throw each.reason // The database does not answer. All others have ended.
  return counts
}

async function deliverTo(
  site: LiveSite,
  courier: Courier,
  id: string,
  budget: { left: number },
  counts: Deliveries,
): Promise<void> {
  const { database, now } = site
  let endpoint = await leaseEndpoint(database, id, now())
  let restsUntil: Date | undefined
  while (endpoint && budget.left > 0 && !courier.stop?.aborted) {
    const due = await findDue(database, id, now())
    if (!due || budget.left <= 0) break
    budget.left -= 1
    const answer = await send(site, courier, endpoint, { id: due.eventId, payload: due.payload })
    const attempts = due.attempts + 1
    const verdict = judge(answer, attempts, endpoint.failingSince, now(), Math.random())
    endpoint = await noteAnswer(database, endpoint, due, answer, verdict, now())
    const { outcome, disabled } = verdict
    counts[outcome] += 1
    restsUntil = verdict.restsUntil
    if (outcome === 'delivered') continue
    const level = outcome === 'givenUp' || disabled !== undefined ? 'error' : 'warn'
    courier.log({ level, event: due.eventId, endpoint: id, outcome, attempts, status: answer.status, disabled })
    break
  }
  if (endpoint) await releaseEndpoint(database, endpoint, restsUntil)
}

/** Calls an endpoint with an event, signed by all its secrets as of now. */
async function send(
  { now }: LiveSite,
  { caller }: Pick<Courier, 'caller'>,
  { url, secrets }: Pick<LeasedEndpoint, 'url' | 'secrets'>,
  event: { readonly id: string; readonly payload: string },
): Promise<Answer> {
  return await caller.call({ url, headers: await signedHeaders(event, secrets, now()), body: event.payload })
}

/** Sends an endpoint a signed test event, now and once, even if it is disabled. `undefined`: there is no such endpoint. */
export async function tryEndpoint(site: LiveSite, caller: Caller, id: string): Promise<Answer | undefined> {
  const endpoint = await findEndpoint(site.database, id, site.now())
  return endpoint && (await send(site, { caller }, endpoint, anEvent('webhook.test', { endpoint: id }, [], site.now())))
}
