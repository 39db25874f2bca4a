import { type Compilable, sql } from 'kysely'
import type { Sight } from '../briefings/segments'
import type { Locale } from '../language/locale'
import { chunked, type Database } from '../storage/database'
import type { Closing, KeptReport } from './report'

/** Which reports are listed. */
export interface Wanted {
  readonly locale?: Locale | undefined
  readonly isOpen?: boolean
}

const columns = [
  'report.number',
  'report.briefing_id as briefingId',
  'briefing.slug',
  'report.locale',
  'report.segment',
  'report.kind',
  'report.detail',
  'report.text',
  'report.text_locale as textLocale',
  'report.source_revision as sourceRevision',
  'report.translation_revision as translationRevision',
  'report.sent_at as sentAt',
  'report.state',
] as const

/** Reports, oldest first, up to `most` after the given number. */
export async function listReports(
  { query }: Database,
  { locale, isOpen = false }: Wanted,
  after: number,
  most: number,
): Promise<readonly KeptReport[]> {
  return await query
    .selectFrom('report')
    .innerJoin('briefing', 'briefing.id', 'report.briefing_id')
    .select(columns)
    .where('report.number', '>', after)
    .$if(locale !== undefined, (reports) => reports.where('report.locale', '=', locale ?? ''))
    .$if(isOpen, (reports) => reports.where('report.state', '=', sql.lit('open')))
    .orderBy('report.number')
    .limit(most)
    .execute()
}

/** How many reports are open on the translations of some briefings: all, or only those on texts for everyone. */
export async function countOpenReports(
  { query }: Database,
  locales: readonly Locale[],
  briefingIds: readonly string[],
  sight: Sight = 'all',
): Promise<readonly { readonly briefingId: string; readonly locale: Locale; readonly reports: number }[]> {
  const parts = chunked(briefingIds, 2).flatMap((ids) => chunked(locales, 2).map((tags) => ({ ids, tags })))
  const counts = await Promise.all(
    parts.map(({ ids, tags }) =>
      query
        .selectFrom('report')
        .select(({ fn }) => ['briefing_id as briefingId', 'locale', fn.countAll<number>().as('reports')])
        .where('state', '=', sql.lit('open'))
        .where('briefing_id', 'in', ids)
        .where('locale', 'in', tags)
        .$if(sight !== 'all', (counted) => counted.where('tier', '=', 0))
        .groupBy(['briefing_id', 'locale'])
        .execute(),
    ),
  )
  return counts.flat()
}

/** The write that closes a report. It changes nothing if no report with this number is open. */
export const writeToClose = ({ query }: Database, number: number, state: Closing, now: Date): Compilable =>
  query
    .updateTable('report')
    .set({ state, closed_at: now.toISOString() })
    .where('number', '=', number)
    .where('state', '=', sql.lit('open'))
