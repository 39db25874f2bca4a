import { type Compilable, sql } from 'kysely'
import { hashOfSecret, newSecret } from '../secrets/secret'
import type { Database } from '../storage/database'
import type { Visitor } from './person'
import { type Fields, unsentFor, unsentIn, unsentMost } from './unsent'

/**
 * Keeps what could not be sent, for the person for whom the form was made. Returns the secret by which their browser finds it, or
 * `undefined` if nobody has that id.
 */
export async function keepUnsent(
  { query, atomically }: Database,
  writer: string,
  fields: Fields,
  now: Date,
): Promise<string | undefined> {
  const secret = newSecret()
  const hash = await hashOfSecret(secret)
  const theirs = query.selectFrom('unsent_form').where('person_id', '=', writer)
  const [kept] = await atomically([
    query
      .insertInto('unsent_form')
      .columns(['hash', 'person_id', 'fields', 'expires_at'])
      .expression(
        query
          .selectFrom('person')
          .select([
            sql.val(hash).as('hash'),
            'id as person_id',
            sql.val(JSON.stringify(fields)).as('fields'),
            sql.val(new Date(now.getTime() + unsentFor).toISOString()).as('expires_at'),
          ])
          .where('id', '=', writer),
      ),
    query
      .deleteFrom('unsent_form')
      .where('person_id', '=', writer)
      .where('hash', 'not in', theirs.select('hash').orderBy('expires_at', 'desc').orderBy('hash').limit(unsentMost)),
  ])
  return kept === 1 ? secret : undefined
}

/** What this person could not send from this browser and this form, if it is still kept. Without the cookie of it, no query. */
export async function findUnsent(
  { query }: Database,
  origin: string,
  cookies: string | undefined,
  visitor: Visitor | undefined,
  now: Date,
): Promise<Fields | undefined> {
  const secret = unsentIn(origin, cookies)
  if (secret === undefined || !visitor) return undefined
  const row = await query
    .selectFrom('unsent_form')
    .select('fields')
    .where('hash', '=', await hashOfSecret(secret))
    .where('person_id', '=', visitor.person.id)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return row && (JSON.parse(row.fields) as Fields)
}

/** The write that removes what has been kept long enough. */
export const writeToForgetUnsent = ({ query }: Database, now: Date): Compilable =>
  query.deleteFrom('unsent_form').where('expires_at', '<=', now.toISOString())
