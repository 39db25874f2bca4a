import { type Compilable, sql } from 'kysely'
import { type Database, isViolated } from '../storage/database'
import type { Act } from './audit'
import type { Decision, MembershipRequest } from './membership'

/**
 * The writes that decide a request and note it. They come first in the batch of all that follows from the decision. The batch fails as a whole
 * if the request was decided meanwhile, is gone, or is the decider's own (see `isDecisionConflict`).
 */
export function writesToDecide(
  { query }: Database,
  { id, tier }: Pick<MembershipRequest, 'id' | 'tier'>,
  { decision, by, at }: { readonly decision: Decision; readonly by: string; readonly at: string },
): readonly Compilable[] {
  const act: Act = decision === 'granted' ? 'tier-changed' : 'request-refused'
  const detail = decision === 'granted' ? { tier, request: id } : { request: id }
  const whose = sql<string>`(select person_id from membership_request where id = ${id} and decided_at is null and person_id <> ${by})`
  return [
    query.insertInto('audit').values({ at, actor: by, act, subject: whose, detail: JSON.stringify(detail) }),
    query.updateTable('membership_request').set({ decided_at: at, decision, decided_by: by }).where('id', '=', id),
  ]
}

/** Whether a decision failed because there is nothing to decide, or no longer. */
export const isDecisionConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'audit.subject')
