import { type Compilable, sql } from 'kysely'
import type { Ladder } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { unlessUnwritten } from '../delivery/write-failure'
import type { Locale } from '../language/locale'
import { hashOfSecret } from '../secrets/secret'
import type { Database } from '../storage/database'
import { formerTier, type Person, personIn, type Role, type Visitor } from './person'
import { idleMax, seenNotedFor, sessionIn } from './session'

/** The person with this id or this canonical address. */
export async function findPerson(
  { query }: Database,
  wanted: { readonly id: string } | { readonly address: string },
): Promise<Person | undefined> {
  const people = selectPeople(query)
  const row = await ('id' in wanted
    ? people.where('person.id', '=', wanted.id)
    : people.where('address', '=', wanted.address)
  ).executeTakeFirst()
  return row && personIn(row)
}

/** People in the order of their addresses, `most` of them after the one given. */
export async function listPeople({ query }: Database, after: string, most: number): Promise<readonly Person[]> {
  const rows = await selectPeople(query).where('address', '>', after).orderBy('address').limit(most).execute()
  return rows.map(personIn)
}

const selectPeople = (query: Database['query']) =>
  query
    .selectFrom('person')
    .select(({ selectFrom }) => [
      'person.id',
      'address',
      'locale',
      'tier_id',
      'joined_at',
      selectFrom('role')
        .select(sql<string>`json_group_array(json_object('name', role.name, 'locale', role.locale))`.as('roles'))
        .whereRef('role.person_id', '=', 'person.id')
        .as('roles'),
    ])

/** The person whose session has this secret; `undefined` if the session has ended. One query. */
export async function findVisitor({ query }: Database, secret: string, now: Date): Promise<Visitor | undefined> {
  const hash = await hashOfSecret(secret)
  const row = await selectPeople(query)
    .innerJoin('session', 'session.person_id', 'person.id')
    .select(['session.id as session', 'session.seen_at'])
    .where('session.hash', '=', hash)
    .where('session.expires_at', '>', now.toISOString())
    .where('session.seen_at', '>', instant(now.getTime() - idleMax))
    .executeTakeFirst()
  if (!row) return undefined
  if (row.seen_at < instant(now.getTime() - seenNotedFor)) {
    await query
      .updateTable('session')
      .set({ seen_at: now.toISOString() })
      .where('hash', '=', hash)
      .execute()
      .catch(unlessUnwritten)
  }
  return { person: personIn(row), session: { id: row.session, hash } }
}

/** Who a request comes from; `undefined` if nobody is signed in. Without a session in the request, no query. */
export async function visitorOf(database: Database, origin: string, request: Request, now: Date): Promise<Visitor | undefined> {
  const secret = sessionIn(origin, request.headers.get('Cookie'))
  return secret === undefined ? undefined : await findVisitor(database, secret, now)
}

/** The write that adds a person. It fails if somebody has their address already. */
export const writeToAdd = ({ query }: Database, { id, address, locale, tier, joinedAt }: Omit<Person, 'roles'>): Compilable =>
  query.insertInto('person').values({ id, address, locale, tier: formerTier, tier_id: tier, joined_at: joinedAt })

/** The write that gives a person a tier. It changes nothing if they have it already. */
export const writeToSetTier = ({ query }: Database, id: string, tier: Tier) =>
  query.updateTable('person').set({ tier: formerTier, tier_id: tier }).where('id', '=', id).where('tier_id', '<>', tier)

/** The write that gives a person a tier, unless they have it or a higher one. */
export const writeToRaise = (database: Database, id: string, tier: Tier, ladder: Ladder) =>
  writeToSetTier(database, id, tier).where('tier_id', 'not in', ladder.slice(ladder.indexOf(tier)))

export const writeToSetLocale = ({ query }: Database, id: string, locale: Locale): Compilable =>
  query.updateTable('person').set({ locale }).where('id', '=', id)

/** The write that gives a person a role, or takes it. It changes nothing if that is so already, or if nobody has this id. */
export function writeToSetRole({ query }: Database, id: string, { name, locale }: Role, isGiven: boolean): Compilable {
  const where = locale === 'all' ? '' : locale
  if (!isGiven) return query.deleteFrom('role').where('person_id', '=', id).where('name', '=', name).where('locale', '=', where)
  return query
    .insertInto('role')
    .columns(['person_id', 'name', 'locale'])
    .expression(
      query
        .selectFrom('person')
        .select(['id', sql.val(name).as('name'), sql.val(where).as('locale')])
        .where('id', '=', id),
    )
    .onConflict((conflict) => conflict.doNothing())
}

const instant = (time: number) => new Date(time).toISOString()
