import type { Compilable, Selectable } from 'kysely'
import { unlessUnwritten } from '../delivery/write-failure'
import type { Database } from '../storage/database'
import type { Schema } from '../storage/schema'
import type { AccessToken } from './token'

/** The shortest time between two notes of a token's use, in milliseconds. So reading writes at most once an hour. */
const useNotedFor = 3_600_000

/** The write that keeps a token that was issued, by its hash. */
export const writeToAddToken = ({ query }: Database, token: AccessToken, hash: string): Compilable =>
  query.insertInto('access_token').values({
    id: token.id,
    name: token.name,
    hash,
    locales: JSON.stringify(token.locales),
    may_write: token.mayWrite ? 1 : 0,
    may_edit: token.mayEdit ? 1 : 0,
    may_publish: token.mayPublish ? 1 : 0,
    may_admit: token.mayAdmit ? 1 : 0,
    sees_gated: token.seesGated ? 1 : 0,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
    revoked_at: token.revokedAt,
  })

/**
 * The token with this hash, if it is valid now. Unknown, revoked and expired tokens are the same query with the same empty answer, found by an
 * index. So neither words nor time distinguish them.
 */
export async function findToken({ query }: Database, hash: string, now: Date): Promise<AccessToken | undefined> {
  const row = await query
    .selectFrom('access_token')
    .select(columns)
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now.toISOString())]))
    .executeTakeFirst()
  return row && toToken(row)
}

/** All tokens, also revoked ones, oldest first. */
export async function listTokens({ query }: Database): Promise<readonly AccessToken[]> {
  const rows = await query.selectFrom('access_token').select(columns).orderBy('created_at').orderBy('id').execute()
  return rows.map(toToken)
}

/** Whether there is a token with this id that nobody has revoked. It may have expired. */
export async function isKept({ query }: Database, id: string): Promise<boolean> {
  const token = query.selectFrom('access_token').select('id').where('id', '=', id).where('revoked_at', 'is', null)
  return (await token.executeTakeFirst()) !== undefined
}

/** The write that revokes a token for good. It changes nothing if it is revoked already, or if there is none with this id. */
export const writeToRevokeToken = ({ query }: Database, id: string, now: Date): Compilable =>
  query.updateTable('access_token').set({ revoked_at: now.toISOString() }).where('id', '=', id).where('revoked_at', 'is', null)

/** Notes that a token was used, unless that was noted within the hour. */
export async function noteUse({ query }: Database, { id, lastUsedAt }: AccessToken, now: Date): Promise<void> {
  const since = new Date(now.getTime() - useNotedFor).toISOString()
  if (lastUsedAt !== null && lastUsedAt > since) return
  await query
    .updateTable('access_token')
    .set({ last_used_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
    .catch(unlessUnwritten)
}

const columns = [
  'id',
  'name',
  'locales',
  'may_write',
  'may_edit',
  'may_publish',
  'may_admit',
  'sees_gated',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const

const toToken = (row: Pick<Selectable<Schema['access_token']>, (typeof columns)[number]>): AccessToken => ({
  id: row.id,
  name: row.name,
  locales: JSON.parse(row.locales) as AccessToken['locales'],
  mayWrite: row.may_write === 1,
  mayEdit: row.may_edit === 1,
  mayPublish: row.may_publish === 1,
  mayAdmit: row.may_admit === 1,
  seesGated: row.sees_gated === 1,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})
