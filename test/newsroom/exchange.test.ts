import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { exportPacks } from '../../src/newsroom/export'
import { hasRefusals, importPack } from '../../src/newsroom/import'
import { reviseTranslation } from '../../src/newsroom/revise'
import type { LiveSite } from '../../src/site'
import type { Selection } from '../../src/translations/outgoing'
import { readPack, writePack } from '../../src/translations/packs/formats'
import { type Pack, packFormats, type ReturnedPack } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

async function packOf(site: LiveSite, locale: string, selection: Selection = 'all'): Promise<Pack> {
  for await (const { pack } of exportPacks(site, locale, ['harbour-closes'], selection)) return pack
  throw new Error('Nothing was exported.')
}

/** The pack as a translator sends it back who says that these are done. */
const saidDone = (pack: Pack, ...done: readonly string[]): ReturnedPack => ({ ...returned(pack), done: new Set(done) })

/** The pack as a translator sends it back, with some texts changed. */
const returned = (pack: Pack, changes: Record<string, string> = {}): ReturnedPack => ({
  ...pack,
  targets: new Map([...pack.units.map(({ id, target }) => [id, target] as const), ...Object.entries(changes)]),
})

const nothing: { readonly segments: Readonly<Record<string, { readonly text: string }>> } = { segments: {} }

const outcomesOf = (receipt: Awaited<ReturnType<typeof importPack>>) =>
  Object.fromEntries(
    receipt.lines.filter(({ outcome }) => outcome !== 'unchanged').map(({ segment, outcome }) => [segment, outcome]),
  )

const corrected =
  (text: string, significance: 'typo' | 'material', savedAt: string) => (briefing: ReturnType<typeof aBriefing>) =>
    revised(briefing, significance, savedAt, (each) => ({
      ...each,
      body: each.body.map((part) => (part.id === 'detours' ? { ...part, text } : part)),
    }))

