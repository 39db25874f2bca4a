import { type RawBuilder, sql } from 'kysely'

/**
 * The memory that the program before `0040` writes: the English for each language, in `memory` and `memory_mark`. It is read beside the
 * memory of now until it is taken over. Where the English is the same, the translation that was saved later is meant, in either.
 */

/** When a row of it was saved, in milliseconds. */
export const formerlySavedAt = sql<number>`cast(round(unixepoch(saved_at, 'subsec') * 1000) as integer)`

/** What it has of a language under the hashes in this list. */
export const formerlyRemembered = (locale: string, hashes: RawBuilder<string>) => sql`
  select hash as key, hash, source, target, ${formerlySavedAt} as at from memory where locale = ${locale} and hash in (select value from ${hashes})`

/** The hashes that it has of a language with the mark `value`, as JSON. */
export const formerSharers = (locale: string, most: number) => sql<string>`(
  select json_group_array(hash) from (
    select hash from memory_mark as marked where locale = ${locale} and mark = value
      and exists (select 1 from memory where memory.locale = marked.locale and memory.hash = marked.hash)
    limit ${sql.lit(most)}
  )
)`
