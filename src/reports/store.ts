import { sql } from 'kysely'
import { rankOf } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { openMax, type Report } from './report'

/** Where a report is sent from: the page's language and slug, and the language of the translation on it. */
export interface Origin {
  readonly asked: Locale
  readonly slug: string
  readonly served: Locale
}

/**
 * Keeps a report of the translation that is served there, with the revisions that it was printed from. `full` where as many are open as are taken in,
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
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .where('e.tier', '=', 0)
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
          'r.briefing_id',
          'r.served as locale',
          sql.val(segment).as('segment'),
          sql.val(rankOf(report.access)).as('tier'),
          sql.val(kind).as('kind'),
          sql.val(detail).as('detail'),
          sql.val(text).as('text'),
          sql.val(textLocale).as('text_locale'),
          sql.val(hash).as('hash'),
          'e.source_revision',
          'e.translation_revision',
          sql.val(personId).as('person_id'),
          sql.val(now.toISOString()).as('sent_at'),
        ])
        .where(({ eb, selectFrom }) =>
          eb(
            selectFrom('report')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .whereRef('report.briefing_id', '=', 'r.briefing_id')
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
    .innerJoin('report', (join) => join.onRef('report.briefing_id', '=', 'r.briefing_id').onRef('report.locale', '=', 'r.served'))
    .select('report.number')
    .where('report.state', '=', sql.lit('open'))
    .where('report.segment', '=', segment)
    .where('report.kind', '=', kind)
    .where('report.detail', '=', detail)
    .where('report.hash', '=', hash)
    .executeTakeFirst()
  return same ? 'kept' : 'full'
}
