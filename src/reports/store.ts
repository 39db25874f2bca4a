import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { openMax, type Report } from './report'

/** Where a report comes from: the page's language and slug, and the language of the translation on it. */
export interface Origin {
  readonly asked: Locale
  readonly slug: string
  readonly served: Locale
}

/**
 * Keeps a report of the translation that is served there, with the revisions that it was printed from. Returns `full` if too many are open, or if
 * the translation is no longer served. The same report of the same text is kept once. `hash` is that of the text.
 */
export async function keepReport(
  { query, atomically }: Database,
  origin: Origin,
  report: Report,
  hash: string,
  personId: string | null,
  now: Date,
): Promise<'kept' | 'full'> {
  const translation = translationAt(query, origin)
  const [kept = 0] = await atomically([
    query
      .insertInto('report')
      .columns(columns)
      .expression(rowOf(translation, report, hash, personId, now).where(countOpen(query), '<', openMax))
      .onConflict((conflict) => conflict.doNothing()),
  ])
  if (kept === 1) return 'kept'
  return (await findSame(translation, report, hash)) ? 'kept' : 'full'
}

/** What is served there, as it was printed for everyone. */
const translationAt = (query: Database['query'], { asked, slug, served }: Origin) =>
  query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .where('e.tier', '=', 0)
    .where('r.asked', '=', asked)
    .where('r.slug', '=', slug)
    .where('r.served', '=', served)

type Served = ReturnType<typeof translationAt>

const columns = [
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
] as const

/** A report of a translation as it is kept, in the order of the columns. */
const rowOf = (translation: Served, report: Report, hash: string, personId: string | null, now: Date) =>
  translation.select([
    'r.briefing_id',
    'r.served as locale',
    sql.val(report.segment).as('segment'),
    sql.val(report.access === 'public' ? 0 : 1).as('tier'),
    sql.val(report.kind).as('kind'),
    sql.val(report.detail).as('detail'),
    sql.val(report.text).as('text'),
    sql.val(report.textLocale).as('text_locale'),
    sql.val(hash).as('hash'),
    'e.source_revision',
    'e.translation_revision',
    sql.val(personId).as('person_id'),
    sql.val(now.toISOString()).as('sent_at'),
  ])

/** How many reports of the translation are open. */
const countOpen = (query: Database['query']) =>
  query
    .selectFrom('report')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('report.briefing_id', '=', sql.ref<string>('r.briefing_id'))
    .where('report.locale', '=', sql.ref<string>('r.served'))
    .where('report.state', '=', sql.lit('open'))

/** An open report that says the same of the same text. */
const findSame = (translation: Served, { segment, kind, detail }: Report, hash: string) =>
  translation
    .innerJoin('report', (join) => join.onRef('report.briefing_id', '=', 'r.briefing_id').onRef('report.locale', '=', 'r.served'))
    .select('report.number')
    .where('report.state', '=', sql.lit('open'))
    .where('report.segment', '=', segment)
    .where('report.kind', '=', kind)
    .where('report.detail', '=', detail)
    .where('report.hash', '=', hash)
    .executeTakeFirst()
