import { type Compilable, sql } from 'kysely'
import { hashOfSecret, newSecret } from '../secrets/secret'
import { type Database, isViolated, type Write } from '../storage/database'
import { type Asked, type Kind, keptFor, linksMax, linksWithin } from './confirmation'

/**
 * Asks the owner of an address to confirm something. Keeps the hash of the link's secret, in one write with the email that has
 * the secret (`mail` gives its writes). Does nothing if the address was sent enough links of this kind lately, however many ask
 * at once. The caller cannot tell the difference.
 */
export async function ask<More>(
  { query, atomically }: Database,
  { name, goodFor }: Kind<More>,
  { address, locale, ...more }: Asked<More>,
  mail: (secret: string) => readonly Compilable[],
  now: Date,
): Promise<void> {
  const secret = newSecret()
  const since = instant(now.getTime() - linksWithin)
  const unlessEnough = sql<string>`(select ${address} where
    (select count(*) from confirmation where address = ${address} and kind = ${name} and asked_at > ${since}) < ${linksMax})`
  const link = query.insertInto('confirmation').values({
    hash: await hashOfSecret(secret),
    kind: name,
    address: unlessEnough,
    locale,
    request: JSON.stringify(more),
    asked_at: now.toISOString(),
    expires_at: instant(now.getTime() + goodFor),
    used: null,
  })
  await atomically([link, ...mail(secret)]).catch((error: unknown) => {
    if (!isViolated(error, 'NOT NULL', 'confirmation.address')) throw error
  })
}

/** What the link with this secret confirms, if it is still valid. */
export async function findAsked<More>(database: Database, kind: Kind<More>, secret: string, now: Date) {
  const past = await findPast(database, kind, secret)
  return past && past.used === null && past.expiresAt > now.toISOString() ? past : undefined
}

/** What the link with this secret confirms or confirmed, as long as it is kept. */
export async function findPast<More>(
  { query }: Database,
  kind: Kind<More>,
  secret: string,
): Promise<(Asked<More> & { readonly used: string | null; readonly expiresAt: string }) | undefined> {
  const row = await query
    .selectFrom('confirmation')
    .select(['address', 'locale', 'request', 'used', 'expires_at'])
    .where('hash', '=', await hashOfSecret(secret))
    .where('kind', '=', kind.name)
    .executeTakeFirst()
  if (!row) return undefined
  const { address, locale, used, expires_at: expiresAt } = row
  return { ...kind.more.parse(JSON.parse(row.request)), address, locale, used, expiresAt }
}

/**
 * Uses a link. Marks it, in one write with `writes`, which depend on the row with this mark. Returns whether the link was still valid. If
 * two use it at once, it is valid for one, and nothing follows for the other.
 */
export async function confirm<More>(
  { query, atomically }: Database,
  { name }: Kind<More>,
  secret: string,
  mark: string,
  writes: readonly Write[],
  now: Date,
): Promise<boolean> {
  const use = query
    .updateTable('confirmation')
    .set({ used: mark })
    .where('hash', '=', await hashOfSecret(secret))
    .where('kind', '=', name)
    .where('used', 'is', null)
    .where('expires_at', '>', now.toISOString())
  const [used] = await atomically([use, ...writes])
  return used === 1
}

/** The write that removes links, used or not, that have been kept long enough. */
export const writeToForgetConfirmations = ({ query }: Database, now: Date): Compilable =>
  query.deleteFrom('confirmation').where('asked_at', '<', instant(now.getTime() - keptFor))

const instant = (time: number) => new Date(time).toISOString()
