import { type Compilable, type Expression, type RawBuilder, sql } from 'kysely'
import type { Database } from './database'

/**
 * Whether an edition, as `e`, is for a tier. The print decided that and named the tiers in it: nobody compares tiers by rank when a page is
 * read. So a new order of the tiers opens nothing before the briefing is printed by it. Nor does a tier that was gone for a while and is back.
 */
export const isFor = (tier: string | Expression<string>): RawBuilder<boolean> => sql<boolean>`(e.tier = 0 or (
  instr(e.tiers, ' ' || ${tier} || ' ') > 0 and not exists (
    select 1 from ladder where number > cast(substr(e.tiers, instr(e.tiers, '#') + 1) as integer)
      and not exists (select 1 from json_each(ladder.tiers) where value = ${tier}))))`

/** All ladders that something was saved or printed under, oldest first: a list of pairs of number and tiers, in JSON. */
export const allLadders = sql<string>`(select coalesce(json_group_array(json_array(number, json(tiers))), '[]')
  from (select number, tiers from ladder order by number))`

/** The number of the last of them; 0: there is none. */
export const lastLadder = sql<number>`(select coalesce(max(number), 0) from ladder)`

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

/** The same number, by itself. */
export async function findLastLadder({ query }: Database): Promise<number> {
  return (await query.selectNoFrom(lastLadder.as('number')).executeTakeFirstOrThrow()).number
}

/** Whether a ladder is the one that was noted last. */
export async function isLastLadder({ query }: Database, ladder: readonly string[]): Promise<boolean> {
  const last = await query.selectFrom('ladder').select('tiers').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return last?.tiers === JSON.stringify(ladder)
}
