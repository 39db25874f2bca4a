import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { exportPack } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import { statusAfter } from '../../src/newsroom/status'
import { waitingAside } from '../../src/translations/aside'
import { readPack, writePack } from '../../src/translations/packs/formats'
import { type Pack, type PackFormat, packFormats } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const slug = 'harbour-closes'

async function openExchange() {
  const newsroom = await openNewsroom()
  const { site, database, clock } = newsroom
  await newsroom.load({ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'es')] })
  let minute = 0
  const exported = async (selection: 'all' | 'outdated' = 'all', tier?: 'public') => {
    const outgoing = await exportPack(site, 'es', slug, selection, tier)
    if (!outgoing) throw new Error('Nothing was exported.')
    return outgoing.pack
  }
  /** Sends these texts in a file, a minute after the last. `done` are marked as done as they are. */
  const sends = async (
    pack: Pack,
    format: PackFormat,
    texts: Record<string, string>,
    { by = 'a file', done = [] as readonly string[] } = {},
  ) => {
    minute += 1
    clock.now = new Date(Date.UTC(2026, 0, 1, 9, minute)).toISOString()
    const units = pack.units.map((unit) => {
      const isEdited = done.includes(unit.id) || texts[unit.id] !== undefined
      return { ...unit, target: texts[unit.id] ?? unit.target, state: isEdited ? ('current' as const) : unit.state }
    })
    const sent = readPack(`${slug}.json`, encode(writePack(format, { ...pack, units })))
    return await importPack(site, sent, { by })
  }
  /** Ada changes the title, and Ben sends another from a file of before. */
  const clash = async (format: PackFormat = 'po', segment = 'title') => {
    const before = await exported()
    await sends(before, format, { [segment]: 'De Ada' })
    await sends(before, format, { [segment]: 'De Ben' }, { by: 'ben.po' })
    return before
  }
  const waiting = async (tier?: 'public') => (await statusAfter(site, ['es'], '', 10, tier)).rows[0]?.aside
  const standing = async (id = 'title') => (await findTranslation(database, 'harbour', 'es'))?.segments[id]?.text
  return { ...newsroom, exported, sends, clash, waiting, standing }
}

const lineOf = ({ lines }: Awaited<ReturnType<typeof importPack>>, id = 'title') => lines.find(({ segment }) => segment === id)

const ben = 'Another text was sent (ben.po, 2026-01-01 09:02 UTC): “De Ben”'
const notes: Readonly<Record<PackFormat, string>> = {
  json: `"@title, set aside": [\n      {\n        "text": "De Ben",\n        "by": "ben.po",\n        "at": "2026-01-01T09:02:00.000Z"\n      }\n    ]`,
  xliff: `<note category="set-aside">${ben}\n`,
  xliff12: `<note from="vernacular">${ben}\n`,
  po: `#. ${ben}\n`,
}

describe.each(packFormats)('a text that was set aside, in %s', (format) => {
  test('is in the next file as a note, with its sender and the time, and its segment needs a decision', async () => {
    const { exported, clash, waiting } = await openExchange()
    expect(writePack(format, await exported())).not.toContain('set aside')
    await clash(format)
    const file = writePack(format, await exported())
    expect(file.replaceAll('&quot;', '"')).toContain(notes[format])
    expect((await exported('outdated')).units.map(({ id }) => id)).toEqual(['title'])
    expect(readPack(`${slug}.json`, encode(file)).done?.has('title') ?? false).toBe(false)
    expect(await waiting()).toEqual(['title'])
  })

  test('stays where the file comes back as it was, and is settled where what stands is marked as done', async () => {
    const { exported, sends, clash, waiting, standing } = await openExchange()
    const before = await clash(format)
    const after = await exported()
    expect(lineOf(await sends(after, format, {}))).toEqual({ segment: 'title', outcome: 'unchanged' })
    expect(lineOf(await sends(before, format, { title: 'De Ada' }))).toEqual({ segment: 'title', outcome: 'unchanged' })
    expect(await waiting()).toEqual(['title'])
    expect(lineOf(await sends(after, format, {}, { done: ['title'] }))).toEqual({ segment: 'title', outcome: 'confirmed' })
    expect([await waiting(), await standing()]).toEqual([[], 'De Ada'])
    expect(writePack(format, await exported())).not.toContain('ben.po')
  })

  test.each(['De Ben', 'De los dos'])('is settled where %s is put in place of what stands', async (text) => {
    const { exported, sends, clash, waiting, standing } = await openExchange()
    await clash(format)
    expect(lineOf(await sends(await exported(), format, { title: text }))?.outcome).toBe('accepted')
    expect([await waiting(), await standing()]).toEqual([[], text])
    expect(writePack(format, await exported())).not.toContain('ben.po')
  })

  test('is not settled by who was not shown it', async () => {
    const { exported, sends, clash, waiting } = await openExchange()
    const before = await clash(format)
    const after = await exported()
    await sends(before, format, { title: 'De Cleo' }, { by: 'cleo.po' })
    expect(lineOf(await sends(after, format, {}, { done: ['title'] }))).toEqual({ segment: 'title', outcome: 'unchanged' })
    expect(await waiting()).toEqual(['title'])
    const both = await exported()
    expect(both.units.find(({ id }) => id === 'title')?.aside?.map(({ by }) => by)).toEqual(['ben.po', 'cleo.po'])
    await sends(both, format, {}, { done: ['title'] })
    expect(await waiting()).toEqual([])
  })
})

