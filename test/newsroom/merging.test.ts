import { describe, expect, test } from 'vitest'
import { addPerson } from '../../src/members/administer'
import { exportPack } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import { senderByFile, senderByToken } from '../../src/translations/ancestry'
import { readPack, writePack } from '../../src/translations/packs/formats'
import { type Pack, type PackFormat, packFormats, type ReturnedPack } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode, openNewsroom } from '../support/newsroom'

async function openExchange() {
  const newsroom = await openNewsroom()
  const { site, database } = newsroom
  await newsroom.load({ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'es')] })
  const exported = async () => {
    const outgoing = await exportPack(site, 'es', 'harbour-closes', 'all')
    if (!outgoing) throw new Error('Nothing was exported.')
    return outgoing.pack
  }
  const translation = async () => await findTranslation(database, 'harbour', 'es')
  const textOf = async (id: string) => (await translation())?.segments[id]?.text
  const aside = async () => await database.query.selectFrom('text_set_aside').select(['segment', 'text', 'revision']).execute()
  return { ...newsroom, exported, translation, textOf, aside }
}

/** The pack as a file that a translator sends back, with these texts, some of them marked as done. */
function file(pack: Pack, format: PackFormat, texts: Record<string, string>, done: readonly string[] = []): ReturnedPack {
  const units = pack.units.map((unit) => ({
    ...unit,
    target: texts[unit.id] ?? unit.target,
    state: done.includes(unit.id) ? ('current' as const) : unit.state,
  }))
  return readPack('harbour-closes.json', encode(writePack(format, { ...pack, units })))
}

const retitled = revised(aBriefing(), 'material', '2025-03-02T08:00:00Z', (each) => ({ ...each, title: 'It stays closed' }))

const lineOf = ({ lines }: Awaited<ReturnType<typeof importPack>>, id: string) => lines.find(({ segment }) => segment === id)

describe.each(packFormats)('two translators who got the same translation as %s', (format) => {
  test('undo nothing of each other, and only the text that both changed is told, with both', async () => {
    const { site, exported, textOf, aside } = await openExchange()
    const pack = await exported()
    await importPack(site, file(pack, format, { title: 'De Ada', topic: 'Tema de Ada' }))
    const receipt = await importPack(site, file(pack, format, { title: 'De Ben', summary: 'Resumen de Ben' }))
    expect(lineOf(receipt, 'title')).toMatchObject({ outcome: 'conflict', text: 'De Ben', stands: 'De Ada' })
    expect(lineOf(receipt, 'topic')).toEqual({ segment: 'topic', outcome: 'unchanged', stands: 'Tema de Ada' })
    expect(lineOf(receipt, 'summary')).toEqual({ segment: 'summary', outcome: 'accepted' })
    expect([await textOf('title'), await textOf('topic'), await textOf('summary')]).toEqual([
      'De Ada',
      'Tema de Ada',
      'Resumen de Ben',
    ])
    await importPack(site, file(pack, format, { title: 'De Ben' }))
    expect(await aside()).toEqual([{ segment: 'title', text: 'De Ben', revision: 2 }])
  })

  test('are told of a clash where a tool dropped the hash of each text, or the revision of the whole', async () => {
    const { site, exported, textOf } = await openExchange()
    const pack = await exported()
    await importPack(site, file(pack, format, { title: 'De Ada' }))
    const { was, ...hashless } = file(pack, format, { title: 'De Ben' })
    expect(lineOf(await importPack(site, hashless), 'title')?.outcome).toBe('conflict')
    const { revision: _, ...numberless } = file(pack, format, { title: 'De Ben' })
    expect(lineOf(await importPack(site, numberless), 'title')?.outcome).toBe(was ? 'conflict' : 'accepted')
    expect(await textOf('title')).toBe(was ? 'De Ada' : 'De Ben')
  })
})

