import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import type { Briefing } from '../../../src/briefings/briefing'
import { type Segment, segmentsOf } from '../../../src/briefings/segments'
import { errorsOfSegment } from '../../../src/translations/checks/checks'
import { inRule } from '../../../src/translations/checks/finding'
import { takeIn } from '../../../src/translations/intake'
import { withMemory } from '../../../src/translations/memory'
import { type PackSource, packFor } from '../../../src/translations/outgoing'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import { laidOut } from '../../../src/translations/packs/layout'
import type { Pack } from '../../../src/translations/packs/pack'
import type { TranslatedSegment, Translation } from '../../../src/translations/translation'
import { aBriefing } from '../../support/briefings'
import { encode } from '../../support/newsroom'
import { rounds } from '../../support/rounds'
import { type Act, forms, type Tool, translation } from '../../support/tools'

const words = ['The', 'port', 'closes', 'on', 'Monday', '1,234', 'Café', '“now”', 'a & b', '<x>', 'Azure', "it's", '100%']
const aPhrase = fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 9 }).map((each) => each.join(' '))
const aName = fc
  .array(fc.constantFrom('Microsoft', 'Azure', 'CMA', '2026'), { minLength: 1, maxLength: 3 })
  .map((each) => each.join(' '))
const anEnglishLine = fc.oneof({ weight: 4, arbitrary: aPhrase }, { weight: 1, arbitrary: aName })
const aPassage = fc
  .array(
    fc.tuple(aPhrase, fc.constantFrom('%', '**%**', '[%](https://port.example/a?b=1&c=2)', '- %\n- %', '`%`', '> %', '## %')),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.map(([text, form]) => form.replaceAll('%', text)).join('\n\n'))

/** Translations with what a tool could change unseen: letters in pieces (NFD), odd spaces, a line end in one line. */
const aTarget = fc
  .array(fc.constantFrom('Le', 'port', 'ferme\u0301', 'fermé', 'ça\u00a0!', 'مرفأ', '港', '**gras**', ' ', '\u202f%'), {
    minLength: 1,
    maxLength: 7,
  })
  .map((each) => `${each.join(' ')}.`)

type Standing = 'missing' | 'remembered' | 'drafted' | 'outdated' | 'current'
const aStanding = fc.constantFrom<Standing>('missing', 'remembered', 'drafted', 'outdated', 'current')

/** A briefing of some 200 segments, and a translation of it in which texts of each standing are mixed. */
function aCase(seed: number) {
  const [lines = [], passages = [], targets = [], standings = []] = [anEnglishLine, aPassage, aTarget, aStanding].map((each) =>
    fc.sample(each as fc.Arbitrary<string>, { numRuns: 200, seed }),
  )
  const at = (list: readonly string[], index: number) => list[index % list.length] ?? ''
  const base = aBriefing()
  const briefing: Briefing = {
    ...base,
    keyPoints: Array.from({ length: 72 }, (_, n) => ({ id: `p${n}`, text: at(lines, n) })),
    body: Array.from({ length: 50 }, (_, n) => ({ id: `b${n}`, heading: at(lines, n + 60), text: at(passages, n) })),
  }
  const english = segmentsOf(briefing)
  const standingOf = new Map(english.map(({ id }, index) => [id, at(standings, index) as Standing]))
  const then = Object.fromEntries(english.map(({ id }) => [id, `then ${id}`]))
  const now = Object.fromEntries(english.map(({ id }) => [id, standingOf.get(id) === 'outdated' ? `now ${id}` : `then ${id}`]))
  const segments: Record<string, TranslatedSegment> = {}
  const target = ({ kind, text }: Segment, index: number) =>
    kind === 'markdown' ? `${at(targets, index)} ${text}` : at(targets, index)
  for (const [index, segment] of english.entries()) {
    const { id } = segment
    const standing = standingOf.get(id)
    if (standing === 'missing' || standing === 'remembered') continue
    segments[id] = { text: target(segment, index), seen: `then ${id}`, ...(standing === 'drafted' ? { machine: 'deepl' } : {}) }
  }
  const source: PackSource = {
    slug: 'harbour-closes',
    revision: 2,
    briefing,
    history: [then, now].map((hashes) => ({ significance: 'material', significances: {}, hashes })),
    earlier: (id) => english.find((each) => each.id === id && standingOf.get(id) === 'outdated'),
  }
  const stored: Translation = { locale: 'fr', state: 'approved', provenance: 'human', credits: [], segments }
  const remembered = english.filter(({ id }) => standingOf.get(id) === 'remembered')
  const memory = remembered.map(
    (segment, index) => [segment.text, [{ source: segment.text, target: target(segment, index), score: 100 }]] as const,
  )
  const all = packFor(source, 'en', 'fr', stored)
  const pack: Pack = withMemory(all, new Map(memory))
  return { source, stored, pack }
}

