import { type Compilable, sql } from 'kysely'
import { hashOf } from '../briefings/hash'
import type { Locale } from '../language/locale'
import type { Database, Write } from '../storage/database'
import { formerlyRemembered, formerSharers } from '../storage/former-memory'
import { marksOf } from './likeness'
import { candidatesFor, exactFor, paragraphsOf, type Remembered } from './memory'
import type { Candidate } from './packs/pack'

/** The most UTF-16 units in one parameter. D1 takes two million bytes, and a unit may need three. */
const parameterMax = 500_000

/** The writes that add lessons to the memory of a language. Of two translations of the same English it keeps the later. */
export function writesToRemember(
  database: Database,
  locale: Locale,
  lessons: readonly Remembered[],
  savedAt: string,
): readonly Write[] {
  const { query } = database
  return inParts(lessons).flatMap((part) => {
    const taught = sql<string>`json_each(${JSON.stringify(part)})`
    return [
      sql`
        insert into memory_text (hash, source)
        select value ->> 'hash', value ->> 'source' from ${taught} where true
        on conflict (hash) do nothing`.compile(query),
      sql`
        insert into memory_translation (text, locale, target, saved_at)
        select memory_text.id, ${locale}, lesson.value ->> 'target', ${Date.parse(savedAt)}
        from ${taught} as lesson cross join memory_text on memory_text.hash = lesson.value ->> 'hash'
        where true
        on conflict (text, locale) do update
        set target = excluded.target, saved_at = excluded.saved_at
        where excluded.saved_at >= memory_translation.saved_at`.compile(query),
      writeToMark(database, part),
    ]
  })
}

/** The write that adds the marks of English texts that the memory has. */
export function writeToMark({ query }: Database, texts: readonly Pick<Remembered, 'hash' | 'source'>[]): Write {
  const marked = [...new Map(texts.map(({ hash, source }) => [hash, source]))].map(([hash, source]) => ({
    hash,
    marks: marksOf(source),
  }))
  return sql`
    insert or ignore into memory_phrase (mark, text)
    select mark.value, memory_text.id
    from json_each(${JSON.stringify(marked)}) as lesson
    cross join memory_text on memory_text.hash = lesson.value ->> 'hash'
    cross join json_each(lesson.value, '$.marks') as mark`.compile(query)
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
async function recallExact(database: Database, locale: Locale, texts: readonly string[]) {
  const hashes = new Map(await Promise.all(texts.map(async (text) => [text, await hashOf(text)] as const)))
  const remembered = await readRemembered(database, locale, 'hash', [...hashes.values()])
  return (text: string) => remembered.get(hashes.get(text) ?? '')?.target
}

/** What an English text is known by: its number, or its hash if only a program of before has it in a language. */
type Key = number | string

/** What the memory of a language has of these English texts, by their keys. */
async function readRemembered({ query }: Database, locale: Locale, known: 'id' | 'hash', keys: readonly Key[]) {
  const asked = sql<string>`json_each(${JSON.stringify(keys)})`
  const key = sql.ref(`memory_text.${known}`)
  const { rows } = await sql<Remembered & { readonly key: Key; readonly at: number }>`
    select ${key} as key, hash, source, target, saved_at as at
    from ${asked} as asked cross join memory_text on ${key} = asked.value
    cross join memory_translation on memory_translation.text = memory_text.id and locale = ${locale}
    union all ${formerlyRemembered(locale, asked)}`.execute(query)
  const remembered = new Map<Key, (typeof rows)[number]>()
  for (const each of rows) if (each.at >= (remembered.get(each.key)?.at ?? 0)) remembered.set(each.key, each)
  return remembered
}

/**
 * The most texts of one mark that are looked at, the newest first; the most of those that a language has; and the most of these with the
 * most common marks that are read.
 */
const lookedAtMax = 512
const sharersMax = 64
const readMax = 10

/** For each of these texts, the English with the most marks in common. The cost does not grow with the memory. */
async function recallClose(database: Database, locale: Locale, texts: readonly string[]) {
  const marks = new Map(texts.map((text) => [text, marksOf(text)]))
  const sharers = await listSharers(database, locale, [...new Set([...marks.values()].flat())])
  const closest = new Map(texts.map((text) => [text, mostShared((marks.get(text) ?? []).map((mark) => sharers.get(mark) ?? []))]))
  const remembered = await readRemembered(database, locale, 'id', [...new Set([...closest.values()].flat())])
  return new Map([...closest].map(([text, keys]) => [text, keys.flatMap((key) => remembered.get(key) ?? [])] as const))
}

/** Mark → the English texts with this mark that a language has. */
async function listSharers({ query }: Database, locale: Locale, marks: readonly number[]) {
  const { rows } = await sql<{ mark: number; texts: string; former: string }>`
    select value as mark, (
      select json_group_array(text) from (
        select looked.text
        from (select text from memory_phrase where mark = value order by text desc limit ${sql.lit(lookedAtMax)}) as looked
        cross join memory_translation on memory_translation.text = looked.text and locale = ${locale}
        limit ${sql.lit(sharersMax)})
      ) as texts, ${formerSharers(locale, sharersMax)} as former
    from json_each(${JSON.stringify(marks)})`.execute(query)
  return new Map(
    rows.map(({ mark, texts, former }) => [mark, [...(JSON.parse(texts) as Key[]), ...(JSON.parse(former) as Key[])]] as const),
  )
}

/** The keys that are in the most of several lists. */
function mostShared(lists: readonly (readonly Key[])[]): readonly Key[] {
  const counts = new Map<Key, number>()
  for (const key of lists.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts.entries()]
    .sort(([, one], [, other]) => other - one)
    .slice(0, readMax)
    .map(([key]) => key)
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
