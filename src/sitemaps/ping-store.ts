import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'

/** A page that search engines have not been told of in its present state. */
interface PageToPing {
  readonly asked: Locale
  readonly briefing_id: string
  readonly slug: string
  readonly state: string
}

/** Pages that search engines are to be told of, `most` at the most. Read off an index that holds no others. */
export const listPagesToPing = ({ query }: Database, most: number): Promise<readonly PageToPing[]> =>
  query
    .selectFrom('appearance')
    .select(['asked', 'briefing_id', 'slug', 'state'])
    .where('own', '=', sql.lit(1))
    .whereRef('announced', '<>', 'state')
    .orderBy('asked')
    .orderBy('briefing_id')
    .limit(most)
    .execute()

/** The writes that note what was told. What has changed since then stays to be told. */
export const writesToNotePinged = ({ query }: Database, pages: readonly PageToPing[]): readonly Compilable[] =>
  pages.map(({ asked, briefing_id, state }) =>
    query.updateTable('appearance').set({ announced: state }).where('asked', '=', asked).where('briefing_id', '=', briefing_id),
  )
