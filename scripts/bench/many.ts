import {
  asText,
  deflatedAnswer,
  deflatedEdition,
  surroundingsIn,
  textsIn,
  unmarked,
  withEach,
} from '../../src/storage/deflated-rows'
import type { SqliteDatabase } from '../../src/storage/sqlite'
import { aSampleSite } from './samples'

/** The sample that is multiplied: it exists in every language. */
export const sample = 'microsoft-ai-access-principles'
const atOnce = 5000

/** How many of the newest copies have all their texts, as feeds need them. */
const wholeMost = 50

/** A day in seconds since 1970 from which the multiplied briefings are a minute apart. */
const firstDay = 946_684_800

/**
 * Makes a database of so many briefings in every public locale: copies of one sample, each with its own address, date and
 * rows for index pages and feeds, its texts cut short so that a million fit on a disk. The newsroom's half has only their names.
 */
export async function makeMany(path: string, count: number): Promise<readonly string[]> {
  const { site, database } = await aSampleSite(path)
  const locales = site.locales.locales.filter(({ state }) => state === 'public').map(({ tag }) => tag)
  const { file } = database
  file.pragma('foreign_keys = OFF')
  file.pragma('synchronous = OFF')
  file.pragma('journal_mode = OFF')
  file.pragma('cache_size = -512000')
  const id = file.prepare('select id from briefing where slug = ?').pluck().get(sample)
  file.exec('delete from feed_place') // The copies are all that feeds list.
  makeCut(file, String(id))
  const statements = copies.map((statement) => file.prepare(`with recursive copy (i) as ${series} ${statement}`))
  const insert = file.transaction((first: number, last: number) => {
    const values = { first, last, id, locales: JSON.stringify(locales), whole: count - wholeMost }
    for (const statement of statements) statement.run(values)
  })
  for (let first = 1; first <= count; first += atOnce) insert(first, Math.min(count, first + atOnce - 1))
  file.pragma('journal_mode = WAL')
  database.close()
  return locales
}

/** Makes the rows that are copied: everyone's editions and the answers of the sample, each also with its texts cut short. */
function makeCut(file: SqliteDatabase['file'], id: string): void {
  file.function('cut_edition', { deterministic: true }, (edition, fingerprint) => {
    const { lead, body } = textsIn({ edition: bytesOf(edition), plainEdition: null })
    const texts = { lead: lead.slice(0, 200), body: body.slice(0, 300), document: '{}' }
    return deflatedEdition(texts, '{}', unmarked(String(fingerprint)), undefined).deflated
  })
  file.function('cut_answer', { deterministic: true }, (answer, fingerprint) => {
    const pieces = withEach(surroundingsIn({ answer: bytesOf(answer), plainAnswer: null }), (part) => asText(part).slice(0, 200))
    return deflatedAnswer(pieces, unmarked(String(fingerprint))).deflated
  })
  for (const [table, cut, chosen] of [
    ['edition', 'cut_edition', 'tier = 0'],
    ['resolution', 'cut_answer', 'true'],
  ]) {
    file
      .prepare(
        `create temp table sample_${table} as select *, ${cut}(deflated, fingerprint) as cut from ${table} where briefing_id = ? and ${chosen}`,
      )
      .run(id)
  }
}

const bytesOf = (stored: unknown) => {
  if (stored instanceof Uint8Array) return stored
  throw new Error('A row of the sample is not deflated.')
}

/** The name of a copy: its id and its slug. */
export const nameOf = (index: number) => `copy-${String(index).padStart(8, '0')}`

/** When a copy was published. */
export const dateOf = (index: number) => new Date((firstDay + index * 60) * 1000).toISOString().replace('.000Z', 'Z')

const series = '(select cast(@first as integer) union all select i + 1 from copy where i < @last)'
const name = "printf('copy-%08d', i)"
const date = `strftime('%Y-%m-%dT%H:%M:%SZ', ${firstDay} + i * 60, 'unixepoch')`
const isOpen = '(select value from json_each(@locales))'

const copies = [
  `insert into briefing (id, slug, state, published_at, revision)
   select ${name}, ${name}, 'published', ${date}, 1 from copy where @id is not null and @locales is not null`,
  `insert into print (briefing_id, version, printed_at)
   select ${name}, 1, ${date} from copy where @id is not null and @locales is not null`,
  `insert into edition (
     briefing_id, locale, tier, print, fingerprint, reading, card, lead, body, source_revision, translation_revision, made_of, picture,
     deflated
   )
   select ${name}, locale, tier, print, fingerprint, reading, card, lead, body, source_revision, translation_revision, made_of, picture,
     iif(i > @whole, deflated, cut)
   from copy cross join sample_edition where @id is not null and tier = 0 and locale in ${isOpen}`,
  `insert into resolution (
     asked, slug, briefing_id, served, print, fingerprint, resolution, head, masthead, notice, facts, ending, made_of, listed, deflated
   )
   select asked, ${name}, ${name}, served, print, fingerprint, iif(i > @whole, resolution, '{}'),
     head, masthead, notice, facts, ending, made_of, listed, iif(i > @whole, deflated, cut)
   from copy cross join sample_resolution where @id is not null and asked in ${isOpen}`,
  `insert into appearance (asked, briefing_id, slug, native, own, available, state, appeared_at, updated_at, sheet)
   select asked, ${name}, ${name}, native, own, available, state, ${date}, ${date}, i / 2000
   from copy cross join appearance where briefing_id = @id and asked in ${isOpen}`,
  `insert into feed_place (asked, with_fallback, name, value, number, briefing_id)
   select value, with_fallback, 'all', '', i - 1, ${name}
   from copy cross join json_each(@locales) cross join (select 0 as with_fallback union all select 1) where @id is not null`,
  `insert into facet
   select asked, name, value, native, ${date}, ${name}, served
   from copy cross join facet where briefing_id = @id and asked in ${isOpen}`,
]
