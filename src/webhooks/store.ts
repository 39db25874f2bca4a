import { type Compilable, type Selectable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { Schema } from '../storage/schema'
import { type Endpoint, type Interest, secretsOf } from './endpoint'
import type { EventType } from './event'

/** The write that adds an endpoint with this signing secret. */
export const writeToAddEndpoint = (
  { query }: Database,
  { id, url, events, locales, addedAt }: Pick<Endpoint, 'id' | 'addedAt'> & Interest,
  secret: string,
): Compilable =>
  query
    .insertInto('webhook_endpoint')
    .values({ id, url, secret, events: JSON.stringify(events), locales: JSON.stringify(locales), added_at: addedAt })

/** The write that removes an endpoint, with all that was to be sent to it. */
export const writeToRemoveEndpoint = ({ query }: Database, id: string): Compilable =>
  query.deleteFrom('webhook_endpoint').where('id', '=', id)

/**
 * The write that gives an endpoint a new secret. The former one also signs until then, or no more if `formerUntil` is
 * `undefined`.
 */
export const writeToRotate = ({ query }: Database, id: string, secret: string, formerUntil: Date | undefined): Compilable =>
  query
    .updateTable('webhook_endpoint')
    .set({
      secret,
      former_secret: formerUntil ? sql`secret` : null,
      former_until: formerUntil?.toISOString() ?? null,
    })
    .where('id', '=', id)

/** The write that enables a disabled endpoint. Its waiting deliveries are due as they were. */
export const writeToEnable = ({ query }: Database, id: string): Compilable =>
  query
    .updateTable('webhook_endpoint')
    .set({ disabled_at: null, reason: null, failing_since: null })
    .where('id', '=', id)
    .where('disabled_at', 'is not', null)

/** All endpoints, the oldest first. */
export async function listEndpoints({ query }: Database): Promise<readonly Endpoint[]> {
  const rows = await query.selectFrom('webhook_endpoint').selectAll().orderBy('added_at').orderBy('id').execute()
  return rows.map(endpointOf)
}

/** An endpoint with the secrets that sign for it at this moment; `undefined` if there is none of this id. */
export async function findEndpoint({ query }: Database, id: string, now: Date): Promise<SigningEndpoint | undefined> {
  const row = await query.selectFrom('webhook_endpoint').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...endpointOf(row), secrets: secretsOf(row, now) }
}

interface SigningEndpoint extends Endpoint {
  readonly secrets: readonly string[]
}

/** The write that removes former secrets whose time is over. */
export const writeToForgetSecrets = ({ query }: Database, now: Date): Compilable =>
  query
    .updateTable('webhook_endpoint')
    .set({ former_secret: null, former_until: null })
    .where('former_until', '<=', now.toISOString())

type Row = Selectable<Schema['webhook_endpoint']>

function endpointOf({ id, url, events, locales, added_at, failing_since, disabled_at, reason, former_until }: Row): Endpoint {
  return {
    id,
    url,
    events: JSON.parse(events) as readonly EventType[] | 'all',
    locales: JSON.parse(locales) as readonly Locale[] | 'all',
    addedAt: added_at,
    failingSince: failing_since,
    disabledAt: disabled_at,
    reason,
    formerUntil: former_until,
  }
}
