import { type Compilable, type RawBuilder, sql } from 'kysely'
import { confirmWithin, linksMax, linksWithin } from '../delivery/consent'
import { hashOfSecret } from '../secrets/secret'
import { type Database, isViolated, type Write } from '../storage/database'
import { unlessEnough } from '../storage/fence'
import type { Chosen, Order } from './newsletter'

/**
 * The write that keeps a link to confirm an order with, by the hash of its secret. It fails, and all that is written with it,
 * where the address was sent enough links within the hour: see `wasEnough`.
 */
export function writeToAsk({ query }: Database, { address, locale, rhythm }: Order, hash: string, now: Date): Compilable {
  return query.insertInto('newsletter_link').values({
    hash,
    address: unlessEnough('newsletter_link', address, new Date(now.getTime() - linksWithin), linksMax),
    locale,
    rhythm,
    asked_at: now.toISOString(),
    expires_at: instant(now.getTime() + confirmWithin),
    used: null,
  })
}

/** Whether an error says that an address was sent enough links within the hour. */
export const wasEnough = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'newsletter_link.address')

/** The order that the link with this secret confirms, where it is still good. */
export async function findLink({ query }: Database, secret: string, now: Date): Promise<Order | undefined> {
  return await query
    .selectFrom('newsletter_link')
    .select(['address', 'locale', 'rhythm'])
    .where('hash', '=', await hashOfSecret(secret))
    .where('used', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
}

/** Uses a link: its reader gets the newsletter from now on. Returns whether it was still good; of two who use it at once, for one it is. */
export async function useLink(database: Database, secret: string, now: Date): Promise<boolean> {
  const { query } = database
  const id = crypto.randomUUID()
  const used = sql`select address, locale, rhythm from newsletter_link where used = ${id}`
  const [taken = 0] = await database.atomically([
    query
      .updateTable('newsletter_link')
      .set({ used: id })
      .where('hash', '=', await hashOfSecret(secret))
      .where('used', 'is', null)
      .where('expires_at', '>', now.toISOString()),
    writeToSubscribe(database, id, used, now),
  ])
  return taken === 1
}

/** Has somebody get the newsletter from now on, or otherwise than before, whose address is known to be theirs. */
export async function subscribe(database: Database, { address, locale, rhythm }: Order, now: Date): Promise<void> {
  const order = sql`select ${address} as address, ${locale} as locale, ${rhythm} as rhythm`
  await database.atomically([writeToSubscribe(database, crypto.randomUUID(), order, now)])
}

/**
 * The write by which somebody gets the newsletter who ordered it. They are told of what appears from now on; who gets it already
 * goes on where they were, and with another rhythm waits for its next issue.
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

/** How somebody with this address gets the newsletter, where they do. */
export async function findSubscription({ query }: Database, address: string): Promise<Chosen | undefined> {
  return await query.selectFrom('subscription').select(['locale', 'rhythm']).where('address', '=', address).executeTakeFirst()
}

/** Stops the subscription that the link with this secret belongs to. Says nothing of whether there was one. */
export async function stopBySecret(database: Database, secret: string): Promise<void> {
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

const instant = (time: number) => new Date(time).toISOString()
