import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { type Catalog, type MessageKey, voices } from '../../src/language/catalog'
import { firstDayOf, formatOf, publicLocales } from '../../src/language/locale'
import { problemsInCatalog } from '../../src/translations/checks/catalogs'
import words from './words.snapshot.json'

const { locales, catalogs, areas } = kit
const english: Catalog = catalogs['en'] ?? {}
const everyone = locales.locales.map(({ tag }) => tag)
const publicOnes = publicLocales(locales)
const speak = voices(locales, catalogs, areas, new Map())
const keys = Object.keys(english) as MessageKey[]
const notices = keys.filter((key) => key.startsWith('notice.'))

/** Values for every argument that the English names, so that any message can be said. */
const values = {
  served: 'es',
  language: 'X',
  count: 3,
  heading: 'X',
  number: 1,
  place: 2,
  read: '2',
  minutes: 3,
  date: 'X',
  names: 'X',
  languages: 'X',
  by: 'X',
  origin: 'drawn',
  words: 'X',
  percent: 'X',
  id: 'X',
  site: 'X',
  title: 'X',
  name: 'X',
  address: 'X',
  query: 'X',
  tagline: 'X',
  impact: 'low',
  value: 'X',
  first: 'X',
  second: 'X',
  text: 'X',
  inside: 'X',
  tier: 'X',
}

