import type { Compilable } from 'kysely'
import type { Database } from '../storage/database'

/** A request that was sent under a key. */
export interface SentBefore {
  readonly tokenId: string
  readonly key: string
  /** Names all that it asks (`fingerprintOf`). */
  readonly request: string
}

/** What it was answered. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How long it is waited for the answer of a request, and how long it is then known, in milliseconds. */
const answeredWithin = 60_000
const knownFor = 86_400_000

/**
 * Takes a key for a request, of a token that nobody else uses it for: returns `taken`. Where it was used before: what was sent under
 * it, and what that was answered; nothing, while that is still being worked on.
 */
export async function takeKey(
  { query }: Database,
  sent: SentBefore,
  now: Date,
): Promise<'taken' | { readonly request: string; readonly answered: Answered | undefined }> {
  const { tokenId, key, request } = sent
  if (await take(query, sent, now)) return 'taken'
  const row = await query
    .selectFrom('sent_before')
    .select(['request', 'status', 'headers', 'body'])
    .where('token_id', '=', tokenId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) return { request, answered: undefined } // It was given back this moment.
  const { status, headers, body } = row
  return {
    request: row.request,
    answered: status === null ? undefined : { status, headers: JSON.parse(headers) as Record<string, string>, body },
  }
}

/** Takes a key that was never used, or whose request was abandoned and is sent again. */
async function take(query: Database['query'], { tokenId, key, request }: SentBefore, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const abandoned = new Date(now.getTime() - answeredWithin).toISOString()
  const taken = await query
    .insertInto('sent_before')
    .values({ token_id: tokenId, key, request, begun_at: at, status: null, headers: '{}', body: '' })
    .onConflict((conflict) =>
      conflict
        .columns(['token_id', 'key'])
        .doUpdateSet({ begun_at: at })
        .where('sent_before.status', 'is', null)
        .where('sent_before.begun_at', '<', abandoned)
        .where('sent_before.request', '=', request),
    )
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

/** Keeps what a request was answered. */
export async function keepAnswer({ query }: Database, { tokenId, key }: SentBefore, answered: Answered): Promise<void> {
  await query
    .updateTable('sent_before')
    .set({ status: answered.status, headers: JSON.stringify(answered.headers), body: answered.body })
    .where('token_id', '=', tokenId)
    .where('key', '=', key)
    .execute()
}

/** Gives a key back whose request came to nothing: it may be sent again. */
export async function giveBack({ query }: Database, { tokenId, key }: SentBefore): Promise<void> {
  await query
    .deleteFrom('sent_before')
    .where('token_id', '=', tokenId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

/** The write that removes what nobody sends again. */
export const writeToForgetSent = ({ query }: Database, now: Date): Compilable =>
  query.deleteFrom('sent_before').where('begun_at', '<', new Date(now.getTime() - knownFor).toISOString())
