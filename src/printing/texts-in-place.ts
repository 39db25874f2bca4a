import type { Briefing } from '../briefings/briefing'
import { rankOf, type Tier } from '../briefings/vocabulary'
import type { LinkedOrganisations, Reading, Section, Text } from '../editions/reading'

/** The text of a segment that the tier may read. */
type At = (id: string) => Text

type Texts = Pick<
  Reading,
  | 'topic'
  | 'title'
  | 'summary'
  | 'keyPoints'
  | 'image'
  | 'reasons'
  | 'body'
  | 'event'
  | 'affectedAreas'
  | 'context'
  | 'watch'
  | 'sections'
  | 'linkedOrganisations'
  | 'sources'
>

/** The number of words in a text. */
type Count = (text: string) => number

/** All texts of a reading in their places, with the facts around them. Of texts above the tier only the size is given. */
export function textsInPlace(briefing: Briefing, tier: Tier, at: At, count: Count): Texts {
  const items = (group: string, list: readonly { id: string }[]) => list.map(({ id }) => ({ id, text: at(`${group}.${id}`) }))
  return {
    topic: at('topic'),
    title: at('title'),
    summary: at('summary'),
    keyPoints: items('keyPoints', briefing.keyPoints),
    image: imageOf(briefing, at),
    reasons: reasonsOf(at),
    body: briefing.body.map(({ id }) => ({ id, heading: at(`body.${id}.heading`), text: at(`body.${id}`) })),
    event: { name: at('event.name'), signalType: at('event.signalType') },
    affectedAreas: items('affectedAreas', briefing.affectedAreas),
    context: at('context'),
    watch: items('watch', briefing.watch),
    sections: briefing.sections.map((section) => sectionOf(section, tier, at, count)),
    linkedOrganisations: linkedOf(briefing, tier, at),
    sources: sourcesOf(briefing, at),
  }
}

const imageOf = ({ image }: Briefing, at: At): Texts['image'] => ({
  ...image,
  alt: at('image.alt'),
  caption: at('image.caption'),
  context: at('image.context'),
  relevance: at('image.relevance'),
  provenance: at('image.provenance'),
})

const reasonsOf = (at: At): Texts['reasons'] => ({
  category: at('reasons.category'),
  contentType: at('reasons.contentType'),
  domain: at('reasons.domain'),
  topic: at('reasons.topic'),
  impact: at('reasons.impact'),
  confidence: at('reasons.confidence'),
})

const opens = (held: Tier, needed: Tier) => rankOf(held) >= rankOf(needed)

function sectionOf({ id, access, text }: Briefing['sections'][number], tier: Tier, at: At, count: Count): Section {
  const shown = { id, access, heading: at(`sections.${id}.heading`) }
  return opens(tier, access)
    ? { ...shown, locked: false, text: at(`sections.${id}`) }
    : { ...shown, locked: true, words: count(text) }
}

function linkedOf({ linkedOrganisations: { access, notes } }: Briefing, tier: Tier, at: At): LinkedOrganisations {
  const shown = { access, count: notes.length }
  if (!opens(tier, access)) return { ...shown, locked: true }
  return {
    ...shown,
    locked: false,
    notes: notes.map(({ id, name }) => ({ id, name, note: at(`linkedOrganisations.${id}`) })),
  }
}

const sourcesOf = ({ sources }: Briefing, at: At): Texts['sources'] =>
  sources.map(({ id, url, risk }) => ({
    id,
    url,
    risk,
    title: at(`sources.${id}.title`),
    note: at(`sources.${id}.note`),
  }))
