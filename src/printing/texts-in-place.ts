import type { Briefing } from '../briefings/briefing'
import { reasonNames, type Sight, sees } from '../briefings/segments'
import type { Image, LinkedOrganisations, Reading, Section, Text } from '../editions/reading'
import { given } from '../language/given'

/** The text of a segment that is in sight. */
type At = (id: string) => Text

type Texts = Pick<
  Reading,
  | 'topic'
  | 'title'
  | 'summary'
  | 'opening'
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

/** All texts of a reading in their places, with the facts around them. Of texts out of sight only the size is given. */
export function textsInPlace(briefing: Briefing, sight: Sight, at: At, count: Count): Texts {
  const items = (group: string, list: readonly { id: string }[]) => list.map(({ id }) => ({ id, text: at(`${group}.${id}`) }))
  const { topic, opening, image, reasons, event, context } = briefing
  return given({
    topic: topic === undefined ? undefined : at('topic'),
    title: at('title'),
    summary: at('summary'),
    opening: opening === undefined ? undefined : at('opening'),
    keyPoints: items('keyPoints', briefing.keyPoints),
    image: image && pictureOf(image, at),
    reasons: reasons && textsOf('reasons', reasonNames, reasons, at),
    body: briefing.body.map(({ id }) => ({ id, heading: at(`body.${id}.heading`), text: at(`body.${id}`) })),
    event: event && { name: at('event.name'), signalType: at('event.signalType') },
    affectedAreas: items('affectedAreas', briefing.affectedAreas),
    context: context === undefined ? undefined : at('context'),
    watch: items('watch', briefing.watch),
    sections: briefing.sections.map((section) => sectionOf(section, sight, at, count)),
    linkedOrganisations: linkedOf(briefing, sight, at),
    sources: sourcesOf(briefing, at),
  })
}

const pictureTexts = ['caption', 'context', 'relevance', 'provenance'] as const

const pictureOf = (image: NonNullable<Briefing['image']>, at: At): Image => {
  const { file, width, height, origin, by } = image
  return { file, width, height, origin, by, alt: at('image.alt'), ...textsOf('image', pictureTexts, image, at) }
}

/** Those of these texts that a part has. */
const textsOf = <Name extends string>(
  part: string,
  names: readonly Name[],
  fields: { readonly [name in Name]?: string },
  at: At,
): { readonly [name in Name]?: Text } =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, at(`${part}.${name}`)]]))) as {
    readonly [name in Name]?: Text
  }

function sectionOf({ id, access, text }: Briefing['sections'][number], sight: Sight, at: At, count: Count): Section {
  const shown = { id, access, heading: at(`sections.${id}.heading`) }
  return sees(sight, access)
    ? { ...shown, locked: false, text: at(`sections.${id}`) }
    : { ...shown, locked: true, words: count(text) }
}

function linkedOf({ linkedOrganisations: { access, notes } }: Briefing, sight: Sight, at: At): LinkedOrganisations {
  const shown = { access, count: notes.length }
  if (!sees(sight, access)) return { ...shown, locked: true }
  return {
    ...shown,
    locked: false,
    notes: notes.map(({ id, name }) => ({ id, name, note: at(`linkedOrganisations.${id}`) })),
  }
}

const sourcesOf = ({ sources }: Briefing, at: At): Texts['sources'] =>
  sources.map(({ id, url, risk, note }) =>
    given({
      id,
      url,
      risk,
      title: at(`sources.${id}.title`),
      note: note === undefined ? undefined : at(`sources.${id}.note`),
    }),
  )
