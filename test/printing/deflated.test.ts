import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { deflatePlain } from '../../src/printing/deflate-plain'
import { isPrintedMeanwhile, listPlain, writesToDeflate } from '../../src/printing/plain-store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { newsroomWithCanaries } from '../support/canaries'
import { interrupted } from '../support/interrupted'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { plainAnswers, plainEditions, writePlain } from '../support/plain-rows'

const locales = ['en', 'es', 'ja']
const page = (locale: string) => `/${locale}/briefings/harbour-closes`
const paths = locales.flatMap((locale) => [
  page(locale),
  `${page(locale)}.json`,
  `${page(locale)}.md`,
  `${page(locale)}/bilingual`,
  `/${locale}/feed.xml`,
  `/${locale}/search?q=dredger`,
])

/** What everyone gets, and each who asks, with the tags of what may be kept. */
async function answersOf(newsroom: Newsroom, askers: readonly { readonly headers: Readonly<Record<string, string>> }[]) {
  const answers: string[] = []
  for (const { headers } of [{ headers: {} }, ...askers]) {
    for (const path of paths) {
      const response = await newsroom.get(path, headers)
      answers.push([path, response.status, response.headers.get('ETag'), await response.text()].join(' '))
    }
  }
  return answers
}

const waiting = async ({ database, site }: Newsroom) => (await listPlain(database, openLocales(site.locales), 1000)).length

/** A newsroom with a briefing in Spanish, partly in French, and as the program before printed it. */
async function asBefore() {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  const partial = aTranslation(briefing, 'fr', { segments: { 'body.closure': '' } })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), partial] })
  await writePlain(newsroom.database)
  return { ...newsroom, briefing }
}

describe('rows that a program of before has printed', () => {
  test('give everyone the same bytes before, while and after they are deflated', async () => {
    const newsroom = await newsroomWithCanaries()
    const deflated = await answersOf(newsroom, newsroom.askers)
    await writePlain(newsroom.database)
    expect(await answersOf(newsroom, newsroom.askers)).toEqual(deflated)
    await deflatePlain(newsroom.site, 5)
    expect(await waiting(newsroom)).toBeGreaterThan(5)
    expect(await answersOf(newsroom, newsroom.askers)).toEqual(deflated)
    while ((await deflatePlain(newsroom.site, 7)) > 0) {}
    expect(await waiting(newsroom)).toBe(0)
    expect(await answersOf(newsroom, newsroom.askers)).toEqual(deflated)
  })

  test('keep their prints and what they were made of, so that none is printed again', async () => {
    const newsroom = await asBefore()
    const [editions, answers] = [await plainEditions(newsroom.database), await plainAnswers(newsroom.database)]
    await deflatePlain(newsroom.site, 1000)
    expect(await newsroom.printWaiting()).toBe(0)
    const everyones = ({ tier }: { tier: number }) => tier === 0
    expect((await plainEditions(newsroom.database)).filter(everyones)).toEqual(editions.filter(everyones))
    expect(await plainAnswers(newsroom.database)).toEqual(answers)
  })

  test('are left as they are, as long as that program may run; and so is what is printed then', async () => {
    const newsroom = await asBefore()
    await sql`update former_program set until = '2026-01-01T01:00:00Z'`.execute(newsroom.database.query)
    const site = { ...newsroom.site, database: { ...newsroom.database } } // A database that nobody has asked before.
    const before = await waiting(newsroom)
    expect(await deflatePlain(site, 1000)).toBe(0)
    expect(await waiting(newsroom)).toBe(before)
    newsroom.clock.now = '2026-01-01T01:00:01Z'
    expect(await deflatePlain(site, 1000)).toBe(before)
    expect(await waiting(newsroom)).toBe(0)
  })

  test('are whole after a run that was killed, whatever it had done', async () => {
    const newsroom = await asBefore()
    const before = await answersOf(newsroom, [])
    let left = 3
    const atomically: typeof newsroom.database.atomically = async (writes) => {
      if (left === 0) throw new Error('killed')
      left -= 1
      return await newsroom.database.atomically(writes)
    }
    const killed = { ...newsroom.site, database: { ...newsroom.database, atomically } }
    await expect(deflatePlain(killed, 1000)).rejects.toThrow('killed')
    const waited = await waiting(newsroom)
    expect(await answersOf(newsroom, [])).toEqual(before)
    expect(await deflatePlain(newsroom.site, 1000)).toBe(waited)
    expect(await answersOf(newsroom, [])).toEqual(before)
  })

  test('are not mixed with what a print writes meanwhile', async () => {
    const { disturbed, meanwhile } = interrupted()
    const newsroom = await openNewsroom({ disturbed })
    const briefing = aBriefing()
    await newsroom.load({ briefing })
    await writePlain(newsroom.database)
    const changed = revised(briefing, 'minor', '2025-06-01T00:00:00Z', (each) => ({ ...each, title: 'A quokka' }))
    meanwhile(() => newsroom.load({ briefing: changed }))
    expect(await deflatePlain(newsroom.site, 1)).toBe(1)
    expect(await newsroom.text(page('en'))).toContain('A quokka')
  })

  test('are refused, if they are not as they were seen', async () => {
    const newsroom = await asBefore()
    const [place] = await listPlain(newsroom.database, ['es'], 1)
    const writes = place ? await writesToDeflate(newsroom.database, place) : []
    expect(writes.length).toBeGreaterThan(0)
    await sql`update edition set fingerprint = 'another'`.execute(newsroom.database.query)
    const refused: unknown = await newsroom.database.atomically(writes).catch((error: unknown) => error)
    expect(isPrintedMeanwhile(refused)).toBe(true)
  })
})