describe('a pack that comes back', () => {
  test('is for the language to which an address with its tag would lead, and is refused if it was made from another one', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefing(), translations: [] })
    const pack = returned(await packOf(site, 'ja'), { title: '埠頭が閉まる' })
    await expect(importPack(site, { ...pack, source: 'fr' })).rejects.toThrow('was made from fr')
    const receipt = await importPack(site, { ...pack, locale: 'ja-JP', source: 'en-US' })
    expect(receipt).toMatchObject({ locale: 'ja', isSaved: true })
  })

  test('may hold a text that rightly is the English, where its file says that it is done', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [] })
    const pack = returned(await packOf(site, 'ja'), { title: briefing.title })
    expect(outcomesOf(await importPack(site, pack))).toEqual({ title: 'identical' })
    const done = { ...pack, done: new Set(['title']) }
    expect(outcomesOf(await importPack(site, { ...done, isDoneUnsaid: true }))).toEqual({ title: 'identical' })
    expect(outcomesOf(await importPack(site, done))).toEqual({ title: 'accepted' })
  })

  test('has what is missing and what is outdated, in whichever order they are named', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'ja', { segments: { summary: '' } })] })
    const ids = async (selection: Selection) => (await packOf(site, 'ja', selection)).units.map(({ id }) => id)
    expect(await ids('outdated,missing')).toEqual(await ids('missing,outdated'))
    expect(await ids('outdated,missing')).toContain('summary')
  })

  test('without an edit changes nothing, in every format', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({
      briefing,
      translations: [aTranslation(briefing, 'ar'), aTranslation(briefing, 'ja', { segments: { summary: '' } })],
    })
    for (const locale of ['ar', 'ja', 'pl']) {
      const before = await findTranslation(site.database, briefing.id, locale)
      for (const format of packFormats) {
        const file = writePack(format, await packOf(site, locale), { copySource: false })
        const receipt = await importPack(site, readPack('harbour-closes.json', encode(file)))
        expect({ format, isSaved: receipt.isSaved, outcomes: outcomesOf(receipt) }).toEqual({
          format,
          isSaved: false,
          outcomes: {},
        })
      }
      expect(await findTranslation(site.database, briefing.id, locale)).toEqual(before)
    }
  })

  test('with edits brings exactly those, whatever a person typed, and readers see them', async () => {
    const { site, load, text } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr')] })
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((typed) => `fr ${typed.replace(/[\s\p{C}\p{M}]/gu, 'x')}`.normalize('NFC'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...packFormats), texts, texts, async (format, title, detours) => {
        const pack = await packOf(site, 'fr')
        const edited = {
          ...pack,
          units: pack.units.map((unit) => ({ ...unit, target: { title, 'body.detours': detours }[unit.id] ?? unit.target })),
        }
        await importPack(site, readPack('harbour-closes.json', encode(writePack(format, edited))))
        const { segments } = (await findTranslation(site.database, briefing.id, 'fr')) ?? nothing
        expect([segments['title']?.text, segments['body.detours']?.text]).toEqual([title, detours])
      }),
      { numRuns: rounds(25) },
    )
    await importPack(site, returned(await packOf(site, 'fr'), { title: 'Le port ferme un mois' }), { state: 'approved' })
    expect(await text('/fr/briefings/harbour-closes')).toContain('Le port ferme un mois')
  })

  test('starts a translation as a draft, which no reader sees until it is approved', async () => {
    const { site, load, text } = await openNewsroom()
    await load({ briefing: aBriefing() })
    const pack = await packOf(site, 'es')
    await importPack(site, returned(pack, { title: 'El puerto cierra un mes' }))
    expect(await text('/es/briefings/harbour-closes')).not.toContain('El puerto cierra')
    await importPack(site, returned(pack, { title: 'El puerto cierra un mes' }), { state: 'approved' })
    expect(await text('/es/briefings/harbour-closes')).toContain('El puerto cierra un mes')
  })

  test('on a trial tells what would happen and changes nothing', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefing() })
    const receipt = await importPack(site, returned(await packOf(site, 'de'), { title: 'Der Hafen schließt' }), { isTrial: true })
    expect(outcomesOf(receipt)).toEqual({ title: 'accepted' })
    expect(await findTranslation(site.database, 'harbour', 'de')).toBeUndefined()
  })

  test('tells of each segment that it could not take, takes the others, and deletes nothing', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'it')] })
    const receipt = await importPack(
      site,
      returned(await packOf(site, 'it'), {
        title: 'Il porto chiude',
        summary: '',
        'body.nowhere': 'Niente',
        'body.closure': 'Il porto ha **chiuso** lunedì, come dice [l’avviso](https://elsewhere.example/).',
        topic: 'abc\u202edef',
        'watch.tow': briefing.watch[0]?.text ?? '',
      }),
    )
    expect(outcomesOf(receipt)).toEqual({
      title: 'accepted',
      'body.nowhere': 'unknown',
      'body.closure': 'rejected',
      topic: 'rejected',
      'watch.tow': 'identical',
      summary: 'emptied',
    })
    expect(receipt.lines.find(({ segment }) => segment === 'topic')?.text).toBe('abc\u202edef')
    expect(hasRefusals(receipt)).toBe(true)
    const { segments } = (await findTranslation(site.database, briefing.id, 'it')) ?? nothing
    expect(segments['summary']?.text).toBe('it: A dredger has run aground and nothing moves.')
    expect(segments['topic']?.text).toBe('it: Port closure')
  })

  test('is refused where it is of no briefing, of no language of the site, or from a future of the briefing', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefing() })
    const pack = returned(await packOf(site, 'es'))
    for (const wrong of [
      { name: 'another' },
      { locale: 'sv' },
      { locale: 'en' },
      { locale: '__proto__' },
      { sourceRevision: 2 },
    ]) {
      await expect(importPack(site, { ...pack, ...wrong })).rejects.toMatchObject({ name: 'Refusal', kind: 'unprocessable' })
    }
  })

  test('at the same time as another loses neither', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefing() })
    const pack = await packOf(site, 'pl')
    await Promise.all([
      importPack(site, returned(pack, { title: 'Port zamknięty' })),
      importPack(site, returned(pack, { topic: 'Zamknięcie portu' })),
      importPack(site, returned(pack, { summary: 'Pogłębiarka osiadła na mieliźnie.' })),
    ])
    const { segments } = (await findTranslation(site.database, 'harbour', 'pl')) ?? nothing
    expect(Object.keys(segments).sort()).toEqual(['summary', 'title', 'topic'])
  })
})

