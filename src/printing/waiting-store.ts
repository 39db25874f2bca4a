import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { among, type Database } from '../storage/database'

/** The fingerprints that the pieces of a kind have today, by locale. */
export type Today = Readonly<Record<Locale, string>>

/** Where each kind of piece keeps its fingerprint. All tiers of an edition have the same. */
const tables = {
  edition: { table: 'edition', locale: 'locale', where: 'tier = 0' },
  answer: { table: 'resolution', locale: 'asked', where: 'true' },
  entry: { table: 'search_entry', locale: 'locale', where: 'true' },
} as const
export const staleKinds = Object.keys(tables) as readonly (keyof typeof tables)[]

/** The fingerprints that are not today's. Those of deflated rows begin with `z` (`storage/deflated-rows.ts`). */
const otherRanges = [
  'p.fingerprint < today.value',
  "p.fingerprint > today.value and p.fingerprint < 'z' || today.value",
  "p.fingerprint > 'z' || today.value",
]

/** Ids of the briefings that have a piece of this kind with another fingerprint, up to `most`. An index finds them. */
export async function listStale(
  { query }: Database,
  kind: keyof typeof tables,
  today: Today,
  most: number,
): Promise<readonly string[]> {
  const { table, locale, where } = tables[kind]
  const stale = (range: string) => sql`
    select p.briefing_id as id from json_each(${JSON.stringify(today)}) as today
    cross join ${sql.table(table)} as p
    where p.${sql.ref(locale)} = today.key and ${sql.raw(range)} and ${sql.raw(where)}`
  const { rows } = await sql<{ id: string }>`
    select distinct id from (${sql.join(otherRanges.map(stale), sql` union all `)}) limit ${most}`.execute(query)
  return rows.map(({ id }) => id)
}

/** The hash of the addresses of all pictures with which no edition waited, when that was last looked for. */
export async function findSettledPictures({ query }: Database): Promise<string | undefined> {
  return (await query.selectFrom('settled_pictures').select('hash').executeTakeFirst())?.hash
}

/** The write that notes that no edition waits because of these pictures. */
export const writeToSettlePictures = ({ query }: Database, hash: string): Compilable =>
  query
    .insertInto('settled_pictures')
    .values({ only: 1, hash })
    .onConflict((conflict) => conflict.column('only').doUpdateSet({ hash }))

/** The write of a print that names pictures by these addresses: if others were settled with others, all are looked at again. */
export const writeToUnsettlePictures = ({ query }: Database, hash: string): Compilable =>
  query.updateTable('settled_pictures').set({ hash: '' }).where('hash', '<>', hash).where('hash', '<>', '')

/** The pictures that editions in a locale name, apart from these. */
export async function listOtherPictures(
  { query }: Database,
  locale: Locale,
  known: readonly string[],
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('edition')
    .select('picture')
    .distinct()
    .where('locale', '=', locale)
    .where('tier', '=', 0)
    .where('picture', 'not in', among(known))
    .execute()
  return rows.map(({ picture }) => picture)
}

/** Ids of the briefings whose edition in a locale names one of these pictures, up to `most`. */
export async function listPictured(
  { query }: Database,
  locale: Locale,
  pictures: readonly string[],
  most: number,
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('edition')
    .select('briefing_id')
    .where('locale', '=', locale)
    .where('tier', '=', 0)
    .where('picture', 'in', among(pictures))
    .limit(most)
    .execute()
  return rows.map(({ briefing_id }) => briefing_id)
}
