import type { Briefing } from './briefing'
import { rankOf, type Tier } from './vocabulary'

/** The smallest piece of text that is translated. Its id never depends on its position. */
export interface Segment {
  readonly id: string
  readonly kind: 'plain' | 'markdown'
  readonly access: Tier
  readonly text: string
}

/** The segments of a briefing in reading order: all, or those that a tier may read. */
export function segmentsOf(briefing: Briefing, tier: Tier = 'alliance'): readonly Segment[] {
  const segments: Segment[] = []
  mapSegments(briefing, (segment) => {
    if (rankOf(segment.access) <= rankOf(tier)) segments.push(segment)
    return segment.text
  })
  return segments
}

/** The briefing with the text of each segment mapped by `to`. Only this function says which of its texts are segments. */
export function mapSegments(briefing: Briefing, to: (segment: Segment) => string): Briefing {
  const plain = (id: string, text: string, access: Tier = 'public') => to({ id, kind: 'plain', access, text })
  const markdown = (id: string, text: string, access: Tier = 'public') => to({ id, kind: 'markdown', access, text })
  const { image, reasons, event, linkedOrganisations: linked } = briefing
  return {
    ...briefing,
    topic: plain('topic', briefing.topic),
    title: plain('title', briefing.title),
    summary: plain('summary', briefing.summary),
    keyPoints: briefing.keyPoints.map((point) => ({ ...point, text: plain(`keyPoints.${point.id}`, point.text) })),
    image: {
      ...image,
      alt: plain('image.alt', image.alt),
      caption: plain('image.caption', image.caption),
      context: plain('image.context', image.context),
      relevance: plain('image.relevance', image.relevance),
      provenance: plain('image.provenance', image.provenance),
    },
    reasons: {
      category: plain('reasons.category', reasons.category),
      contentType: plain('reasons.contentType', reasons.contentType),
      domain: plain('reasons.domain', reasons.domain),
      topic: plain('reasons.topic', reasons.topic),
      impact: plain('reasons.impact', reasons.impact),
      confidence: plain('reasons.confidence', reasons.confidence),
    },
    body: briefing.body.map((part) => ({
      ...part,
      heading: plain(`body.${part.id}.heading`, part.heading),
      text: markdown(`body.${part.id}`, part.text),
    })),
    event: {
      name: plain('event.name', event.name),
      signalType: plain('event.signalType', event.signalType),
    },
    affectedAreas: briefing.affectedAreas.map((area) => ({ ...area, text: plain(`affectedAreas.${area.id}`, area.text) })),
    context: markdown('context', briefing.context),
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
      title: plain(`sources.${source.id}.title`, source.title),
      note: plain(`sources.${source.id}.note`, source.note),
    })),
  }
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

/** The item of a list that a segment is of: `body.delay` for `body.delay.heading`. */
export const itemOf = (segmentId: string): string => segmentId.split('.', 2).join('.')
