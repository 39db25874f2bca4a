import type { Briefing } from '../briefings/briefing'
import { passageMax } from '../briefings/briefing'
import { hashOf } from '../briefings/hash'
import type { Earlier, RevisionHashes } from '../briefings/revisions'
import { type Segment, type Sight, segmentsOf } from '../briefings/segments'
import type { Locale } from '../language/locale'
import { isOutdated } from './freshness'
import { type Glossary, termsLine } from './glossary'
import type { AsideText, Pack, Unit, UnitState } from './packs/pack'
import { type Translation, textOf } from './translation'

/** What a pack of a briefing is made from. */
export interface PackSource {
  readonly slug: string
  readonly revision: number
  readonly briefing: Briefing
  readonly history: readonly RevisionHashes[]
  readonly earlier: Earlier
  /** The texts set aside that wait for a decision, by segment. */
  readonly aside?: ReadonlyMap<string, readonly AsideText[]>
}

/**
 * Which segments to send: all, or those that need work, in any order. A segment with only a proposal counts as missing, and one that is
 * undecided as outdated.
 */
export const selections = ['all', 'missing', 'outdated', 'missing,outdated', 'outdated,missing'] as const
export type Selection = (typeof selections)[number]

/** The pack of a briefing for one locale, with what is already translated. It has the segments in sight. */
export function packFor(
  { slug, revision, briefing, ...texts }: PackSource,
  source: Locale,
  locale: Locale,
  translation: Translation | undefined,
  selection: Selection = 'all',
  sight?: Sight,
): Pack {
  const units = segmentsOf(briefing, sight).map((segment) => unitOf(segment, translation, texts))
  return {
    name: slug,
    source,
    locale,
    sourceRevision: revision,
    isApproved: translation?.state === 'approved',
    units: units.filter(({ state }) => isSelected(state, selection)),
  }
}

/** A pack that names the terms of a glossary beside each text that has some. */
export const withGlossary = (pack: Pack, glossary: Glossary | undefined): Pack =>
  glossary === undefined
    ? pack
    : {
        ...pack,
        units: pack.units.map((unit) => {
          const terms = termsLine(glossary, unit.source)
          return terms === undefined ? unit : { ...unit, glossary: terms }
        }),
      }

/** A pack that says what each of its texts is made from: the revision of the translation, and what stands in it now. */
export async function withAncestors(pack: Pack, revision: number, stands: (id: string) => string | undefined): Promise<Pack> {
  const units = pack.units.map(async (unit) => ({ ...unit, was: await hashOf(stands(unit.id) ?? '') }))
  return { ...pack, revision, units: await Promise.all(units) }
}

/** Whether a unit in this state is sent. */
export const isSelected = (state: UnitState, selection: Selection) =>
  selection === 'all' || selection.split(',').includes(workOf[state])

const workOf = {
  missing: 'missing',
  proposed: 'missing',
  outdated: 'outdated',
  undecided: 'outdated',
  current: 'current',
} as const satisfies Readonly<Record<UnitState, string>>

function unitOf(
  { id, kind, access, text }: Segment,
  translation: Translation | undefined,
  { history, earlier, aside }: Pick<PackSource, 'history' | 'earlier' | 'aside'>,
): Unit {
  const { text: target = '', seen = '' } = translation?.segments[id] ?? {}
  const hash = history.at(-1)?.hashes[id]
  const waiting = aside?.get(id)
  const unit = {
    ...{ id, kind, access, source: text, target, note: noteOn(id, kind) },
    ...(hash === undefined ? {} : { hash }),
    ...(waiting ? { aside: waiting } : {}),
  }
  if (target.trim() === '') return { ...unit, target: '', state: 'missing' }
  const isProposed = textOf(translation, id) === ''
  const isStale = isOutdated(id, seen, history)
  const previous = isStale ? earlier(id, seen)?.text : undefined
  const state = isProposed ? 'proposed' : isStale ? 'outdated' : waiting ? 'undecided' : 'current'
  return { ...unit, state, ...(previous === undefined ? {} : { previous }) }
}

const groups: Readonly<Record<string, string>> = {
  title: 'The title of the briefing.',
  topic: 'What the briefing is about, in a few words; stands above the title.',
  summary: 'The summary under the title, in one to three sentences.',
  keyPoints: 'One of the key points: a sentence.',
  image: 'About the picture:',
  reasons: 'Why the briefing was classified so: a sentence.',
  body: 'A part of the analysis.',
  event: 'About the event, in a few words.',
  affectedAreas: 'An area that is affected: a few words.',
  context: 'The legal and market context.',
  watch: 'Something to watch: a few words.',
  sections: 'A section for members.',
  linkedOrganisations: 'A note on an organisation, for members: a sentence. Its name is not translated.',
  sources: 'About a source.',
}

const members: Readonly<Record<string, string>> = {
  alt: 'what is to be seen on it, for those who cannot see it.',
  caption: 'the line under it.',
  context: 'which sources it rests on.',
  relevance: 'why this picture.',
  provenance: 'how it was made.',
  heading: 'Its heading.',
  title: 'Its title.',
  note: 'What it says, in a sentence or two.',
}

/** What a segment is, and its limits, in words for its translator. */
function noteOn(id: string, kind: Unit['kind']): string {
  const [group = '', ...rest] = id.split('.')
  const member = rest.at(-1)
  const what = [groups[group], group === 'reasons' ? undefined : member && members[member]].filter(Boolean).join(' ')
  const limits = kind === 'markdown' ? `Markdown, at most ${passageMax} characters. Keep its links.` : 'One line, no markup.'
  return `${what} ${limits}`
}
