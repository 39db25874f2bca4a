import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database, Write } from '../storage/database'
import { formerlySavedAt } from '../storage/former-memory'

interface Former {
  readonly locale: Locale
  readonly hash: string
  readonly source: string
}

/** Some of what the memory of a program before `0040` has. */
export const listFormer = async ({ query }: Database, most: number): Promise<readonly Former[]> =>
  await query.selectFrom('memory').select(['locale', 'hash', 'source']).limit(most).execute()

/** The writes that take over its texts: as they are when this is written, so that none comes back that was removed meanwhile. */
export function writesToTakeOver({ query }: Database, former: readonly Former[]): readonly Write[] {
  const keys = JSON.stringify(former.map(({ locale, hash }) => ({ locale, hash })))
  const taken = sql`json_each(${keys}) as taken
    cross join memory on memory.locale = taken.value ->> 'locale' and memory.hash = taken.value ->> 'hash'`
  return [
    sql`insert into memory_text (hash, source) select memory.hash, memory.source from ${taken} where true on conflict (hash) do nothing`,
    sql`
      insert into memory_translation (text, locale, target, saved_at)
      select memory_text.id, memory.locale, memory.target, ${formerlySavedAt}
      from ${taken} cross join memory_text on memory_text.hash = memory.hash
      where true
      on conflict (text, locale) do update
      set target = excluded.target, saved_at = excluded.saved_at
      where excluded.saved_at >= memory_translation.saved_at`,
    sql`delete from memory where rowid in (select memory.rowid from ${taken})`,
  ].map((write) => write.compile(query))
}

/** Whether it has marks. */
export const hasFormerMarks = async ({ query }: Database): Promise<boolean> =>
  (await query.selectFrom('memory_mark').select('mark').limit(1).executeTakeFirst()) !== undefined

/** The write that lets go of some of its marks. Its texts have others in the memory of now. */
export const writeToForgetMarks = ({ query }: Database, most: number): Write =>
  sql`
    delete from memory_mark where (locale, mark, hash) in (select locale, mark, hash from memory_mark limit ${sql.lit(most)})`.compile(
    query,
  )
