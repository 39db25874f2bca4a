import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { findAnswer } from '../../src/editions/store'
import { openLocales, publicLocales } from '../../src/language/locale'
import { isFallback } from '../../src/language/resolution'
import { publish } from '../../src/newsroom/publish'
import { publishDue } from '../../src/newsroom/publish-due'
import { printBriefing } from '../../src/printing/print-briefing'
import { addEndpoint } from '../../src/webhooks/administer'
import { payloadSchema } from '../../src/webhooks/event'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { newsroomWithCanaries } from '../support/canaries'
import { type Loaded, reworded } from '../support/newsroom'
import { rounds } from '../support/rounds'
import { ofType, openToWebhooks, type Webhooks } from '../support/webhooks'

const briefing = aBriefing()
const targets = ['es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca']
const withSummary = (summary: string) => (each: BriefingFile) => ({ ...each, summary })
const typo = revised(briefing, 'typo', '2025-04-01T08:00:00Z', withSummary('A dredger ran aground and nothing moves.'))
const material = revised(typo, 'material', '2025-05-01T08:00:00Z', withSummary('A dredger was towed away and ships move.'))

let site: Webhooks
beforeEach(async () => {
  site = await openToWebhooks()
  await site.add()
})

const english = {
  locale: 'en',
  url: 'https://briefings.example/en/briefings/harbour-closes',
  data: 'https://briefings.example/en/briefings/harbour-closes.json',
  title: 'The harbour closes for a month',
  freshness: 'current',
  coverage: 1,
  provenance: 'source',
}
const spanish = {
  ...english,
  locale: 'es',
  url: 'https://briefings.example/es/briefings/harbour-closes',
  data: 'https://briefings.example/es/briefings/harbour-closes.json',
  title: 'es: The harbour closes for a month',
  provenance: 'human',
}

