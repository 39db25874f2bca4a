import { sql } from 'kysely'
import { hashOf } from '../../src/briefings/hash'
import type { Locale } from '../../src/language/locale'
import type { Database, Write } from '../../src/storage/database'
import { marksOf } from '../../src/translations/likeness'
import { candidatesFor, exactFor, paragraphsOf, type Remembered } from '../../src/translations/memory'
import type { Candidate } from '../../src/translations/packs/pack'

/** What the program before `0040` does with the memory, in its own statements: it may still run after the migration. */
export function formerMemory(database: Database) {
  const { query } = database

  const writesToRemember = (locale: Locale, lessons: readonly Remembered[], savedAt: string): readonly Write[] => {
    const marked = lessons.map(({ hash, source }) => ({ hash, marks: marksOf(source) }))
    return [
      sql`
        insert into memory (locale, hash, source, target, saved_at)
        select ${locale}, value ->> 'hash', value ->> 'source', value ->> 'target', ${savedAt} from json_each(${JSON.stringify(lessons)})
        where true
        on conflict (locale, hash) do update
        set source = excluded.source, target = excluded.target, saved_at = excluded.saved_at
        where excluded.saved_at >= memory.saved_at`.compile(query),
      sql`
        insert or ignore into memory_mark (locale, mark, hash)
        select ${locale}, mark.value, lesson.value ->> 'hash'
        from json_each(${JSON.stringify(marked)}) as lesson, json_each(lesson.value, '$.marks') as mark`.compile(query),
    ]
  }

  const read = async (locale: Locale, hashes: readonly string[]) => {
    const { rows } = await sql<Remembered>`
      select hash, source, target from memory
      where locale = ${locale} and hash in (select value from json_each(${JSON.stringify(hashes)}))`.execute(query)
    return new Map(rows.map((each) => [each.hash, each]))
  }

  const recallClose = async (locale: Locale, text: string) => {
    const { rows } = await sql<{ hashes: string }>`
      select (
        select json_group_array(hash) from (select hash from memory_mark where locale = ${locale} and mark = value limit 64)
      ) as hashes from json_each(${JSON.stringify(marksOf(text))})`.execute(query)
    const counts = new Map<string, number>()
    for (const hash of rows.flatMap(({ hashes }) => JSON.parse(hashes) as string[])) counts.set(hash, (counts.get(hash) ?? 0) + 1)
    const closest = [...counts].sort(([, one], [, other]) => other - one).slice(0, 10)
    const found = await read(
      locale,
      closest.map(([hash]) => hash),
    )
    return closest.flatMap(([hash]) => found.get(hash) ?? [])
  }

  return {
    remember: async (locale: Locale, lessons: readonly Remembered[], savedAt: string) => {
      await database.atomically(writesToRemember(locale, lessons, savedAt))
    },

    /** What it offers for these texts. */
    recall: async (locale: Locale, texts: readonly string[]): Promise<ReadonlyMap<string, readonly Candidate[]>> => {
      const asked = [...new Set(texts.flatMap((text) => [text, ...paragraphsOf(text)]))]
      const hashes = new Map(await Promise.all(asked.map(async (text) => [text, await hashOf(text)] as const)))
      const remembered = await read(locale, [...hashes.values()])
      const known = (text: string) => remembered.get(hashes.get(text) ?? '')?.target
      const offers = texts.map(async (text) => {
        const target = exactFor(text, known)
        const close = target === undefined ? candidatesFor(text, known, await recallClose(locale, text)) : undefined
        return [text, close ?? [{ source: text, target, score: 100 }]] as const
      })
      return new Map((await Promise.all(offers)) as [string, Candidate[]][])
    },
  }
}
