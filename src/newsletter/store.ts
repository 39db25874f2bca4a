import { type RawBuilder, sql } from 'kysely'
import { hashOfSecret } from '../secrets/secret'
import type { Database, Write } from '../storage/database'
import type { Chosen, Order } from './newsletter'

/** The write that makes a subscription of the request whose link has this mark (`confirm`). */
export const writeToBeginSubscription = (database: Database, mark: string, now: Date): Write =>
  writeToSubscribe(
    database,
    mark,
    sql`select address, locale, json_extract(request, '$.rhythm') as rhythm from confirmation where used = ${mark}`,
    now,
  )

/** Makes or changes the subscription of a reader whose address is known to be theirs. */
export async function subscribe(database: Database, { address, locale, rhythm }: Order, now: Date): Promise<void> {
  const order = sql`select ${address} as address, ${locale} as locale, ${rhythm} as rhythm`
  await database.atomically([writeToSubscribe(database, crypto.randomUUID(), order, now)])
}

/**
 * The write that makes a subscription. It covers what appears from now on. A reader who has one already continues from the same
 * print; with another rhythm, they wait for its next issue.
 */
const writeToSubscribe = ({ query }: Database, id: string, order: RawBuilder<unknown>, now: Date): Write =>
  sql`
    insert into subscription (id, address, locale, rhythm, began_at, issue, print)
    select ${id}, o.address, o.locale, o.rhythm, ${now.toISOString()}, ${now.toISOString()},
      (select coalesce(max(number), 0) from print)
    from (${order}) as o
    where true
    on conflict (address) do update
    set locale = excluded.locale, rhythm = excluded.rhythm,
      issue = iif(subscription.rhythm = excluded.rhythm, subscription.issue, excluded.issue)`.compile(query)

/** How somebody with this address gets the newsletter, if they do. */
export async function findSubscription({ query }: Database, address: string): Promise<Chosen | undefined> {
  return await query.selectFrom('subscription').select(['locale', 'rhythm']).where('address', '=', address).executeTakeFirst()
}

/** Stops the subscription of the link with this secret. Does not say if there was one. */
export async function stopNewsletter(database: Database, secret: string): Promise<void> {
  const { query } = database
  const stopped = query
    .selectFrom('subscription_stop')
    .select('subscription_id')
    .where('hash', '=', await hashOfSecret(secret))
  await database.atomically([query.deleteFrom('subscription').where('id', 'in', stopped)])
}

/** Stops the subscription of the person with this address. */
export async function stopByAddress({ query, atomically }: Database, address: string): Promise<void> {
  await atomically([query.deleteFrom('subscription').where('address', '=', address)])
}

/** How many get the newsletter in a language at a rhythm. */
export interface Circulation extends Chosen {
  readonly readers: number
}

/** How many get the newsletter, by language and rhythm; those that nobody gets are left out. */
export async function listCirculation({ query }: Database): Promise<readonly Circulation[]> {
  return await query
    .selectFrom('subscription')
    .select(({ fn }) => ['locale', 'rhythm', fn.countAll<number>().as('readers')])
    .groupBy(['locale', 'rhythm'])
    .orderBy('locale')
    .orderBy('rhythm')
    .execute()
}
