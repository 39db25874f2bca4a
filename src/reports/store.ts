import { type Compilable, sql } from 'kysely'
import { rankOf, type Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { chunked, type Database } from '../storage/database'
import { type Closing, type KeptReport, openMax, type Report } from './report'

/** Where a report is sent from: the page's language and slug, and the language of the translation on it. */
export interface Origin {
  readonly asked: Locale
  readonly slug: string
  readonly served: Locale
}

/**
 * Keeps a report of the translation that is served there, with the revisions that stand. `full` where as many are open as are taken in,
 * or no such translation is served any more. The same report of the same text is kept once. `hash` is that of the text.
 */
export async function keepReport(
  { query, atomically }: Database,
  { asked, slug, served }: Origin,
  report: Report,
  hash: string,
  personId: string | null,
  now: Date,
): Promise<'kept' | 'full'> {
  const { segment, kind, detail, text, textLocale } = report
  const translation = query
    .selectFrom('resolution as r')
    .innerJoin('briefing as b', 'b.id', 'r.briefing_id')
    .innerJoin('translation as t', (join) => join.onRef('t.briefing_id', '=', 'b.id').onRef('t.locale', '=', 'r.served'))
    .where('r.asked', '=', asked)
    .where('r.slug', '=', slug)
    .where('r.served', '=', served)
  const keep = query
    .insertInto('report')
    .columns([
      'briefing_id',
      'locale',
      'segment',
      'tier',
      'kind',
      'detail',
      'text',
      'text_locale',
      'hash',
      'source_revision',
      'translation_revision',
      'person_id',
      'sent_at',
    ])
    .expression(
      translation
        .select([
          'b.id as briefing_id',
          'r.served as locale',
          sql.val(segment).as('segment'),
          sql.val(rankOf(report.access)).as('tier'),
          sql.val(kind).as('kind'),
          sql.val(detail).as('detail'),
          sql.val(text).as('text'),
          sql.val(textLocale).as('text_locale'),
          sql.val(hash).as('hash'),
          'b.revision as source_revision',
          't.revision as translation_revision',
          sql.val(personId).as('person_id'),
          sql.val(now.toISOString()).as('sent_at'),
        ])
        .where(({ eb, selectFrom }) =>
          eb(
            selectFrom('report')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .whereRef('report.briefing_id', '=', 'b.id')
              .whereRef('report.locale', '=', 'r.served')
              .where('report.state', '=', sql.lit('open')),
            '<',
            openMax,
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
  const [kept = 0] = await atomically([keep])
  if (kept === 1) return 'kept'
  const same = await translation
    .innerJoin('report', (join) => join.onRef('report.briefing_id', '=', 'b.id').onRef('report.locale', '=', 'r.served'))
    .select('report.number')
    .where('report.state', '=', sql.lit('open'))
    .where('report.segment', '=', segment)
    .where('report.kind', '=', kind)
    .where('report.detail', '=', detail)
    .where('report.hash', '=', hash)
    .executeTakeFirst()
  return same ? 'kept' : 'full'
}

/** Which reports are listed. */
export interface Wanted {
  readonly locale?: Locale | undefined
  readonly isOpen?: boolean
}

/** Reports in the order in which they came, `most` of them after the number given. */
export async function listReports(
  { query }: Database,
  { locale, isOpen = false }: Wanted,
  after: number,
  most: number,
): Promise<readonly KeptReport[]> {
  return await query
    .selectFrom('report')
    .innerJoin('briefing', 'briefing.id', 'report.briefing_id')
    .select([
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
    ])
    .where('report.number', '>', after)
    .$if(locale !== undefined, (reports) => reports.where('report.locale', '=', locale ?? ''))
    .$if(isOpen, (reports) => reports.where('report.state', '=', sql.lit('open')))
    .orderBy('report.number')
    .limit(most)
    .execute()
}

/** How many reports are open on the translations of some briefings: of those on segments that a tier opens, or of all. */
export async function countOpenReports(
  { query }: Database,
  locales: readonly Locale[],
  briefingIds: readonly string[],
  tier: Tier = 'alliance',
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
        .where('tier', '<=', rankOf(tier))
        .groupBy(['briefing_id', 'locale'])
        .execute(),
    ),
  )
  return counts.flat()
}

/** The write that closes a report. It changes nothing where none of this number is open. */
export const writeToClose = ({ query }: Database, number: number, state: Closing, now: Date): Compilable =>
  query
    .updateTable('report')
    .set({ state, closed_at: now.toISOString() })
    .where('number', '=', number)
    .where('state', '=', sql.lit('open'))
