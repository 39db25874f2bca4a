import { type RawBuilder, sql } from 'kysely'
import { everyone, ladderOf } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { readingDocument } from '../editions/documents'
import type { Speak } from '../language/catalog'
import type { Locale, Locales } from '../language/locale'
import type { Settings } from '../settings/settings'
import type { Database } from '../storage/database'
import { documentIn, type EditionRow, editionColumns, everyonesAmong } from '../storage/deflated-rows'
import { findLastLadder, isFor } from '../storage/ladders'
import { expressionsFor, type Field, fields, type Sought, type Stage, stagesOf } from './expression'
import { type Shelf, wordKey } from './keys'
import { mended } from './mending'
import { beginningOf } from './nearest'
import type { Cursor, SearchRequest } from './request'
import { type Found, type Results, resultsOf, resultsPerPage } from './results'
import type { Unit } from './units'

/** What a site has that decides what is found. */
interface Searched {
  readonly locales: Locales
  readonly speak: Speak
  readonly settings: Pick<Settings, 'tiers'>
}

/** A page of results for a reader of `asked` and of this tier; `undefined` if the query is empty. */
export async function findResults(
  database: Database,
  { locales, speak, settings }: Searched,
  asked: Locale,
  { typed, filter, after }: SearchRequest,
  tier: Tier,
): Promise<Results | undefined> {
  const noted = tier === everyone ? 0 : await findLastLadder(database)
  const sought: Sought = { asked, tier, ladder: ladderOf(settings.tiers), noted, typed, filter }
  const stages = stagesOf(locales, sought)
  if (stages.length === 0) return undefined
  const results = resultsOf(await findBriefings(database, stages, tier, after, resultsPerPage + 1), typed, speak)
  if (results.results.length > 0 || after) return results
  const suggestion = await mended(typed, asked === locales.source ? [asked] : [asked, locales.source], {
    speak,
    unknownAmong: (words) =>
      listUnknown(
        database,
        words,
        expressionsFor(
          locales,
          sought,
          words.map(({ start }) => start),
        ),
      ),
    wordsLike: (locale, unit) => listWords(database, locale, beginningOf(unit)),
    firstFor: async (mend) => {
      const [first] = await findBriefings(database, stagesOf(locales, { ...sought, typed: mend }), tier, undefined, 1)
      return first?.reading
    },
  })
  return suggestion === undefined ? results : { ...results, suggestion }
}

/**
 * Up to `most` results of a search after `after`: native ones first, then by field, then the newest. One query for each stage that the page
 * reaches. The index is read from its newest end, and no further than needed.
 */
export async function findBriefings(
  database: Database,
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
    const { rows } = await sql<FoundRow>`
      select m.id, m.field, ${sql.join(editionColumns(database, 'e'))}
      from (${sql.join(parts, sql` union all `)} limit ${left}) as m cross join search_entry as s on s.id = m.id
      join edition as e on e.briefing_id = s.briefing_id and e.locale = s.locale and ${isFor(tier)}
      order by e.tier desc`.execute(database.query)
    const places = [...Map.groupBy(rows, ({ id }) => id).values()]
    found.push(...places.flatMap((each) => foundIn(each, isNative)).toSorted(inOrder))
  }
  return found
}

interface FoundRow extends EditionRow {
  readonly id: number
  readonly field: Field
}

/** What the editions of one place say to the reader: the first is theirs. */
const foundIn = (rows: readonly FoundRow[], isNative: boolean): readonly Found[] =>
  rows.slice(0, 1).map((row) => ({
    ...{ isNative, field: row.field, id: row.id },
    reading: readingDocument.read(documentIn(row, everyonesAmong(rows))),
  }))

const inOrder = (one: Found, other: Found) => fields.indexOf(one.field) - fields.indexOf(other.field) || other.id - one.id

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
    .unionAll(query.selectFrom(onShelf('0').as('b')).selectAll())
    .execute()
  for (const { term, doc } of rows) {
    const word = term.slice(term.indexOf('.') + 1)
    counts.set(word, (counts.get(word) ?? 0) + doc)
  }
  return counts
}

/** The words of which the index has nothing: each word has an expression. One query. */
async function listUnknown(
  { query }: Database,
  words: readonly Unit[],
  expressions: readonly string[],
): Promise<readonly Unit[]> {
  const { rows } = await sql<{ at: number }>`
    select key as at from json_each(${JSON.stringify(expressions)}) as word
    where exists (select 1 from search_text where search_text match word.value)`.execute(query)
  const known = new Set(rows.map(({ at }) => at))
  return words.filter((_, at) => !known.has(at))
}
