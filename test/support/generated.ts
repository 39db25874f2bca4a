import fc from 'fast-check'
import { kit } from '#runtime'
import type { BriefingFile } from '../../src/briefings/briefing'
import { mapSegments, segmentsOf } from '../../src/briefings/segments'
import { flawIn } from '../../src/language/text'
import { unrendered } from '../../src/language/unrendered'
import { aBriefing, revised } from './briefings'
import { tiers } from './tiers'

/** A line that an author could have typed, in any script, as it is stored (NFC). */
const aLine = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.normalize('NFC'))
  .filter((text) => text.trim() !== '' && !text.includes('\n') && flawIn(text) === undefined)

/** The same as a passage of Markdown that a page shows. */
const aPassage = aLine.filter((text) => unrendered(text).length === 0)

const aWord = fc.oneof(fc.stringMatching(/^[a-z0-9]{1,8}$/), fc.constantFrom('constructor', 'tostring', 'title', 'heading', '0'))
const anId = fc.array(aWord, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'))

/** A list whose items have ids of their own. */
const aList = <Item extends { id: string }>(item: fc.Arbitrary<Item>, least = 0) =>
  fc.uniqueArray(item, { selector: ({ id }) => id, minLength: least, maxLength: 5 })

const anItem = fc.record({ id: anId, text: aLine })
const aTier = fc.constantFrom(...tiers)

/** A complete briefing with one revision: every list of any length, every fact any of its words, every text any line. */
export const aGeneratedBriefing: fc.Arbitrary<BriefingFile> = fc
  .record({
    id: anId,
    slug: anId,
    formerSlugs: fc.array(anId, { maxLength: 3 }),
    state: fc.constantFrom('draft', 'published'),
    kind: fc.constantFrom(...kit.settings.vocabulary.kind),
    classification: fc.constantFrom(...kit.settings.vocabulary.classification),
    category: fc.constantFrom(...kit.settings.vocabulary.category),
    contentType: fc.constantFrom(...kit.settings.vocabulary.contentType),
    domain: fc.constantFrom(...kit.settings.vocabulary.domain),
    impact: fc.constantFrom(...kit.settings.vocabulary.impact),
    confidence: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
    regions: fc.uniqueArray(fc.constantFrom('FR', 'EU', '001', 'XK', 'CN', '419'), { minLength: 1 }),
    operationalRelevance: fc.constantFrom(...kit.settings.vocabulary.relevance),
    timeHorizon: fc.constantFrom(...kit.settings.vocabulary.horizon),
    byline: fc.array(fc.oneof(aLine, fc.record({ organisation: aLine })), { minLength: 1, maxLength: 3 }),
    organisations: aList(fc.record({ id: anId, name: aLine })),
    topic: aLine,
    title: aLine,
    summary: aLine,
    keyPoints: aList(anItem),
    sources: aList(
      fc.record({
        id: anId,
        title: aLine,
        url: fc.webUrl({ withQueryParameters: true }),
        risk: fc.constantFrom(...kit.settings.vocabulary.risk),
        note: aLine,
      }),
    ),
    body: aList(fc.record({ id: anId, heading: aLine, text: aPassage }), 1),
    affectedAreas: aList(anItem),
    context: aPassage,
    watch: aList(anItem),
    sections: aList(fc.record({ id: anId, access: aTier, heading: aLine, text: aPassage })),
    linkedOrganisations: fc.record({ access: aTier, notes: aList(fc.record({ id: anId, name: aLine, note: aLine })) }),
  })
  .map((changes) => aBriefing(changes))

const optionalParts = [
  'kind',
  'classification',
  'category',
  'contentType',
  'domain',
  'impact',
  'confidence',
  'operationalRelevance',
  'timeHorizon',
  'topic',
  'image',
  'reasons',
  'event',
  'context',
] as const
const optionalTexts = {
  image: ['caption', 'context', 'relevance', 'provenance'],
  reasons: ['category', 'contentType', 'domain', 'topic', 'impact', 'confidence'],
} as const
const optionalLists = ['regions', 'organisations', 'keyPoints', 'sources', 'affectedAreas', 'watch', 'sections'] as const
const noNotes: Pick<BriefingFile, 'linkedOrganisations'> = { linkedOrganisations: { access: 'public', notes: [] } }

const without = (fields: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** Such a briefing with any of the parts that it may lack. */
export const sparse = (whole: fc.Arbitrary<BriefingFile>): fc.Arbitrary<BriefingFile> =>
  fc
    .record({
      briefing: whole,
      parts: fc.subarray([...optionalParts]),
      image: fc.subarray([...optionalTexts.image]),
      reasons: fc.subarray([...optionalTexts.reasons]),
      lists: fc.subarray([...optionalLists]),
      sources: fc.subarray(['risk', 'note']),
      isLinked: fc.boolean(),
    })
    .map(({ briefing, parts, image, reasons, lists, sources, isLinked }) => ({
      ...(without(
        { ...briefing, image: without(briefing.image ?? {}, image), reasons: without(briefing.reasons ?? {}, reasons) },
        parts,
      ) as unknown as BriefingFile),
      sources: briefing.sources.map((each) => without(each, sources) as (typeof briefing.sources)[number]),
      ...Object.fromEntries(lists.map((list) => [list, []])),
      ...(isLinked ? {} : noNotes),
    }))

export const aSparseBriefing = sparse(aGeneratedBriefing)

/** One sitting of an author: texts that are written anew, and paragraphs and sources that are added. */
const aSitting = fc.record({
  significance: fc.constantFrom('typo', 'minor', 'material'),
  texts: fc.array(fc.tuple(fc.nat(), aLine), { maxLength: 4 }),
  added: fc.array(fc.tuple(fc.constantFrom('keyPoints', 'body', 'sources', 'watch', 'linkedOrganisations'), aLine), {
    maxLength: 3,
  }),
})

/** A briefing after some sittings, and the states it was in after each, oldest first. */
export const aHistory = fc.tuple(aGeneratedBriefing, fc.array(aSitting, { maxLength: 5 })).map(([first, sittings]) => {
  const states = [first]
  for (const [index, { significance, texts, added }] of sittings.entries()) {
    const previous = states.at(-1) ?? first
    const savedAt = `2025-03-${String(index + 2).padStart(2, '0')}T08:00:00Z`
    const write = (briefing: BriefingFile) =>
      added.reduce(
        (written, [list, text], at) => withItem(written, list, `added-${index}-${at}`, text),
        withTexts(briefing, texts),
      )
    states.push(revised(previous, significance, savedAt, write))
  }
  return { file: states.at(-1) ?? first, states }
})

function withTexts(briefing: BriefingFile, texts: readonly (readonly [number, string])[]): BriefingFile {
  const ids = segmentsOf(briefing).map(({ id }) => id)
  const written = new Map(texts.map(([at, text]) => [ids[at % ids.length], text] as const))
  return { ...briefing, ...mapSegments(briefing, ({ id, text }) => written.get(id) ?? text) }
}

function withItem(briefing: BriefingFile, list: string, id: string, text: string): BriefingFile {
  const { keyPoints, body, sources, watch, linkedOrganisations: linked } = briefing
  switch (list) {
    case 'keyPoints':
      return { ...briefing, keyPoints: [{ id, text }, ...keyPoints] }
    case 'body':
      return { ...briefing, body: [...body, { id, heading: text, text }] }
    case 'sources':
      return { ...briefing, sources: [{ id, title: text, url: 'https://source.example/', risk: 'low', note: text }, ...sources] }
    case 'watch':
      return { ...briefing, watch: [...watch, { id, text }] }
    default:
      return { ...briefing, linkedOrganisations: { ...linked, notes: [...linked.notes, { id, name: text, note: text }] } }
  }
}
