import * as z from 'zod'
import { briefingFileSchema } from '../briefings/briefing'
import { says } from '../language/schema'
import { glossarySchema } from '../translations/glossary'
import { outcomes } from '../translations/intake'
import { localeFileSchema, translationStates } from '../translations/translation'
import { complaint, count, instant, localeTag, name, text } from './parts'

export const glossary = name('Glossary', 'How terms of the English are rendered in one language.', glossarySchema)

export const memory = name(
  'Memory',
  'How English like this was translated before, the most alike first.',
  z.object({
    locale: localeTag,
    text,
    candidates: z.array(z.object({ source: text, target: text, score: z.int().min(0).max(100) })),
  }),
)

const ids = z.array(text)

export const status = name(
  'Status',
  'Where translations stand: an item for each briefing and language.',
  z.array(
    z.object({
      slug: text,
      locale: localeTag,
      state: z.enum([...translationStates, 'none']),
      coverage: z.number().min(0).max(1),
      missing: ids,
      behind: z.object({ typo: ids, minor: ids, material: ids }).describe('Segments whose English has changed since.'),
      machine: ids.describe('Segments that a machine drafted and no person has taken over.'),
      words: count.describe('English words still to be translated.'),
      demand: count.describe('How often readers were shown another language for want of it: this month and the last.'),
      requests: count.describe('How many readers wait to be told that it is there.'),
      reports: count.describe('Reports of readers that nobody has closed.'),
    }),
  ),
)

export const packReceipt = name(
  'PackReceipt',
  'What became of each text of a returned file.',
  z.object({
    slug: text,
    locale: localeTag,
    lines: z.array(
      z.object({
        segment: text,
        outcome: z.enum(outcomes),
        reason: text.exactOptional().describe('Why it was not taken in, or not as it came, in English.'),
        complaint: complaint.exactOptional(),
      }),
    ),
    isSaved: z.boolean(),
    isBackInReview: z.literal(true).exactOptional(),
  }),
)

export const localeFile = name(
  'LocaleFile',
  'A translation as a file in `locales/<tag>/briefings` holds it. An empty text is not translated.',
  localeFileSchema,
)

export const translations = name(
  'Translations',
  'A page of the briefings with the revisions of their translation into one language, in the order of their slugs.',
  z.object({
    locale: localeTag,
    translations: z.array(
      z.object({
        slug: briefingFileSchema.shape.slug,
        revision: count.describe('0: there is none yet.'),
        sourceRevision: z.int().min(1),
        state: z.enum([...translationStates, 'none']),
        etag: text.describe('What `If-Match` is sent with to change it.'),
      }),
    ),
  }),
)

export const source = name(
  'Source',
  'A briefing as a file in `db/briefings` holds it: its present English and facts, and how it came to them.',
  z.strictObject({
    briefing: briefingFileSchema,
    translations: z
      .array(localeFile)
      .max(50)
      .refine((files) => new Set(files.map(({ locale }) => locale)).size === files.length, says('api.translations'))
      .optional()
      .describe('Locale files to be loaded in the same write. Not in answers.'),
  }),
)

export const sources = name(
  'Sources',
  'A page of the briefings of any state, in the order of their slugs.',
  z.object({
    sources: z.array(
      z.object({
        id: text,
        slug: text,
        state: z.enum(['draft', 'published']),
        publishedAt: instant,
        revision: z.int().min(1),
        etag: text.describe('What `If-Match` is sent with to change it.'),
      }),
    ),
  }),
)

export const loadReceipt = name(
  'LoadReceipt',
  'What loading did to a briefing.',
  z.object({
    slug: text,
    outcome: z.enum(['new', 'changed', 'unchanged']),
    isPublic: z.boolean().describe('Whether readers can see it now.'),
    behind: z.array(localeTag).describe('Languages whose file holds what the store had once and has moved on from.'),
  }),
)
