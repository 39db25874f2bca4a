import * as z from 'zod'
import { complaint } from '../language/complaint'
import { isRegion } from '../language/region'
import { complain, says } from '../language/schema'
import { flawIn, flawInTextUpTo } from '../language/text'
import { hasSecret } from '../language/web-address'
import { misfitsOfBriefing, misfitsOfPage } from './forms'
import { kindOf } from './publication'
import { imageOrigins, significances } from './vocabulary'

/** The longest segment, in UTF-16 units: of a line of text, and of a passage of Markdown. */
export const lineMax = 600
export const passageMax = 20_000

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, says('schema.id'))
  .max(60)
/** A word of one of the site's lists. Whether the list has it is not a question of form (`requirements.ts`). */
const word = id.exactOptional()
const textUpTo = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .superRefine((text, context) => {
      const flaw = flawInTextUpTo(max, text)
      if (flaw) complain(context, flaw)
    })
    .meta({ minLength: 1, maxLength: max }) // The part that a JSON Schema can express.
const line = textUpTo(lineMax).refine((text) => !text.includes('\n'), says('schema.line'))
const passage = textUpTo(passageMax)
/** An instant in whole seconds of UTC, so that two can be compared as text. */
const instant = z.iso.datetime({ precision: 0, ...says('schema.instant') })
const region = z.string().refine(isRegion, says('schema.region'))
const webAddress = z
  .string()
  .max(2000)
  .refine((text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text) && flawIn(text) === undefined, says('schema.web-address'))
  .refine((text) => !hasSecret(text), says('schema.address-secret'))

/** A list whose members have ids. A segment is identified by its id, never by its position. */
const listed = <Item extends z.ZodType<{ id: string }>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .superRefine((items, context) => {
      const seen = new Set<string>()
      for (const [index, each] of items.entries()) {
        if (seen.has(each.id)) complain(context, complaint('schema.twice', { name: each.id }), [index, 'id'])
        seen.add(each.id)
      }
    })

const image = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.(svg|png|jpg|webp|avif)$/, says('schema.image')),
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
  origin: z.enum(imageOrigins),
  by: line,
  alt: line,
  caption: line.exactOptional(),
  context: line.exactOptional(),
  relevance: line.exactOptional(),
  provenance: line.exactOptional(),
})

/** Who signs a briefing: a person, as a plain name, or an organisation, which says that it is one. */
const signatory = z.union([line, z.strictObject({ organisation: line })], says('schema.byline'))

const reason = line.exactOptional()

/**
 * One state of a briefing: its facts, and its text in the source language, each piece in its place. Parts may be absent, and so are lists
 * that are empty. What a site decides is not asked here, so that what was saved once can always be read.
 */
export const briefingSchema = z.strictObject({
  /** That it is a page of the site. Without it, it is a briefing. */
  publication: z.literal('page').exactOptional(),
  kind: word,
  classification: word,
  category: word,
  contentType: word,
  domain: word,
  impact: word,
  confidence: z.number(says('schema.confidence')).min(0).max(1).exactOptional(),
  regions: z.array(region).max(20).default([]),
  operationalRelevance: word,
  timeHorizon: word,
  byline: z.array(signatory).max(10).default([]),
  organisations: listed(z.strictObject({ id, name: line }), 20).default([]),
  topic: line.exactOptional(),
  title: line,
  summary: line,
  /** What a page says above its first heading. */
  opening: passage.exactOptional(),
  keyPoints: listed(z.strictObject({ id, text: line }), 12).default([]),
  image: image.exactOptional(),
  sources: listed(z.strictObject({ id, title: line, url: webAddress, risk: word, note: line.exactOptional() }), 60).default([]),
  reasons: z
    .strictObject({ category: reason, contentType: reason, domain: reason, topic: reason, impact: reason, confidence: reason })
    .exactOptional(),
  body: listed(z.strictObject({ id, heading: line, text: passage }), 80).default([]),
  event: z.strictObject({ name: line, signalType: line }).exactOptional(),
  affectedAreas: listed(z.strictObject({ id, text: line }), 30).default([]),
  context: passage.exactOptional(),
  watch: listed(z.strictObject({ id, text: line }), 30).default([]),
  sections: listed(z.strictObject({ id, access: id, heading: line, text: passage }), 20).default([]),
  linkedOrganisations: z
    .strictObject({
      access: id,
      notes: listed(z.strictObject({ id, name: line, note: line }), 60),
    })
    .default({ access: 'public', notes: [] }),
})

/** One state of a briefing's English and its facts. */
export type Briefing = z.infer<typeof briefingSchema>

/** The lists of a briefing that has none. */
export const emptyLists: Omit<Briefing, 'title' | 'summary'> = {
  regions: [],
  byline: [],
  organisations: [],
  keyPoints: [],
  sources: [],
  body: [],
  affectedAreas: [],
  watch: [],
  sections: [],
  linkedOrganisations: { access: 'public', notes: [] },
}

const revisionSchema = z.strictObject({
  revision: z.int().min(1),
  savedAt: instant,
  significance: z.enum(significances),
  /** Segment id → how much its own change matters, if that differs from the whole revision. */
  significances: z.record(z.string().max(200), z.enum(significances)).optional(),
  note: line,
  /** Segment id → its earlier text, for each that the revision changed; `null` if it did not exist. */
  replaced: z.record(z.string().max(200), passage.nullable()).optional(),
  /** What else stood before, as far as it differs: facts, removed items, and the order (see `pastOf`). */
  before: z.record(z.string().max(60), z.unknown()).optional(),
  /** Items whose ids the revision changed, though their texts changed too: `body.delay` → `body.strike`. */
  renamed: z.record(z.string().max(100), z.string().max(100)).optional(),
})

/** A file of `briefings` or `pages`: identity, address, publication, the present state, and its history. */
export const briefingFileSchema = briefingSchema
  .extend({
    id,
    slug: id.refine((slug) => slug !== 'site' && slug !== 'newsroom', says('schema.slug')),
    formerSlugs: z.array(id).max(20).default([]),
    state: z.enum(['draft', 'published']),
    publishedAt: instant,
    revisions: z.array(revisionSchema).min(1).max(200),
  })
  .superRefine((file, context) => {
    for (const { path, complaint } of kindOf(file) === 'page' ? misfitsOfPage(file) : misfitsOfBriefing(file)) {
      complain(context, complaint, path === '' ? [] : path.split('.'))
    }
  })

export type BriefingFile = z.infer<typeof briefingFileSchema>
