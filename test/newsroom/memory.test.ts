import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { Sight } from '../../src/briefings/segments'
import { openLocales } from '../../src/language/locale'
import { exportPack, exportPacks } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import type { LiveSite } from '../../src/site'
import { type Database, parametersMax } from '../../src/storage/database'
import { compiled } from '../../src/storage/dialect'
import { recall } from '../../src/translations/memory-store'
import type { Selection } from '../../src/translations/outgoing'
import { readPack, writePack } from '../../src/translations/packs/formats'
import { type Pack, packFormats, type Unit } from '../../src/translations/packs/pack'
import { findTranslation, writesToSave } from '../../src/translations/store'
import { provenances, translationStates } from '../../src/translations/vocabulary'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode, openNewsroom } from '../support/newsroom'

/** Another briefing of the same newsroom, which says what the first says but for its title and one paragraph. */
const another = (changes: Partial<BriefingFile> = {}) =>
  aBriefing({ id: 'quay', slug: 'quay-closes', title: 'The harbour closes for a week', ...changes })

async function packOf(site: LiveSite, locale: string, slug = 'quay-closes', selection: Selection = 'all'): Promise<Pack> {
  for await (const { pack } of exportPacks(site, locale, [slug], selection)) return pack
  throw new Error('Nothing was exported.')
}

const unitOf = (pack: Pack, id: string): Unit => {
  const unit = pack.units.find((each) => each.id === id)
  if (!unit) throw new Error(`There is no unit ${id}.`)
  return unit
}

const unitFor = async (site: LiveSite, locale: string, id: string, slug?: string) => unitOf(await packOf(site, locale, slug), id)

