import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/briefings/hash'
import { segmentsOf } from '../../src/briefings/segments'
import { condense } from '../../src/newsroom/condense'
import type { Database } from '../../src/storage/database'
import { paragraphsOf } from '../../src/translations/memory'
import { recall, writesToRemember } from '../../src/translations/memory-store'
import type { Candidate } from '../../src/translations/packs/pack'
import { aBriefing, aTranslation } from '../support/briefings'
import { formerMemory } from '../support/former-memory'
import { interrupted } from '../support/interrupted'
import { openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

/** Until when the program of before may run here, and when it runs no more. */
const until = '2026-01-01T01:00:00Z'
const later = '2026-01-01T02:00:00Z'

const locales = ['es', 'ja'] as const

/** Texts of few words, so that many are alike and many share marks; some of several paragraphs. */
const word = fc.constantFrom('the harbour', 'closes', 'dredger', 'aground', 'on Friday', 'ships', 'wait', 'berth 7', 'a')
const sentence = fc.array(word, { minLength: 2, maxLength: 12 }).map((words) => words.join(' '))
const text = fc.array(sentence, { minLength: 1, maxLength: 2 }).map((paragraphs) => paragraphs.join('\n\n'))
const act = fc.record({ locale: fc.constantFrom(...locales), texts: fc.array(text, { minLength: 1, maxLength: 6 }) })

const lessonsOf = async (texts: readonly string[], word: string) =>
  await Promise.all(
    [...new Set(texts.flatMap((each) => [each, ...paragraphsOf(each)]))].map(async (source) => ({
      hash: await hashOf(source),
      source,
      target: `${word}: ${source}`,
    })),
  )

async function rowsIn({ query }: Database) {
  const tables = ['memory', 'memory_mark', 'memory_text', 'memory_translation', 'memory_phrase'] as const
  const count = (table: (typeof tables)[number]) => query.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'))
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, (await count(table).executeTakeFirstOrThrow()).count])),
  ) as Record<(typeof tables)[number], number>
}

type Recalled = ReadonlyMap<string, readonly Candidate[]>

/** What is offered for each text. Of those that are equally alike it does not matter which is first. */
const offers = (recalled: readonly Recalled[]) =>
  recalled.flatMap((each) =>
    [...each].map(
      ([text, candidates]) =>
        [text, candidates.toSorted((one, other) => other.score - one.score || (one.source < other.source ? -1 : 1))] as const,
    ),
  )

/** Condenses until nothing is left to do. */
async function condenseAll(site: Parameters<typeof condense>[0], database: Database, most = 3) {
  for (let rows = await rowsIn(database); rows.memory + rows.memory_mark > 0; rows = await rowsIn(database))
    await condense(site, most)
}

describe('a memory from before the English was kept once', () => {
  test('offers the same for every text before, while, and after it is taken over, and when it was learnt anew', async () => {
    let offered = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), fc.array(text, { maxLength: 6 }), async (acts, others) => {
        const { site, database } = await openNewsroom()
        const former = formerMemory(database)
        for (const [index, { locale, texts }] of acts.entries()) {
          await former.remember(locale, await lessonsOf(texts, `${locale} ${index}`), `2025-01-0${index + 1}T00:00:00.000Z`)
        }
        const asked = [
          ...new Set([
            ...others,
            ...acts.flatMap(({ texts }) => texts),
            ...acts.flatMap(({ texts }) => texts.map((each) => `${each} today`)),
          ]),
        ]
        const before = offers(await Promise.all(locales.map((locale) => former.recall(locale, asked))))
        const now = async (here = database) => offers(await Promise.all(locales.map((locale) => recall(here, locale, asked))))
        expect(await now()).toEqual(before)
        await condense(site, 4)
        expect(await now()).toEqual(before)
        await condenseAll(site, database)
        expect(await now()).toEqual(before)

        const anew = await openNewsroom()
        for (const [index, { locale, texts }] of acts.entries()) {
          const lessons = await lessonsOf(texts, `${locale} ${index}`)
          await anew.database.atomically(writesToRemember(anew.database, locale, lessons, `2025-01-0${index + 1}T00:00:00.000Z`))
        }
        expect(await now(anew.database)).toEqual(before)
        offered += before.filter(([, candidates]) => candidates.some(({ score }) => score < 100)).length
      }),
      { numRuns: rounds(15) },
    )
    expect(offered).toBeGreaterThan(10)
  })

  test('is left alone as long as the program that wrote it may still run', async () => {
    const { site, database, clock } = await openNewsroom()
    await database.query.updateTable('former_program').set({ until }).execute()
    await formerMemory(database).remember('es', await lessonsOf(['The harbour closes'], 'es'), '2025-01-01T00:00:00Z')
    const before = await rowsIn(database)
    await condense(site, 100)
    expect(await rowsIn(database)).toEqual(before)
    clock.now = later
    await condenseAll(site, database)
    expect(await rowsIn(database)).toEqual({
      ...before,
      memory: 0,
      memory_mark: 0,
      memory_text: 1,
      memory_translation: 1,
      memory_phrase: 2,
    })
  })

  test('keeps the later of two translations, whichever program saved it and whenever it is taken over', async () => {
    const text = 'The harbour closes for a month'
    for (const [formerAt, nowAt, expected] of [
      ['2025-01-02T00:00:00.000Z', '2025-01-01T00:00:00.000Z', 'former'],
      ['2025-01-01T00:00:00.000Z', '2025-01-02T00:00:00.000Z', 'now'],
    ] as const) {
      for (const isFormerFirst of [true, false]) {
        const { site, database } = await openNewsroom()
        const teach = [
          async () => await formerMemory(database).remember('es', await lessonsOf([text], 'former'), formerAt),
          async () => await database.atomically(writesToRemember(database, 'es', await lessonsOf([text], 'now'), nowAt)),
        ]
        for (const each of isFormerFirst ? teach : teach.toReversed()) await each()
        const target = async () => (await recall(database, 'es', [text])).get(text)?.[0]?.target
        expect(await target()).toBe(`${expected}: ${text}`)
        await condenseAll(site, database)
        expect(await target()).toBe(`${expected}: ${text}`)
      }
    }
  })

  test('loses nothing that is saved while it is taken over, and brings nothing back that is removed meanwhile', async () => {
    const { disturbed, meanwhile } = interrupted()
    const { site, database, load } = await openNewsroom({ disturbed })
    const briefing = aBriefing()
    await load({ briefing })
    const former = formerMemory(database)
    const lessons = await lessonsOf(
      segmentsOf(briefing).map((each) => each.text),
      'old',
    )
    const [{ hash, source } = { hash: '', source: '' }] = lessons
    const targets = async (locale: string) =>
      ((await recall(database, locale, [source])).get(source) ?? []).map((each) => each.target)
    await former.remember('es', lessons, '2025-01-01T00:00:00.000Z')
    meanwhile(() => former.remember('es', [{ hash, source, target: 'new' }], '2025-06-01T00:00:00.000Z'))
    await condenseAll(site, database, 1000)
    expect(await targets('es')).toEqual(['new'])

    await former.remember('ja', lessons, '2025-01-01T00:00:00.000Z')
    meanwhile(async () => await database.query.deleteFrom('memory').execute())
    await condense(site, 1000)
    expect(await targets('ja')).toEqual([])
    await load({ briefing, translations: [aTranslation(briefing, 'ja')] })
    expect(await targets('ja')).toEqual([`ja: ${source}`])
  })
})
