import { sql } from 'kysely'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'

/** The regions that a filter can name for readers of a language: those of briefings that exist. */
export interface Regions {
  /** The newest print that they were read after. */
  readonly print: number
  readonly regions: readonly string[]
}

interface Row {
  readonly value: string | null
  readonly print: number
}

const known = new WeakMap<Database, Map<Locale, Regions>>()

const knownIn = (database: Database) => {
  const languages = known.get(database) ?? new Map<Locale, Regions>()
  known.set(database, languages)
  return languages
}

const run = compiledOnce<Row>()

/** The regions as they are now. One query, which reads them only if there was a print since. */
export async function findRegions(database: Database, asked: Locale): Promise<Regions> {
  const languages = knownIn(database)
  const before = languages.get(asked)
  const rows = await run(database, '', () => regionsQuery(database), { asked, known: String(before?.print ?? -1) })
  const print = rows[0]?.print ?? 0
  if (before?.print === print) return before
  const regions = rows.flatMap(({ value }) => value ?? [])
  const now = { print, regions }
  languages.set(asked, now)
  return now
}

/** The regions as they are after a print. They are read at most once a print. */
export async function findRegionsSince(database: Database, asked: Locale, print: number): Promise<readonly string[]> {
  const before = knownIn(database).get(asked)
  return before && before.print >= print ? before.regions : (await findRegions(database, asked)).regions
}

/** The newest print, and each region if it is another print than the known one. One seek in the index for each region. */
const regionsQuery = ({ query }: Database) => ({
  compile: () =>
    sql<Row>`
    with recursive
      newest (print) as (select coalesce(max(number), 0) from print),
      region (value) as (
        select min(value) from facet, newest where print <> cast(${slot('known')} as integer) and asked = ${slot('asked')} and name = 'region'
        union all
        select (select min(value) from facet where asked = ${slot('asked')} and name = 'region' and value > region.value)
        from region where region.value is not null
      )
    select null as value, print from newest
    union all
    select value, print from region, newest where value is not null`.compile(query),
})
