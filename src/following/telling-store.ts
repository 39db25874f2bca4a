import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { isFallback, type Reason } from '../language/resolution'
import { type Database, isViolated } from '../storage/database'
import type { Following } from './follow'

/** A print that followers have not been told of. */
export interface Print {
  readonly number: number
  readonly briefingId: string
  readonly isFollowed: boolean
}

/** The prints up to which not all followers have been told, `most` of them, oldest first. One query. */
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

/** Notes that all followers have been told of the prints up to this one. A mark that is further on stays. */
export async function moveOn({ query }: Database, print: number): Promise<void> {
  await query
    .insertInto('announced')
    .values({ only: 1, print })
    .onConflict((conflict) => conflict.column('only').doUpdateSet({ print }).where('announced.print', '<', print))
    .execute()
}

/** What readers have of a briefing. */
export interface Printed {
  /** The locales in which it can be asked for, and its address there. */
  readonly slugs: ReadonlyMap<Locale, string>
  /** The locales whose readers have it in their own language. */
  readonly available: readonly Locale[]
  /** When the newest material change was saved that is printed; without one, when the briefing was published. */
  readonly changedAt: string
}

/** What readers have of a briefing whose English is in `source`; `undefined` where that is nothing. */
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

/** Whose time it is to be told of a briefing as it is printed, `most` of them. */
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
 * The writes that count a telling, of what was printed with that number, and keep the hash of the link by which its mail can
 * be stopped. They fail whole, and so does the mail that is queued in one batch with them, where somebody else has told the
 * reader meanwhile, where the reader has stopped it, or where the briefing has been printed anew: see `wasForestalled`.
 */
export const writesToTell = (
  { query }: Database,
  { id, tellings }: Following,
  told: { readonly hash: string; readonly print: number; readonly known: string; readonly at: Date },
): readonly Compilable[] => [
  query.insertInto('following_stop').values({
    hash: told.hash,
    following_id: sql<string>`(
      select f.id from following as f join resolution as r on r.briefing_id = f.briefing_id and r.asked = f.locale
      where f.id = ${id} and f.tellings = ${tellings} and r.print = ${told.print})`,
  }),
  query
    .updateTable('following')
    .set({ tellings: tellings + 1, told_at: told.at.toISOString(), known: told.known })
    .where('id', '=', id),
]

/** The write that notes of a reader what they know without being told: a change that was undone before it was printed. */
export const writeToPass = ({ query }: Database, { id, tellings }: Following, known: string): Compilable =>
  query.updateTable('following').set({ known }).where('id', '=', id).where('tellings', '=', tellings)

/** Whether an error says that what was to be told is not as it was. */
export const wasForestalled = (error: unknown): boolean => isViolated(error, 'NOT NULL', 'following_stop.following_id')

/** How long it is known that a reader was told what they waited for, in days: the links in that mail lead somewhere so long. */
const daysKept = 30

/** The write that removes followings that came to their end and have been kept long enough. */
export const writeToForgetFollowings = ({ query }: Database, now: Date): Compilable =>
  query
    .deleteFrom('following')
    .where('wish', '=', 'available')
    .where('told_at', '<', new Date(now.getTime() - daysKept * 86_400_000).toISOString())
