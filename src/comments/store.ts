import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Act } from '../members/audit'
import type { Database } from '../storage/database'
import { type Comment, type Decision, heldMax, type KeptComment, type ShownComment } from './comment'

/** The comments on a briefing that an editor accepted, in the order in which they came, `most` of them after the number given. */
export async function listAccepted(
  { query }: Database,
  asked: Locale,
  slug: string,
  after: number,
  most: number,
): Promise<readonly ShownComment[]> {
  return await query
    .selectFrom('resolution')
    .innerJoin('comment', 'comment.briefing_id', 'resolution.briefing_id')
    .select(['comment.number', 'comment.locale', 'comment.name', 'comment.text', 'comment.sent_at as sentAt'])
    .where('resolution.asked', '=', asked)
    .where('resolution.slug', '=', slug)
    .where('comment.state', '=', sql.lit('accepted'))
    .where('comment.number', '>', after)
    .orderBy('comment.number')
    .limit(most)
    .execute()
}

/**
 * Holds a comment, written on the page of a briefing in a locale, until an editor has read it. `full` where as many of this person wait as
 * may. The same comment is held once.
 */
export async function holdComment(
  { query, atomically }: Database,
  locale: Locale,
  slug: string,
  personId: string,
  { name, text }: Comment,
  now: Date,
): Promise<'held' | 'full'> {
  const briefing = query.selectFrom('resolution as r').where('r.asked', '=', locale).where('r.slug', '=', slug)
  const hold = query
    .insertInto('comment')
    .columns(['briefing_id', 'locale', 'person_id', 'name', 'text', 'sent_at'])
    .expression(
      briefing
        .select([
          'r.briefing_id',
          'r.asked as locale',
          sql.val(personId).as('person_id'),
          sql.val(name).as('name'),
          sql.val(text).as('text'),
          sql.val(now.toISOString()).as('sent_at'),
        ])
        .where(({ eb, selectFrom }) =>
          eb(
            selectFrom('comment')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where('comment.person_id', '=', personId)
              .where('comment.state', '=', sql.lit('held')),
            '<',
            heldMax,
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
  const [held = 0] = await atomically([hold])
  if (held === 1) return 'held'
  const same = await briefing
    .innerJoin('comment', 'comment.briefing_id', 'r.briefing_id')
    .select('comment.number')
    .where('comment.person_id', '=', personId)
    .where('comment.state', '=', sql.lit('held'))
    .where('comment.text', '=', text)
    .executeTakeFirst()
  return same ? 'held' : 'full'
}

/** Which comments are listed. */
export interface Wanted {
  readonly isHeld?: boolean
  readonly personId?: string
}

/** Comments in whatever state, in the order in which they came, `most` of them after the number given. */
export async function listComments(
  { query }: Database,
  { isHeld = false, personId }: Wanted,
  after: number,
  most: number,
): Promise<readonly KeptComment[]> {
  return await query
    .selectFrom('comment')
    .innerJoin('briefing', 'briefing.id', 'comment.briefing_id')
    .select([
      'comment.number',
      'briefing.slug',
      'comment.locale',
      'comment.name',
      'comment.text',
      'comment.sent_at as sentAt',
      'comment.state',
    ])
    .where('comment.number', '>', after)
    .$if(isHeld, (comments) => comments.where('comment.state', '=', sql.lit('held')))
    .$if(personId !== undefined, (comments) => comments.where('comment.person_id', '=', personId ?? ''))
    .orderBy('comment.number')
    .limit(most)
    .execute()
}

/** Accepts or refuses a comment, as often as an editor thinks better of it, and notes by whom. Returns whether that changed anything. */
export async function decideOnComment(
  { query, atomically }: Database,
  number: number,
  state: Decision,
  actor: string,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString()
  const act: Act = `comment-${state}`
  const [noted] = await atomically([
    query
      .insertInto('audit')
      .columns(['at', 'actor', 'act', 'subject', 'detail'])
      .expression(
        query
          .selectFrom('comment')
          .select([
            sql.val(at).as('at'),
            sql.val(actor).as('actor'),
            sql.val(act).as('act'),
            sql<string>`'comment ' || number`.as('subject'),
            sql.lit('{}').as('detail'),
          ])
          .where('number', '=', number)
          .where('state', '!=', state),
      ),
    query.updateTable('comment').set({ state, decided_at: at }).where('number', '=', number).where('state', '!=', state),
  ])
  return noted === 1
}