describe('what is printed', () => {
  test('is told whole: the briefing, where it is, in which languages, and what of it is new', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(ofType('briefing.printed', await site.told())).toEqual([
      {
        type: 'briefing.printed',
        timestamp: '2026-01-01T00:00:00.000Z',
        data: {
          id: 'harbour',
          slug: 'harbour-closes',
          sequence: 0,
          url: 'https://briefings.example/briefings/harbour-closes',
          publishedAt: '2025-03-01T08:00:00Z',
          available: [english, spanish],
          changed: [
            { locale: 'en', change: 'new' },
            { locale: 'es', change: 'new' },
          ],
        },
      },
    ])
  })

  test('of a translation that comes late is told as new in its language alone', async () => {
    await site.load({ briefing })
    await site.heard()
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await site.told()).toMatchObject([
      { type: 'briefing.printed', data: { available: [english, spanish], changed: [{ locale: 'es', change: 'new' }] } },
    ])
  })

  test('is told apart by how much it matters: a typo, a material change, and a translation that this leaves behind', async () => {
    const translations = [aTranslation(briefing, 'es')]
    await site.load({ briefing, translations })
    await site.heard()
    await site.load({ briefing: typo, translations })
    expect(ofType('briefing.printed', await site.heard())).toMatchObject([
      { data: { changed: [{ locale: 'en', change: 'minor' }] } },
    ])
    await site.load({ briefing: material, translations })
    expect(ofType('briefing.printed', await site.heard())).toMatchObject([
      {
        data: {
          available: [english, { ...spanish, freshness: 'outdated' }],
          changed: [
            { locale: 'en', change: 'material' },
            { locale: 'es', change: 'minor' },
          ],
        },
      },
    ])
    await site.load({ briefing: material, translations: [aTranslation(material, 'es')] })
    expect(ofType('briefing.printed', await site.heard())).toMatchObject([
      { data: { available: [english, spanish], changed: [{ locale: 'es', change: 'material' }] } },
    ])
  })

  test('of members’ texts alone is told as a minor change, without their names', async () => {
    await site.load({ briefing })
    await site.heard()
    const next = revised(briefing, 'material', '2025-04-01T08:00:00Z', (each) => ({
      ...each,
      linkedOrganisations: { access: 'circle', notes: [{ id: 'dredgers', name: 'Dredgers SA', note: 'canary-circle Sold it.' }] },
    }))
    await site.load({ briefing: next })
    const told = await site.told()
    expect(ofType('briefing.printed', told)).toMatchObject([{ data: { changed: [{ locale: 'en', change: 'minor' }] } }])
    expect(ofType('source.changed', told)).toMatchObject([{ data: { significance: 'material', segments: [] } }])
    expect(JSON.stringify(told)).not.toMatch(/dredgers/i)
  })

  test('again as it was is not told: with new words of the site, in a new program, or loaded twice', async () => {
    const translations = [aTranslation(briefing, 'es')]
    await site.load({ briefing, translations })
    await site.heard()
    await site.load({ briefing, translations })
    await printBriefing(site.site, 'harbour')
    const next = await site.deploy(reworded('es', { 'briefing.watch': 'A qué atender' }))
    expect(await next.printWaiting()).toBe(1)
    expect(await site.told()).toEqual([])
  })

  test('again by a program that counts otherwise what was printed, or counted nothing yet, is not told', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.heard()
    for (const counted of [{ content: '' }, { content: 'otherwise', state: 'otherwise' }]) {
      await site.database.query.updateTable('appearance').set(counted).execute()
      await printBriefing(site.site, 'harbour')
    }
    expect(await site.heard()).toEqual([])
    await site.load({ briefing: typo })
    expect(ofType('briefing.printed', await site.heard())).toMatchObject([
      { data: { changed: [{ locale: 'en', change: 'minor' }] } },
    ])
  })

  test('in a language that the site begins to show is new in it, and one that it hides is withdrawn', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.heard()
    const { locales } = site.site
    const hiding = {
      ...locales,
      locales: locales.locales.map((each) => (each.tag === 'es' ? { ...each, state: 'preview' as const } : each)),
    }
    const hidden = await site.deploy({ locales: hiding })
    await hidden.printWaiting()
    expect(await site.heard()).toMatchObject([
      { type: 'briefing.withdrawn', data: { available: [english], withdrawn: [{ locale: 'es' }] } },
    ])
    const shown = await site.deploy({ locales })
    await shown.printWaiting()
    expect(await site.heard()).toMatchObject([{ type: 'briefing.printed', data: { changed: [{ locale: 'es', change: 'new' }] } }])
  })

  test('is told once, however many print it at once', async () => {
    await site.load({ briefing: aBriefing({ publishedAt: '2026-02-01T08:00:00Z' }) })
    site.clock.now = '2026-02-01T08:00:00.000Z'
    await Promise.all([1, 2, 3].map(() => printBriefing(site.site, 'harbour')))
    expect(ofType('briefing.printed', await site.told())).toHaveLength(1)
  })

  test('and failed half-way is not told', async () => {
    const failing = await openToWebhooks({
      disturbed: (database) => ({
        ...database,
        atomically: (writes) => {
          const broken = database.query
            .insertInto('moved')
            .values({ slug: 'x', briefing_id: 'x', now: null as unknown as string })
          const isPrint = writes.some((write) => ('compile' in write ? write.compile() : write).sql.includes('"webhook_event"'))
          return database.atomically(isPrint ? [...writes, broken] : writes)
        },
      }),
    })
    await failing.add()
    await expect(failing.load({ briefing })).rejects.toThrow('NOT NULL')
    expect(await failing.told()).toEqual([])
  })
})

describe('what is withdrawn', () => {
  test('is told by the addresses that readers had: a translation, and then all of it', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.heard()
    await site.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'withdrawn' })] })
    expect(await site.heard()).toMatchObject([
      { type: 'briefing.withdrawn', data: { available: [english], withdrawn: [{ locale: 'es', url: spanish.url }] } },
    ])
    await site.takeBack('harbour-closes')
    const gone = await site.heard()
    expect(gone).toMatchObject([
      {
        type: 'briefing.withdrawn',
        data: { id: 'harbour', slug: 'harbour-closes', available: [], withdrawn: [{ locale: 'en', url: english.url }] },
      },
    ])
    await expect(site.load({ briefing: aBriefing({ state: 'draft', slug: 'secret-plan' }) })).rejects.toThrow('harbour-closes')
    expect(await site.heard()).toEqual([])
  })
})

