import type { Database } from '../storage/database'
import { type Answer, leaseFor, type Verdict } from './delivery'
import { secretsOf } from './endpoint'

/** Ids of up to `most` endpoints that may be called and have something due. */
export async function listCallable({ query }: Database, now: Date, most: number): Promise<readonly string[]> {
  const at = now.toISOString()
  const rows = await query
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('disabled_at', 'is', null)
    .where('free_at', '<=', at)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhook_delivery')
          .select('event_id')
          .whereRef('endpoint_id', '=', 'webhook_endpoint.id')
          .where('due_at', '<=', at),
      ),
    )
    .orderBy('free_at')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** An endpoint that a sender has to itself until its lease runs out. */
export interface LeasedEndpoint {
  readonly id: string
  readonly url: string
  readonly secrets: readonly string[]
  readonly failingSince: string | null
  /** When the lease runs out. It also identifies the lease: a report counts only while no other sender has the endpoint. */
  readonly leasedUntil: string
}

/** Leases a free endpoint for `leaseFor` from now; `undefined` if another sender has it, or it rests. */
export async function leaseEndpoint({ query }: Database, id: string, now: Date): Promise<LeasedEndpoint | undefined> {
  const leasedUntil = endOfLease(now)
  const row = await query
    .updateTable('webhook_endpoint')
    .set({ free_at: leasedUntil })
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .where('free_at', '<=', now.toISOString())
    .returningAll()
    .executeTakeFirst()
  return row && { id, url: row.url, secrets: secretsOf(row, now), failingSince: row.failing_since, leasedUntil }
}

const endOfLease = (now: Date) => new Date(now.getTime() + leaseFor).toISOString()

/** A delivery that is due, with what is to be sent. */
export interface DueDelivery {
  readonly eventId: string
  readonly payload: string
  readonly dueAt: string
  /** How often it was tried before. */
  readonly attempts: number
}

/** The delivery that is due longest at an endpoint. */
export async function findDue({ query }: Database, endpointId: string, now: Date): Promise<DueDelivery | undefined> {
  const row = await query
    .selectFrom('webhook_delivery')
    .innerJoin('webhook_event', 'webhook_event.id', 'webhook_delivery.event_id')
    .select(['event_id', 'payload', 'due_at', 'attempts'])
    .where('endpoint_id', '=', endpointId)
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .orderBy('event_id')
    .limit(1)
    .executeTakeFirst()
  if (!row || row.due_at === null) return undefined
  return { eventId: row.event_id, payload: row.payload, dueAt: row.due_at, attempts: row.attempts }
}

/**
 * Notes the answer to a call, and leases the endpoint for as long again. Returns the new lease; `undefined` if another sender has taken the
 * endpoint meanwhile. A delivery that was asked for again during the call stays due.
 */
export async function noteAnswer(
  { query, atomically }: Database,
  endpoint: LeasedEndpoint,
  delivery: DueDelivery,
  answer: Answer,
  verdict: Verdict,
  now: Date,
): Promise<LeasedEndpoint | undefined> {
  const at = now.toISOString()
  const failingSince = verdict.outcome === 'delivered' ? null : (endpoint.failingSince ?? at)
  const leasedUntil = endOfLease(now)
  const isDisabled = verdict.disabled === undefined ? {} : { disabled_at: at, reason: verdict.disabled }
  const isHeld = query
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('id', '=', endpoint.id)
    .where('free_at', '=', endpoint.leasedUntil)
  const [, held] = await atomically([
    query
      .updateTable('webhook_delivery')
      .set(tried(delivery, answer, verdict, at))
      .where('event_id', '=', delivery.eventId)
      .where('endpoint_id', 'in', isHeld)
      .where('due_at', '=', delivery.dueAt),
    query
      .updateTable('webhook_endpoint')
      .set({ free_at: leasedUntil, failing_since: failingSince, ...isDisabled })
      .where('id', 'in', isHeld),
  ])
  return held === 1 ? { ...endpoint, failingSince, leasedUntil } : undefined
}

/** A delivery after it was tried once more. */
const tried = ({ attempts }: DueDelivery, { status, line }: Answer, { outcome, again }: Verdict, at: string) => ({
  due_at: again?.toISOString() ?? null,
  attempts: attempts + 1,
  status,
  answer: outcome === 'delivered' ? null : line,
  delivered_at: outcome === 'delivered' ? at : null,
  failed_at: outcome === 'givenUp' ? at : null,
})

/** Gives an endpoint back; it rests until then. One that is free at once has an empty time, which cannot identify a lease. */
export async function releaseEndpoint(
  { query }: Database,
  { id, leasedUntil }: LeasedEndpoint,
  restsUntil: Date | undefined,
): Promise<void> {
  await query
    .updateTable('webhook_endpoint')
    .set({ free_at: restsUntil?.toISOString() ?? '' })
    .where('id', '=', id)
    .where('free_at', '=', leasedUntil)
    .execute()
}
