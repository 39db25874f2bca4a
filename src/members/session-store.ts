import { type Compilable, type Expression, sql } from 'kysely'
import { hashOfSecret, newSecret } from '../secrets/secret'
import type { Database } from '../storage/database'
import type { Act, Note } from './audit'
import type { Passkey } from './passkey'
import { idleMax, sessionMax } from './session'

/** A session as the one whose it is sees it. */
export interface ListedSession {
  readonly id: string
  readonly browser: string
  readonly startedAt: string
  /** To the hour. */
  readonly seenAt: string
}

/**
 * The writes that follow where a link to sign in with is marked with the hash of a new session (`confirm`), and do nothing where
 * none is: the person of its address joins, where they had not, and the session begins. One that the browser had before is ended.
 */
export async function writesToSignIn(
  database: Database,
  hash: string,
  browser: string,
  before: string | undefined,
  now: Date,
): Promise<readonly Compilable[]> {
  const { query } = database
  const at = now.toISOString()
  const id = crypto.randomUUID()
  const link = query.selectFrom('confirmation').where('confirmation.used', '=', hash)
  const owner = query.selectFrom('person').select('person.id').where('address', 'in', link.select('confirmation.address'))
  return [
    query
      .insertInto('person')
      .columns(['id', 'address', 'locale', 'tier', 'joined_at'])
      .expression(link.select([sql.val(id).as('id'), 'address', 'locale', sql.lit(1).as('tier'), sql.val(at).as('joined_at')]))
      .onConflict((conflict) => conflict.column('address').doNothing()),
    noteOf(database, 'joined', owner.where('person.id', '=', id), at),
    ...(await writesToBegin(database, hash, owner, browser, before, now)),
  ]
}

/**
 * Begins a session for somebody who signed with a passkey of theirs that is still there, with the writes that go with it, and
 * ends the one that the browser had. Returns its secret.
 */
export async function beginSession(
  database: Database,
  { id, personId }: Pick<Passkey, 'id' | 'personId'>,
  browser: string,
  before: string | undefined,
  now: Date,
  writes: readonly Compilable[],
): Promise<string> {
  const secret = newSecret()
  const owner = database.query
    .selectFrom('person')
    .innerJoin('passkey', 'passkey.person_id', 'person.id')
    .select('person.id')
    .where('person.id', '=', personId)
    .where('passkey.id', '=', id)
  await database.atomically([
    ...writes,
    ...(await writesToBegin(database, await hashOfSecret(secret), owner, browser, before, now, { by: 'passkey' })),
  ])
  return secret
}

/** A query of the one person whom something is about, or of nobody. */
type Owner = Expression<{ id: string }>

/** The writes that begin a session for its owner, note it, and end the one that the browser had. */
async function writesToBegin(
  database: Database,
  hash: string,
  owner: Owner,
  browser: string,
  before: string | undefined,
  now: Date,
  detail: Note['detail'] = {},
): Promise<readonly Compilable[]> {
  const { query } = database
  const at = now.toISOString()
  return [
    query
      .insertInto('session')
      .columns(['hash', 'person_id', 'id', 'browser', 'started_at', 'seen_at', 'expires_at'])
      .expression(
        query
          .selectFrom(sql<{ id: string }>`(${owner})`.as('owner'))
          .select([
            sql.val(hash).as('hash'),
            'owner.id as person_id',
            sql.val(crypto.randomUUID().slice(0, 8)).as('id'),
            sql.val(browser).as('browser'),
            sql.val(at).as('started_at'),
            sql.val(at).as('seen_at'),
            sql.val(instant(now.getTime() + sessionMax)).as('expires_at'),
          ]),
      ),
    noteOf(database, 'signed-in', owner, at, detail),
    ...(before === undefined ? [] : [query.deleteFrom('session').where('hash', '=', await hashOfSecret(before))]),
  ]
}

/** The write that notes what the owner of something did for themselves. */
const noteOf = ({ query }: Database, act: Act, owner: Owner, at: string, detail: Note['detail'] = {}): Compilable =>
  query
    .insertInto('audit')
    .columns(['at', 'actor', 'act', 'subject', 'detail'])
    .expression(
      query
        .selectFrom(sql<{ id: string }>`(${owner})`.as('owner'))
        .select([
          sql.val(at).as('at'),
          'owner.id as actor',
          sql.val(act).as('act'),
          'owner.id as subject',
          sql.val(JSON.stringify(detail)).as('detail'),
        ]),
    )

/** The sessions of a person by which they are signed in now, the one last used first. */
export async function listSessions({ query }: Database, personId: string, now: Date): Promise<readonly ListedSession[]> {
  return await query
    .selectFrom('session')
    .select(['id', 'browser', 'started_at as startedAt', 'seen_at as seenAt'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', now.toISOString())
    .where('seen_at', '>', instant(now.getTime() - idleMax))
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
}

/** A person ends a session of theirs, or, without its id, all of them; each is noted. */
export async function endSessions(
  { query, atomically }: Database,
  personId: string,
  id: string | undefined,
  now: Date,
): Promise<void> {
  const ended = query.selectFrom('session').where('person_id', '=', personId)
  const end = query.deleteFrom('session').where('person_id', '=', personId)
  await atomically([
    query
      .insertInto('audit')
      .columns(['at', 'actor', 'act', 'subject', 'detail'])
      .expression(
        (id === undefined ? ended : ended.where('id', '=', id)).select([
          sql.val(now.toISOString()).as('at'),
          'person_id as actor',
          sql.val<Act>('signed-out').as('act'),
          'person_id as subject',
          sql<string>`json_object('session', id)`.as('detail'),
        ]),
      ),
    id === undefined ? end : end.where('id', '=', id),
  ])
}

/** The write that removes sessions past their end. */
export const writeToForgetSessions = ({ query }: Database, now: Date): Compilable =>
  query
    .deleteFrom('session')
    .where(({ or, eb }) => or([eb('expires_at', '<=', now.toISOString()), eb('seen_at', '<=', instant(now.getTime() - idleMax))]))

const instant = (time: number) => new Date(time).toISOString()