describe('a draft', () => {
  test.each([
    ['that is being written', { state: 'draft' }],
    ['whose time has not come', { publishedAt: '2026-06-01T08:00:00Z' }],
    ['that is graded for internal monitoring', { confidence: 0.05 }],
  ] as const)('%s is told of to nobody, whatever is done to it', async (_name, changes) => {
    for (const each of [briefing, typo, material]) {
      await site.load({ briefing: { ...each, ...changes }, translations: [aTranslation(briefing, 'es')] })
      await printBriefing(site.site, 'harbour')
    }
    expect(await site.told()).toEqual([])
  })

  test('of a translation is told of to nobody', async () => {
    const drafts = [aTranslation(briefing, 'es', { state: 'draft' }), aTranslation(briefing, 'fr', { state: 'in-review' })]
    await site.load({ briefing, translations: drafts })
    await site.heard()
    const [es, fr] = drafts
    if (!es || !fr) throw new Error('There are two drafts.')
    await site.load({ briefing, translations: [{ ...es, segments: { ...es.segments, title: 'canary-draft' } }, fr] })
    expect(await site.told()).toEqual([])
  })

  test('once its time comes is told of as what it is by then', async () => {
    await site.load({ briefing: { ...material, publishedAt: '2026-06-01T08:00:00Z' } })
    site.clock.now = '2026-06-01T08:00:00.000Z'
    await site.printWaiting()
    const told = await site.told()
    expect(ofType('briefing.printed', told)).toMatchObject([{ data: { changed: [{ locale: 'en', change: 'new' }] } }])
    expect(ofType('translation.needed', told)).toHaveLength(targets.length)
    expect(ofType('source.changed', told)).toEqual([])
  })
})

describe('the English that readers have', () => {
  test('says how much it changed, and where, as far as everyone may read it', async () => {
    await site.load({ briefing })
    await site.heard()
    await site.load({ briefing: typo })
    expect(ofType('source.changed', await site.heard())).toMatchObject([
      { data: { revision: 2, previousRevision: 1, significance: 'typo', segments: ['summary'] } },
    ])
    const gated = revised(material, 'minor', '2025-06-01T08:00:00Z', (each) => ({
      ...each,
      title: 'The harbour opens',
      sections: each.sections.map((section) => ({ ...section, text: 'canary-again' })),
    }))
    await site.load({ briefing: gated })
    expect(ofType('source.changed', await site.heard())).toMatchObject([
      { data: { revision: 4, previousRevision: 2, significance: 'material', segments: ['title', 'summary'] } },
    ])
  })
})

