import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'

/** The facets whose filters offer what briefings have, and nothing else. */
const usedNames = ['category', 'domain', 'impact', 'region'] as const

/** What briefings that readers of a language can find have of each facet. */
export type Used = Readonly<Record<(typeof usedNames)[number], readonly string[]>>

/** The same, with the newest print that it was read after. */
export interface UsedSince {
  readonly print: number
  readonly used: Used
}

interface Row {
  readonly name: keyof Used
  readonly value: string | null
  readonly print: number
}

const known = new WeakMap<Database, Map<Locale, UsedSince>>()

const knownIn = (database: Database) => {
  const languages = known.get(database) ?? new Map<Locale, UsedSince>()
  known.set(database, languages)
  return languages
}

const run = compiledOnce<Row>()

/** What is used as it is now. One query, which reads it only if there was a print since. */
export async function findUsed(database: Database, asked: Locale): Promise<UsedSince> {
  const languages = knownIn(database)
  const before = languages.get(asked)
  const rows = await run(database, '', () => usedQuery(database), { asked, known: String(before?.print ?? -1) })
  const print = rows[0]?.print ?? 0
  if (before?.print === print) return before
  const valuesOf = (wanted: keyof Used) => rows.flatMap(({ name, value }) => (name === wanted && value !== null ? [value] : []))
  const used = Object.fromEntries(usedNames.map((name) => [name, valuesOf(name)])) as unknown as Used
  const now = { print, used }
  languages.set(asked, now)
  return now
}

/** What is used after a print. It is read at most once a print. */
export async function findUsedSince(database: Database, asked: Locale, print: number): Promise<Used> {
  const before = knownIn(database).get(asked)
  return before && before.print >= print ? before.used : (await findUsed(database, asked)).used
}

/** The newest print, and each value of these facets if it is another print than the known one. One seek in the index for each value. */
const usedQuery = ({ query }: Database) => ({
  compile: () =>
    sql<Row>`
    with recursive
      newest (print) as (select coalesce(max(number), 0) from print),
      name (name) as (select value from json_each(${sql.lit(JSON.stringify(usedNames))})),
      used (name, value) as (
        select name, (select min(value) from facet where asked = ${slot('asked')} and facet.name = name.name)
        from name, newest where print <> cast(${slot('known')} as integer)
        union all
        select name, (select min(value) from facet where asked = ${slot('asked')} and facet.name = used.name and facet.value > used.value)
        from used where used.value is not null
      )
    select 'region' as name, null as value, print from newest
    union all
    select name, value, print from used, newest where value is not null`.compile(query),
})
