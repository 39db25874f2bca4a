import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { WebhookEvent } from './event'

/**
 * The writes that keep events for all endpoints that want them. They belong in the batch of the print. Two statements, however many events.
 * An event that nobody wants is not kept.
 */
export function writesToEmit({ query }: Database, events: readonly WebhookEvent[]): readonly Compilable[] {
  if (events.length === 0) return []
  const emitted = sql`json_each(${JSON.stringify(events)})`
  const field = (name: string) => sql<string>`json_extract(emitted.value, ${sql.lit(`$.${name}`)})`
  const wants = sql<boolean>`webhook_endpoint.disabled_at is null
    and (webhook_endpoint.events = '"all"' or ${field('type')} in (select value from json_each(webhook_endpoint.events)))
    and (webhook_endpoint.locales = '"all"' or exists (
      select 1 from json_each(webhook_endpoint.locales) as wanted
      where wanted.value in (select value from json_each(emitted.value, '$.locales'))))`
  return [
    query
      .insertInto('webhook_event')
      .columns(['id', 'type', 'locales', 'at', 'payload'])
      .expression(
        sql`select ${field('id')}, ${field('type')}, ${field('locales')}, ${field('at')}, ${field('payload')} from ${emitted} as emitted
          where exists (select 1 from webhook_endpoint where ${wants})`,
      ),
    query
      .insertInto('webhook_delivery')
      .columns(['event_id', 'endpoint_id', 'due_at'])
      .expression(
        sql`select ${field('id')}, webhook_endpoint.id, ${field('at')} from ${emitted} as emitted, webhook_endpoint where ${wants}`,
      ),
  ]
}

/** Whether an event is kept. */
export const isEvent = async ({ query }: Database, id: string): Promise<boolean> =>
  (await query.selectFrom('webhook_event').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

/** How long events are kept, whatever became of them, in days. */
const daysKept = 30

/** The write that removes events that have been kept long enough, with their deliveries. */
export const writeToForgetEvents = ({ query }: Database, now: Date): Compilable =>
  query.deleteFrom('webhook_event').where('at', '<', new Date(now.getTime() - daysKept * 24 * 60 * 60 * 1000).toISOString())
