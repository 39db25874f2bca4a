import { sql } from 'kysely'
import { hashOf } from '../briefings/hash'
import type { Locale } from '../language/locale'
import { type Database, inPartsOf, type Write } from '../storage/database'
import type { KeptAside } from './aside'
import type { SetAside } from './intake'

/** Where and when texts are set aside: beside which revision of which translation, and who sent them. */
export interface SettingAside {
  readonly briefingId: string
  readonly locale: Locale
  readonly revision: number
  /** The source revision whose ids the segments have. */
  readonly sourceRevision: number
  readonly by: string
  readonly at: string
}

/**
 * The writes that keep these texts in the history. The same text of a segment is kept once, however often it is sent. If it meets another
 * text than before, it waits beside that one.
 */
export async function writesToSetAside(
  { query }: Database,
  { briefingId, locale, revision, sourceRevision, by, at }: SettingAside,
  texts: readonly SetAside[],
): Promise<readonly Write[]> {
  const hashed = await Promise.all(texts.map(async (each) => ({ ...each, hash: await hashOf(each.text) })))
  return inPartsOf(hashed, atOnce).map((part) =>
    sql`
      insert into text_set_aside
        (briefing_id, locale, segment, hash, text, seen, stood, revision, source_revision, sent_by, set_aside_at)
      select ${briefingId}, ${locale}, value ->> 'segment', value ->> 'hash', value ->> 'text', value ->> 'seen', value ->> 'stood',
        ${revision}, ${sourceRevision}, ${by}, ${at}
      from json_each(${JSON.stringify(part)})
      where true
      on conflict do update set seen = excluded.seen, stood = excluded.stood, revision = excluded.revision,
        source_revision = excluded.source_revision, sent_by = excluded.sent_by, set_aside_at = excluded.set_aside_at
      where text_set_aside.stood is not excluded.stood`.compile(query),
  )
}

/** How many texts are in one parameter: D1 takes two million bytes, and the longest passages are of 60,000. */
const atOnce = 12

/** The texts that were set aside beside the translations of some briefings into some locales, oldest first. */
export async function listAside(
  { query }: Database,
  briefingIds: readonly string[],
  locales: readonly Locale[],
): Promise<readonly (KeptAside & { readonly briefingId: string; readonly locale: Locale })[]> {
  const among = (values: readonly string[]) => sql<string>`(select value from json_each(${JSON.stringify(values)}))`
  const rows = await query
    .selectFrom('text_set_aside')
    .select(['briefing_id', 'locale', 'segment', 'text', 'sent_by', 'set_aside_at'])
    .select([beside('stood', textIn).as('stood'), beside('source_revision', sql`r.source_revision`).as('source_revision')])
    .where('briefing_id', 'in', among(briefingIds))
    .where('locale', 'in', among(locales))
    .orderBy('set_aside_at')
    .orderBy('hash')
    .execute()
  return rows.map((row) => ({
    briefingId: row.briefing_id,
    locale: row.locale,
    segment: row.segment,
    text: row.text,
    by: row.sent_by,
    at: row.set_aside_at,
    stood: String(row.stood ?? ''),
    sourceRevision: Number(row.source_revision),
  }))
}

/**
 * The write that gives texts what a program of before left empty: it is read from the revision beside which they were set aside, and these
 * revisions are about to be deflated.
 */
export const writeToKeepBeside = (
  { query }: Database,
  revisions: readonly { readonly key: readonly string[]; readonly revision: number }[],
): Write =>
  sql`
    update text_set_aside
    set stood = ${beside('stood', textIn)}, source_revision = ${beside('source_revision', sql`r.source_revision`)}
    where (stood is null or source_revision is null) and exists (
      select 1 from json_each(${JSON.stringify(revisions.map(({ key, revision }) => [...key, revision]))}) as r
      where r.value ->> 0 = briefing_id and r.value ->> 1 = locale and r.value ->> 2 = revision
    )`.compile(query)

const textIn = sql`r.segments ->> ('$."' || text_set_aside.segment || '".text')`

/** A column that a program of before left empty. The revision beside which the text was set aside has its value. */
const beside = (column: 'stood' | 'source_revision', there: ReturnType<typeof sql>) =>
  sql`coalesce(text_set_aside.${sql.ref(column)}, (
    select ${there} from translation_revision as r
    where r.briefing_id = text_set_aside.briefing_id and r.locale = text_set_aside.locale and r.revision = text_set_aside.revision
  ))`
