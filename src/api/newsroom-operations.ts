import * as z from 'zod'
import { selections } from '../translations/outgoing'
import { packBytesMax, packFormats } from '../translations/packs/pack'
import { glossary, loadReceipt, localeFile, memory, packReceipt, source, sources, status, translations } from './newsroom-schemas'
import type { Operation } from './operation'
import { afterSlug, byLocale, bySlug, bySlugAndLocale, dryRun, flag, limit, localeTag, publishing } from './parts'

/** How large a translation, or a briefing with its translations, may be as JSON, in bytes. */
const translationBytesMax = 2_000_000
const contentBytesMax = 16_000_000

/** The media types of packs: JSON, XLIFF 2, XLIFF 1.2, PO. */
export const packTypes = [
  'application/json; charset=utf-8',
  'application/xliff+xml; charset=utf-8',
  'application/x-xliff+xml; charset=utf-8',
  'text/x-gettext-translation; charset=utf-8',
] as const

/** The operations for translators, editors and their tools. */
export const newsroomOperations = {
  getGlossary: {
    method: 'GET',
    path: '/api/v1/glossary/{locale}',
    tag: 'Translating',
    summary: 'The glossary of a language',
    description: 'How to translate English terms, and which names to keep.',
    access: 'open',
    params: byLocale,
    isTagged: true,
    answers: { 200: { description: 'The glossary.', content: { schema: glossary } } },
  },
  recall: {
    method: 'GET',
    path: '/api/v1/memory/{locale}',
    tag: 'Translating',
    summary: 'Translations of similar text from the memory',
    description: 'The memory does not know which texts are for members. It is therefore open only to those who may read them.',
    access: 'see-gated',
    params: byLocale,
    query: z.object({ text: z.string().min(1).max(5000).describe('An English text from a briefing.') }),
    answers: { 200: { description: 'The candidates.', content: { schema: memory } } },
  },
  getStatus: {
    method: 'GET',
    path: '/api/v1/status',
    tag: 'Translating',
    summary: 'The state of translations',
    description: 'Of all briefings, including drafts, in the languages that the token gives access to.',
    access: 'read',
    query: z.object({
      locale: localeTag.optional(),
      after: afterSlug,
      limit: limit.max(50).describe('How many briefings.').default(20),
    }),
    answers: { 200: { description: 'A page of items; `Link` leads to the next.', content: { schema: status } } },
  },
  getPack: {
    method: 'GET',
    path: '/api/v1/packs/{locale}/{slug}',
    tag: 'Translating',
    summary: 'A file for a translator',
    description: 'XLIFF, PO or JSON, with the English, the translations so far, and what the memory suggests.',
    access: 'read',
    params: bySlugAndLocale,
    query: z.object({
      format: z.enum(packFormats).describe('The format of the file.').default('xliff'),
      only: z.enum(selections).describe('Which texts to include.').default('all'),
      'xliff-version': z.enum(['2.1', '2.0']).describe('The version of an XLIFF 2 file.').default('2.1'),
      'copy-source': flag.describe('Put the English in place of each translation that is not done (XLIFF, for OmegaT).'),
      'without-english': flag.describe('JSON as a repository keeps it, without the English beside each text.'),
    }),
    isTagged: true,
    answers: {
      200: { description: 'The file.', content: { media: packTypes } },
      204: { description: 'No text needs work.' },
    },
  },
  sendPack: {
    method: 'POST',
    path: '/api/v1/packs',
    tag: 'Translating',
    summary: 'Send a translator’s file back',
    description:
      'Each text is checked. Those that pass are saved as one revision. The answer names the others, which stay as they were. The file itself says which English it was made from.',
    access: 'translate',
    query: z.object({
      file: z.string().max(200).describe('The name of the file. For JSON, it names the briefing.').optional(),
      'dry-run': dryRun,
      publish: publishing,
    }),
    body: {
      description: 'The file itself, in any of the formats. The site recognises the format.',
      media: ['application/octet-stream', ...packTypes],
      bytesMax: packBytesMax,
    },
    answers: { 200: { description: 'The outcome for each text.', content: { schema: packReceipt } } },
  },
  listTranslations: {
    method: 'GET',
    path: '/api/v1/translations/{locale}',
    tag: 'Translating',
    summary: 'The translations into a language, with their revisions',
    description: 'Of all briefings, including drafts. Use it to find out which of your files are out of date.',
    access: 'read',
    params: byLocale,
    query: z.object({
      after: afterSlug,
      limit: limit.max(50).describe('How many briefings.').default(50),
    }),
    answers: { 200: { description: 'A page of translations; `Link` leads to the next.', content: { schema: translations } } },
  },
  getTranslation: {
    method: 'GET',
    path: '/api/v1/translations/{locale}/{slug}',
    tag: 'Translating',
    summary: 'A translation as a locale file',
    description: 'Every segment that the token may read. A segment that is not translated is empty. Outdated segments are named.',
    access: 'read',
    params: bySlugAndLocale,
    isTagged: true,
    answers: { 200: { description: 'The locale file.', content: { schema: localeFile } } },
  },
  putTranslation: {
    method: 'PUT',
    path: '/api/v1/translations/{locale}/{slug}',
    tag: 'Translating',
    summary: 'Change a translation by sending its locale file',
    description:
      'Works like sending a translator’s file. With its ETag in `If-Match`, the file is refused if anybody has changed the translation or its English since you fetched it. With `If-Match: *`, each text is merged by itself: `revision` in the file says what it was made from, and a text that both of you have changed is a `conflict`. The state, provenance and credits in the file change nothing.',
    access: 'translate',
    params: bySlugAndLocale,
    query: z.object({ 'dry-run': dryRun, publish: publishing }),
    body: { description: 'The locale file.', schema: localeFile, bytesMax: translationBytesMax },
    isConditional: true,
    isTagged: true,
    answers: { 200: { description: 'The outcome for each text.', content: { schema: packReceipt } } },
  },
  listSources: {
    method: 'GET',
    path: '/api/v1/sources',
    tag: 'Editing',
    summary: 'All briefings, with their revisions',
    description: 'Including drafts, and briefings that are to be published later.',
    access: 'edit',
    query: z.object({
      after: afterSlug,
      limit: limit.max(99).describe('How many briefings.').default(50),
    }),
    answers: { 200: { description: 'A page of briefings; `Link` leads to the next.', content: { schema: sources } } },
  },
  getSource: {
    method: 'GET',
    path: '/api/v1/sources/{slug}',
    tag: 'Editing',
    summary: 'The English of a briefing',
    description: 'In the form of a file in `db/briefings`, with all its revisions.',
    access: 'edit',
    params: bySlug,
    isTagged: true,
    answers: { 200: { description: 'The briefing.', content: { schema: source } } },
  },
  putSource: {
    method: 'PUT',
    path: '/api/v1/sources/{slug}',
    tag: 'Editing',
    summary: 'Load a briefing, with or without translations',
    description:
      'Works like `vernacular load`: it only adds revisions and never changes them. What the files call published or approved is only saved, unless the request asks to publish it. A locale file replaces the site’s translation unless that is newer than the file (`behind`). Send a new briefing with `If-None-Match: *`.',
    access: 'edit',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun, publish: publishing }),
    body: { description: 'The briefing.', schema: source, bytesMax: contentBytesMax },
    isConditional: true,
    isTagged: true,
    answers: {
      200: { description: 'What changed.', content: { schema: loadReceipt } },
      201: { description: 'The briefing is new.', content: { schema: loadReceipt } },
    },
  },
} as const satisfies Readonly<Record<string, Operation>>
