import type { Compilable } from 'kysely'
import type { Database } from '../storage/database'

/** A request that was sent under a key. */
export interface SentBefore {
  readonly tokenId: string
  readonly key: string
  /** Names everything that it asks (`fingerprintOf`). */
  readonly request: string
}

/** Its answer. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How long to wait for the answer of a request, and how long the answer is then kept, in milliseconds. */
const answeredWithin = 60_000
const knownFor = 86_400_000

/**
 * Takes a key for a request with this token. Returns `taken` if it was free. If it was used before, returns the earlier request
 * and its answer, or nothing while that is still being worked on.
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
  if (!row) return { request, answered: undefined } // It was given back at this moment.
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

/** Gives back the key of a request that was refused. It may be sent again. */
export async function giveBack({ query }: Database, { tokenId, key }: SentBefore): Promise<void> {
  await query
    .deleteFrom('sent_before')
    .where('token_id', '=', tokenId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

/** The write that removes keys that nobody uses any more. */
export const writeToForgetSent = ({ query }: Database, now: Date): Compilable =>
  query.deleteFrom('sent_before').where('begun_at', '<', new Date(now.getTime() - knownFor).toISOString())
