import type { BriefingFile } from '../../src/briefings/briefing'
import { revisionsIn } from '../../src/briefings/revisions'
import { segmentsOf } from '../../src/briefings/segments'
import type { LocaleFile } from '../../src/translations/translation'

/** A briefing with every part that one can have. */
export type WholeBriefing = BriefingFile &
  Required<Pick<BriefingFile, 'topic' | 'image' | 'reasons' | 'event' | 'context' | 'confidence'>>

/** A small complete briefing. Its gated texts hold the words `canary-circle` and `canary-alliance`, and nothing else does. */
export function aBriefing(changes: Partial<BriefingFile> = {}): WholeBriefing {
  return {
    id: 'harbour',
    slug: 'harbour-closes',
    formerSlugs: [],
    state: 'published',
    publishedAt: '2025-03-01T08:00:00Z',
    kind: 'event',
    classification: 'signal',
    category: 'infrastructure',
    contentType: 'signal-briefing',
    domain: 'infrastructure',
    impact: 'high',
    confidence: 0.82,
    regions: ['FR', 'EU'],
    operationalRelevance: 'medium',
    timeHorizon: 'near-term',
    byline: ['Harbour desk'],
    organisations: [{ id: 'port', name: 'Port of Sète' }],
    topic: 'Port closure',
    title: 'The harbour closes for a month',
    summary: 'A dredger has run aground and nothing moves.',
    keyPoints: [{ id: 'duration', text: 'The closure lasts thirty days.' }],
    image: {
      file: 'mistral-and-the-eu-ai-act.svg',
      width: 1200,
      height: 675,
      origin: 'drawn',
      by: 'Harbour desk',
      alt: 'An empty quay',
      caption: 'The quay on Monday',
      context: 'Port notices',
      relevance: 'It shows the closure',
      provenance: 'Drawn for this briefing',
    },
    sources: [
      {
        id: 'notice',
        title: 'Notice of the port',
        url: 'https://port.example/notice',
        risk: 'low',
        note: 'Announces the closure.',
      },
      { id: 'paper', title: 'The local paper', url: 'https://paper.example/harbour', risk: 'medium', note: 'Names the dredger.' },
    ],
    reasons: {
      category: 'It concerns a port.',
      contentType: 'One event.',
      domain: 'A port is infrastructure.',
      topic: 'The port is closed.',
      impact: 'Trade stops.',
      confidence: 'The port itself says so.',
    },
    body: [
      {
        id: 'closure',
        heading: 'The closure',
        text: 'The port **closed** on Monday, as [its notice](https://port.example/notice) says.',
      },
      { id: 'detours', heading: 'Detours', text: 'Ships go to Marseille instead.' },
    ],
    event: { name: 'Closure of the port', signalType: 'Port closure' },
    affectedAreas: [{ id: 'ferries', text: 'Ferries to Morocco' }],
    context: 'The port is public property.',
    watch: [{ id: 'tow', text: 'Whether the dredger can be towed' }],
    sections: [
      { id: 'insurers', access: 'circle', heading: 'What insurers say', text: 'canary-circle Insurers expect claims.' },
      { id: 'repairs', access: 'alliance', heading: 'Repair options', text: 'canary-alliance A yard in Genoa has room.' },
    ],
    linkedOrganisations: {
      access: 'circle',
      notes: [{ id: 'dredgers', name: 'Dredgers SA', note: 'canary-circle Owns the dredger.' }],
    },
    revisions: [
      { revision: 1, savedAt: '2025-03-01T08:00:00Z', significance: 'material', note: 'First published', replaced: {} },
    ],
    ...changes,
  }
}

/** The briefing with this passage wherever it may have Markdown that everybody reads: twice in its body, and once below a heading of its page. */
export const withPassage = (text: string) =>
  aBriefing({
    body: [
      { id: 'trade', heading: 'The trade', text },
      { id: 'more', heading: 'More trade', text },
    ],
    context: text,
    sections: [{ id: 'open', access: 'public', heading: 'For everyone', text }],
  })

/** A translation of every segment: its English in brackets, under the locale's name. `changes` replace the file's other fields. */
export function aTranslation(briefing: BriefingFile, locale: string, changes: Partial<LocaleFile> = {}): LocaleFile {
  const sourceRevision = changes.sourceRevision ?? briefing.revisions.length
  const english = revisionsIn(briefing)[sourceRevision - 1]?.briefing ?? briefing
  const translated = segmentsOf(english).map(({ id, text }) => [id, `${locale}: ${text}`] as const)
  const { segments, ...others } = changes
  return {
    locale,
    source: 'en',
    sourceRevision,
    state: 'approved',
    provenance: 'human',
    credits: ['Ada Traductrice'],
    ...others,
    segments: { ...Object.fromEntries(translated), ...segments },
  }
}

/** The briefing after one more revision, which replaced these texts. `segments` are the new texts. */
export function revised<File extends BriefingFile>(
  briefing: File,
  significance: 'typo' | 'minor' | 'material',
  savedAt: string,
  change: (briefing: File) => File,
): File {
  const before = new Map(segmentsOf(briefing).map(({ id, text }) => [id, text] as const))
  const after = change(briefing)
  const replaced = Object.fromEntries(
    segmentsOf(after)
      .filter(({ id, text }) => before.get(id) !== text)
      .map(({ id }) => [id, before.get(id) ?? null]),
  )
  const revision = briefing.revisions.length + 1
  return { ...after, revisions: [...briefing.revisions, { revision, savedAt, significance, note: 'A revision', replaced }] }
}