describe('the English was corrected twice while the Spanish was with the translator', () => {
  test('what has not changed is accepted, what has changed is saved as outdated and asked for again, and readers see a notice until it comes', async () => {
    const { site, load, text } = await openNewsroom()
    const first = aBriefing()
    await load({ briefing: first })
    const sent = await packOf(site, 'es')

    const second = corrected('Ships go to Marseille insted.', 'typo', '2025-03-02T08:00:00Z')(first)
    const third = corrected('Ships go to Barcelona, and some to Marseille.', 'material', '2025-03-03T08:00:00Z')(second)
    await load({ briefing: second })
    await load({ briefing: third })

    const texts = Object.fromEntries(sent.units.map(({ id, source }) => [id, `es: ${source}`]))
    const receipt = await importPack(site, returned(sent, texts), { state: 'approved' })
    expect(outcomesOf(receipt)['body.detours']).toBe('outdated-saved')
    expect(receipt.lines.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(sent.units.length - 1)
    const page = await text('/es/briefings/harbour-closes')
    expect(page).toContain('es: The harbour closes for a month')
    expect(page).toContain('href="#body.detours"')
    expect(page).toContain('es: Ships go to Marseille instead.')

    const again = await packOf(site, 'es', 'missing,outdated')
    expect(again.units.map(({ id, source }) => [id, source])).toEqual([
      ['body.detours', 'Ships go to Barcelona, and some to Marseille.'],
    ])
    const last = returned(again, { 'body.detours': 'Los barcos van a Barcelona, y algunos a Marseille.' })
    await importPack(site, last, { state: 'approved' })
    expect(await text('/es/briefings/harbour-closes')).not.toContain('role="note"')
  })

  test('a correction of what was already translated warns the reader, and the next pack shows the translator what it said before', async () => {
    const { site, load, text } = await openNewsroom()
    const first = aBriefing()
    await load({ briefing: first, translations: [aTranslation(first, 'es')] })
    await load({ briefing: corrected('Ships go to Barcelona.', 'material', '2025-03-03T08:00:00Z')(first) })
    expect(await text('/es/briefings/harbour-closes')).toContain('href="#body.detours"')

    const [unit] = (await packOf(site, 'es', 'outdated')).units
    expect(unit).toMatchObject({ id: 'body.detours', state: 'outdated', previous: 'Ships go to Marseille instead.' })

    const old = await importPack(
      site,
      returned({ ...(await packOf(site, 'es')), sourceRevision: 1 }, { 'body.detours': 'Otra vez a Marseille.' }),
    )
    expect(outcomesOf(old)).toEqual({ 'body.detours': 'outdated-saved' })
    expect(await text('/es/briefings/harbour-closes')).toContain('href="#body.detours"')
  })
})

describe('files and the store', () => {
  test('loading an old locale file again does not undo what was imported since', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    const file = aTranslation(briefing, 'de')
    await load({ briefing, translations: [file] })
    await importPack(site, returned(await packOf(site, 'de'), { title: 'Der Hafen schließt für einen Monat' }))
    const [receipt] = await load({ briefing, translations: [file] })
    expect(receipt).toMatchObject({ outcome: 'unchanged', behind: ['de'] })
    expect((await findTranslation(site.database, briefing.id, 'de'))?.segments['title']?.text).toBe(
      'Der Hafen schließt für einen Monat',
    )
  })

  test('a stale translation that is exported as a locale file and loaded elsewhere does not look current there', async () => {
    const first = aBriefing()
    const second = corrected('Ships go to Barcelona.', 'material', '2025-03-03T08:00:00Z')(first)
    const here = await openNewsroom()
    await here.load({ briefing: first, translations: [aTranslation(first, 'es')] })
    await here.load({ briefing: second })
    const file = writePack('json', await packOf(here.site, 'es'), { state: 'approved' })

    const elsewhere = await openNewsroom()
    await elsewhere.load({ briefing: second, translations: [JSON.parse(file)] })
    expect(await elsewhere.text('/es/briefings/harbour-closes')).toContain('href="#body.detours"')
  })
})

