import * as z from 'zod'
import { briefingFileSchema } from '../briefings/briefing'
import { says } from '../language/schema'
import { releaseActs, releaseStates } from '../releases/release'
import { rules } from '../translations/checks/finding'
import { glossarySchema } from '../translations/glossary'
import { outcomes } from '../translations/merge'
import { havings } from '../translations/progress'
import { localeFileSchema } from '../translations/translation'
import { translationStates } from '../translations/vocabulary'
import { complaint, count, instant, localeTag, name, text } from './parts'

export const glossary = name('Glossary', 'How to translate English terms into one language.', glossarySchema)

export const memory = name(
  'Memory',
  'Earlier translations of similar English, the most similar first.',
  z.object({
    locale: localeTag,
    text,
    candidates: z.array(z.object({ source: text, target: text, score: z.int().min(0).max(100) })),
  }),
)

const ids = z.array(text)

const warning = {
  rule: z.enum(rules).describe('What the check looks at.'),
  reason: text.describe('What a person should look at, in English.'),
  complaint,
}

/** What the checks say of texts that readers get. */
export const shownWarnings = z
  .array(z.object({ locale: localeTag, segment: text, ...warning }))
  .exactOptional()
  .describe('What a person should look at in all texts that readers get by this, if there is anything. It stops nothing.')
const publishedRevision = z.int().min(1).nullable().describe('The revision that readers have. `null`: none.')

export const status = name(
  'Status',
  'The state of translations: an item for each briefing and language.',
  z.array(
    z.object({
      slug: text,
      locale: localeTag,
      state: z.enum([...translationStates, 'none']),
      published: z
        .enum(havings)
        .describe(
          'What readers have of it: the newest texts, earlier ones (something newer is saved, not published) or nothing.',
        ),
      english: z.enum(havings).describe('What readers have of the English that it is compared with.'),
      coverage: z.number().min(0).max(1),
      missing: ids,
      behind: z
        .object({ typo: ids, minor: ids, material: ids })
        .describe('Segments whose English has changed since they were translated.'),
      machine: ids.describe('Segments that a machine drafted and no person has reviewed.'),
      words: count.describe('English words still to translate.'),
      demand: count.describe(
        'How often readers got another language because this translation is missing: this month and the last.',
      ),
      requests: count.describe('How many readers want to know when it is there.'),
      aside: ids.describe(
        'Segments beside which another text was set aside that waits for a decision. The next file for a translator shows it.',
      ),
      reports: count.describe('Readers’ reports that nobody has closed.'),
      scheduled: z
        .array(
          z.object({
            release: text,
            state: z.enum(releaseStates),
            act: z.enum(releaseActs),
            dueAt: instant.nullable(),
            by: text,
          }),
        )
        .exactOptional()
        .describe('What is scheduled for the translation, or was not ready when it was due (`held`).'),
    }),
  ),
)

/** What becomes of a text. */
const line = {
  segment: text,
  outcome: z.enum(outcomes),
  reason: text.exactOptional().describe('Why the text was not accepted, or what to know about it, in English.'),
  complaint: complaint.exactOptional(),
  text: text.exactOptional().describe('The text as you sent it, if it was not saved.'),
  stands: text.exactOptional().describe('The text that stays, which somebody else has changed since you got it.'),
  replaced: text.exactOptional().describe('The text that stood until now, if you did not say which one yours was made from.'),
}

export const packReceipt = name(
  'PackReceipt',
  'The outcome for each text of a returned file.',
  z.object({
    slug: text,
    locale: localeTag,
    lines: z.array(
      z.object({
        ...line,
        warnings: z
          .array(z.object(warning))
          .exactOptional()
          .describe('What a person should look at in a text that was accepted. It is saved all the same.'),
      }),
    ),
    revision: count.describe('The revision of the translation that stands now. 0 if there is none.'),
    isSaved: z.boolean(),
    isPublished: z.boolean().describe('Whether readers get what the translation says now.'),
    isWaiting: z.boolean().describe('Whether something is saved that readers get when it is published.'),
    warnings: shownWarnings,
  }),
)

export const localeFile = name(
  'LocaleFile',
  'A translation in the form of a file in `locales/<tag>/briefings`. An empty text is not translated.',
  localeFileSchema,
)

export const translations = name(
  'Translations',
  'A page of briefings with the revision of their translation into one language, in the order of their slugs.',
  z.object({
    locale: localeTag,
    translations: z.array(
      z.object({
        slug: briefingFileSchema.shape.slug,
        revision: count.describe('0 if there is none yet.'),
        published: publishedRevision,
        sourceRevision: z.int().min(1),
        state: z.enum([...translationStates, 'none']),
        etag: text.describe('Send it as `If-Match` to change the item.'),
      }),
    ),
  }),
)

export const source = name(
  'Source',
  'A briefing in the form of a file in `db/briefings`: its current English and facts, and its revisions.',
  z.strictObject({
    briefing: briefingFileSchema,
    translations: z
      .array(localeFile)
      .max(50)
      .refine((files) => new Set(files.map(({ locale }) => locale)).size === files.length, says('api.translations'))
      .optional()
      .describe('Locale files to load together with the briefing. Not in answers.'),
  }),
)

export const sources = name(
  'Sources',
  'A page of briefings in any state, in the order of their slugs.',
  z.object({
    sources: z.array(
      z.object({
        id: text,
        slug: text,
        state: z.enum(['draft', 'published']),
        publishedAt: instant,
        revision: z.int().min(1),
        published: publishedRevision,
        etag: text.describe('Send it as `If-Match` to change the item.'),
      }),
    ),
  }),
)

export const loadReceipt = name(
  'LoadReceipt',
  'What loading changed.',
  z.object({
    slug: text,
    outcome: z.enum(['new', 'changed', 'unchanged']),
    isPublic: z.boolean().describe('Whether readers can see it now.'),
    unpublished: z.array(localeTag).describe('Languages in which something was saved that readers do not have yet.'),
    behind: z.array(localeTag).describe('Languages in which the site’s translation is newer than the file.'),
    lines: z
      .array(z.object({ locale: localeTag, ...line }))
      .describe('Texts of the translations that met a change of somebody else.'),
    warnings: z
      .array(z.object({ locale: localeTag, segment: text, ...warning }))
      .describe('What a person should look at in the translations that are saved. They are saved all the same.'),
  }),
)
