import fc from 'fast-check'
import { segmentsOf } from '../../src/briefings/segments'
import { flawIn } from '../../src/language/text'
import type { Pack, Unit } from '../../src/translations/packs/pack'
import { aBriefing } from './briefings'
import { aGeneratedBriefing } from './generated'

/** A unit: of a title that is not translated, but for these. */
export const aUnit = (changes: Partial<Unit> = {}): Unit => ({
  id: 'title',
  kind: 'plain',
  access: 'public',
  source: 'The harbour closes',
  note: 'The title. At most 600 characters.',
  target: '',
  state: 'missing',
  ...changes,
})

/** A pack of these units. */
export const aPack = (units: readonly Unit[] = [aUnit()], changes: Partial<Pack> = {}): Pack => ({
  name: 'harbour-closes',
  source: 'en',
  locale: 'fr',
  sourceRevision: 3,
  isApproved: false,
  units,
  ...changes,
})

/** A pack of the sample briefing, untranslated: Markdown, links and gated texts. */
export const aBriefingPack = (locale: string): Pack =>
  aPack(
    segmentsOf(aBriefing()).map(({ id, kind, access, text }) => aUnit({ id, kind, access, source: text })),
    { locale },
  )

/** What tools, formats and Markdown stumble over. */
const awkward = fc.constantFrom(
  ...[
    '&',
    '<',
    '>',
    ']]>',
    '"',
    "'",
    '\\',
    '\n',
    '\n\n',
    '\t',
    ' ',
    '  ',
    '\u00a0',
    '\u202f',
    '\u2028',
    '\u200f',
    '\u200d',
    '😀',
  ],
  ...['**', '*', '`', '`code`', '[', '](https://port.example/notice)', '![', '\n- ', '\n1. ', '# ', '> ', '\\*', '<b>', '&amp;'],
  ...[
    '{name}',
    '{',
    '}',
    '#',
    "'{",
    '{n, plural, one {#} other {#}}',
    '<!--',
    '<![CDATA[',
    '<?x?>',
    '\\n',
    '%s',
    '&#10;',
    'مرفأ',
    '港',
    '#~',
  ],
)

/** Anything that a person may type: any string in which nothing is wrong, as it is stored (NFC). */
export const aTypedText = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join('').normalize('NFC'))
  .filter((text) => flawIn(text) === undefined)

const aSource = aTypedText.filter((text) => text.trim() !== '')

/** What the memory may have for a unit, which need not be anything like it. */
const someCandidates = fc.array(fc.record({ source: aSource, target: aSource, score: fc.integer({ min: 70, max: 100 }) }), {
  maxLength: 3,
})

/** How a unit stands: not translated, with a text that is proposed, or translated, from the English of now or of before. */
const aStanding = fc.oneof(
  fc.record({ target: fc.constant(''), state: fc.constant('missing' as const), candidates: someCandidates }),
  fc.record({ target: aSource, state: fc.constant('proposed' as const), candidates: someCandidates }),
  fc.record({ target: aSource, state: fc.constant('current' as const) }),
  fc.record({ target: aSource, state: fc.constant('outdated' as const), previous: aSource, candidates: someCandidates }),
)

/** A pack of a generated briefing, with any standing of each of its units, some as ICU messages of the site. */
export const aGeneratedPack: fc.Arbitrary<Pack> = fc
  .tuple(
    aGeneratedBriefing,
    fc.array(fc.tuple(aStanding, aTypedText, fc.constantFrom('message', undefined)), { minLength: 1, maxLength: 10 }),
    fc.record({
      locale: fc.constantFrom('ar', 'ja', 'fr', 'pt-BR', 'zh-Hans'),
      sourceRevision: fc.integer({ min: 1, max: 1000 }),
      isApproved: fc.boolean(),
    }),
  )
  .map(([briefing, standings, changes]) =>
    aPack(
      segmentsOf(briefing).map(({ id, kind, access, text }, index) => {
        const [standing, note, message] = standings[index % standings.length] ?? [{}, '', undefined]
        return aUnit({ id, kind: message ?? kind, access, source: text, note, ...standing })
      }),
      { name: briefing.slug, ...changes },
    ),
  )

/** The same pack with every text translated by these, in turn. */
export const translated = (pack: Pack, targets: readonly string[]): Pack => ({
  ...pack,
  units: pack.units.map((unit, index) => ({ ...unit, target: targets[index % targets.length] ?? '', state: 'current' as const })),
})