describe('a translation', () => {
  const needs = async () =>
    ofType('translation.needed', await site.heard())
      .map(({ data }) => data)
      .toSorted((one, other) => targets.indexOf(one.locale) - targets.indexOf(other.locale))

  test('is needed in every language that has none, once', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const needed = await needs()
    expect(needed.map(({ locale }) => locale)).toEqual(targets.filter((each) => each !== 'es'))
    expect(needed[0]).toMatchObject({
      id: 'harbour',
      slug: 'harbour-closes',
      locale: 'fr',
      reason: 'missing',
      state: 'none',
      revision: 1,
      outdated: [],
      url: 'https://briefings.example/fr/briefings/harbour-closes',
      pack: 'https://briefings.example/api/v1/packs/fr/harbour-closes',
    })
    expect(needed[0]?.missing).toContain('title')
    expect(needed[0]?.missing.join()).not.toMatch(/sections\.(insurers|repairs)$|linkedOrganisations/)
    await site.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'fr')] })
    await site.load({ briefing: typo, translations: [] })
    expect(await needs()).toEqual([])
  })

  test('is needed anew for a material change, as what is outdated where there was one, and done with once it is made', async () => {
    await site.load({ briefing: typo, translations: [aTranslation(typo, 'es')] })
    await needs()
    await site.load({ briefing: material, translations: [aTranslation(typo, 'es')] })
    const needed = await needs()
    expect(needed).toHaveLength(targets.length)
    expect(needed[0]).toMatchObject({
      locale: 'es',
      reason: 'outdated',
      state: 'approved',
      missing: [],
      outdated: ['summary'],
      words: 8,
    })
    expect(needed[1]).toMatchObject({ locale: 'fr', reason: 'missing' })
    await site.load({ briefing: material, translations: [aTranslation(material, 'es')] })
    expect(await needs()).toEqual([])
  })

  test('that comes with the change is not needed', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await needs()
    await site.load({ briefing: material, translations: [aTranslation(material, 'es')] })
    expect((await needs()).map(({ locale }) => locale)).not.toContain('es')
  })

  test('that was made before its language opened is not needed when it opens, and one that was not made is', async () => {
    const opened = async (state: 'hidden' | 'public') => {
      const { locales } = site.site
      const tags = ['es', 'fr']
      const all = locales.locales.map((each) => (tags.includes(each.tag) ? { ...each, state } : each))
      return await site.deploy({ locales: { ...locales, locales: all } })
    }
    const before = await opened('hidden')
    await before.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect((await needs()).map(({ locale }) => locale)).toEqual(targets.slice(2))
    await (await opened('public')).printWaiting()
    expect((await needs()).map(({ locale }) => locale)).toEqual(['fr'])
  })

  test('is needed for the English that readers get, not for what is saved after it under other names', async () => {
    await site.load({ briefing: typo, translations: [aTranslation(typo, 'es')] })
    await needs()
    await site.load({ briefing: { ...material, state: 'draft' } })
    await publish(site.site, 'harbour-closes', ['en'], { actor: 'a test' }, { at: '2026-01-01T01:00Z' })
    const renamed = revised(material, 'minor', '2025-06-01T08:00:00Z', (each) => ({
      ...each,
      body: each.body.map((part) => ({ ...part, id: `the-${part.id}` })),
    }))
    await site.load({ briefing: { ...renamed, state: 'draft' } })
    site.pass(3_600_000)
    expect(await publishDue(site.site, 10)).toMatchObject([{ outcome: 'published' }])
    expect((await needs())[0]).toMatchObject({ locale: 'es', revision: 3, missing: [], outdated: ['summary'], words: 8 })
  })
})

describe('an endpoint', () => {
  test('is told of the events and the languages that it asked for', async () => {
    const other = await openToWebhooks()
    await other.add({ url: 'https://pl.example/', locales: ['pl', 'ar'], events: ['translation.needed'] })
    await other.add({ url: 'https://es.example/', locales: ['es'] })
    await other.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
    await other.deliver()
    const heard = other.received.map(({ url, body }) => {
      const { type, data } = payloadSchema.parse(JSON.parse(body))
      return [url, type, 'locale' in data ? data.locale : '']
    })
    expect(heard.toSorted()).toEqual([
      ['https://es.example/', 'briefing.printed', ''],
      ['https://pl.example/', 'translation.needed', 'pl'],
    ])
    await other.load({ briefing: typo })
    await other.deliver()
    const last = other.received.slice(2).map(({ url, body }) => [url, payloadSchema.parse(JSON.parse(body)).type])
    expect(last).toEqual([['https://es.example/', 'source.changed']])
  })

  test('that is not there costs a print no event, and one where nothing changed no statement that writes', async () => {
    const none = await openToWebhooks()
    await none.load({ briefing })
    expect(await none.database.query.selectFrom('webhook_event').selectAll().execute()).toEqual([])
    none.forget()
    await printBriefing(none.site, 'harbour')
    expect(none.queries.filter((sql) => sql.includes('webhook_'))).toEqual([])
    await none.load({ briefing: material })
    expect(none.queries.filter((sql) => sql.includes('webhook_'))).toHaveLength(2)
  })
})

