import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Decision, KeptComment } from './comment'

const columns = [
  'comment.number',
  'briefing.slug',
  'comment.locale',
  'comment.name',
  'comment.text',
  'comment.sent_at as sentAt',
  'comment.state',
] as const

/** Comments in any state, or only those that are held, oldest first, up to `most` after the given number. */
export async function listComments(
  { query }: Database,
  isHeld: boolean,
  after: number,
  most: number,
): Promise<readonly KeptComment[]> {
  return await query
    .selectFrom('comment')
    .innerJoin('briefing', 'briefing.id', 'comment.briefing_id')
    .select(columns)
    .where('comment.number', '>', after)
    .$if(isHeld, (comments) => comments.where('comment.state', '=', sql.lit('held')))
    .orderBy('comment.number')
    .limit(most)
    .execute()
}

/**
 * The write that accepts or refuses a comment. An editor may change the decision at any time. It changes nothing if the comment
 * has that state already.
 */
export const writeToDecide = ({ query }: Database, number: number, state: Decision, now: Date): Compilable =>
  query
    .updateTable('comment')
    .set({ state, decided_at: now.toISOString() })
    .where('number', '=', number)
    .where('state', '!=', state)
