import type { Compilable, Selectable } from 'kysely'
import type { Database } from '../storage/database'
import type { Schema } from '../storage/schema'
import { type Answer, leaseFor, type Verdict } from './delivery'
import { secretsOf } from './endpoint'

/** Ids of the endpoints for which something is due and that may be called, `most` of them. */
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
  /** When the lease runs out; it names the lease too: what its holder says is heeded while no other holds it. */
  readonly leasedUntil: string
}

/** Takes an endpoint that is free, for `leaseFor` from now; `undefined` where another has it, or it rests. */
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
 * Notes what came of a call, and takes the endpoint for as long again. Returns the lease by then; `undefined` where another had
 * taken the endpoint meanwhile. A delivery that was asked for anew during the call stays due.
 */
export async function noteAnswer(
  database: Database,
  endpoint: LeasedEndpoint,
  { eventId, dueAt, attempts }: DueDelivery,
  { status, line }: Answer,
  { outcome, again, disabled }: Verdict,
  now: Date,
): Promise<LeasedEndpoint | undefined> {
  const { query } = database
  const at = now.toISOString()
  const isDelivered = outcome === 'delivered'
  const failingSince = isDelivered ? null : (endpoint.failingSince ?? at)
  const leasedUntil = endOfLease(now)
  const isHeld = query
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('id', '=', endpoint.id)
    .where('free_at', '=', endpoint.leasedUntil)
  const [, held] = await database.atomically([
    query
      .updateTable('webhook_delivery')
      .set({
        due_at: again?.toISOString() ?? null,
        attempts: attempts + 1,
        status,
        answer: isDelivered ? null : line,
        delivered_at: isDelivered ? at : null,
        failed_at: outcome === 'givenUp' ? at : null,
      })
      .where('event_id', '=', eventId)
      .where('endpoint_id', 'in', isHeld)
      .where('due_at', '=', dueAt),
    query
      .updateTable('webhook_endpoint')
      .set({
        free_at: leasedUntil,
        failing_since: failingSince,
        ...(disabled === undefined ? {} : { disabled_at: at, reason: disabled }),
      })
      .where('id', 'in', isHeld),
  ])
  return held === 1 ? { ...endpoint, failingSince, leasedUntil } : undefined
}

/** Gives an endpoint back, to be left alone until then. What is free at once has no time, which could be the name of a lease. */
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

/** How a delivery stands, as whoever looks after the site sees it. */
export interface KeptDelivery {
  readonly event: string
  readonly type: string
  readonly endpoint: string
  readonly at: string
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly dueAt: string | null
  readonly status: number | null
  readonly answer: string | null
}

/** The newest deliveries; where `isFailed`, those that were not taken when they were last tried. */
export async function listDeliveries({ query }: Database, isFailed: boolean, most: number): Promise<readonly KeptDelivery[]> {
  let deliveries = query
    .selectFrom('webhook_event')
    .innerJoin('webhook_delivery', 'webhook_delivery.event_id', 'webhook_event.id')
    .selectAll('webhook_delivery')
    .select(['type', 'at'])
  if (isFailed) deliveries = deliveries.where('delivered_at', 'is', null).where('attempts', '>', 0)
  const rows = await deliveries.orderBy('at', 'desc').orderBy('event_id').orderBy('endpoint_id').limit(most).execute()
  return rows.map(({ event_id, type, endpoint_id, at, due_at, attempts, status, answer, ...settled }) => ({
    event: event_id,
    type,
    endpoint: endpoint_id,
    at,
    state: stateOf(settled),
    attempts,
    dueAt: due_at,
    status,
    answer,
  }))
}

const stateOf = ({ delivered_at, failed_at }: Pick<Selectable<Schema['webhook_delivery']>, 'delivered_at' | 'failed_at'>) =>
  delivered_at !== null ? 'delivered' : failed_at !== null ? 'failed' : 'waiting'

/** Deliveries that are to be made again. */
export type Replay =
  | { readonly event: string }
  /** All of an endpoint that tell of what happened from then on; without that, those that were given up. */
  | { readonly endpoint: string; readonly since: string | undefined }

/** The write that makes deliveries due now, as though they had never been tried. Those of disabled endpoints wait with their endpoints. */
export function writeToReplay({ query }: Database, replay: Replay, now: Date): Compilable {
  const all = query
    .updateTable('webhook_delivery')
    .set({ due_at: now.toISOString(), attempts: 0, delivered_at: null, failed_at: null })
  if ('event' in replay) return all.where('event_id', '=', replay.event)
  const ofEndpoint = all.where('endpoint_id', '=', replay.endpoint)
  const { since } = replay
  if (since === undefined) return ofEndpoint.where('failed_at', 'is not', null)
  return ofEndpoint.where('event_id', 'in', query.selectFrom('webhook_event').select('id').where('at', '>=', since))
}