/** How often each table of the memory has a row. */
async function countsIn({ query }: Database) {
  const tables = ['memory_translation', 'memory_phrase', 'memory_due'] as const
  const rows = await Promise.all(
    tables.map((table) =>
      query
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return rows.map(({ count }) => count)
}

/** A database that remembers what was written at once. */
function watch() {
  const acts: CompiledQuery[][] = []
  const watched = (database: Database): Database => ({
    ...database,
    atomically(writes) {
      acts.push(writes.map(compiled))
      return database.atomically(writes)
    },
  })
  return { acts, watched }
}

const isLesson = ({ sql }: CompiledQuery) => /insert .*into memory_/.test(sql)

const withParts = (...parts: readonly (readonly [id: string, text: string])[]) => ({
  body: parts.map(([id, text]) => ({ id, heading: `About ${id}`, text })),
})

describe('what was approved once', () => {
  test('is offered to the next translator of the same sentence, and of a similar one with its score', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] }, { briefing: another({ topic: 'Something else' }) })
    const pack = await packOf(site, 'fr')
    expect(unitOf(pack, 'summary')).toMatchObject({
      state: 'proposed',
      target: 'fr: A dredger has run aground and nothing moves.',
    })
    expect(unitOf(pack, 'title')).toMatchObject({
      state: 'missing',
      target: '',
      candidates: [{ source: briefing.title, target: `fr: ${briefing.title}`, score: 83 }],
    })
    expect(unitOf(pack, 'topic').candidates).toBeUndefined()
  })

  test('is sent with what is missing, until somebody takes it over', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] }, { briefing: another() })
    const all = await packOf(site, 'fr')
    expect((await packOf(site, 'fr', 'quay-closes', 'missing')).units).toEqual(all.units)
    expect((await packOf(site, 'fr', 'quay-closes', 'outdated')).units).toEqual([])

    const summary = unitOf(all, 'summary')
    const po = writePack('po', { ...all, units: [summary] }).replace('#, fuzzy\n', '')
    await importPack(site, readPack('x.po', encode(po)))
    expect((await findTranslation(site.database, 'quay', 'fr'))?.segments).toEqual({
      summary: { text: summary.target, seen: summary.hash },
    })
    expect((await unitFor(site, 'fr', 'summary')).state).toBe('current')
  })

  test('comes back without an edit and changes nothing but what was proposed, in every format', async () => {
    for (const format of packFormats) {
      const { site, load } = await openNewsroom()
      const briefing = aBriefing()
      const later = another({ topic: 'Something else' })
      const begun = aTranslation(later, 'fr', { state: 'draft', segments: { summary: '', title: '', context: '' } })
      await load({ briefing, translations: [aTranslation(briefing, 'fr')] }, { briefing: later, translations: [begun] })
      const before = await findTranslation(site.database, 'quay', 'fr')
      const pack = await packOf(site, 'fr')
      await importPack(site, readPack('quay-closes.json', encode(writePack(format, pack))))
      const after = await findTranslation(site.database, 'quay', 'fr')
      const proposed = new Map(pack.units.filter(({ state }) => state === 'proposed').map(({ id, target }) => [id, target]))
      expect([...proposed.keys()]).toEqual(['summary', 'context'])
      for (const [id, segment] of Object.entries(after?.segments ?? {})) {
        expect({ format, id, text: segment.text }).toEqual({ format, id, text: before?.segments[id]?.text ?? proposed.get(id) })
      }
    }
  })

  test('is the text that was approved last, whichever briefing has it', async () => {
    const { site, load, clock } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] }, { briefing: another() })
    clock.now = '2026-01-02T00:00:00Z'
    const pack = await packOf(site, 'fr', 'harbour-closes')
    const better = { ...pack, targets: new Map([['summary', 'fr: Une drague s’est échouée et rien ne bouge.']]) }
    await importPack(site, better, { state: 'approved' })
    expect((await unitFor(site, 'fr', 'summary')).target).toBe('fr: Une drague s’est échouée et rien ne bouge.')
  })

  test('is not learnt again where it is saved beside something else', async () => {
    const newsroom = await openNewsroom()
    const { site, load, clock } = newsroom
    const [briefing, later] = [aBriefing(), another()]
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] })
    clock.now = '2026-01-02T00:00:00Z'
    await load({
      briefing: later,
      translations: [aTranslation(later, 'fr', { segments: { summary: 'fr: Un texte plus récent.' } })],
    })
    clock.now = '2026-01-03T00:00:00Z'
    const pack = await packOf(site, 'fr', 'harbour-closes')
    await importPack(site, { ...pack, targets: new Map([['topic', 'fr: Un port fermé']]) })
    await newsroom.publish('harbour-closes', 'fr')
    const third = another({ id: 'third', slug: 'third' })
    await load({ briefing: third })
    expect((await unitFor(site, 'fr', 'summary', 'third')).target).toBe('fr: Un texte plus récent.')
    expect((await unitFor(site, 'fr', 'topic', 'third')).target).toBe('fr: Un port fermé')
  })

  test('is never offered in another language', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'es')] }, { briefing: another() })
    expect((await unitFor(site, 'es', 'summary')).state).toBe('proposed')
    for (const locale of openLocales(site.locales).filter((each) => each !== 'es' && each !== 'en')) {
      const { units } = await packOf(site, locale)
      expect(units.filter(({ target, candidates }) => target !== '' || candidates)).toEqual([])
    }
  })
})

