import type { Compilable, Selectable } from 'kysely'
import { hashOfSecret } from '../secrets/secret'
import type { Database } from '../storage/database'
import type { Schema } from '../storage/schema'
import { challengeMax, type Passkey, passkeysMax } from './passkey'

/** Keeps a challenge by its hash: of a person who adds a passkey, or of a sign-in. Removes old ones. */
export async function keepChallenge(database: Database, challenge: string, personId: string | null, now: Date): Promise<void> {
  const { query } = database
  await database.atomically([
    query.deleteFrom('passkey_challenge').where('expires_at', '<', now.toISOString()),
    query.insertInto('passkey_challenge').values({
      hash: await hashOfSecret(challenge),
      person_id: personId,
      expires_at: new Date(now.getTime() + challengeMax).toISOString(),
    }),
  ])
}

/** Uses up a challenge, which is valid once. Returns whether it was valid for this purpose. */
export async function takeChallenge(
  { query, atomically }: Database,
  challenge: string,
  personId: string | null,
  now: Date,
): Promise<boolean> {
  const taken = query
    .deleteFrom('passkey_challenge')
    .where('hash', '=', await hashOfSecret(challenge))
    .where('person_id', 'is', personId)
    .where('expires_at', '>', now.toISOString())
  const [count] = await atomically([taken])
  return count === 1
}

/** The passkeys of a person, the first added first. */
export async function listPasskeys({ query }: Database, personId: string): Promise<readonly Passkey[]> {
  const rows = await query
    .selectFrom('passkey')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('added_at')
    .orderBy('id')
    .limit(passkeysMax)
    .execute()
  return rows.map(toPasskey)
}

/** The passkey whose credential has this id. */
export async function findPasskey({ query }: Database, id: string): Promise<Passkey | undefined> {
  const row = await query.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toPasskey(row)
}

/** The write that adds a passkey. It fails if a credential with this id exists already. */
export const writeToAddPasskey = (
  { query }: Database,
  { personId, publicKey, addedAt, lastUsedAt, transports, ...rest }: Passkey,
): Compilable =>
  query.insertInto('passkey').values({
    ...rest,
    person_id: personId,
    public_key: publicKey,
    transports: JSON.stringify(transports),
    added_at: addedAt,
    last_used_at: lastUsedAt,
  })

/** The write that notes a use of a passkey, after which its counter stands at `counter`. */
export const writeToNoteUse = ({ query }: Database, id: string, counter: number, now: Date): Compilable =>
  query.updateTable('passkey').set({ counter, last_used_at: now.toISOString() }).where('id', '=', id)

/** The write that removes a passkey of a person. */
export const writeToRemovePasskey = ({ query }: Database, personId: string, id: string): Compilable =>
  query.deleteFrom('passkey').where('person_id', '=', personId).where('id', '=', id)

const toPasskey = ({
  person_id,
  public_key,
  added_at,
  last_used_at,
  transports,
  ...rest
}: Selectable<Schema['passkey']>): Passkey => ({
  ...rest,
  personId: person_id,
  publicKey: public_key,
  transports: JSON.parse(transports) as string[],
  addedAt: added_at,
  lastUsedAt: last_used_at,
})
