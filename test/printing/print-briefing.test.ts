import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { printAllWaiting } from '../../src/printing/print-waiting'
import { writeToOpen } from '../../src/printing/store'
import type { Database } from '../../src/storage/database'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { noticeIn, shown } from '../support/html'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'

/** Everything that readers could be shown, as it stands in the database. */
async function printedIn({ database: { query } }: Newsroom) {
  return {
    editions: await query.selectFrom('edition').selectAll().orderBy('briefing_id').orderBy('locale').orderBy('tier').execute(),
    answers: await query.selectFrom('resolution').selectAll().orderBy('asked').orderBy('slug').execute(),
    facets: await query
      .selectFrom('facet')
      .selectAll()
      .orderBy('asked')
      .orderBy('briefing_id')
      .orderBy('name')
      .orderBy('value')
      .execute(),
    moved: await query.selectFrom('moved').selectAll().orderBy('slug').execute(),
    prints: await query.selectFrom('print').selectAll().orderBy('number').execute(),
  }
}

const another = ({ query }: Database) =>
  query
    .updateTable('briefing')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', 'harbour')
    .execute()

/** Before the first `times` atomic writes that print, another hand changes the briefing. */
function overtaken(times: number) {
  let left = times
  return (database: Database): Database => ({
    ...database,
    atomically: async (writes) => {
      const isPrint = writes.some((write) => ('compile' in write ? write.compile() : write).sql.startsWith('insert into "print"'))
      if (isPrint && left > 0) {
        left -= 1
        await another(database)
      }
      return database.atomically(writes)
    },
  })
}

