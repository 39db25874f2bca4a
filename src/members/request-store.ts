import { sql } from 'kysely'
import type { Ladder } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { Application, MembershipRequest } from './membership'

/** A request with the person who made it. */
export interface RequestOfPerson extends MembershipRequest {
  readonly person: { readonly id: string; readonly address: string; readonly locale: Locale }
}

const columns = [
  'membership_request.id',
  'membership_request.tier',
  'membership_request.role',
  'organisation',
  'reason',
  'asked_at as askedAt',
  'decided_at as decidedAt',
  'decision',
] as const

/** Keeps a person's request for a tier, unless they have an open one, or the tier or a higher one already. Returns whether it did. */
export async function addRequest(
  { query, atomically }: Database,
  personId: string,
  tier: Tier,
  ladder: Ladder,
  application: Application,
  now: Date,
): Promise<boolean> {
  const { role, organisation, reason } = application
  const [added] = await atomically([
    query
      .insertInto('membership_request')
      .columns(['id', 'person_id', 'tier', 'role', 'organisation', 'reason', 'asked_at'])
      .expression(
        query
          .selectFrom('person')
          .select([
            sql.val(crypto.randomUUID()).as('id'),
            'person.id as person_id',
            sql.val(tier).as('tier'),
            sql.val(role).as('role'),
            sql.val(organisation).as('organisation'),
            sql.val(reason).as('reason'),
            sql.val(now.toISOString()).as('asked_at'),
          ])
          .where('person.id', '=', personId)
          .where('tier_id', 'not in', ladder.slice(ladder.indexOf(tier))),
      )
      .onConflict((conflict) => conflict.doNothing()),
  ])
  return added === 1
}

/** The requests of a person, the newest first. */
export async function listRequestsOf({ query }: Database, personId: string): Promise<readonly MembershipRequest[]> {
  return await query
    .selectFrom('membership_request')
    .select(columns)
    .where('person_id', '=', personId)
    .orderBy('asked_at', 'desc')
    .execute()
}

/** Requests that wait for a decision, the oldest first. */
export async function listOpenRequests({ query }: Database, most: number): Promise<readonly RequestOfPerson[]> {
  const rows = await withPeople(query).where('decided_at', 'is', null).orderBy('asked_at').limit(most).execute()
  return rows.map(requestIn)
}

/** Requests that were decided, the last one first. */
export async function listDecidedRequests({ query }: Database, most: number): Promise<readonly RequestOfPerson[]> {
  const rows = await withPeople(query).where('decided_at', 'is not', null).orderBy('decided_at', 'desc').limit(most).execute()
  return rows.map(requestIn)
}

/** A request that waits for a decision. */
export async function findOpenRequest({ query }: Database, id: string): Promise<RequestOfPerson | undefined> {
  const row = await withPeople(query).where('membership_request.id', '=', id).where('decided_at', 'is', null).executeTakeFirst()
  return row && requestIn(row)
}

/** How many requests wait for a decision. */
export async function countOpenRequests({ query }: Database): Promise<number> {
  const { count } = await query
    .selectFrom('membership_request')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('decided_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

const withPeople = (query: Database['query']) =>
  query
    .selectFrom('membership_request')
    .innerJoin('person', 'person.id', 'membership_request.person_id')
    .select([...columns, 'person.id as personId', 'person.address', 'person.locale'])

const requestIn = ({
  personId,
  address,
  locale,
  ...request
}: MembershipRequest & { readonly personId: string; readonly address: string; readonly locale: string }): RequestOfPerson => ({
  ...request,
  person: { id: personId, address, locale },
})