describe('a translator who goes on in the same file', () => {
  async function withPeople() {
    const exchange = await openExchange()
    const called = async (name: string) => {
      const newcomer = {
        address: `${name}@example.org`,
        locale: 'en',
        tier: 'circle',
        roles: [{ name: 'translator', locale: 'es' }],
      } as const
      const person = await addPerson(exchange.site, newcomer, 'a test')
      if (!person) throw new Error('Nobody was added.')
      return { person }
    }
    return { ...exchange, ada: await called('ada'), ben: await called('ben') }
  }

  test('and is known needs no new export, and an older copy of the file undoes nothing', async () => {
    const { site, exported, textOf, ada } = await withPeople()
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'Uno' }), ada)
    expect(lineOf(await importPack(site, file(pack, 'po', { title: 'Dos' }), ada), 'title')).toEqual({
      segment: 'title',
      outcome: 'accepted',
    })
    const older = await importPack(site, file(pack, 'po', { title: 'Uno' }), ada)
    expect(lineOf(older, 'title')).toMatchObject({ outcome: 'unchanged', complaint: { code: 'receipt.earlier' }, stands: 'Dos' })
    expect(await textOf('title')).toBe('Dos')
  })

  test('undoes nothing of what somebody else has changed meanwhile', async () => {
    const { site, exported, textOf, ada, ben } = await withPeople()
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'Uno' }), ada)
    await importPack(site, file(await exported(), 'po', { title: 'De Ben' }), ben)
    const clash = lineOf(await importPack(site, file(pack, 'po', { title: 'Dos' }), ada), 'title')
    expect(clash).toMatchObject({ outcome: 'conflict', complaint: { code: 'receipt.conflict' }, stands: 'De Ben' })
    expect(await textOf('title')).toBe('De Ben')
  })

  test('is known by a token, whichever is sent with, and not by another', async () => {
    const { site, exported, textOf, ada } = await withPeople()
    const [one, other] = [{ sender: senderByToken('one') }, { sender: senderByToken('other') }]
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'Uno' }), one)
    expect(lineOf(await importPack(site, file(pack, 'po', { title: 'Dos' }), one), 'title')).toMatchObject({
      outcome: 'accepted',
      complaint: { code: 'receipt.replaced-own' },
      replaced: 'Uno',
    })
    for (const sender of [other, ada]) {
      const clash = lineOf(await importPack(site, file(pack, 'po', { title: 'Tres' }), sender), 'title')
      expect(clash).toMatchObject({ outcome: 'conflict', complaint: { code: 'receipt.conflict' }, stands: 'Dos' })
    }
    expect(await textOf('title')).toBe('Dos')
  })

  test('is known by the place of the file, and told what it replaced', async () => {
    const { site, exported, textOf } = await openExchange()
    const sendersOf = async (machine: string, path: string) => ({ sender: await senderByFile(machine, path) })
    const [here, beside, elsewhere] = [
      await sendersOf('desk', '/in/es.po'),
      await sendersOf('desk', '/in/ada/es.po'),
      await sendersOf('laptop', '/in/es.po'),
    ]
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'Uno' }), here)
    expect(lineOf(await importPack(site, file(pack, 'po', { title: 'Dos' }), here), 'title')).toMatchObject({
      outcome: 'accepted',
      complaint: { code: 'receipt.replaced-own' },
      replaced: 'Uno',
    })
    for (const sender of [beside, elsewhere]) {
      expect(lineOf(await importPack(site, file(pack, 'po', { title: 'Tres' }), sender), 'title')?.outcome).toBe('conflict')
    }
    expect(await textOf('title')).toBe('Dos')
  })

  test('and is not known is told that it may have been themselves', async () => {
    const { site, exported, textOf, ben } = await withPeople()
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'Uno' }))
    for (const sender of [{}, ben]) {
      const clash = lineOf(await importPack(site, file(pack, 'po', { title: 'Dos' }), sender), 'title')
      expect(clash).toMatchObject({ outcome: 'conflict', complaint: { code: 'receipt.conflict-unknown' } })
    }
    expect(await textOf('title')).toBe('Uno')
  })

  test('is told again what to look at in a text that stands as it was sent', async () => {
    const { site, exported } = await openExchange()
    const sent = file(await exported(), 'po', { title: 'El puerto cierra 30 días' })
    const [first, second] = [await importPack(site, sent), await importPack(site, sent)].map((each) => lineOf(each, 'title'))
    expect([first?.outcome, second?.outcome]).toEqual(['accepted', 'unchanged'])
    expect(first?.warnings).toMatchObject([{ rule: 'numbers' }])
    expect(second?.warnings).toEqual(first?.warnings)
  })
})

