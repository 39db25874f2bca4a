import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Act } from './audit'
import { idleMax } from './session'

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string
  readonly browser: string
  readonly startedAt: string
  /** To the hour. */
  readonly seenAt: string
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

/** Ends a session of a person, or all of them if there is no id. The log notes each. */
export async function endSessions(
  { query, atomically }: Database,
  personId: string,
  id: string | undefined,
  now: Date,
): Promise<void> {
  const theirs = query.selectFrom('session').where('person_id', '=', personId)
  const ended = id === undefined ? theirs : theirs.where('id', '=', id)
  await atomically([
    query
      .insertInto('audit')
      .columns(['at', 'actor', 'act', 'subject', 'detail'])
      .expression(
        ended.select([
          sql.val(now.toISOString()).as('at'),
          'person_id as actor',
          sql.val<Act>('signed-out').as('act'),
          'person_id as subject',
          sql<string>`json_object('session', id)`.as('detail'),
        ]),
      ),
    query.deleteFrom('session').where('hash', 'in', ended.select('hash')),
  ])
}

/** The write that removes sessions past their end. */
export const writeToForgetSessions = ({ query }: Database, now: Date): Compilable =>
  query
    .deleteFrom('session')
    .where(({ or, eb }) => or([eb('expires_at', '<=', now.toISOString()), eb('seen_at', '<=', instant(now.getTime() - idleMax))]))

const instant = (time: number) => new Date(time).toISOString()
