import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#runtime'
import { shelved } from '../../src/search/entry'
import { stagesOf } from '../../src/search/expression'
import { servedKey, stemKey, wordKey } from '../../src/search/keys'
import { placesOf, readQuery } from '../../src/search/query'
import { unitsOf } from '../../src/search/units'
import ar from './tables/ar.json'
import ca from './tables/ca.json'
import de from './tables/de.json'
import en from './tables/en.json'
import es from './tables/es.json'
import fr from './tables/fr.json'
import he from './tables/he.json'
import hi from './tables/hi.json'
import it from './tables/it.json'
import ja from './tables/ja.json'
import ko from './tables/ko.json'
import pl from './tables/pl.json'
import pt from './tables/pt-BR.json'
import uk from './tables/uk.json'
import zh from './tables/zh-Hans.json'

interface Table {
  /** Texts by their letter. */
  readonly texts: Readonly<Record<string, string>>
  /** What is typed, and the letters of all that it finds. */
  readonly finds: Readonly<Record<string, string>>
}
const tables: Readonly<Record<string, Table>> = { ar, ca, de, en, es, fr, he, hi, it, ja, ko, pl, 'pt-BR': pt, uk, 'zh-Hans': zh }

const wordsAsIndexed = (locale: string, text: string) => shelved(locale, 't', [text])

/** The words of a text as it is written, without any rule. */
const wordsAsWritten = (locale: string, text: string) =>
  (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .flatMap((word) => [wordKey(locale, 't', word), stemKey(locale, 't', word)])
    .join(' ')

/** What each query of a table finds in the index of this database. */
async function foundIn(locale: string, { texts, finds }: Table, write = wordsAsIndexed): Promise<Record<string, string>> {
  const { query, atomically } = await openDatabase()
  const letters = Object.keys(texts)
  const rows = letters.map((letter, at) => ({
    rowid: sql<number>`${at + 1}`,
    words: `${servedKey(locale, true)} ${write(locale, texts[letter] ?? '')}`,
  }))
  await atomically(rows.map((row) => query.insertInto('search_text').values(row)))
  const site = { source: locale, locales: [{ tag: locale, state: 'public' as const, fallback: [] }] }
  const found: Record<string, string> = {}
  for (const typed of Object.keys(finds)) {
    const [stage] = stagesOf(site, { asked: locale, tier: 'public', ladder: [], noted: 0, typed, filter: {} })
    const matching = await sql<{ at: number }>`
      select rowid as at from search_text where search_text match ${stage?.expressions.title} order by rowid`.execute(query)
    found[typed] = matching.rows.map(({ at }) => letters[at - 1]).join('')
  }
  return found
}

/** What the marks of each query say: the texts in which each of its words has a place. */
function markedIn(locale: string, { texts, finds }: Table): Record<string, string> {
  const isMarked = (typed: string, letter: string) =>
    readQuery(typed, locale).wanted.every((wanted) => placesOf(wanted, unitsOf(texts[letter] ?? '', locale)).length > 0)
  return Object.fromEntries(
    Object.keys(finds).map((typed) => [
      typed,
      Object.keys(texts)
        .filter((letter) => isMarked(typed, letter))
        .join(''),
    ]),
  )
}

describe('what is found, and nothing else, in the texts of each language', () => {
  test('is in fifteen tables of twenty queries and more, of which some find nothing', () => {
    expect(Object.keys(tables)).toHaveLength(15)
    for (const [locale, { texts, finds }] of Object.entries(tables)) {
      expect(Object.keys(finds).length, locale).toBeGreaterThanOrEqual(20)
      for (const found of Object.values(finds)) expect(found.length, locale).toBeLessThan(Object.keys(texts).length)
      expect(Object.values(finds), locale).toContain('')
    }
  })

  test.each(Object.entries(tables))('%s', async (locale, table) => {
    expect(await foundIn(locale, table)).toEqual(table.finds)
  })

  test.each(Object.entries(tables))('%s: an index of the words as they are written does not hold it', async (locale, table) => {
    expect(await foundIn(locale, table, wordsAsWritten)).not.toEqual(table.finds)
  })

  test.each(Object.entries(tables))('%s: the marks agree with the index', (locale, table) => {
    const withoutMinus = Object.fromEntries(Object.entries(table.finds).filter(([typed]) => !typed.includes(' -')))
    expect(markedIn(locale, { ...table, finds: withoutMinus })).toEqual(withoutMinus)
  })
})
