import type { Database } from '../storage/database'

/** After more prints than this, nobody needs to know which. */
const printsMost = 30

/**
 * The slugs of the briefings that were printed after the print of one number, up to that of another; `undefined` if that cannot be told. A
 * briefing has all slugs under which its addresses lead anywhere, former ones too. Without any, such as one that went back to being a draft,
 * nobody can tell which pages were its own.
 */
export async function listSlugsPrinted(
  { query }: Database,
  since: number,
  last: number,
): Promise<ReadonlySet<string> | undefined> {
  if (last === since) return new Set()
  if (last < since || last - since > printsMost) return undefined
  const prints = query.selectFrom('print').select('briefing_id').where('number', '>', since).where('number', '<=', last)
  const ids = (await prints.where('version', '>', 0).execute()).map((row) => row.briefing_id)
  if (ids.length < last - since) return undefined // One was of a briefing that is removed. Another may keep its number, as version 0.
  const slugsIn = (table: 'resolution' | 'moved' | 'taken_back') =>
    query.selectFrom(table).select(['briefing_id', 'slug']).where('briefing_id', 'in', ids)
  const found = await slugsIn('resolution').union(slugsIn('moved')).union(slugsIn('taken_back')).execute()
  return ids.every((id) => found.some((row) => row.briefing_id === id)) ? new Set(found.map(({ slug }) => slug)) : undefined
}
