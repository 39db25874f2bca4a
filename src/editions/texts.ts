import { imageTexts } from '../briefings/segments'
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
  const { event, linkedOrganisations: linked } = reading
  const at = (id: string, text: Text, access: Tier = 'public') => ({ id, access, text })
  const ifThere = (id: string, text: Text | undefined) => (text ? [at(id, text)] : [])
  const group = (name: string, items: readonly Item[]) => items.map(({ id, text }) => at(`${name}.${id}`, text))
  return [
    at('title', reading.title),
    ...ifThere('topic', reading.topic),
    at('summary', reading.summary),
    ...ifThere('opening', reading.opening),
    ...group('keyPoints', reading.keyPoints),
    ...imageTexts.flatMap((name) => ifThere(`image.${name}`, reading.image?.[name])),
    ...reading.body.flatMap(({ id, heading, text }) => [at(`body.${id}.heading`, heading), at(`body.${id}`, text)]),
    ...(event ? [at('event.name', event.name), at('event.signalType', event.signalType)] : []),
    ...group('affectedAreas', reading.affectedAreas),
    ...ifThere('context', reading.context),
    ...group('watch', reading.watch),
    ...Object.entries(reading.reasons ?? {}).map(([name, text]) => at(`reasons.${name}`, text)),
    ...reading.sources.flatMap(({ id, title, note }) => [
      at(`sources.${id}.title`, title),
      ...ifThere(`sources.${id}.note`, note),
    ]),
    ...reading.sections.flatMap((section) => [
      at(`sections.${section.id}.heading`, section.heading),
      ...(section.locked ? [] : [at(`sections.${section.id}`, section.text, section.access)]),
    ]),
    ...(linked.locked ? [] : linked.notes.map(({ id, note }) => at(`linkedOrganisations.${id}`, note, linked.access))),
  ]
}