describe('what nobody stands for teaches nothing:', () => {
  test.each(translationStates.flatMap((state) => provenances.map((provenance) => [state, provenance] as const)))(
    'a translation that is %s, by provenance %s, is offered only where a person approved it',
    async (state, provenance) => {
      const { site, load } = await openNewsroom()
      const briefing = aBriefing()
      await load({ briefing, translations: [aTranslation(briefing, 'pl', { state, provenance })] }, { briefing: another() })
      const isTaught = state === 'approved' && provenance !== 'machine'
      expect((await unitFor(site, 'pl', 'summary')).state).toBe(isTaught ? 'proposed' : 'missing')
      expect((await unitFor(site, 'pl', 'title')).candidates?.length).toBe(isTaught ? 1 : undefined)
    },
  )

  test('a machine’s draft within a person’s translation, which its own translator is shown as a proposal', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing }, { briefing: another() })
    const { database } = site
    const { hash = '' } = await unitFor(site, 'de', 'summary', 'harbour-closes')
    const segments = { summary: { text: 'Ein Bagger ist gestrandet.', seen: hash, machine: 'parrot' } }
    const draft = { locale: 'de', state: 'draft', provenance: 'human', credits: [], segments } as const
    await database.atomically(writesToSave(database, { id: 'harbour', revision: 1 }, draft, undefined, '2026-01-01T00:00:00Z'))
    expect(await unitFor(site, 'de', 'summary', 'harbour-closes')).toMatchObject({
      state: 'proposed',
      target: 'Ein Bagger ist gestrandet.',
    })

    const pack = await packOf(site, 'de', 'harbour-closes')
    expect((await packOf(site, 'de', 'harbour-closes', 'missing')).units).toEqual(pack.units)
    await importPack(site, { ...pack, targets: new Map([['topic', 'Hafen geschlossen']]) }, { state: 'approved' })
    const later = await packOf(site, 'de')
    expect([unitOf(later, 'topic').target, unitOf(later, 'summary').target]).toEqual(['Hafen geschlossen', ''])

    await load({ briefing: another(), translations: [aTranslation(another(), 'de')] })
    expect((await unitFor(site, 'de', 'summary', 'harbour-closes')).target).toBe(
      'de: A dredger has run aground and nothing moves.',
    )
  })

  test('what a locale file says is only proposed, which is not translated either', async () => {
    const { site, load, text } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'it', { proposed: ['summary'] })] }, { briefing: another() })
    expect(await text('/it/briefings/harbour-closes')).not.toContain('it: A dredger has run aground')
    expect((await unitFor(site, 'it', 'summary')).state).toBe('missing')
    expect((await unitFor(site, 'it', 'topic')).state).toBe('proposed')
  })
})

describe('a paragraph that moves', () => {
  const [one, two] = ['The port is **closed**.', 'Ships go to [Marseille](https://port.example/).']
  const [ein, zwei] = ['Der Hafen ist **geschlossen**.', 'Schiffe fahren nach [Marseille](https://port.example/).']
  const first = aBriefing(withParts(['closure', `${one}\n\n${two}`]))
  const german = aTranslation(first, 'de', { segments: { 'body.closure': `${ein}\n\n${zwei}` } })

  test('brings both halves of its translation when a part is cut in two', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: first, translations: [german] })
    const cut = revised(first, 'material', '2025-03-02T08:00:00Z', (briefing) => ({
      ...briefing,
      ...withParts(['closure', one], ['detours', two]),
    }))
    await load({ briefing: cut })
    const pack = await packOf(site, 'de', 'harbour-closes')
    expect(unitOf(pack, 'body.closure')).toMatchObject({
      state: 'outdated',
      target: `${ein}\n\n${zwei}`,
      candidates: [{ source: one, target: ein, score: 100 }],
    })
    expect(unitOf(pack, 'body.detours')).toMatchObject({ state: 'proposed', target: zwei })
  })

  test('brings its translation along when two parts become one', async () => {
    const { site, load } = await openNewsroom()
    const apart = aBriefing(withParts(['closure', one], ['detours', two]))
    const translated = aTranslation(apart, 'de', { segments: { 'body.closure': ein, 'body.detours': zwei } })
    await load(
      { briefing: apart, translations: [translated] },
      { briefing: another(withParts(['all', `${two}\n\n${one}`], ['spaced', `${one} ${two}`])) },
    )
    const pack = await packOf(site, 'de')
    expect(unitOf(pack, 'body.all')).toMatchObject({ state: 'proposed', target: `${zwei}\n\n${ein}` })
    expect(unitOf(pack, 'body.spaced').state).toBe('missing')
  })

  test('that was only joined to its neighbour is offered as it was', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: first, translations: [german] }, { briefing: another(withParts(['spaced', `${one} ${two}`])) })
    expect(unitOf(await packOf(site, 'de'), 'body.spaced').candidates).toEqual([
      { source: `${one}\n\n${two}`, target: `${ein}\n\n${zwei}`, score: 99 },
    ])
  })
})