describe('deflated rows', () => {
  test('are nothing that the program before would take for its own, or show', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const rows = await newsroom.database.query.selectFrom('edition').select(['fingerprint', 'reading', 'lead', 'body']).execute()
    for (const { fingerprint, reading, lead, body } of rows) {
      expect([fingerprint[0], (JSON.parse(reading) as Record<string, unknown>)['@version'], lead, body]).toEqual(['z', 2, '', ''])
    }
    expect(rows.length).toBe(3)
  })

  test('are written over by the program before, and read as it writes them', async () => {
    const newsroom = await asBefore()
    await deflatePlain(newsroom.site, 1000)
    await writePlain(newsroom.database)
    await sql`update edition set lead = 'Printed by the program before' where tier = 0`.execute(newsroom.database.query)
    expect(await newsroom.text(page('es'))).toContain('Printed by the program before')
  })

  test.each(['gzip', 'identity', undefined] as const)('say the same to who takes %s', async (coding) => {
    const newsroom = await asBefore()
    const plain = await newsroom.text(page('es'))
    await deflatePlain(newsroom.site, 1000)
    const response = await newsroom.ask(page('es'), {}, { coding })
    const { body, headers } = response
    const isGzipped = headers.get('Content-Encoding') === 'gzip'
    expect(isGzipped).toBe(coding === 'gzip')
    expect(headers.get('Vary')).toBe(coding ? 'Accept-Encoding, Accept, Cookie' : 'Accept, Cookie')
    const said = isGzipped && body ? body.pipeThrough(new DecompressionStream('gzip')) : body
    expect(await new Response(said).text()).toBe(plain)
  })

  test('are never compressed for members, nor beside a public text', async () => {
    const newsroom = await newsroomWithCanaries()
    const member = newsroom.askers.find(({ tier }) => tier === 'alliance')
    const response = await newsroom.ask(page('en'), { headers: member?.headers ?? {} }, { coding: 'gzip' })
    expect(response.headers.has('Content-Encoding')).toBe(false)
    expect(await response.text()).toContain('canary-alliance')
  })
})
