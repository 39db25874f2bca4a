import { type Locale, openLocales } from '../../src/language/locale'
import { condense } from '../../src/newsroom/condense'
import type { Content } from '../../src/newsroom/content-files'
import { loadAll } from '../../src/newsroom/load'
import type { NewsroomTables } from '../../src/storage/newsroom-tables'
import type { ReadersTables } from '../../src/storage/readers-tables'
import type { SqliteDatabase } from '../../src/storage/sqlite'
import { amountFinding, type Finding } from './report'
import { anEmptySite, sampleContent } from './samples'

/** Every table of readers and of the newsroom: a new one does not compile until it is counted. */
const owners: Readonly<Record<keyof ReadersTables, 'readers'> & Record<keyof NewsroomTables, 'newsroom'>> = {
  print: 'readers',
  edition: 'readers',
  ladder: 'readers',
  resolution: 'readers',
  facet: 'readers',
  moved: 'readers',
  taken_back: 'readers',
  removed: 'readers',
  settled_pictures: 'readers',
  former_program: 'readers',
  standing: 'readers',
  demand: 'readers',
  appearance: 'readers',
  place: 'readers',
  feed_entry: 'readers',
  feed_place: 'readers',
  search_entry: 'readers',
  search_text: 'readers',
  search_vocabulary: 'readers',
  share_card: 'readers',
  share_card_use: 'readers',
  briefing: 'newsroom',
  former_slug: 'newsroom',
  source_revision: 'newsroom',
  translation: 'newsroom',
  translation_revision: 'newsroom',
  text_set_aside: 'newsroom',
  memory: 'newsroom',
  memory_mark: 'newsroom',
  memory_text: 'newsroom',
  memory_translation: 'newsroom',
  memory_phrase: 'newsroom',
  memory_due: 'newsroom',
  machine_job: 'newsroom',
  machine_draft: 'newsroom',
  release: 'newsroom',
  release_item: 'newsroom',
}

/** The longest sample, of 1,169 words. */
export const slug = 'microsoft-mistral-ai-partnership'
/** The language whose text stands in for those into which it is not translated. */
const standIn = 'fr'

/** The least of a table that is told by name, in kilobytes. */
const toldFrom = 10

/** What the database keeps of one briefing in every language: rows of tables and indexes, by owner. */
export async function bytes(): Promise<readonly Finding[]> {
  const { site, database } = await anEmptySite(':memory:')
  const before = bytesByTable(database)
  await loadAll(site, inEveryLanguage(openLocales(site.locales).filter((locale) => locale !== site.locales.source)))
  await condense(site, 1000)
  const added = [...bytesByTable(database)].map(([table, all]) => [table, (all - (before.get(table) ?? 0)) / 1000] as const)
  database.close()
  const finding = (measure: string, owner: string, most: number) => {
    const own = added.filter(([table]) => ownerOf(table) === owner).toSorted(([, one], [, other]) => other - one)
    const told = own.filter(([, kilobytes]) => kilobytes >= toldFrom).map(([table, each]) => `${table} ${each.toFixed(0)}`)
    const all = own.reduce((sum, [, each]) => sum + each, 0)
    return amountFinding(measure, all, 'kB', most, told.join(', '))
  }
  return [
    finding('Bytes of a briefing in every language, readers’ tables', 'readers', 400),
    finding('Bytes of a briefing in every language, newsroom’s tables', 'newsroom', 450),
  ]
}

/** The sample with a translation by a person into each of these languages, so that the memory learns from it. */
export function inEveryLanguage(locales: readonly Locale[]): Content {
  const { briefings, translations, images } = sampleContent()
  const isOfSample = ({ path }: { path: string }) => path.endsWith(`/${slug}.json`)
  const stored = translations.filter(isOfSample)
  const files = locales.flatMap((locale) => {
    const path = (tag: Locale) => `locales/${tag}/briefings/${slug}.json`
    const file = stored.find((each) => each.path === path(locale)) ?? stored.find((each) => each.path === path(standIn))
    if (!file) return []
    const read = JSON.parse(new TextDecoder().decode(file.bytes)) as object
    const made = { ...read, locale, provenance: 'human', credits: ['Bench'] }
    return [{ path: path(locale), bytes: new TextEncoder().encode(JSON.stringify(made)) }]
  })
  return { briefings: briefings.filter(isOfSample), translations: files, images }
}

/** The tables of the newsroom. */
export const newsroomTables: ReadonlySet<string> = new Set(
  Object.entries(owners).flatMap(([table, owner]) => (owner === 'newsroom' ? [table] : [])),
)

const ownerOf = (table: string): string | undefined =>
  table.startsWith('search_') ? 'readers' : new Map<string, string>(Object.entries(owners)).get(table)

/** The bytes in the rows of each table and of its indexes. */
export function bytesByTable({ file }: SqliteDatabase): ReadonlyMap<string, number> {
  const rows = file
    .prepare('select tbl_name as name, sum(payload) as bytes from dbstat join sqlite_schema using (name) group by tbl_name')
    .all() as readonly { readonly name: string; readonly bytes: number }[]
  return new Map(rows.map(({ name, bytes }) => [name, bytes]))
}
