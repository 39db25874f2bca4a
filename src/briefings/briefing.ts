import * as z from 'zod'
import { isRegion } from '../language/locale'
import { flawIn } from '../language/text'
import { significances, tiers, vocabulary } from './vocabulary'

/** What a segment may measure, in UTF-16 units: a line of text, or a passage of Markdown. */
export const lineMax = 600
export const passageMax = 20_000

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens')
  .max(60)
const textUpTo = (max: number) =>
  z
    .string({ error: 'expected a text' })
    .superRefine((text, context) => {
      const flaw = text.trim() === '' ? 'expected a text' : text.length > max ? `is longer than ${max} characters` : flawIn(text)
      if (flaw) context.addIssue({ code: 'custom', message: flaw })
    })
    .meta({ minLength: 1, maxLength: max }) // What of this a JSON Schema can say.
const line = textUpTo(lineMax).refine((text) => !text.includes('\n'), 'expected a single line')
const passage = textUpTo(passageMax)
/** In whole seconds of UTC, so that times compare as they are written. */
const instant = z.iso.datetime({ precision: 0, error: 'expected a time such as 2024-02-26T08:00:00Z' })
const region = z.string().refine(isRegion, 'expected a CLDR region code such as FR, EU or 001')
const webAddress = z
  .string()
  .max(2000)
  .refine(
    (text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text) && flawIn(text) === undefined,
    'expected an http or https address',
  )
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `expected ${inWords(words)}` })

/** A list whose members carry ids; the id, never the position, is what a segment is known by. */
const listed = <Item extends z.ZodType<{ id: string }>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .superRefine((items, context) => {
      const seen = new Set<string>()
      for (const [index, each] of items.entries()) {
        if (seen.has(each.id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${each.id}" is used twice` })
        seen.add(each.id)
      }
    })

const image = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.(svg|png|jpg|webp)$/, 'expected the name of a file in db/images'),
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
  origin: oneOf(vocabulary.imageOrigin),
  by: line,
  alt: line,
  caption: line,
  context: line,
  relevance: line,
  provenance: line,
})

/** One state of a briefing: its facts, and its text in the source language where each piece belongs. */
export const briefingSchema = z.strictObject({
  kind: oneOf(vocabulary.kind),
  classification: oneOf(vocabulary.classification),
  category: oneOf(vocabulary.category),
  contentType: oneOf(vocabulary.contentType),
  domain: oneOf(vocabulary.domain),
  impact: oneOf(vocabulary.impact),
  confidence: z.number({ error: 'expected a number from 0 to 1' }).min(0).max(1),
  regions: z.array(region).min(1).max(20),
  operationalRelevance: oneOf(vocabulary.relevance),
  timeHorizon: oneOf(vocabulary.horizon),
  byline: z.array(line).min(1).max(10),
  organisations: listed(z.strictObject({ id, name: line }), 20),
  topic: line,
  title: line,
  summary: line,
  keyPoints: listed(z.strictObject({ id, text: line }), 12),
  image,
  sources: listed(z.strictObject({ id, title: line, url: webAddress, risk: oneOf(vocabulary.risk), note: line }), 60),
  reasons: z.strictObject({
    category: line,
    contentType: line,
    domain: line,
    topic: line,
    impact: line,
    confidence: line,
  }),
  body: listed(z.strictObject({ id, heading: line, text: passage }), 80),
  event: z.strictObject({ name: line, signalType: line }),
  affectedAreas: listed(z.strictObject({ id, text: line }), 30),
  context: passage,
  watch: listed(z.strictObject({ id, text: line }), 30),
  sections: listed(z.strictObject({ id, access: oneOf(tiers), heading: line, text: passage }), 20),
  linkedOrganisations: z.strictObject({
    access: oneOf(tiers),
    notes: listed(z.strictObject({ id, name: line, note: line }), 60),
  }),
})

/** One state of a briefing's English and its facts. */
export type Briefing = z.infer<typeof briefingSchema>

const revisionSchema = z.strictObject({
  revision: z.int().min(1),
  savedAt: instant,
  significance: oneOf(significances),
  /** Segment id → how much its own change matters, where that is not what the revision says of itself. */
  significances: z.record(z.string().max(200), oneOf(significances)).optional(),
  note: line,
  replaced: z.record(z.string().max(200), passage.nullable()),
})

/** A briefing as a file in `db/briefings` holds it: identity, address, publication, its present state, and how it came to it. */
export const briefingFileSchema = briefingSchema.extend({
  id,
  slug: id.refine((slug) => slug !== 'site', 'is the name of the site’s own words: choose another'),
  formerSlugs: z.array(id).max(20),
  state: oneOf(['draft', 'published']),
  publishedAt: instant,
  revisions: z.array(revisionSchema).min(1).max(200),
})

export type BriefingFile = z.infer<typeof briefingFileSchema>

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
