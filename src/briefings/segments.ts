import type { Briefing } from './briefing'
import type { Tier } from './vocabulary'

/** The smallest piece of text that is translated. Its id never depends on its position. */
export interface Segment {
  readonly id: string
  readonly kind: 'plain' | 'markdown'
  readonly access: Tier
  readonly text: string
}

/** Which texts somebody sees: all, those for everyone, or also those of these tiers. */
export type Sight = 'all' | 'public' | readonly Tier[]

/** Whether somebody sees the texts of a tier. */
export const sees = (sight: Sight, access: Tier): boolean =>
  sight === 'all' || access === 'public' || (sight !== 'public' && sight.includes(access))

/** The segments of a briefing in reading order: all, or those that somebody sees. */
export function segmentsOf(briefing: Briefing, sight: Sight = 'all'): readonly Segment[] {
  const segments: Segment[] = []
  mapSegments(briefing, (segment) => {
    if (sees(sight, segment.access)) segments.push(segment)
    return segment.text
  })
  return segments
}

type Fill = (id: string, text: string, access?: Tier) => string

/** The briefing with the text of each segment mapped by `to`. Only this function says which of its texts are segments. */
export function mapSegments(briefing: Briefing, to: (segment: Segment) => string): Briefing {
  const plain: Fill = (id, text, access = 'public') => to({ id, kind: 'plain', access, text })
  const markdown: Fill = (id, text, access = 'public') => to({ id, kind: 'markdown', access, text })
  const { topic, image, reasons, event, context, linkedOrganisations: linked } = briefing
  return {
    ...briefing,
    ...(topic === undefined ? {} : { topic: plain('topic', topic) }),
    title: plain('title', briefing.title),
    summary: plain('summary', briefing.summary),
    ...(briefing.opening === undefined ? {} : { opening: markdown('opening', briefing.opening) }),
    keyPoints: briefing.keyPoints.map((point) => ({ ...point, text: plain(`keyPoints.${point.id}`, point.text) })),
    ...(image && { image: { ...image, ...filled('image', imageTexts, image, plain) } }),
    ...(reasons && { reasons: filled('reasons', reasonNames, reasons, plain) }),
    body: briefing.body.map((part) => ({
      ...part,
      heading: plain(`body.${part.id}.heading`, part.heading),
      text: markdown(`body.${part.id}`, part.text),
    })),
    ...(event && { event: { ...event, ...filled('event', ['name', 'signalType'], event, plain) } }),
    affectedAreas: briefing.affectedAreas.map((area) => ({ ...area, text: plain(`affectedAreas.${area.id}`, area.text) })),
    ...(context === undefined ? {} : { context: markdown('context', context) }),
    watch: briefing.watch.map((item) => ({ ...item, text: plain(`watch.${item.id}`, item.text) })),
    sections: briefing.sections.map((section) => ({
      ...section,
      heading: plain(`sections.${section.id}.heading`, section.heading),
      text: markdown(`sections.${section.id}`, section.text, section.access),
    })),
    linkedOrganisations: {
      ...linked,
      notes: linked.notes.map((each) => ({
        ...each,
        note: plain(`linkedOrganisations.${each.id}`, each.note, linked.access),
      })),
    },
    sources: briefing.sources.map((source) => ({
      ...source,
      ...filled(`sources.${source.id}`, ['title', 'note'], source, plain),
    })),
  }
}

/** The texts of a picture. All but the first may be absent. */
export const imageTexts = ['alt', 'caption', 'context', 'relevance', 'provenance'] as const

/** What a briefing may give its reasons for. */
export const reasonNames = ['category', 'contentType', 'domain', 'topic', 'impact', 'confidence'] as const

/** The texts of a part that it has, mapped. */
function filled<Name extends string, Fields extends { readonly [name in Name]?: string }>(
  part: string,
  names: readonly Name[],
  fields: Fields,
  to: Fill,
): Pick<Fields, Name> {
  const texts = names.flatMap((name) => {
    const text = fields[name]
    return text === undefined ? [] : [[name, to(`${part}.${name}`, text)]]
  })
  return Object.fromEntries(texts) as Pick<Fields, Name>
}

/**
 * The part of the page that a segment is in. It is also the anchor of links to it: `sources` for
 * `sources.cma-decision.note`, `body.competition-boundary` for that paragraph and its heading.
 */
export function partOf(segmentId: string): string {
  const [group = segmentId, item] = segmentId.split('.')
  return (group === 'body' || group === 'sections') && item !== undefined ? `${group}.${item}` : group
}

/** The lists whose items have texts. */
const lists: readonly string[] = ['keyPoints', 'body', 'affectedAreas', 'watch', 'sections', 'linkedOrganisations', 'sources']

/** Whether a segment is of an item of a list. Such an item can be added, removed and renamed. */
export function isOfItem(segmentId: string): boolean {
  const [list = '', item] = segmentId.split('.')
  return item !== undefined && lists.includes(list)
}

/** Texts outside lists that a briefing may lack. */
const optional: readonly string[] = [
  'topic',
  'opening',
  'context',
  'event.name',
  'event.signalType',
  ...imageTexts.map((name) => `image.${name}`),
  ...reasonNames.map((name) => `reasons.${name}`),
]

/** Whether a briefing may have a segment at one time and not at another. */
export const mayBeAbsent = (segmentId: string): boolean => isOfItem(segmentId) || optional.includes(segmentId)

/** The item of a list that a segment is of: `body.delay` for `body.delay.heading`. */
export const itemOf = (segmentId: string): string => segmentId.split('.', 2).join('.')
