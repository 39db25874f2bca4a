import { type Compilable, sql } from 'kysely'
import type { PublicationKind } from '../briefings/publication'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'

/** A page whose present state was not reported to search engines. */
interface PageToPing {
  readonly asked: Locale
  readonly briefing_id: string
  readonly slug: string
  readonly kind: PublicationKind
  readonly state: string
}

/** Up to `most` pages that must be reported to search engines. An index has only these. */
export const listPagesToPing = ({ query }: Database, most: number): Promise<readonly PageToPing[]> =>
  query
    .selectFrom('appearance')
    .select(['asked', 'briefing_id', 'slug', 'kind', 'state'])
    .where('own', '=', sql.lit(1))
    .whereRef('announced', '<>', 'state')
    .orderBy('asked')
    .orderBy('briefing_id')
    .limit(most)
    .execute()

/** The writes that note the reported states. A page that has changed since is reported again. */
export const writesToNotePinged = ({ query }: Database, pages: readonly PageToPing[]): readonly Compilable[] =>
  pages.map(({ asked, briefing_id, state }) =>
    query.updateTable('appearance').set({ announced: state }).where('asked', '=', asked).where('briefing_id', '=', briefing_id),
  )