describe('no event', () => {
  test('says a text for members, or anything of a draft, in any language', async () => {
    const newsroom = await newsroomWithCanaries((site) =>
      addEndpoint(site, { url: 'https://one.example/', events: 'all', locales: 'all' }, 'a test'),
    )
    const rows = await newsroom.database.query.selectFrom('webhook_event').select('payload').execute()
    const said = rows.map(({ payload }) => payload).join('\n')
    expect(rows.length).toBeGreaterThan(5)
    expect(said).toContain('translation.needed')
    expect(said).not.toMatch(/canary|dredgers|not-yet|Ada Traductrice/i)
  })
})

/** One thing that a newsroom does to a briefing. */
const anAct = fc.oneof(
  fc.record({
    what: fc.constant('load' as const),
    state: fc.constantFrom('draft', 'published', 'published', 'published'),
    revision: fc.nat(2),
    es: fc.constantFrom('none', 'draft', 'approved', 'approved', 'withdrawn'),
    ca: fc.constantFrom('none', 'approved', 'withdrawn'),
    text: fc.constantFrom('uno', 'dos'),
  }),
  fc.constant({ what: 'print' as const }),
  fc.record({ what: fc.constant('deployment' as const), words: fc.constantFrom('A', 'B') }),
  fc.record({ what: fc.constant('languages' as const), es: fc.constantFrom('public', 'preview') }),
)

describe('the last event of a briefing', () => {
  test('tells what readers have, whatever was saved, printed and withdrawn before', async () => {
    const check = fc.asyncProperty(fc.array(anAct, { minLength: 1, maxLength: 7 }), async (acts) => {
      const newsroom = await openToWebhooks()
      await newsroom.add()
      let saved = 0
      let current: Pick<Webhooks, 'site' | 'load' | 'printWaiting'> = newsroom
      for (const act of acts) {
        newsroom.pass(1000)
        if (act.what === 'load') {
          saved = Math.max(saved, act.revision)
          const file = [briefing, typo, material][saved] ?? briefing
          const translations = (['es', 'ca'] as const).flatMap((locale) => {
            const state = act[locale]
            if (state === 'none') return []
            const made = aTranslation(briefing, locale, {
              state,
              sourceRevision: 1,
              segments: { title: `${locale} ${act.text}` },
            })
            return [made]
          })
          const loaded: Loaded = { briefing: { ...file, state: act.state }, translations }
          await current.load(loaded)
        } else if (act.what === 'print') {
          await printBriefing(current.site, 'harbour')
        } else {
          const { locales } = newsroom.site
          const kit =
            act.what === 'deployment'
              ? reworded('es', { 'briefing.watch': act.words })
              : {
                  locales: {
                    ...locales,
                    locales: locales.locales.map((each) => (each.tag === 'es' ? { ...each, state: act.es } : each)),
                  },
                }
          current = await newsroom.deploy(kit)
          await current.printWaiting()
        }
      }
      expect(await toldOf(newsroom)).toEqual(await hadOf(newsroom, current.site))
    })
    await fc.assert(check, { numRuns: rounds(40) })
  })
})

/** What the last event says that readers have; before the first they have nothing. */
async function toldOf(newsroom: Webhooks) {
  const told = (await newsroom.told()).filter((each) => each.type === 'briefing.printed' || each.type === 'briefing.withdrawn')
  const last = Math.max(...told.map(({ data }) => data.sequence))
  const states = told.filter(({ data }) => data.sequence === last).map(({ data }) => data.available)
  expect(new Set(states.map((each) => JSON.stringify(each))).size).toBeLessThanOrEqual(1)
  return states[0] ?? []
}

/** What readers are served, in the languages that the site shows in public. */
async function hadOf(newsroom: Webhooks, { locales, config }: Webhooks['site']) {
  const had = []
  for (const locale of openLocales(locales).filter((each) => publicLocales(locales).includes(each))) {
    const answer = await findAnswer(newsroom.database, locale, 'harbour-closes', 'public')
    if (!answer || isFallback(answer.resolution)) continue
    const { freshness, coverage, provenance } = answer.resolution
    const url = `${config.origin}/${locale}/briefings/harbour-closes`
    had.push({ locale, url, data: `${url}.json`, title: answer.reading.title.text, freshness, coverage, provenance })
  }
  return had
}
