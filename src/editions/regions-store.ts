import { type CompiledQuery, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type Database, settled } from '../storage/database'

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

const known = new WeakMap<Database, { readonly query: CompiledQuery<Row>; readonly languages: Map<Locale, Regions> }>()

const knownIn = (database: Database) => {
  const found = known.get(database) ?? { query: regionsQuery(database), languages: new Map<Locale, Regions>() }
  known.set(database, found)
  return found
}

/** The regions as they are now. One query, which reads them only if there was a print since. */
export async function findRegions(database: Database, asked: Locale): Promise<Regions> {
  const { query, languages } = knownIn(database)
  const before = languages.get(asked)
  const { rows } = await database.query.executeQuery<Row>({ ...query, parameters: [before?.print ?? -1, asked, asked] })
  const print = rows[0]?.print ?? 0
  if (before?.print === print) return before
  const regions = rows.flatMap(({ value }) => value ?? [])
  const now = { print, regions }
  languages.set(asked, now)
  return now
}

/** The regions as they are after a print. They are read at most once a print. */
export async function findRegionsSince(database: Database, asked: Locale, print: number): Promise<readonly string[]> {
  const before = knownIn(database).languages.get(asked)
  return before && before.print >= print ? before.regions : (await findRegions(database, asked)).regions
}

/** The newest print, and each region if it is another print than the first parameter. One seek in the index for each region. */
const regionsQuery = ({ query }: Database): CompiledQuery<Row> =>
  sql<Row>`
    with recursive
      newest (print) as (select coalesce(max(number), 0) from print),
      region (value) as (
        select min(value) from facet, newest where print <> cast(${0} as integer) and asked = ${settled('')} and name = 'region'
        union all
        select (select min(value) from facet where asked = ${settled('')} and name = 'region' and value > region.value)
        from region where region.value is not null
      )
    select null as value, print from newest
    union all
    select value, print from region, newest where value is not null`.compile(query)
