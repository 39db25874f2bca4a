import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { isFallback, type Reason } from '../language/resolution'
import { type Database, isViolated } from '../storage/database'
import type { Following } from './follow'

/** A print whose followers have not been notified yet. */
export interface Print {
  readonly number: number
  readonly briefingId: string
  readonly isFollowed: boolean
}

/** Up to `most` prints whose followers have not all been notified, oldest first. One query. */
export async function listPrints({ query }: Database, most: number): Promise<readonly Print[]> {
  const rows = await query
    .selectFrom('print')
    .select(({ exists, selectFrom }) => [
      'number',
      'briefing_id as briefingId',
      exists(selectFrom('following').select('id').whereRef('following.briefing_id', '=', 'print.briefing_id')).as('isFollowed'),
    ])
    .where('number', '>', ({ fn, selectFrom }) => fn.coalesce(selectFrom('announced').select('print'), sql<number>`0`))
    .orderBy('number')
    .limit(most)
    .execute()
  return rows.map(({ isFollowed, ...row }) => ({ ...row, isFollowed: Boolean(isFollowed) }))
}

/** Notes that all followers have been notified of the prints up to this one. A later mark stays. */
export async function moveOn({ query }: Database, print: number): Promise<void> {
  await query
    .insertInto('announced')
    .values({ only: 1, print })
    .onConflict((conflict) => conflict.column('only').doUpdateSet({ print }).where('announced.print', '<', print))
    .execute()
}

/** What readers have of a briefing. */
export interface Printed {
  /** The locales that have a page of it, with its slug there. */
  readonly slugs: ReadonlyMap<Locale, string>
  /** The locales whose readers have it in their own language. */
  readonly available: readonly Locale[]
  /** When the newest printed material change was saved. Without one, when the briefing was published. */
  readonly changedAt: string
}

/** What readers have of a briefing whose English is in `source`; `undefined` if nothing. */
export async function findPrinted({ query }: Database, briefingId: string, source: Locale): Promise<Printed | undefined> {
  const [rows, edition] = await Promise.all([
    query
      .selectFrom('resolution')
      .select(['asked', 'slug', sql<Reason>`json_extract(resolution, '$.reason')`.as('reason')])
      .where('briefing_id', '=', briefingId)
      .execute(),
    query
      .selectFrom('edition')
      .select(sql<string>`coalesce(json_extract(reading, '$.changedAt'), json_extract(reading, '$.publishedAt'))`.as('changedAt'))
      .where('briefing_id', '=', briefingId)
      .where('locale', '=', source)
      .where('tier', '=', 0)
      .executeTakeFirst(),
  ])
  if (!edition) return undefined
  return {
    slugs: new Map(rows.map(({ asked, slug }) => [asked, slug])),
    available: rows.filter((row) => !isFallback(row)).map(({ asked }) => asked),
    changedAt: edition.changedAt,
  }
}

/** Up to `most` followings whose reader must be notified of a briefing as it is printed. */
export async function listDue(
  { query }: Database,
  briefingId: string,
  { slugs, available, changedAt }: Printed,
  most: number,
): Promise<readonly Following[]> {
  return await query
    .selectFrom('following')
    .select(['id', 'address', 'briefing_id as briefingId', 'locale', 'wish', 'known', 'tellings'])
    .where('briefing_id', '=', briefingId)
    .where(({ or, and, eb }) =>
      or([
        and([eb('wish', '=', 'available'), eb('tellings', '=', 0), eb('locale', 'in', available)]),
        and([eb('wish', '=', 'changes'), eb('known', '!=', changedAt), eb('locale', 'in', [...slugs.keys()])]),
      ]),
    )
    .orderBy('id')
    .limit(most)
    .execute()
}

/**
 * The writes that count an email about the print with this number, and keep the hash of the link that stops it. They fail as a
 * whole, with the email in the same batch, if the email is no longer right (see `isNotificationConflict`). Then somebody else has
 * notified the reader, the reader has stopped it, or readers have something else of the briefing meanwhile.
 */
export const writesToNotify = (
  { query }: Database,
  { id, tellings }: Following,
  mail: { readonly hash: string; readonly print: number; readonly known: string; readonly at: Date },
): readonly Compilable[] => [
  query.insertInto('following_stop').values({
    hash: mail.hash,
    following_id: sql<string>`(
      select f.id from following as f join resolution as r on r.briefing_id = f.briefing_id and r.asked = f.locale
      join edition as e on e.briefing_id = r.briefing_id and e.locale = r.served and e.tier = 0
      where f.id = ${id} and f.tellings = ${tellings} and max(r.print, e.print) = ${mail.print})`,
  }),
  query
    .updateTable('following')
    .set({ tellings: tellings + 1, told_at: mail.at.toISOString(), known: mail.known })
    .where('id', '=', id),
]

/** The write that notes a change that needs no notification: it was undone before it was printed. */
export const writeToPass = ({ query }: Database, { id, tellings }: Following, known: string): Compilable =>
  query.updateTable('following').set({ known }).where('id', '=', id).where('tellings', '=', tellings)

/** Whether the writes failed because something has changed meanwhile. */
export const isNotificationConflict = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'following_stop.following_id')

/** How long a following is kept after its reader was notified, in days. The links in the email work for that time. */
const daysKept = 30

/** The write that removes followings that are over and have been kept long enough. */
export const writeToForgetFollowings = ({ query }: Database, now: Date): Compilable =>
  query
    .deleteFrom('following')
    .where('wish', '=', 'available')
    .where('told_at', '<', new Date(now.getTime() - daysKept * 86_400_000).toISOString())
