import { sql } from 'kysely'
import { hashOf } from '../briefings/hash'
import type { Locale } from '../language/locale'
import { type Database, inPartsOf, type Write } from '../storage/database'
import type { SetAside } from './intake'

/** Where and when texts are set aside: beside which revision of which translation, and who sent them. */
export interface SettingAside {
  readonly briefingId: string
  readonly locale: Locale
  readonly revision: number
  readonly by: string
  readonly at: string
}

/** The writes that keep these texts in the history. The same text of a segment is kept once, however often it is sent. */
export async function writesToSetAside(
  { query }: Database,
  { briefingId, locale, revision, by, at }: SettingAside,
  texts: readonly SetAside[],
): Promise<readonly Write[]> {
  const hashed = await Promise.all(texts.map(async (each) => ({ ...each, hash: await hashOf(each.text) })))
  return inPartsOf(hashed, atOnce).map((part) =>
    sql`
      insert into text_set_aside (briefing_id, locale, segment, hash, text, seen, revision, sent_by, set_aside_at)
      select ${briefingId}, ${locale}, value ->> 'segment', value ->> 'hash', value ->> 'text', value ->> 'seen', ${revision}, ${by}, ${at}
      from json_each(${JSON.stringify(part)})
      where true
      on conflict do nothing`.compile(query),
  )
}

/** How many texts are in one parameter: D1 takes two million bytes, and the longest passages are of 60,000. */
const atOnce = 25
