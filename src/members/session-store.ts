import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { Act } from './audit'
import { type Person, personIn } from './person'
import { hashOfSecret, newSecret } from './secret'
import { idleMax, linkForgottenAfter, linkMax, linksCountedFor, linksMost, seenNotedFor, sessionIn, sessionMax } from './session'

/** A link that somebody asked for, as it is kept. */
export interface AskedLink {
  readonly address: string
  readonly locale: Locale
  readonly next: string
}

/** Somebody who is signed in, and the session by which they are. */
export interface Visitor {
  readonly person: Person
  readonly session: { readonly id: string; readonly hash: string }
}

/** A session as the one whose it is sees it. */
export interface ListedSession {
  readonly id: string
  readonly browser: string
  readonly startedAt: string
  /** To the hour. */
  readonly seenAt: string
}

/**
 * The write that keeps a link to sign in with, by the hash of its secret. It fails, and all that is written with it, where
 * enough links were asked for of late for the same address (`wereEnough`), however many ask at once.
 */
export function writeToAsk({ query }: Database, { address, locale, next }: AskedLink, hash: string, now: Date): Compilable {
  const since = instant(now.getTime() - linksCountedFor)
  const earlier = query
    .selectFrom('sign_in')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('asked_at', '>', since)
  return query.insertInto('sign_in').values({
    hash,
    address: sql<string>`case when (${earlier}) < ${linksMost} then ${address} end`,
    locale,
    next,
    asked_at: now.toISOString(),
    expires_at: instant(now.getTime() + linkMax),
    session: null,
  })
}

/** Whether it is for the links that were asked for before that a link was not kept. */
export const wereEnough = (error: unknown) =>
  error instanceof Error && error.message.includes('NOT NULL constraint failed: sign_in.address')