describe('a text that is still valid although its English has changed', () => {
  const detours = 'Lorries take the coast road until summer.'

  async function withOutdatedSpanish() {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await newsroom.load({ briefing: corrected(detours, 'material', '2025-03-02T08:00:00Z')(briefing) })
    return newsroom
  }
  const warning = (newsroom: Awaited<ReturnType<typeof withOutdatedSpanish>>) => newsroom.site.speak('es').t('notice.outdated')

  test('is confirmed by a file that says it is done, which is recorded, and no reader is warned any more', async () => {
    const newsroom = await withOutdatedSpanish()
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain(warning(newsroom))
    const receipt = await importPack(newsroom.site, saidDone(await packOf(newsroom.site, 'es'), 'body.detours', 'title'), {
      by: 'Ada',
      state: 'approved',
    })
    expect(outcomesOf(receipt)).toEqual({ 'body.detours': 'confirmed' })
    expect(hasRefusals(receipt)).toBe(false)
    const { segments } = (await findTranslation(newsroom.site.database, 'harbour', 'es')) ?? nothing
    expect(segments['body.detours']).toMatchObject({ confirmed: { by: 'Ada', at: '2026-01-01T00:00:00.000Z' } })
    expect(await newsroom.text('/es/briefings/harbour-closes')).not.toContain(warning(newsroom))
  })

  test('is not confirmed by a file that came back as it was sent, in any format', async () => {
    const newsroom = await withOutdatedSpanish()
    for (const format of packFormats) {
      const file = writePack(format, await packOf(newsroom.site, 'es'))
      const receipt = await importPack(newsroom.site, readPack('harbour-closes.json', encode(file)))
      expect({ format, outcomes: outcomesOf(receipt) }).toEqual({ format, outcomes: {} })
    }
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain(warning(newsroom))
  })

  test('is not confirmed by a file that was made before the English changed', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const early = saidDone(await packOf(newsroom.site, 'es'), 'body.detours')
    await newsroom.load({ briefing: corrected(detours, 'material', '2025-03-02T08:00:00Z')(briefing) })
    expect(outcomesOf(await importPack(newsroom.site, early))).toEqual({})
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain(warning(newsroom))
  })

  test('is confirmed by name, one segment or all that are outdated', async () => {
    const newsroom = await withOutdatedSpanish()
    const confirm = (...ids: string[]) =>
      confirmTranslation(newsroom.site, 'harbour-closes', 'es', ids, 'Ada', { publishes: true })
    expect((await confirm('title', 'body.nowhere'))?.lines).toEqual([
      { segment: 'title', outcome: 'unchanged' },
      { segment: 'body.nowhere', outcome: 'unknown', complaint: { code: 'segment.unknown', values: {} } },
    ])
    expect((await confirm())?.lines).toEqual([{ segment: 'body.detours', outcome: 'confirmed' }])
    expect(await newsroom.printWaiting()).toBe(1)
    expect(await newsroom.text('/es/briefings/harbour-closes')).not.toContain(warning(newsroom))
    expect((await confirm())?.lines).toEqual([])
  })

  test('is outdated again when the English changes once more', async () => {
    const newsroom = await withOutdatedSpanish()
    await confirmTranslation(newsroom.site, 'harbour-closes', 'es', [], 'Ada', { publishes: true })
    const once = corrected(detours, 'material', '2025-03-02T08:00:00Z')(aBriefing())
    await newsroom.load({ briefing: corrected('Lorries wait.', 'material', '2025-03-03T08:00:00Z')(once) })
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain(warning(newsroom))
  })
})

describe('a machine’s draft within a person’s translation', () => {
  async function withADraft() {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es', { segments: { summary: '' } })] })
    await reviseTranslation(newsroom.site, 'harbour-closes', 'es', ({ history }, before) => {
      const seen = history.at(-1)?.hashes['summary'] ?? ''
      const summary = { text: 'Una draga ha encallado.', seen, machine: 'a machine' }
      return { result: undefined, translation: before && { ...before, segments: { ...before.segments, summary } } }
    })
    await newsroom.printWaiting()
    return newsroom
  }
  const withTheDraft = (pack: Pack) =>
    new Map([...pack.units.map(({ id, target }) => [id, target] as const), ['summary', 'Una draga ha encallado.']] as const)

  test('reaches no reader, who reads the English there', async () => {
    const newsroom = await withADraft()
    const page = await newsroom.text('/es/briefings/harbour-closes')
    expect(page).not.toContain('Una draga ha encallado.')
    expect(page).toContain('A dredger has run aground and nothing moves.')
  })

  test('is taken over by a person who says that it is done, and not by a file that only holds it', async () => {
    const newsroom = await withADraft()
    const pack = await packOf(newsroom.site, 'es')
    const untouched = await importPack(newsroom.site, { ...pack, targets: withTheDraft(pack) })
    expect(outcomesOf(untouched)).toEqual({})
    const done = await importPack(newsroom.site, { ...pack, targets: withTheDraft(pack), done: new Set(['summary']) })
    expect(outcomesOf(done)).toEqual({ summary: 'confirmed' })
    await newsroom.publish('harbour-closes', 'es')
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain('Una draga ha encallado.')
  })

  test('gives way to what a person writes', async () => {
    const newsroom = await withADraft()
    const pack = await packOf(newsroom.site, 'es')
    await importPack(newsroom.site, returned(pack, { summary: 'Una draga está varada.' }), { state: 'approved' })
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain('Una draga está varada.')
    const { segments } = (await findTranslation(newsroom.site.database, 'harbour', 'es')) ?? nothing
    expect(segments['summary']).not.toHaveProperty('machine')
  })
})

test('a text that its translator marked as not done is reported and not accepted, which is no refusal', async () => {
  const { site, load } = await openNewsroom()
  await load({ briefing: aBriefing() })
  const pack = { ...returned(await packOf(site, 'es')), unfinished: new Map([['title', 'El puerto…']]) }
  const receipt = await importPack(site, pack)
  expect(outcomesOf(receipt)).toEqual({ title: 'unfinished' })
  expect([receipt.isSaved, hasRefusals(receipt)]).toEqual([false, false])
})
