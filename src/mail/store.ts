import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import { leaseFor, type Mail, type QueuedMail, type UnsentMail } from './mail'

/**
 * The writes that queue a mail, which is sent within `goodFor` milliseconds or never. They belong in the batch of what causes the mail.
 * Then neither exists without the other.
 */
export function writesToQueue({ query }: Database, mail: Mail, now: Date, goodFor: number): readonly Compilable[] {
  const { to, headers, ...texts } = mail
  const at = now.toISOString()
  const sendBy = new Date(now.getTime() + goodFor).toISOString()
  return [
    query.insertInto('mail').values({
      ...texts,
      recipient: to,
      headers: JSON.stringify(headers),
      queued_at: at,
      due_at: at,
      refusals: 0,
      send_by: sendBy,
    }),
  ]
}

/** A mail that one sender has until its lease runs out. */
export interface LeasedMail extends QueuedMail {
  /** When the lease runs out. It also identifies the lease: a report counts only while no other sender has the mail. */
  readonly leasedUntil: string
  /** How often it was refused before. */
  readonly refusals: number
}

const columns = ['id', 'recipient', 'locale', 'subject', 'text', 'html', 'headers', 'queued_at', 'refusals'] as const

interface Row extends Omit<Mail, 'to' | 'headers'> {
  readonly recipient: string
  readonly headers: string
  readonly queued_at: string
  readonly refusals: number
}

const mailOf = ({ recipient, headers, queued_at, ...rest }: Row) => ({
  ...rest,
  to: recipient,
  headers: JSON.parse(headers) as Record<string, string>,
  queuedAt: queued_at,
})

/** Until when a mail may be sent. A program of before did not say. */
const sendBy = sql<string>`coalesce(send_by, strftime('%Y-%m-%dT%H:%M:%fZ', queued_at, '+1 day'))`

/** Gives up the mails that are due and have expired, at most `most`, and removes their texts. Returns their ids. */
export async function dropExpired({ query }: Database, now: Date, most: number): Promise<readonly string[]> {
  const at = now.toISOString()
  const isExpired = query.selectFrom('mail').select('id').where('due_at', '<=', at).where(sendBy, '<=', at)
  const expired = (await isExpired.limit(most).execute()).map(({ id }) => id)
  if (expired.length === 0) return []
  const dropped = await query
    .updateTable('mail')
    .set({ text: '', html: '', headers: '{}', due_at: null, failed_at: at, error: 'It expired before it could be sent.' })
    .where('id', 'in', expired)
    .where('due_at', '<=', at)
    .returning('id')
    .execute()
  return dropped.map(({ id }) => id)
}

/**
 * Leases up to `most` mails that are due and have not expired, the longest due first, for `leaseFor` from now. No other sender gets them
 * meanwhile. A mail without a report by then is due again.
 */
export async function lease({ query }: Database, now: Date, most: number): Promise<readonly LeasedMail[]> {
  const at = now.toISOString()
  const leasedUntil = new Date(now.getTime() + leaseFor).toISOString()
  // A read comes first. This runs every second, and must not wait for a long write when there is nothing to do.
  const due = await query
    .selectFrom('mail')
    .select('id')
    .where('due_at', '<=', at)
    .where(sendBy, '>', at)
    .orderBy('due_at')
    .limit(most)
    .execute()
  if (due.length === 0) return []
  const leased = await query
    .updateTable('mail')
    .set({ due_at: leasedUntil })
    .where(
      'id',
      'in',
      due.map(({ id }) => id),
    )
    .where('due_at', '<=', at)
    .returning(columns)
    .execute()
  return leased.map((row) => ({ ...mailOf(row), leasedUntil }))
}

/** Notes that a mail was handed over. Removes its texts, because they may have a link that signs somebody in. */
export async function markSent({ query }: Database, { id }: Mail, now: Date): Promise<void> {
  await query
    .updateTable('mail')
    .set({ ...noTexts, due_at: null, sent_at: now.toISOString(), failed_at: null, error: null })
    .where('id', '=', id)
    .execute()
}

const noTexts = { subject: '', text: '', html: '', headers: '{}' }

/** How much of the reason of a refusal is kept, in characters. */
const errorMax = 500

/** Notes that a mail was refused, and when to try it again. `undefined`: it is given up, and kept with the reason. */
export async function markRefused(
  { query }: Database,
  { id, leasedUntil, refusals }: LeasedMail,
  again: Date | undefined,
  error: string,
  now: Date,
): Promise<void> {
  await query
    .updateTable('mail')
    .set({
      due_at: again?.toISOString() ?? null,
      failed_at: again ? null : now.toISOString(),
      refusals: refusals + 1,
      error: error.slice(0, errorMax),
    })
    .where('id', '=', id)
    .where('due_at', '=', leasedUntil)
    .execute()
}

const day = 24 * 60 * 60 * 1000
/** How long the note of a sent mail, and a mail that could not be sent, are kept, in days. */
const daysKept = { sent: 7, unsent: 30 }

/** The writes that remove what has been kept long enough. */
export function writesToForgetMails({ query }: Database, now: Date): readonly Compilable[] {
  const before = (days: number) => new Date(now.getTime() - days * day).toISOString()
  return [
    query.deleteFrom('mail').where('sent_at', '<', before(daysKept.sent)),
    query.deleteFrom('mail').where('sent_at', 'is', null).where('queued_at', '<', before(daysKept.unsent)),
  ]
}

/** The mails that have not been sent, the newest first. */
export async function listUnsent({ query }: Database, most: number): Promise<readonly UnsentMail[]> {
  const rows = await query
    .selectFrom('mail')
    .select([...columns, 'error', 'failed_at'])
    .where('sent_at', 'is', null)
    .orderBy('queued_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ error, failed_at, ...row }) => ({ ...mailOf(row), error, isGivenUp: failed_at !== null }))
}

/** The HTML of a mail that has not been sent. */
export async function findUnsentHtml({ query }: Database, id: string): Promise<string | undefined> {
  const row = await query.selectFrom('mail').select('html').where('id', '=', id).where('sent_at', 'is', null).executeTakeFirst()
  return row?.html
}