describe('the memory', () => {
  test('learns in the same act in which a translation is saved', async () => {
    const { acts, watched } = watch()
    const { site, load } = await openNewsroom({ disturbed: watched })
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] })
    await importPack(
      site,
      { ...(await packOf(site, 'ja', 'harbour-closes')), targets: new Map([['topic', '港の閉鎖']]) },
      {
        state: 'approved',
      },
    )
    const saved = acts.filter((act) => act.some(({ sql }) => sql.startsWith('insert into "translation_revision"')))
    expect(saved).toHaveLength(2)
    for (const act of saved) expect(act.filter(isLesson)).toHaveLength(3)
    expect(acts.flat().filter(isLesson)).toHaveLength(6)
  })

  test('learns nothing from what is loaded again', async () => {
    const { load, forget, queries } = await openNewsroom()
    const content = { briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'fr')] }
    await load(content)
    expect(queries.filter((query) => query.includes('into memory'))).toHaveLength(3)
    forget()
    await load(content)
    expect(queries.filter((query) => query.includes('memory'))).toEqual([])
  })

  test('holds what members read, and no reader’s request asks it', async () => {
    const { site, load, get, text, queries, forget } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] }, { briefing: another() })
    expect((await unitFor(site, 'fr', 'sections.insurers')).target).toBe('fr: canary-circle Insurers expect claims.')
    forget()
    for (const locale of openLocales(site.locales)) {
      for (const slug of ['harbour-closes', 'quay-closes']) {
        for (const path of ['', '.json', '.md', '/bilingual']) {
          expect(await text(`/${locale}/briefings/${slug}${path}`)).not.toContain('canary')
        }
      }
      for (const path of ['', '?only=fr', '?region=FR']) expect((await get(`/${locale}/${path}`)).status).toBe(200)
    }
    expect(queries.length).toBeGreaterThan(50)
    expect(queries.filter((query) => query.includes('memory'))).toEqual([])
  })

  test('is asked three times for a briefing, however long, and reads no more for holding more', async () => {
    const { site, load, queries, forget, database } = await openNewsroom()
    const parts = Array.from({ length: 80 }, (_, at) => [`part-${at}`, `Berth ${at} is closed.\n\nShip ${at} waits.`] as const)
    const briefing = aBriefing(withParts(...parts))
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] })
    const later = parts.map(([id, text]) => [id, text.replace('waits', 'leaves')] as const)
    await load({ briefing: another(withParts(...later)) })
    forget()
    const pack = await packOf(site, 'fr')
    expect(pack.units.filter(({ candidates }) => candidates !== undefined).length).toBeGreaterThan(80)
    const asked = queries.filter((query) => /from memory\b|from memory_mark/.test(query))
    expect(asked).toHaveLength(3)
    for (const query of asked) {
      const anything = [...query.matchAll(/\?/g)].map(() => '[]')
      expect(anything.length).toBeLessThan(parametersMax)
      const plan = await database.query.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${query}`, anything),
      )
      const details = plan.rows.map(({ detail }) => detail).filter((detail) => /\bmemory/.test(detail))
      expect(details.length).toBeGreaterThan(1)
      for (const detail of details)
        expect(detail).toMatch(/^SEARCH memory\w* (EXISTS )?USING .*\((locale=\? AND )?(hash|mark|text|rowid)=\?/)
    }
  })

  test('finds what is alike among hundreds that begin the same', async () => {
    const { site, load } = await openNewsroom()
    const notes = Array.from({ length: 60 }, (_, at) => ({ id: `n${at}`, text: `Figures for the month of berth ${at}` }))
    for (const group of Array.from({ length: 20 }, (_, at) => at)) {
      const watch = notes.slice(0, 30).map(({ id, text }) => ({ id, text: `${text} in group ${group}` }))
      const briefing = aBriefing({ id: `g${group}`, slug: `g${group}`, watch })
      await load({ briefing, translations: [aTranslation(briefing, 'ca')] })
    }
    const wanted = 'Figures for the month of berth 17 in group 13'
    const texts = [wanted, `${wanted}, corrected`]
    const recalled = await recall(site.database, 'ca', texts)
    expect(recalled.get(wanted)).toEqual([{ source: wanted, target: `ca: ${wanted}`, score: 100 }])
    expect(recalled.get(`${wanted}, corrected`)?.length).toBe(3)
  })

  test('accepts a translation larger than one parameter of D1 may be', async () => {
    const { acts, watched } = watch()
    const { site, load } = await openNewsroom({ disturbed: watched })
    const parts = Array.from(
      { length: 40 },
      (_, at) => [`part-${at}`, `Part ${at} ${'of a long passage '.repeat(1000)}`] as const,
    )
    const briefing = aBriefing(withParts(...parts))
    const japanese = parts.map(([id]) => [`body.${id}`, `${id} ${'長い文章'.repeat(4000)}`] as const)
    await load({ briefing, translations: [aTranslation(briefing, 'ja', { segments: Object.fromEntries(japanese) })] })
    const parameters = acts
      .flat()
      .filter(isLesson)
      .flatMap((write) => write.parameters)
    const sizes = parameters.map((parameter) => encode(String(parameter)).length)
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(2_000_000)
    expect(Math.max(...sizes)).toBeLessThan(2_000_000)
    const recalled = await recall(
      site.database,
      'ja',
      parts.map(([, text]) => text),
    )
    expect(parts.map(([, text]) => recalled.get(text)?.[0]?.target)).toEqual(japanese.map(([, text]) => text))
  })
})

describe('a newsroom from before there was a memory', () => {
  test('has what it had approved, once a file is asked for, and nothing newer is lost to it', async () => {
    const { site, load, database } = await openNewsroom()
    const [briefing, later] = [aBriefing(), another()]
    await load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'fr', { state: 'draft' })] })
    const learnt = await countsIn(database)
    const { query } = database
    await database.atomically([
      query.deleteFrom('memory_translation'),
      query.deleteFrom('memory_phrase'),
      query.insertInto('memory_due').values([
        { locale: 'es', briefing_id: 'harbour', saved_at: '2025-12-01T00:00:00Z' },
        { locale: 'fr', briefing_id: 'harbour', saved_at: '2025-12-01T00:00:00Z' },
      ]),
    ])
    await load({ briefing: later, translations: [aTranslation(later, 'es', { segments: { summary: 'es: Nada se mueve.' } })] })
    await load({ briefing: another({ id: 'third', slug: 'third' }) })
    const pack = await packOf(site, 'es', 'third')
    expect(unitOf(pack, 'summary').target).toBe('es: Nada se mueve.')
    expect(unitOf(pack, 'title').target).toBe('es: The harbour closes for a week')
    const [memory = 0] = await countsIn(database)
    expect(memory).toBe((learnt[0] ?? 0) + 1)
    const due = await query.selectFrom('memory_due').select('locale').execute()
    expect(due).toEqual([{ locale: 'fr' }])

    expect((await unitFor(site, 'fr', 'summary', 'third')).state).toBe('missing')
    expect((await countsIn(database))[2]).toBe(0)
  })

  test('has it also for a program that asks for one file over HTTP before anybody else', async () => {
    const { site, load, database } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'es')] }, { briefing: another() })
    const { query } = database
    await database.atomically([
      query.deleteFrom('memory_translation'),
      query.deleteFrom('memory_phrase'),
      query.insertInto('memory_due').values([{ locale: 'es', briefing_id: 'harbour', saved_at: '2025-12-01T00:00:00Z' }]),
    ])
    const seen = async (sight?: Sight) => (await exportPack(site, 'es', another().slug, 'all', sight))?.pack.units ?? []
    expect((await seen('public')).map(({ state }) => state)).not.toContain('proposed')
    expect((await seen('all')).map(({ state }) => state)).toContain('proposed')
    expect((await countsIn(database))[2]).toBe(0)
  })
})
