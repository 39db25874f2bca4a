import { type Compilable, type Expression, sql } from 'kysely'
import { everyone } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { hashOfSecret, newSecret } from '../secrets/secret'
import type { Database } from '../storage/database'
import type { Act, Note } from './audit'
import type { Passkey } from './passkey'
import { formerTier } from './person'
import { sessionMax } from './session'

/**
 * The writes that follow when a link to sign in is marked with the hash of a new session (`confirm`): the person of its address joins, if
 * they are new, and the session begins. Who has no tier gets the one that signing in gives. The browser's earlier session ends. Without a marked link they do nothing.
 */
export async function writesToSignIn(
  database: Database,
  hash: string,
  browser: string,
  before: string | undefined,
  now: Date,
  tier: Tier,
): Promise<readonly Compilable[]> {
  const { query } = database
  const at = now.toISOString()
  const id = crypto.randomUUID()
  const link = query.selectFrom('confirmation').where('confirmation.used', '=', hash)
  const owner = query.selectFrom('person').select('person.id').where('address', 'in', link.select('confirmation.address'))
  return [
    query
      .insertInto('person')
      .columns(['id', 'address', 'locale', 'tier', 'tier_id', 'joined_at'])
      .expression(
        link.select([
          sql.val(id).as('id'),
          'address',
          'locale',
          sql.lit(formerTier).as('tier'),
          sql.val(tier).as('tier_id'),
          sql.val(at).as('joined_at'),
        ]),
      )
      .onConflict((conflict) => conflict.column('address').doNothing()),
    noteOf(database, 'joined', owner.where('person.id', '=', id), at),
    ...(tier === everyone ? [] : writesToLift()),
    ...(await writesToBegin(database, hash, owner, browser, before, now)),
  ]

  /** Whoever has no tier gets what signing in gives. */
  function writesToLift(): readonly Compilable[] {
    const without = owner.where('tier_id', '=', everyone)
    return [
      noteOf(database, 'tier-changed', without, at, { tier }),
      query.updateTable('person').set({ tier_id: tier }).where('tier_id', '=', everyone).where('id', 'in', owner),
    ]
  }
}

/**
 * Begins a session for a person who signed with a passkey that still exists, together with `writes`, and ends the browser's earlier session.
 * Returns the new secret.
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

/** A query for one person, or for nobody. */
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
  return [
    writeToOpen(query, hash, owner, browser, now),
    noteOf(database, 'signed-in', owner, now.toISOString(), detail),
    ...(before === undefined ? [] : [query.deleteFrom('session').where('hash', '=', await hashOfSecret(before))]),
  ]
}

const writeToOpen = (query: Database['query'], hash: string, owner: Owner, browser: string, now: Date): Compilable =>
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
          sql.val(now.toISOString()).as('started_at'),
          sql.val(now.toISOString()).as('seen_at'),
          sql.val(new Date(now.getTime() + sessionMax).toISOString()).as('expires_at'),
        ]),
    )

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
