import type { Compilable, Selectable } from 'kysely'
import type { Database } from '../storage/database'
import type { Schema } from '../storage/schema'

/** The state of a delivery, as operators see it. */
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

/** The newest deliveries; with `isFailed`, only those that were not taken at the last try. */
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

/** Which deliveries to make again. */
export type Replay =
  | { readonly event: string }
  /** All of an endpoint about what happened from then on. Without it, those that were given up. */
  | { readonly endpoint: string; readonly since: string | undefined }

/** The write that makes deliveries due now, as if they had never been tried. Those of disabled endpoints wait until these are enabled. */
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