describe.each(publicOnes)('the words of a site in %s', (tag) => {
  const catalog = catalogs[tag] ?? {}
  const { t } = speak(tag)

  test('are all there, and each is sound', () => {
    expect(Object.keys(catalog).toSorted()).toEqual(Object.keys(english).toSorted())
    expect(problemsInCatalog(tag, catalog, english, 'whole')).toEqual([])
  })

  test('can all be said, without a leftover of their writing', () => {
    for (const key of keys) {
      const said = t(key, values)
      expect(said, key).toMatch(/\S/)
      expect(said, key).not.toMatch(/[{}#]|undefined|\[object/)
      expect(said, key).not.toBe(key)
    }
  })
})

describe.each(everyone)('the notices in %s', (tag) => {
  const { t } = speak(tag)

  test('are sentences of that language, each another one', () => {
    const said = notices.map((key) => t(key, values))
    expect(new Set(said).size).toBe(notices.length)
    for (const [index, sentence] of said.entries()) {
      expect(sentence).not.toMatch(/[{}#]/)
      if (tag !== 'en') expect(sentence).not.toBe(speak('en').t(notices[index] ?? 'notice.label', values))
    }
  })

  test.each([0, 1, 2, 3, 5, 11, 21, 100, 1_000_000])('and the reading time count %i in its grammar', (count) => {
    const sections = t('notice.partial', { count })
    const minutes = t('briefing.minutes', { minutes: count })
    for (const said of [sections, minutes]) {
      expect(said).toMatch(/\p{L}/u)
      expect(said).not.toMatch(/[{}#]/)
    }
    // Small numbers may be words; larger ones stand in the digits of the locale.
    if (count > 2) expect(minutes).toContain(speak(tag).number(count))
  })
})

describe('a notice of a neighbouring language', () => {
  test('names both languages to a reader of Catalan', () => {
    const { t, language } = speak('ca')
    const said = t('notice.fallback-language', { served: 'es', language: language('es') })
    expect(said).toContain('en català')
    expect(said).toContain('en espanyol')
    expect(t('notice.fallback-language', { served: 'oc', language: language('oc') })).toContain('occità')
  })
})

describe('a message that a catalog lacks', () => {
  const site = {
    source: 'en',
    locales: ['en', 'es', 'ca', 'pl'].map((tag) => ({ tag, state: 'preview' as const, fallback: tag === 'ca' ? ['es'] : [] })),
  }
  const plural = english['notice.partial'] ?? ''
  const some = voices(
    site,
    {
      en: { 'layout.main-menu': 'Menu', 'layout.skip': 'Skip', 'index.title': 'Briefings', 'notice.partial': plural },
      es: { 'layout.main-menu': 'Menú', 'layout.skip': 'Saltar' },
      ca: { 'layout.main-menu': 'Menú principal', 'index.title': '' },
      pl: {},
    },
    {},
    new Map(),
  )

  test('is said in the neighbour’s words, and at last in English', () => {
    const { t } = some('ca')
    expect([t('layout.main-menu'), t('layout.skip'), t('index.title')]).toEqual(['Menú principal', 'Saltar', 'Briefings'])
  })

  test('is said in English where the site names no neighbour', () => {
    expect(some('pl').t('layout.main-menu')).toBe('Menu')
  })

  test('counts by the grammar of the language that it is said in', () => {
    for (const count of [0, 2, 22, 12_345]) {
      expect(some('pl').t('notice.partial', { count })).toBe(some('en').t('notice.partial', { count }))
    }
    expect(some('pl').t('notice.partial', { count: 1 })).toMatch(/^One part is/)
  })

  test('is lacking too where it was left empty', () => {
    expect(some('ca').t('index.title')).toBe('Briefings')
    expect(some('es').t('index.title')).toBe('Briefings')
  })
})

describe('what is filled into a message', () => {
  test.each(['$t(site.tagline)', '{{count}}', '{count}', '<b>Ada</b>', '$&', '', '__proto__', '\u2068Ada\u2069'])(
    'stays the text that it is: %j',
    (name) => {
      expect(speak('en').t('briefing.by', { names: name })).toBe(`By ${name}`)
    },
  )
})

describe.each(everyone)('dates, numbers and names in %s', (tag) => {
  const said = speak(tag)
  const format = formatOf(locales, tag)

  test('are those of CLDR', () => {
    const day = '2025-03-02T23:59:59Z'
    expect(said.date(day)).toBe(new Intl.DateTimeFormat(format, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day)))
    expect(said.percent(0.82)).toBe(new Intl.NumberFormat(format, { style: 'percent' }).format(0.82))
    expect(said.percentRange(0.75, 0.89)).toBe(new Intl.NumberFormat(format, { style: 'percent' }).formatRange(0.75, 0.89))
    expect(said.list(['Ada', 'Bo', 'Cy'])).toBe(new Intl.ListFormat(format).format(['Ada', 'Bo', 'Cy']))
    expect(said.language('ja')).toBe(new Intl.DisplayNames(format, { type: 'language' }).of('ja'))
    expect(said.region('FR')).toBe(new Intl.DisplayNames(format, { type: 'region' }).of('FR'))
  })

  test('write the first day of a month as the locale says, and every other as CLDR does', () => {
    const days = ['2024-03-01', '2024-03-11', '2024-03-31'].map((day) => ({ day, long: said.date(`${day}T00:00:00Z`) }))
    const cldr = new Intl.DateTimeFormat(format, { dateStyle: 'long', timeZone: 'UTC' })
    const ordinal = firstDayOf(locales, tag)
    for (const { day, long } of days) {
      const counted = cldr.format(new Date(day))
      expect(long).toBe(ordinal !== undefined && day.endsWith('-01') ? counted.replace(/^1(?= )/, ordinal) : counted)
    }
    if (ordinal !== undefined) expect(days[0]?.long).toContain(ordinal)
  })

  test('count the day in UTC, wherever the server stands', () => {
    const [first, last, next] = ['2025-03-01T00:00:00Z', '2025-03-01T23:59:59Z', '2025-03-02T00:00:00Z'].map(said.date)
    expect(first).toBe(last)
    expect(next).not.toBe(last)
  })

  test('name the areas of the world, which no reader knows by number', () => {
    expect(said.region('001')).not.toBe('001')
    expect(said.region('150')).not.toMatch(/\d/)
  })

  test('are the same, to the letter, in both runtimes', () => {
    expect(wordsOf(tag)).toEqual((words as Record<string, unknown>)[tag])
  })
})

describe('dates, numbers and lists of a locale', () => {
  test.each([
    ['en', '2024-05-20', '20 May 2024'],
    ['fr', '2024-03-01', '1er mars 2024'],
    ['fr', '2024-03-11', '11 mars 2024'],
    ['it', '2024-03-01', '1º marzo 2024'],
    ['pt-BR', '2024-03-01', '1º de março de 2024'],
    ['ca', '2024-03-01', '1 de març del 2024'],
    ['es', '2024-03-01', '1 de marzo de 2024'],
    ['de', '2024-03-01', '1. März 2024'],
  ])('are written as its readers write them: in %s, %s is %s', (tag, day, long) => {
    expect(speak(tag).date(`${day}T12:00:00Z`)).toBe(long)
  })

  const english = (format?: string) =>
    voices(
      { source: 'en', locales: [{ tag: 'en', state: 'public', fallback: [], format }] },
      { en: { 'notice.partial': '{count, plural, one {# one} other {# others}}' } },
      {},
      new Map(),
    )('en')

  test.each([
    [undefined, 'May 20, 2024', 'A, B, and C', '12,345.6', '12,345 others'],
    ['en-GB', '20 May 2024', 'A, B and C', '12,345.6', '12,345 others'],
    ['en-ZA', '20 May 2024', 'A, B and C', '12\u00a0345,6', '12\u00a0345 others'],
  ])('follow the format that the site names for it: %s', (format, day, list, number, counted) => {
    const said = english(format)
    expect(said.date('2024-05-20T12:00:00Z')).toBe(day)
    expect(said.list(['A', 'B', 'C'])).toBe(list)
    expect(said.number(12345.6)).toBe(number)
    expect(said.t('notice.partial', { count: 12345 })).toBe(counted)
  })

  test('count by the plural rules of the locale, whatever formats it', () => {
    const portuguese = voices(
      { source: 'pt', locales: [{ tag: 'pt', state: 'public', fallback: [], format: 'pt-PT' }] },
      { pt: { 'notice.partial': '{count, plural, one {# secção} many {# de secções} other {# secções}}' } },
      {},
      new Map(),
    )('pt')
    expect(portuguese.t('notice.partial', { count: 0 })).toBe('0 secção')
    expect(portuguese.t('notice.partial', { count: 2 })).toBe('2 secções')
  })
})

/** One message in every locale, with every plural form there is: what is said of it is the runtime's doing alone. */
const counted = voices(
  locales,
  Object.fromEntries(
    everyone.map((tag) => [
      tag,
      { 'notice.partial': '{count, plural, zero {# zero} one {# one} two {# two} few {# few} many {# many} other {# other}}' },
    ]),
  ),
  areas,
  new Map(),
)

/** A taste of what a locale says by CLDR, in words that no translator changes. */
function wordsOf(tag: string) {
  const { dir, t, date, percent, percentRange, number, list, language, region } = counted(tag)
  return {
    dir,
    counts: [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000].map((count) => t('notice.partial', { count })),
    dates: ['2024-02-29', '2024-03-01'].map((day) => date(`${day}T12:00:00Z`)),
    percents: [percent(0.895), percentRange(0.75, 0.89)],
    number: number(1234567.891),
    lists: [[], ['Ada'], ['Ada', 'Bo'], ['Ada', 'Bo', 'Cy']].map(list),
    languages: everyone.map(language),
    regions: ['FR', 'EU', 'GB', 'CN', '001', '150', '419'].map(region),
  }
}
