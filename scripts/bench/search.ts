import { join } from 'node:path'
import type { Reading } from '../../src/editions/reading'
import { shelved } from '../../src/search/entry'
import { servedKey } from '../../src/search/keys'
import { documentIn } from '../../src/storage/deflated-rows'
import { openSqlite } from '../../src/storage/sqlite'
import { dateOf, makeMany, nameOf, sample } from './many'
import { type Finding, ratioFinding } from './report'
import { type Running, startSite } from './servers'
import type { Session } from './session'
import { inTurn, middle, ratio } from './wrk'

/** Every briefing exists in each public language. */
const languages = 10
const editionsOfFew = 1000

/** What readers look for: words of every briefing, of one in ten, of a single one and of none. */
const queries: Readonly<Record<string, string>> = {
  'a word of every title': '/en/search?q=microsoft',
  'a word of every text, in Japanese': '/ja/search?q=%E5%8E%9F%E5%89%87',
  'a word of one in ten, in Spanish': '/es/search?q=zigzag',
  'three words': '/fr/search?q=microsoft+zigzag+intelligence',
  'a phrase': '/en/search?q=%22zigzag+and+quartz%22',
  'a word of one': `/de/search?q=${rareWord(42)}`,
  'a word without one, of every text': '/en/search?q=microsoft+-zigzag',
  'a misspelt word': '/en/search?q=mircosoft+qqqqqqqq',
}

/** How many of them a quick run asks. */
const quickQueries = 3

/** What a search costs among very many editions, against among a thousand; nothing is cached. */
export async function search({ folder, searched, rounds, seconds, isQuick }: Session): Promise<readonly Finding[]> {
  const few = await startSearchable(folder, editionsOfFew)
  const many = await startSearchable(folder, searched)
  const findings: Finding[] = []
  for (const [name, path] of Object.entries(queries).slice(0, isQuick ? quickQueries : undefined)) {
    const subject = ({ url, pid }: Running) => ({ name, url: url + path, pid })
    const samples = await inTurn({ few: subject(few), many: subject(many) }, rounds, { connections: 1, seconds })
    const times = `${middle(samples.few, 'p50').toFixed(2)} → ${middle(samples.many, 'p50').toFixed(2)} ms`
    const label = `Search for ${name}: p50, ${searched.toLocaleString('en')} editions of ${editionsOfFew.toLocaleString('en')}`
    findings.push(ratioFinding(label, ratio(samples.many, samples.few, 'p50'), { most: 2 }, times))
  }
  await Promise.all([few.stop(), many.stop()])
  return findings
}

/** A site of so many editions that can be searched. */
async function startSearchable(folder: string, editions: number): Promise<Running> {
  const path = join(folder, `search-${editions}.db`)
  const count = editions / languages
  await makeMany(path, count)
  indexCopies(path, count)
  return await startSite(path, 0)
}

/** Gives copies the beginning of the sample's texts, a word of their own, and every tenth a phrase; and writes them into the index. */
function indexCopies(path: string, count: number): void {
  const database = openSqlite(path)
  const { file } = database
  file.pragma('synchronous = OFF')
  const rows = file.prepare(
    `select deflated from edition where tier = 0 and briefing_id = (select id from briefing where slug = ?)`,
  )
  const readings = (rows.pluck().all(sample) as Uint8Array[]).map(
    (edition) => JSON.parse(documentIn({ edition, plainEdition: null })) as Reading,
  )
  const setReading = file.prepare('update edition set reading = ?, deflated = null where locale = ? and briefing_id = ?')
  const setEntry = file.prepare('insert into search_entry (id, briefing_id, locale) values (?, ?, ?)')
  const setWords = file.prepare('insert into search_text (rowid, words) values (?, ?)')
  const write = file.transaction((first: number, last: number) => {
    for (let index = first; index <= last; index += 1) {
      for (const [at, reading] of readings.entries()) {
        const { locale, title, summary } = reading
        const own = `${rareWord(index)} ${index % 10 === 0 ? 'zigzag and quartz' : ''}`
        const body = [...reading.body.slice(0, 2).map(({ text }) => text.text.slice(0, 400)), own]
        const words = [shelved(locale, 't', [title.text]), shelved(locale, 's', [summary.text]), shelved(locale, '0', body)]
        const id = Math.floor(Date.parse(dateOf(index)) / 1000) * 2 ** 20 + at
        setEntry.run(id, nameOf(index), locale)
        setWords.run(id, [servedKey(locale, true), ...words].join(' '))
        setReading.run(JSON.stringify(shortened(reading, body)), locale, nameOf(index))
      }
    }
  })
  for (let first = 1; first <= count; first += 500) write(first, Math.min(count, first + 499))
  database.close()
}

/** A reading with these paragraphs and without what is long. */
const shortened = (reading: Reading, body: readonly string[]): Reading => ({
  ...reading,
  body: body.map((text, at) => ({ id: `p${at}`, heading: reading.title, text: { lang: reading.locale, text } })),
  keyPoints: [],
  sections: [],
  sources: [],
  watch: [],
  affectedAreas: [],
})

/** A word of letters that only one copy has: what is found by it is as much among few as among many. */
function rareWord(index: number): string {
  const letters = String(index)
    .padStart(5, '0')
    .replace(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '')
  return `${letters}qua`
}
