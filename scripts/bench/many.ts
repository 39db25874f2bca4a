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
     briefing_id, locale, tier, print, fingerprint, reading, card, lead, body, source_revision, translation_revision, made_of, picture
   )
   select ${name}, locale, tier, print, fingerprint, iif(i > @whole, reading, '{}'), card, substr(lead, 1, 200), substr(body, 1, 300),
     source_revision, translation_revision, made_of, picture
   from copy cross join edition where briefing_id = @id and tier = 0 and locale in ${isOpen}`,
  `insert into resolution (
     asked, slug, briefing_id, served, print, fingerprint, resolution, head, masthead, notice, facts, ending, made_of, listed
   )
   select asked, ${name}, ${name}, served, print, fingerprint, iif(i > @whole, resolution, '{}'),
     substr(head, 1, 300), substr(masthead, 1, 200), substr(notice, 1, 100), substr(facts, 1, 200), substr(ending, 1, 200),
     made_of, listed
   from copy cross join resolution where briefing_id = @id and asked in ${isOpen}`,
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
