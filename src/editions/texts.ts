import type { Tier } from '../briefings/vocabulary'
import type { Item, Reading, Text } from './reading'

/** A text of a reading, with its segment's id and the tier that may read it. */
export interface ReadText {
  readonly id: string
  readonly access: Tier
  readonly text: Text
}

/** Every text of a reading, in the order of the page. A reading has no text that is locked to its reader. */
export function textsOf(reading: Reading): readonly ReadText[] {
  const { image, linkedOrganisations: linked } = reading
  const at = (id: string, text: Text, access: Tier = 'public') => ({ id, access, text })
  const group = (name: string, items: readonly Item[]) => items.map(({ id, text }) => at(`${name}.${id}`, text))
  return [
    at('title', reading.title),
    at('topic', reading.topic),
    at('summary', reading.summary),
    ...group('keyPoints', reading.keyPoints),
    at('image.alt', image.alt),
    at('image.caption', image.caption),
    at('image.context', image.context),
    at('image.relevance', image.relevance),
    at('image.provenance', image.provenance),
    ...reading.body.flatMap(({ id, heading, text }) => [at(`body.${id}.heading`, heading), at(`body.${id}`, text)]),
    at('event.name', reading.event.name),
    at('event.signalType', reading.event.signalType),
    ...group('affectedAreas', reading.affectedAreas),
    at('context', reading.context),
    ...group('watch', reading.watch),
    ...Object.entries(reading.reasons).map(([name, text]) => at(`reasons.${name}`, text)),
    ...reading.sources.flatMap(({ id, title, note }) => [at(`sources.${id}.title`, title), at(`sources.${id}.note`, note)]),
    ...reading.sections.flatMap((section) => [
      at(`sections.${section.id}.heading`, section.heading),
      ...(section.locked ? [] : [at(`sections.${section.id}`, section.text, section.access)]),
    ]),
    ...(linked.locked ? [] : linked.notes.map(({ id, note }) => at(`linkedOrganisations.${id}`, note, linked.access))),
  ]
}