describe('a file that comes back late', () => {
  test('publishes nothing that its sender has not seen, and says why', async () => {
    const { site, exported, translation } = await openExchange()
    const pack = await exported()
    await importPack(site, file(pack, 'po', { title: 'De Ada' }))
    const receipt = await importPack(site, file(pack, 'po', { summary: 'De Ben' }), { state: 'approved' })
    expect(receipt).toMatchObject({ isSaved: true, isPublished: false })
    expect(lineOf(receipt, 'title')).toMatchObject({ complaint: { code: 'receipt.unseen-change' }, stands: 'De Ada' })
    expect(lineOf(receipt, 'title')?.text).toBe(pack.units.find(({ id }) => id === 'title')?.target)
    expect(await translation()).toMatchObject({ revision: 3, published: 1, state: 'draft' })
    const fresh = await importPack(site, file(await exported(), 'po', {}), { state: 'approved' })
    expect([fresh.isPublished, (await translation())?.published]).toEqual([true, 4])
  })

  test.each(packFormats)('publishes nothing that changed under a text that it left outdated, as %s', async (format) => {
    const { site, load, exported, translation } = await openExchange()
    await load({ briefing: retitled })
    const pack = await exported()
    const title = pack.units.find(({ id }) => id === 'title')?.target
    await importPack(site, file(pack, format, { title: 'De Ada' }, ['title']))
    const receipt = await importPack(site, file(pack, format, { topic: 'De Ben' }), { state: 'approved' })
    expect(lineOf(receipt, 'title')).toMatchObject({
      complaint: { code: 'receipt.unseen-change' },
      text: title,
      stands: 'De Ada',
    })
    expect([receipt.isPublished, (await translation())?.published]).toEqual([false, 1])
  })

  test('with a text made from older English is saved with what it saw, stays outdated, and is checked against that English', async () => {
    const { site, load, exported, translation } = await openExchange()
    const pack = await exported()
    const shorter = revised(aBriefing(), 'material', '2025-03-02T08:00:00Z', (each) => ({
      ...each,
      body: each.body.map((part) => (part.id === 'closure' ? { ...part, text: 'The port closed.' } : part)),
    }))
    await load({ briefing: shorter })
    const text = 'El puerto **cerró** el lunes, según [su aviso](https://port.example/notice).'
    const receipt = await importPack(site, file(pack, 'xliff', { 'body.closure': text }))
    expect(lineOf(receipt, 'body.closure')?.outcome).toBe('outdated-saved')
    const before = pack.units.find(({ id }) => id === 'body.closure')?.hash
    expect((await translation())?.segments['body.closure']).toEqual({ text, seen: before })
    expect((await exported()).units.find(({ id }) => id === 'body.closure')?.state).toBe('outdated')
  })

  test('without a word of what it was made from brings no earlier text back, and says what it replaces', async () => {
    const { site, exported, textOf } = await openExchange()
    const pack = await exported()
    const { revision: _, was: __, ...old } = file(pack, 'po', { summary: 'A mano' })
    await importPack(site, file(pack, 'po', { title: 'De Ada', summary: 'Resumen de Ada' }))
    const receipt = await importPack(site, old)
    expect(lineOf(receipt, 'title')).toMatchObject({ outcome: 'unchanged', stands: 'De Ada' })
    expect(lineOf(receipt, 'summary')).toMatchObject({ outcome: 'accepted', replaced: 'Resumen de Ada' })
    expect([await textOf('title'), await textOf('summary')]).toEqual(['De Ada', 'A mano'])
  })

  test('from another site, whose revisions have the same numbers, is not believed about what stood here', async () => {
    const there = await openExchange()
    await importPack(there.site, file(await there.exported(), 'po', { title: 'De allí' }))
    const pack = await there.exported()
    const here = await openExchange()
    await importPack(here.site, file(await here.exported(), 'po', { title: 'De aquí' }))
    const receipt = await importPack(here.site, file(pack, 'po', { title: 'De allí, corregido' }))
    expect(lineOf(receipt, 'title')).toMatchObject({ outcome: 'accepted', replaced: 'De aquí' })
  })
})

describe('a locale file that is loaded', () => {
  const loaded = (changes: Partial<LocaleFile>) => ({
    briefing: aBriefing(),
    translations: [aTranslation(aBriefing(), 'es', changes)],
  })

  test('brings what was changed in it, and undoes nothing that was saved here since', async () => {
    const { site, load, exported, textOf, translation } = await openExchange()
    await importPack(site, file(await exported(), 'po', { title: 'De Ada' }))
    const [receipt] = await load(loaded({ segments: { summary: 'Del archivo' } }))
    expect(receipt).toMatchObject({ outcome: 'changed', behind: ['es'], unpublished: ['es'] })
    expect(receipt?.lines).toMatchObject([
      { locale: 'es', segment: 'title', outcome: 'unchanged', stands: 'De Ada' },
      { locale: 'es', segment: 'summary', outcome: 'accepted', replaced: 'es: A dredger has run aground and nothing moves.' },
    ])
    expect([await textOf('title'), await textOf('summary')]).toEqual(['De Ada', 'Del archivo'])
    expect(await translation()).toMatchObject({ revision: 3, published: 1, state: 'in-review' })
  })

  test('that says what it was made from is told of a clash, and both texts are kept', async () => {
    const { site, load, exported, textOf, aside } = await openExchange()
    await importPack(site, file(await exported(), 'po', { title: 'De Ada' }))
    const [receipt] = await load(loaded({ revision: 1, segments: { title: 'Del archivo', summary: 'Del archivo' } }))
    expect(receipt?.lines).toMatchObject([{ segment: 'title', outcome: 'conflict', text: 'Del archivo', stands: 'De Ada' }])
    expect([await textOf('title'), await textOf('summary')]).toEqual(['De Ada', 'Del archivo'])
    expect(await aside()).toEqual([{ segment: 'title', text: 'Del archivo', revision: 2 }])
    const [again] = await load(loaded({ revision: 1, segments: { title: 'Del archivo', summary: 'Del archivo' } }))
    expect([again?.behind, await textOf('title')]).toEqual([['es'], 'De Ada'])
  })
})
