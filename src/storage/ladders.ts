import { type Compilable, type Expression, type RawBuilder, sql } from 'kysely'
import type { Database } from './database'

/**
 * Whether an edition, as `e`, is for a tier. The print decided that and named the tiers in it: nobody compares tiers by rank when a page is
 * read. So a new order of the tiers opens nothing before the briefing is printed by it.
 */
export const isFor = (tier: string | Expression<string>): RawBuilder<boolean> =>
  sql<boolean>`(e.tier = 0 or instr(e.tiers, ' ' || ${tier} || ' ') > 0)`

/** All ladders that something was saved or printed under, oldest first: a list of pairs of number and tiers, in JSON. */
export const allLadders = sql<string>`(select coalesce(json_group_array(json_array(number, json(tiers))), '[]')
  from (select number, tiers from ladder order by number))`

/** The number of the last of them. */
export const lastLadder = sql<number>`(select max(number) from ladder)`

/** The write that notes the ladder under which something is saved or printed in the same batch. It changes nothing if that is the last one. */
export function writeToNoteLadder({ query }: Database, ladder: readonly string[], at: Date): Compilable {
  const tiers = JSON.stringify(ladder)
  return query
    .insertInto('ladder')
    .columns(['tiers', 'since'])
    .expression(
      query
        .selectNoFrom([sql.val(tiers).as('tiers'), sql.val(at.toISOString()).as('since')])
        .where(sql<boolean>`(select tiers from ladder order by number desc limit 1) is not ${tiers}`),
    )
}
