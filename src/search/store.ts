import { type RawBuilder, sql } from 'kysely'
import { rankOf, type Tier } from '../briefings/vocabulary'
import { readingDocument } from '../editions/documents'
import type { Reading } from '../editions/reading'
import type { Speak } from '../language/catalog'
import type { Locale, Locales } from '../language/locale'
import type { Database } from '../storage/database'
import { type Shelf, wordKey } from './entry'
import { type Field, fields, type Stage, stagesOf } from './expression'
import { mended } from './mending'
import { beginningOf } from './nearest'
import type { Cursor, SearchRequest } from './request'
import { type Found, type Results, resultsOf, resultsPerPage } from './results'

/** A page of results for a reader of `asked` and of this tier; `undefined` if the query is empty. */
export async function findResults(
  database: Database,
  { locales, speak }: { readonly locales: Locales; readonly speak: Speak },
  asked: Locale,
  { typed, filter, after }: SearchRequest,
  tier: Tier,
): Promise<Results | undefined> {
  const stages = stagesOf(locales, { asked, tier, typed, filter })
  if (stages.length === 0) return undefined
  const results = resultsOf(await findBriefings(database, stages, tier, after, resultsPerPage + 1), typed, speak)
  if (results.results.length > 0 || after) return results
  const suggestion = await mended(typed, [...new Set([asked, locales.source])], {
    speak,
    wordsLike: (locale, unit) => listWords(database, locale, beginningOf(unit)),
    readingWith: (locale, word) => findReadingWith(database, locale, word),
  })
  return suggestion === undefined ? results : { ...results, suggestion }
}

/**
 * Up to `most` results of a search after `after`: native ones first, then by field, then the newest. One query for each stage that the page
 * reaches. The index is read from its newest end, and no further than needed.
 */
export async function findBriefings(
  { query }: Database,
  stages: readonly Stage[],
  tier: Tier,
  after: Cursor | undefined,
  most: number,
): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const { isNative, expressions } of stages) {
    if (found.length >= most || (after && after.isNative !== isNative && !after.isNative)) continue
    const begun = after?.isNative === isNative ? after : undefined
    const left = most - found.length
    const parts = fields
      .slice(begun ? fields.indexOf(begun.field) : 0)
      .map((field) => matches(field, expressions[field], begun?.field === field ? begun.id : undefined, left))
    const { rows } = await sql<{ id: number; field: Field; reading: string | null }>`
      select m.id, m.field, (
        select reading from edition as e
        where e.briefing_id = s.briefing_id and e.locale = s.locale and e.tier <= ${rankOf(tier)}
        order by e.tier desc limit 1
      ) as reading
      from (${sql.join(parts, sql` union all `)} limit ${left}) as m cross join search_entry as s on s.id = m.id`.execute(query)
    const inOrder = rows.toSorted((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field) || other.id - one.id)
    for (const { id, field, reading } of inOrder) {
      if (reading !== null) found.push({ isNative, field, id, reading: readingDocument.read(reading) })
    }
  }
  return found
}

const matches = (field: Field, expression: string, before: number | undefined, most: number): RawBuilder<unknown> => sql`
  select * from (
    select rowid as id, ${sql.lit(field)} as field from search_text
    where search_text match ${expression} ${before === undefined ? sql`` : sql`and rowid < ${before}`}
    order by rowid desc limit ${most}
  )`

/** More words than this that begin alike are not looked at. */
const wordsMost = 1000

/** The words of what everyone may read in a language that begin like this, and in how many briefings they are. One query. */
export async function listWords({ query }: Database, locale: Locale, beginning: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  const onShelf = (shelf: Shelf) => {
    const first = wordKey(locale, shelf, beginning)
    return query
      .selectFrom('search_vocabulary')
      .select(['term', 'doc'])
      .where('term', '>=', first)
      .where('term', '<', `${first}\u{10FFFF}`)
      .limit(wordsMost)
  }
  const rows = await query
    .selectFrom(onShelf('t').as('t'))
    .selectAll()
    .unionAll(query.selectFrom(onShelf('s').as('s')).selectAll())
    .unionAll(query.selectFrom(onShelf(0).as('b')).selectAll())
    .execute()
  for (const { term, doc } of rows) {
    const word = term.slice(term.indexOf('.') + 1)
    counts.set(word, (counts.get(word) ?? 0) + doc)
  }
  return counts
}

/** The newest briefing of which everyone may read this word in a language. One query. */
export async function findReadingWith({ query }: Database, locale: Locale, word: string): Promise<Reading | undefined> {
  const expression = (['t', 's', 0] as const).map((shelf) => `"${wordKey(locale, shelf, word)}"`).join(' OR ')
  const { rows } = await sql<{ reading: string }>`
    select e.reading from search_text as t
    cross join search_entry as s on s.id = t.rowid
    cross join edition as e on e.briefing_id = s.briefing_id and e.locale = s.locale and e.tier = 0
    where t.search_text match ${expression} order by t.rowid desc limit 1`.execute(query)
  return rows[0] && readingDocument.read(rows[0].reading)
}