describe('a print', () => {
  test('is made in one atomic write, of every locale and tier at once', async () => {
    let prints = 0
    const newsroom = await openNewsroom({
      disturbed: (database) => ({
        ...database,
        atomically: (writes) => {
          prints += 1
          return database.atomically(writes)
        },
      }),
    })
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    prints = 0
    await newsroom.load({
      briefing: revised(briefing, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'The harbour is shut' })),
    })
    expect(prints).toBe(2) // One saves, one prints.
    const { editions, answers } = await printedIn(newsroom)
    expect(new Set([...editions, ...answers].map(({ print }) => print))).toEqual(new Set([2]))
  })

  test('brings the translations up to date with the English in the same write', async () => {
    const newsroom = await openNewsroom()
    const first = aBriefing()
    await newsroom.load({ briefing: first, translations: [aTranslation(first, 'es'), aTranslation(first, 'ar')] })
    await newsroom.load({
      briefing: revised(first, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'The harbour is shut' })),
    })
    const pages = await Promise.all(['en', 'es', 'ar', 'fr'].map((locale) => newsroom.get(`/${locale}/briefings/harbour-closes`)))
    const numbers = pages.map((page) => /"(\d+)-/.exec(page.headers.get('ETag') ?? '')?.[1])
    expect(new Set(numbers).size).toBe(1)
    for (const page of pages.slice(1, 3)) expect(await page.text()).toContain('href="#title"')
  })

  test('of what the briefing no longer is fails whole and changes nothing', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing({ formerSlugs: ['harbour-old'] }) })
    const source = await findSource(newsroom.database, 'harbour')
    const before = await printedIn(newsroom)
    await another(newsroom.database)
    const seen = { id: 'harbour', version: source?.version ?? 0, last: 1, printedAt: '2026-01-01T00:00:00Z' }
    const { database } = newsroom
    const cleared = database.query.deleteFrom('edition').where('briefing_id', '=', 'harbour')
    await expect(database.atomically([writeToOpen(database, seen), cleared])).rejects.toThrow('print.version')
    expect(await printedIn(newsroom)).toEqual(before)
  })

  test('that another change overtook is made anew from what then stands', async () => {
    const newsroom = await openNewsroom({ disturbed: overtaken(2) })
    await newsroom.load({ briefing: aBriefing() })
    const { prints } = await printedIn(newsroom)
    const source = await findSource(newsroom.database, 'harbour')
    expect(prints.map(({ version }) => version)).toEqual([source?.version])
    expect((await newsroom.get(path)).status).toBe(200)
    expect(await newsroom.printWaiting()).toBe(0)
  })

  test('that is overtaken without end gives up, and waits', async () => {
    const newsroom = await openNewsroom({ disturbed: overtaken(50) })
    await expect(newsroom.load({ briefing: aBriefing() })).rejects.toThrow('print.version')
    expect((await printedIn(newsroom)).editions).toEqual([])
    expect(await newsroom.printWaiting()).toBe(1)
    expect((await newsroom.get(path)).status).toBe(200)
  })

  test('that fails half-way leaves what readers had', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing })
    const before = await printedIn(newsroom)
    const { database } = newsroom
    const seen = { id: 'harbour', version: 1, last: 1, printedAt: '2026-01-01T00:00:00Z' }
    const cleared = database.query.deleteFrom('edition').where('briefing_id', '=', 'harbour')
    const broken = database.query.insertInto('moved').values({ slug: 'x', briefing_id: 'x', now: null as unknown as string })
    await expect(database.atomically([writeToOpen(database, seen), cleared, broken])).rejects.toThrow('NOT NULL')
    expect(await printedIn(newsroom)).toEqual(before)
  })

  test('is looked for without reading every print there ever was', async () => {
    const newsroom = await openNewsroom()
    newsroom.forget()
    await newsroom.printWaiting()
    const due = newsroom.queries.find((query) => query.includes('print')) ?? ''
    const anything = [...due.matchAll(/\?/g)].map(() => 1)
    const { rows } = await newsroom.database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${due}`, anything),
    )
    const plan = rows.map(({ detail }) => detail).join('\n')
    expect(plan).toContain('SEARCH print')
    expect(plan).not.toContain('SCAN print')
  })

  test('of a briefing that cannot be printed keeps no other from being printed', async () => {
    const newsroom = await openNewsroom()
    const later = { publishedAt: '2026-06-01T08:00:00Z' }
    await newsroom.load(
      { briefing: aBriefing({ id: 'a', slug: 'a', ...later }) },
      { briefing: aBriefing({ id: 'b', slug: 'b', ...later }) },
    )
    await newsroom.database.query.updateTable('source_revision').set({ document: '{}' }).where('briefing_id', '=', 'a').execute()
    newsroom.clock.now = '2026-06-02T00:00:00Z'
    await expect(newsroom.printWaiting()).rejects.toThrow('1 of 2 could not be printed')
    expect((await newsroom.get('/en/briefings/b')).status).toBe(200)
    expect((await newsroom.get('/en/briefings/a')).status).toBe(404)
  })

  test('goes on past more failures than are printed at once', async () => {
    const newsroom = await openNewsroom()
    const later = { publishedAt: '2026-06-01T08:00:00Z' }
    await newsroom.load(...['a', 'b', 'c', 'd'].map((id) => ({ briefing: aBriefing({ id, slug: id, ...later }) })))
    await newsroom.database.query
      .updateTable('source_revision')
      .set({ document: '{}' })
      .where('briefing_id', 'in', ['a', 'b'])
      .execute()
    newsroom.clock.now = '2026-06-02T00:00:00Z'
    await expect(printAllWaiting(newsroom.site, 1, async () => {})).rejects.toThrow('2 of 4 could not be printed')
    expect((await newsroom.get('/en/briefings/d')).status).toBe(200)
  })
})

describe('a deployment with other words', () => {
  const changed = { 'notice.not-yet-available': 'Palabras nuevas.', 'briefing.sources': 'Fuentes nuevas' }

  test('is heard at once, on a page made anew from what was printed', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const next = await newsroom.deploy(reworded('es', changed))
    const { t } = next.site.speak('es')
    expect(shown(noticeIn(await next.text(path)))).toBe(`Palabras nuevas.${t('follow.available')}${t('translations.link')}`)
    expect((await next.get(path)).headers.get('ETag')).not.toBe((await newsroom.get(path)).headers.get('ETag'))
  })

  test('never shows a page half old and half new', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { provenance: 'machine' })] })
    const next = await newsroom.deploy(
      reworded('es', { 'notice.machine': 'Aviso nuevo.', 'briefing.sources': 'Fuentes nuevas', 'layout.skip': 'Saltar' }),
    )
    for (const words of ['Aviso nuevo.', 'Fuentes nuevas', 'Saltar']) {
      expect(await next.text(path)).toContain(words)
      expect(await newsroom.text(path)).not.toContain(words)
    }
  })

  test('is printed by the next round, after which the page is one query again and the same to the byte', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load(
      { briefing, translations: [aTranslation(briefing, 'es')] },
      { briefing: aBriefing({ id: 'other', slug: 'other' }) },
    )
    const next = await newsroom.deploy(reworded('es', changed))
    newsroom.forget()
    const madeAnew = await next.text(path)
    expect(newsroom.queries).toHaveLength(2)
    expect(await next.printWaiting()).toBe(2)
    newsroom.forget()
    expect(await next.text(path)).toBe(madeAnew)
    expect(newsroom.queries).toHaveLength(1)
  })

  test('prints what those words are in, and nothing where no words changed', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    expect(await newsroom.printWaiting()).toBe(0)
    const next = await newsroom.deploy(reworded('es', changed))
    const stale = async (program: Newsroom['site'], locale: string) =>
      (
        await newsroom.database.query
          .selectFrom('resolution')
          .select('asked')
          .where('asked', '=', locale)
          .where('fingerprint', 'not like', `%${program.madeWith('answer', locale)}`)
          .execute()
      ).length
    expect(await stale(next.site, 'es')).toBe(1)
    expect(await stale(next.site, 'ca')).toBe(0) // It has words of its own for these.
    expect(await stale(next.site, 'fr')).toBe(0)
    expect(await next.printWaiting()).toBe(1)
    expect(await stale(next.site, 'es')).toBe(0)
    expect(await next.printWaiting()).toBe(0)
  })

  test('is printed for a language in preview too', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const next = await newsroom.deploy(reworded('ca', { 'notice.not-yet-available': 'Paraules noves.' }))
    expect(await next.printWaiting()).toBe(1)
    newsroom.forget()
    expect(await next.text('/ca/briefings/harbour-closes')).toContain('Paraules noves.')
    expect(newsroom.queries).toHaveLength(1)
  })

  test('is printed a part at a time where much is waiting, until nothing is', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...['a', 'b', 'c', 'd', 'e'].map((id) => ({ briefing: aBriefing({ id, slug: id }) })))
    const next = await newsroom.deploy(reworded('es', changed))
    expect([
      await next.printWaiting(2),
      await next.printWaiting(2),
      await next.printWaiting(2),
      await next.printWaiting(2),
    ]).toEqual([2, 2, 1, 0])
  })
})
