import { type RawBuilder, sql } from 'kysely'

/**
 * An address to be kept with a link, or null, which its column refuses, where `most` links were asked for for it since then already:
 * decided in the write itself, however many ask at once.
 */
export const unlessEnough = (
  table: 'sign_in' | 'following_link' | 'newsletter_link',
  address: string,
  since: Date,
  most: number,
): RawBuilder<string> =>
  sql<string>`(select ${address} where
    (select count(*) from ${sql.table(table)} where address = ${address} and asked_at > ${since.toISOString()}) < ${most})`