test.each(packFormats)('an outdated text that comes back untouched as %s, with its mark, is unchanged', async (format) => {
  const { load, exported, sends } = await openExchange()
  const retitled = (each: BriefingFile) => ({ ...each, title: 'It stays closed' })
  await load({ briefing: revised(aBriefing(), 'material', '2025-03-02T08:00:00Z', retitled) })
  const pack = await exported()
  expect(pack.units.find(({ id }) => id === 'title')?.state).toBe('outdated')
  const { lines, isSaved } = await sends(pack, format, {})
  expect([new Set(lines.map(({ outcome }) => outcome)), lines.length, isSaved]).toEqual([
    new Set(['unchanged']),
    pack.units.filter(({ target }) => target !== '').length,
    false,
  ])
})

describe('a text that was set aside', () => {
  test('is in no file for a repository, and in OmegaT’s beside the present text', async () => {
    const { exported, clash } = await openExchange()
    await clash()
    const pack = await exported()
    expect(writePack('json', pack, { withoutEnglish: true })).not.toMatch(/De Ben|undecided/)
    const copied = writePack('xliff12', pack, { copySource: true })
    expect(copied).toContain('Present text: “De Ada”')
    expect(copied).toContain(ben)
  })

  test('is settled by who confirms its segment by name, and by no other confirmation', async () => {
    const { site, clock, clash, waiting } = await openExchange()
    await clash()
    clock.now = '2026-01-01T10:00:00.000Z'
    const confirm = async (ids: readonly string[]) => (await confirmTranslation(site, slug, 'es', ids, 'Ada'))?.lines
    expect(await confirm([])).toEqual([])
    expect(await confirm(['topic'])).toEqual([{ segment: 'topic', outcome: 'unchanged' }])
    expect(await waiting()).toEqual(['title'])
    expect(await confirm(['title'])).toEqual([{ segment: 'title', outcome: 'confirmed' }])
    expect(await waiting()).toEqual([])
  })

  test('is settled too by who confirms its segment because the English has changed', async () => {
    const { site, clock, load, clash, waiting } = await openExchange()
    await clash()
    const retitled = (each: BriefingFile) => ({ ...each, title: 'It stays closed' })
    await load({ briefing: revised(aBriefing(), 'material', '2025-03-02T08:00:00Z', retitled) })
    expect(await waiting()).toEqual(['title'])
    clock.now = '2026-01-01T10:00:00.000Z'
    const confirmed = await confirmTranslation(site, slug, 'es', [], 'Ada')
    expect(confirmed?.lines).toEqual([{ segment: 'title', outcome: 'confirmed' }])
    expect(await waiting()).toEqual([])
  })

  test('waits again where it is sent again and meets a newer text', async () => {
    const { exported, sends, clash, waiting } = await openExchange()
    const before = await clash()
    await sends(await exported(), 'po', { title: 'De Cleo' })
    expect(await waiting()).toEqual([])
    await sends(before, 'po', { title: 'De Ben' }, { by: 'ben.po' })
    expect(await waiting()).toEqual(['title'])
    const [aside] = (await exported()).units.flatMap(({ aside = [] }) => aside)
    expect(aside).toEqual({ text: 'De Ben', by: 'ben.po', at: '2026-01-01T09:04:00.000Z' })
  })

  test('goes with its part to another id', async () => {
    const { load, exported, clash, waiting } = await openExchange()
    await clash('po', 'keyPoints.duration')
    const renamedFile = revised(aBriefing(), 'minor', '2025-03-02T08:00:00Z', (each) => ({
      ...each,
      keyPoints: each.keyPoints.map((point) => ({ ...point, id: 'length' })),
    }))
    await load({ briefing: renamedFile })
    expect(await waiting()).toEqual(['keyPoints.length'])
    expect((await exported()).units.filter(({ aside }) => aside).map(({ id }) => id)).toEqual(['keyPoints.length'])
  })

  test('goes to no other part that has taken the id of its own', () => {
    const revision = { significance: 'minor', significances: {}, hashes: {} } as const
    const history = [revision, { ...revision, renamed: { 'body.delay': 'body.strike' } }]
    const besideNothing = (segment: string) => ({ segment, sourceRevision: 1, stood: '', text: 'De Ben', by: 'ben.po', at: '' })
    expect([...waitingAside([besideNothing('body.delay')], history, undefined).keys()]).toEqual(['body.strike'])
    expect([...waitingAside([besideNothing('body.strike')], history, undefined).keys()]).toEqual([])
  })

  test('by a program of before is found too', async () => {
    const { database, exported, sends, clash, waiting } = await openExchange()
    await clash()
    await database.atomically([database.query.updateTable('text_set_aside').set({ stood: null, source_revision: null })])
    expect(await waiting()).toEqual(['title'])
    await sends(await exported(), 'po', { title: 'De los dos' })
    expect(await waiting()).toEqual([])
  })

  test('of members is told to nobody who may not read its segment', async () => {
    const { exported, clash, waiting } = await openExchange()
    const before = await exported()
    const gated = before.units.find(({ access, kind }) => access !== 'public' && kind === 'plain')
    if (!gated) throw new Error('There is nothing for members.')
    await clash('po', gated.id)
    expect([await waiting(), await waiting('public')]).toEqual([[gated.id], []])
    expect(JSON.stringify(await exported('all', 'public'))).not.toContain('De Ben')
  })

  test('waits until its segment is decided, whoever sends what, and then no more', async () => {
    const turn = fc.record({
      writer: fc.integer({ min: 0, max: 2 }),
      segment: fc.constantFrom('title', 'topic'),
      act: fc.constantFrom('fetch', 'send', 'send', 'keep'),
      format: fc.constantFrom(...packFormats),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 12 }), async (turns) => {
        const { exported, sends, standing } = await openExchange()
        const first = await exported()
        const packs = [first, first, first]
        const waiting = new Map<string, Set<string>>([
          ['title', new Set()],
          ['topic', new Set()],
        ])
        for (const [index, { writer, segment, act, format }] of turns.entries()) {
          const pack = packs[writer] ?? first
          if (act === 'fetch') packs[writer] = await exported()
          else {
            const text = `De ${'abc'[writer]}, ${'abcdefghijklm'[index]}`
            const stood = await standing(segment)
            const sent = act === 'send' ? { texts: { [segment]: text } } : { texts: {}, done: [segment] }
            const line = lineOf(await sends(pack, format, sent.texts, sent), segment)
            if (line?.outcome === 'conflict') waiting.get(segment)?.add(text)
            const isDecided = line?.outcome === 'confirmed' || (await standing(segment)) !== stood
            if (isDecided) waiting.get(segment)?.clear()
          }
          const { units } = await exported()
          for (const [id, texts] of waiting) {
            const told = units.find((unit) => unit.id === id)?.aside?.map(({ text }) => text) ?? []
            expect(new Set(told)).toEqual(texts)
          }
        }
      }),
      { numRuns: rounds(10) },
    )
  })
})