type Case = ReturnType<typeof aCase>
const cases = Array.from({ length: rounds(9) }, (_, index) => aCase(inject('seed') + index))

/** What becomes of a file that comes back, by segment; what stands untouched is left out. */
function taken({ source, stored }: Case, file: string): Readonly<Record<string, string>> {
  const flawOf = (segment: { id: string; kind: 'plain' | 'markdown'; source: string; target: string }) => {
    const [error] = errorsOfSegment({ locale: 'fr', ...segment })
    return error && inRule(error)
  }
  const stood = new Map(segmentsOf(source.briefing).map(({ id }) => [id, stored.segments[id]?.text ?? '']))
  const { lines, segments } = takeIn(readPack('harbour-closes.json', encode(file)), {
    ...source,
    translation: stored,
    ancestry: { was: stood, had: () => false },
    englishThen: source.earlier,
    confirmed: { by: 'x', at: 'now' },
    flawOf,
  })
  for (const [id, segment] of Object.entries(stored.segments)) {
    if (!lines.some((line) => line.segment === id && ['accepted', 'confirmed'].includes(line.outcome))) {
      expect(segments[id]).toEqual(segment)
    }
  }
  const news = lines.filter(({ outcome }) => outcome === 'accepted' || outcome === 'confirmed')
  return Object.fromEntries(news.map(({ segment }) => [segment, segments[segment]?.text ?? '']))
}

/** What a person does to about half of the texts, in turn. Nobody takes a mark off where there is no text. */
const actsOn = ({ pack }: Case, acts: readonly Act[]) =>
  new Map(
    pack.units.flatMap(({ id, state, target }, index): [string, Act][] => {
      const act = acts[Math.floor(index / 2) % acts.length] ?? 'translate'
      if (index % 2 === 0 || (act === 'keep' && (target === '' || state === 'current'))) return []
      return [[id, act]]
    }),
  )

/** What is to be taken in of that. In PO, what is said to stay English has no ordinary word. */
function expected({ pack }: Case, acts: ReadonlyMap<string, Act>, format: string): Readonly<Record<string, string>> {
  const news = pack.units.flatMap(({ id, kind, source, target, state }): [string, string][] => {
    const act = acts.get(id)
    if (act === 'translate') return [[id, translation + source]]
    if (act === 'keep' && state !== 'current') return [[id, laidOut(kind, target)]]
    const isName = !/(?<!\p{L})\p{Ll}\p{L}/u.test(source.replace(/https:\S+/g, ''))
    return act === 'same' && (format !== 'po' || isName) ? [[id, source]] : []
  })
  return Object.fromEntries(news)
}

test('there are 200 texts of every standing in each of these packs', () => {
  for (const { pack } of cases) {
    expect(pack.units.length).toBeGreaterThanOrEqual(200)
    expect(new Set(pack.units.map(({ state }) => state))).toEqual(new Set(['missing', 'proposed', 'outdated', 'current']))
  }
})

describe.each(forms)('a pack as $name', ({ format, options, tools, acts: possible }) => {
  test('that nobody opened changes nothing', () => {
    for (const each of cases) expect(taken(each, writePack(format, each.pack, options))).toEqual({})
  })

  test.each(Object.entries<Tool>(tools))('comes back from %s with exactly what was edited', (_name, tool) => {
    // What is new is stored composed (NFC), whatever the tool did.
    const plain = (texts: object) => JSON.stringify(texts).normalize()

    for (const each of cases) {
      const acts = actsOn(each, possible)
      const news = expected(each, acts, format)
      expect(Object.keys(news).length).toBeGreaterThan(20)
      expect(plain(taken(each, tool(writePack(format, each.pack, options), acts)))).toEqual(plain(news))
      expect(taken(each, tool(writePack(format, each.pack, options), new Map()))).toEqual({})
    }
  })
})

describe('what these claims would find', () => {
  const [each] = cases
  if (!each) throw new Error('There is no case.')
  const remembered = each.pack.units.filter(({ id, state }) => state === 'proposed' && each.stored.segments[id] === undefined)

  test.each([
    ['XLIFF 1.2', 'xliff12', / state="needs-review-translation"/g, ''],
    ['XLIFF 2', 'xliff', / state="initial"/g, ''],
    ['PO', 'po', /^#, fuzzy\n/gm, ''],
    ['JSON', 'json', /"proposed": \[[^\]]*\],/, ''],
  ] as const)('%s without its marks, of which what is pre-filled is taken in', (_, format, mark, nothing) => {
    const found = taken(each, writePack(format, each.pack).replace(mark, nothing))
    expect(Object.keys(found)).toEqual(expect.arrayContaining(remembered.map(({ id }) => id)))
    expect(remembered.length).toBeGreaterThan(10)
  })

  test('a tool that tidies the space in Markdown', () => {
    const tidied = writePack('json', each.pack).replace(/ {2,}(?=[^\s"])/g, ' ')
    expect(taken(each, tidied)).not.toEqual({})
  })
})