/** The link with this secret, where it is still good. */
export async function findLink({ query }: Database, secret: string, now: Date): Promise<AskedLink | undefined> {
  return await query
    .selectFrom('sign_in')
    .select(['address', 'locale', 'next'])
    .where('hash', '=', await hashOfSecret(secret))
    .where('session', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
}

/**
 * Uses a link: begins a session for the person of its address, who joins by it where they had not. All in one write: of two
 * who use a link at once, one gets in. Returns the session's secret and whether the person is new; `undefined` where the link
 * is no longer good. A session that the browser had before is ended.
 */
export async function useLink(
  database: Database,
  secret: string,
  browser: string,
  before: string | undefined,
  now: Date,
): Promise<{ readonly secret: string; readonly isNew: boolean } | undefined> {
  const { query } = database
  const session = newSecret()
  const [link, hash] = await Promise.all([hashOfSecret(secret), hashOfSecret(session)])
  const at = now.toISOString()
  const person = crypto.randomUUID()
  const used = query.selectFrom('sign_in').where('sign_in.session', '=', hash)
  const note = (act: Act, whom = used.innerJoin('person', 'person.address', 'sign_in.address')) =>
    query
      .insertInto('audit')
      .columns(['at', 'actor', 'act', 'subject', 'detail'])
      .expression(
        whom.select([
          sql.val(at).as('at'),
          'person.id as actor',
          sql.val(act).as('act'),
          'person.id as subject',
          sql.lit('{}').as('detail'),
        ]),
      )
  const [taken = 0, joined = 0] = await database.atomically([
    query
      .updateTable('sign_in')
      .set({ session: hash })
      .where('hash', '=', link)
      .where('session', 'is', null)
      .where('expires_at', '>', at),
    query
      .insertInto('person')
      .columns(['id', 'address', 'locale', 'tier', 'joined_at'])
      .expression(
        used.select([sql.val(person).as('id'), 'address', 'locale', sql.lit(1).as('tier'), sql.val(at).as('joined_at')]),
      )
      .onConflict((conflict) => conflict.column('address').doNothing()),
    query
      .insertInto('session')
      .columns(['hash', 'person_id', 'id', 'browser', 'started_at', 'seen_at', 'expires_at'])
      .expression(
        used
          .innerJoin('person', 'person.address', 'sign_in.address')
          .select([
            sql.val(hash).as('hash'),
            'person.id as person_id',
            sql.val(crypto.randomUUID().slice(0, 8)).as('id'),
            sql.val(browser).as('browser'),
            sql.val(at).as('started_at'),
            sql.val(at).as('seen_at'),
            sql.val(instant(now.getTime() + sessionMax)).as('expires_at'),
          ]),
      ),
    note('joined', used.innerJoin('person', 'person.address', 'sign_in.address').where('person.id', '=', person)),
    note('signed-in'),
    ...(before === undefined ? [] : [query.deleteFrom('session').where('hash', '=', await hashOfSecret(before))]),
  ])
  return taken === 1 ? { secret: session, isNew: joined === 1 } : undefined
}

/** Begins a session for a person, with the writes that go with it, and ends the one that the browser had. Returns its secret. */
export async function beginSession(
  database: Database,
  personId: string,
  browser: string,
  before: string | undefined,
  now: Date,
  writes: readonly Compilable[],
): Promise<string> {
  const { query } = database
  const secret = newSecret()
  const at = now.toISOString()
  await database.atomically([
    ...writes,
    query.insertInto('session').values({
      hash: await hashOfSecret(secret),
      person_id: personId,
      id: crypto.randomUUID().slice(0, 8),
      browser,
      started_at: at,
      seen_at: at,
      expires_at: instant(now.getTime() + sessionMax),
    }),
    query.insertInto('audit').values({ at, actor: personId, act: 'signed-in', subject: personId, detail: '{"by":"passkey"}' }),
    ...(before === undefined ? [] : [query.deleteFrom('session').where('hash', '=', await hashOfSecret(before))]),
  ])
  return secret
}

/** Who is signed in by this secret; `undefined` where its session has ended. One query. */
export async function findVisitor({ query }: Database, secret: string, now: Date): Promise<Visitor | undefined> {
  const hash = await hashOfSecret(secret)
  const row = await query
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select(({ selectFrom }) => [
      'session.id as session',
      'session.seen_at',
      'person.id',
      'address',
      'locale',
      'tier',
      'joined_at',
      selectFrom('role')
        .select(sql<string>`json_group_array(json_object('name', role.name, 'locale', role.locale))`.as('roles'))
        .whereRef('role.person_id', '=', 'person.id')
        .as('roles'),
    ])
    .where('session.hash', '=', hash)
    .where('session.expires_at', '>', now.toISOString())
    .where('session.seen_at', '>', instant(now.getTime() - idleMax))
    .executeTakeFirst()
  if (!row) return undefined
  if (row.seen_at < instant(now.getTime() - seenNotedFor)) {
    await query.updateTable('session').set({ seen_at: now.toISOString() }).where('hash', '=', hash).execute()
  }
  return { person: personIn(row), session: { id: row.session, hash } }
}

/** Who a request comes from; `undefined` where nobody is signed in by it. No query where it brings no session. */
export async function visitorOf(database: Database, origin: string, request: Request, now: Date): Promise<Visitor | undefined> {
  const secret = sessionIn(origin, request.headers.get('Cookie'))
  return secret === undefined ? undefined : await findVisitor(database, secret, now)
}

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

/** A person ends a session of theirs, or, without its id, all of them; each is noted. Returns how many that was. */
export async function endSessions(
  { query, atomically }: Database,
  personId: string,
  id: string | undefined,
  now: Date,
): Promise<number> {
  const ended = query.selectFrom('session').where('person_id', '=', personId)
  const end = query.deleteFrom('session').where('person_id', '=', personId)
  const [, count = 0] = await atomically([
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
  return count
}

/** The writes that remove sessions past their end, and links that are long past theirs. */
export const writesToForget = ({ query }: Database, now: Date): readonly Compilable[] => [
  query
    .deleteFrom('session')
    .where(({ or, eb }) =>
      or([eb('expires_at', '<=', now.toISOString()), eb('seen_at', '<=', instant(now.getTime() - idleMax))]),
    ),
  query.deleteFrom('sign_in').where('expires_at', '<', instant(now.getTime() - linkForgottenAfter)),
]

const instant = (time: number) => new Date(time).toISOString()
