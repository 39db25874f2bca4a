import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type Database, isViolated } from '../storage/database'
import type { Order, Rhythm } from './newsletter'

/** Subscribers who are due for an issue and have been sent the prints up to the same one. They get the same digest. */
export interface Round {
  readonly rhythm: Rhythm
  readonly locale: Locale
  /** When the issue was due. */
  readonly issue: string
  /** The print up to which they have been informed. */
  readonly after: number
}

/** Up to `most` rounds of an issue that are to be sent, in some languages. */
export async function listRounds(
  { query }: Database,
  rhythm: Rhythm,
  issue: string,
  locales: readonly Locale[],
  most: number,
): Promise<readonly Round[]> {
  const rows = await query
    .selectFrom('subscription')
    .select(['locale', 'print as after'])
    .distinct()
    .where('rhythm', '=', rhythm)
    .where('issue', '<', issue)
    .where('locale', 'in', sql<string>`(select value from json_each(${JSON.stringify(locales)}))`)
    .orderBy('locale')
    .orderBy('print')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...row, rhythm, issue }))
}

/** The number of the last print before a moment, to the second; 0 if there was none. */
export async function findPrintBefore({ query }: Database, moment: string): Promise<number> {
  const row = await query
    .selectFrom('print')
    .select('number')
    .where('printed_at', '<', `${moment.slice(0, 19)}Z`)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.number ?? 0
}

/** Somebody who is to be sent a digest. */
export interface Subscriber extends Pick<Order, 'address' | 'locale'> {
  readonly id: string
  /** The last issue that was handled. */
  readonly dealt: string
}

/** Up to `most` subscribers of a round who have not been sent it yet. */
export async function listDue(database: Database, round: Round, most: number): Promise<readonly Subscriber[]> {
  return await database.query
    .selectFrom('subscription')
    .select(['id', 'address', 'locale', 'issue as dealt'])
    .where('rhythm', '=', round.rhythm)
    .where('issue', '<', round.issue)
    .where('locale', '=', round.locale)
    .where('print', '=', round.after)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** What a digest covers: the print up to which it goes, and the last print when it was made. */
export interface Covered {
  readonly upTo: number
  readonly madeAt: number
}

/**
 * The writes that note that a subscriber was sent a digest, and keep the hash of the link that stops it. They fail as a whole,
 * with the email in the same batch, if the digest is no longer right (see `isDigestConflict`). Then somebody else has sent it, the
 * reader has stopped or changed it, or something was printed meanwhile.
 */
export const writesToSend = (
  { query }: Database,
  { id, locale, dealt }: Subscriber,
  issue: string,
  { upTo, madeAt }: Covered,
  hash: string,
  now: Date,
): readonly Compilable[] => [
  query.insertInto('subscription_stop').values({
    hash,
    subscription_id: sql<string>`(
      select id from subscription where id = ${id} and issue = ${dealt} and locale = ${locale}
      and (select max(number) from print) = ${madeAt})`,
  }),
  query.updateTable('subscription').set({ issue, print: upTo, sent_at: now.toISOString() }).where('id', '=', id),
]

/** Notes that nothing had appeared for a round. */
export async function passOver({ query }: Database, round: Round, { upTo }: Covered): Promise<void> {
  await query
    .updateTable('subscription')
    .set({ issue: round.issue, print: upTo })
    .where('rhythm', '=', round.rhythm)
    .where('issue', '<', round.issue)
    .where('locale', '=', round.locale)
    .where('print', '=', round.after)
    .execute()
}

/** Whether the writes failed because something has changed meanwhile. */
export const isDigestConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'subscription_stop.subscription_id')
