import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { type Comment, heldMax, type ShownComment } from './comment'

/** The accepted comments on a briefing, oldest first, up to `most` after the given number. */
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
 * Holds a comment, written on the page of a briefing in a locale, until an editor has read it. Returns `full` if too many
 * comments of this person are waiting. The same comment is held once.
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
  const held = query.selectFrom('comment').where('person_id', '=', personId).where('state', '=', sql.lit('held'))
  const row = briefing.select([
    'r.briefing_id',
    'r.asked as locale',
    sql.val(personId).as('person_id'),
    sql.val(name).as('name'),
    sql.val(text).as('text'),
    sql.val(now.toISOString()).as('sent_at'),
  ])
  const count = held.select(({ fn }) => fn.countAll<number>().as('count'))
  const [added = 0] = await atomically([
    query
      .insertInto('comment')
      .columns(['briefing_id', 'locale', 'person_id', 'name', 'text', 'sent_at'])
      .expression(row.where(count, '<', heldMax))
      .onConflict((conflict) => conflict.doNothing()),
  ])
  if (added === 1) return 'held'
  const same = held.select('number').where('text', '=', text).where('briefing_id', 'in', briefing.select('r.briefing_id'))
  return (await same.executeTakeFirst()) ? 'held' : 'full'
}
