import { type Compilable, sql } from 'kysely'
import { hashOf } from '../briefings/hash'
import type { Locale } from '../language/locale'
import type { Database, Write } from '../storage/database'
import { marksOf } from './likeness'
import { candidatesFor, exactFor, paragraphsOf, type Remembered } from './memory'
import type { Candidate } from './packs/pack'

/** The most UTF-16 units in one parameter. D1 takes two million bytes, and a unit may need three. */
const parameterMax = 500_000

/** The writes that add lessons to the memory of a language. Of two translations of the same English it keeps the later. */
export function writesToRemember(
  { query }: Database,
  locale: Locale,
  lessons: readonly Remembered[],
  savedAt: string,
): readonly Write[] {
  return inParts(lessons).flatMap((part) => {
    const marked = part.map(({ hash, source }) => ({ hash, marks: marksOf(source) }))
    return [
      sql`
        insert into memory (locale, hash, source, target, saved_at)
        select ${locale}, value ->> 'hash', value ->> 'source', value ->> 'target', ${savedAt} from json_each(${JSON.stringify(part)})
        where true
        on conflict (locale, hash) do update
        set source = excluded.source, target = excluded.target, saved_at = excluded.saved_at
        where excluded.saved_at >= memory.saved_at`.compile(query),
      sql`
        insert or ignore into memory_mark (locale, mark, hash)
        select ${locale}, mark.value, lesson.value ->> 'hash'
        from json_each(${JSON.stringify(marked)}) as lesson, json_each(lesson.value, '$.marks') as mark`.compile(query),
    ]
  })
}

/** Cuts lessons so that each part fits into a parameter. */
function inParts(lessons: readonly Remembered[]): readonly (readonly Remembered[])[] {
  const parts: Remembered[][] = []
  let length = Number.POSITIVE_INFINITY
  for (const lesson of lessons) {
    const more = lesson.source.length + lesson.target.length + 100
    if (length + more > parameterMax) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(lesson)
    length += more
  }
  return parts
}

/**
 * What the memory of a language has for each of these English texts: only the exact match, with the score 100, or close ones, the most
 * alike first. Three queries, however many texts.
 */
export async function recall(
  database: Database,
  locale: Locale,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  const known = await recallExact(database, locale, [...new Set(texts.flatMap((text) => [text, ...paragraphsOf(text)]))])
  const exact = (source: string) => {
    const target = exactFor(source, known)
    return target === undefined ? [] : [{ source, target, score: 100 }]
  }
  const found = await recallClose(
    database,
    locale,
    texts.filter((text) => exact(text).length === 0),
  )
  return new Map(texts.map((text) => [text, found.has(text) ? candidatesFor(text, known, found.get(text) ?? []) : exact(text)]))
}

/** The translation of each of these texts that the memory has exactly. */
async function recallExact({ query }: Database, locale: Locale, texts: readonly string[]) {
  const hashes = new Map(await Promise.all(texts.map(async (text) => [text, await hashOf(text)] as const)))
  const { rows } = await sql<{ hash: string; target: string }>`
    select hash, target from memory
    where locale = ${locale} and hash in (select value from json_each(${JSON.stringify([...hashes.values()])}))`.execute(query)
  const targets = new Map(rows.map(({ hash, target }) => [hash, target]))
  return (text: string) => targets.get(hashes.get(text) ?? '')
}

/** The most texts of one mark that are looked at, and the most of those with the most common marks that are read. */
const sharersMax = 64
const readMax = 10

/** For each of these texts, the English with the most marks in common. The cost does not grow with the memory. */
async function recallClose({ query }: Database, locale: Locale, texts: readonly string[]) {
  const marks = new Map(texts.map((text) => [text, marksOf(text)]))
  const { rows } = await sql<{ mark: number; hashes: string }>`
    select value as mark, (
      select json_group_array(hash)
      from (select hash from memory_mark where locale = ${locale} and mark = value limit ${sql.lit(sharersMax)})
    ) as hashes
    from json_each(${JSON.stringify([...new Set([...marks.values()].flat())])})`.execute(query)
  const sharers = new Map(rows.map(({ mark, hashes }) => [mark, JSON.parse(hashes) as string[]]))
  const closest = new Map(texts.map((text) => [text, mostShared((marks.get(text) ?? []).map((mark) => sharers.get(mark) ?? []))]))
  const read = await sql<Remembered>`
    select hash, source, target from memory
    where locale = ${locale} and hash in (select value from json_each(${JSON.stringify([...closest.values()].flat())}))`.execute(
    query,
  )
  const remembered = new Map(read.rows.map((each) => [each.hash, each]))
  return new Map([...closest].map(([text, hashes]) => [text, hashes.flatMap((hash) => remembered.get(hash) ?? [])] as const))
}

/** The hashes that are in the most of several lists. */
function mostShared(lists: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const hash of lists.flat()) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  return [...counts.entries()]
    .sort(([, one], [, other]) => other - one)
    .slice(0, readMax)
    .map(([hash]) => hash)
}

/** A translation that was approved before there was a memory, and is not in it yet. */
export interface Unlearnt {
  readonly briefingId: string
  readonly savedAt: string
}

/** Some of the translations into a language that are not in the memory yet. */
export async function listUnlearnt({ query }: Database, locale: Locale): Promise<readonly Unlearnt[]> {
  const rows = await query
    .selectFrom('memory_due')
    .select(['briefing_id', 'saved_at'])
    .where('locale', '=', locale)
    .limit(100)
    .execute()
  return rows.map(({ briefing_id, saved_at }) => ({ briefingId: briefing_id, savedAt: saved_at }))
}

/** The write that notes that a translation is in the memory. */
export const writeLearnt = ({ query }: Database, locale: Locale, { briefingId }: Unlearnt): Compilable =>
  query.deleteFrom('memory_due').where('locale', '=', locale).where('briefing_id', '=', briefingId)
