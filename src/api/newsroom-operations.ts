import * as z from 'zod'
import { selections } from '../translations/outgoing'
import { packBytesMax, packFormats } from '../translations/packs/pack'
import { glossary, loadReceipt, localeFile, memory, packReceipt, source, sources, status, translations } from './newsroom-schemas'
import type { Operation } from './operation'
import { afterSlug, byLocale, bySlug, bySlugAndLocale, dryRun, flag, limit, localeTag } from './parts'

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
    description: 'How terms of the English are rendered in it, and which names stay as they are.',
    access: 'open',
    params: byLocale,
    isTagged: true,
    answers: { 200: { description: 'The glossary.', content: { schema: glossary } } },
  },
  recall: {
    method: 'GET',
    path: '/api/v1/memory/{locale}',
    tag: 'Translating',
    summary: 'What the translation memory has for a text',
    description: 'The memory does not tell whose a text was, so that only those ask it who see the texts for members.',
    access: 'see-gated',
    params: byLocale,
    query: z.object({ text: z.string().min(1).max(5000).describe('An English text, as a briefing has it.') }),
    answers: { 200: { description: 'The candidates.', content: { schema: memory } } },
  },
  getStatus: {
    method: 'GET',
    path: '/api/v1/status',
    tag: 'Translating',
    summary: 'Where translations stand',
    description: 'Of every briefing, drafts among them, in the languages that the token reaches.',
    access: 'read',
    query: z.object({
      locale: localeTag.optional(),
      after: afterSlug,
      limit: limit.max(50).describe('How many briefings.').default(20),
    }),
    answers: { 200: { description: 'A page of items; its `Link` leads to the next.', content: { schema: status } } },
  },
  getPack: {
    method: 'GET',
    path: '/api/v1/packs/{locale}/{slug}',
    tag: 'Translating',
    summary: 'A file for a translator',
    description: 'XLIFF, PO or JSON, with the English, what is translated already, and what the memory proposes.',
    access: 'read',
    params: bySlugAndLocale,
    query: z.object({
      format: z
        .enum(packFormats, { error: `expected ${packFormats.join(', ')}` })
        .describe('Of the file.')
        .default('xliff'),
      only: z
        .enum(selections, { error: `expected ${selections.join(' or ')}` })
        .describe('Which texts are in it.')
        .default('all'),
      'xliff-version': z
        .enum(['2.1', '2.0'], { error: 'expected 2.1 or 2.0' })
        .describe('Where the format is XLIFF 2.')
        .default('2.1'),
      'copy-source': flag.describe('Put the English where the translation is missing.'),
    }),
    isTagged: true,
    answers: {
      200: { description: 'The file.', content: { media: packTypes } },
      204: { description: 'Nothing in it asks for work.' },
    },
  },
  sendPack: {
    method: 'POST',
    path: '/api/v1/packs',
    tag: 'Translating',
    summary: 'Send a translator’s file back',
    description:
      'Each text of it is held against what the site has: what may be is taken in as one revision, the rest is told and left as it was. The file says itself what it was made from.',
    access: 'translate',
    query: z.object({
      file: z.string().max(200).describe('The name of the file. For JSON it says which briefing it translates.').optional(),
      'dry-run': dryRun,
    }),
    body: {
      description: 'The file itself, in any of the formats; its content tells which.',
      media: ['application/octet-stream', ...packTypes],
      bytesMax: packBytesMax,
    },
    answers: { 200: { description: 'What became of each text.', content: { schema: packReceipt } } },
  },
  listTranslations: {
    method: 'GET',
    path: '/api/v1/translations/{locale}',
    tag: 'Translating',
    summary: 'The translations into a language, by their revisions',
    description: 'Of every briefing, drafts among them: enough to know which files on one’s own disk are behind.',
    access: 'read',
    params: byLocale,
    query: z.object({
      after: afterSlug,
      limit: limit.max(50).describe('How many briefings.').default(50),
    }),
    answers: { 200: { description: 'A page of translations; its `Link` leads to the next.', content: { schema: translations } } },
  },
  getTranslation: {
    method: 'GET',
    path: '/api/v1/translations/{locale}/{slug}',
    tag: 'Translating',
    summary: 'A translation as a locale file',
    description: 'Every segment that the token sees, empty where it is not translated; what is out of date is named.',
    access: 'read',
    params: bySlugAndLocale,
    isTagged: true,
    answers: { 200: { description: 'The locale file.', content: { schema: localeFile } } },
  },
  putTranslation: {
    method: 'PUT',
    path: '/api/v1/translations/{locale}/{slug}',
    tag: 'Translating',
    summary: 'Change a translation by its locale file',
    description:
      'As if the file came back as a pack, but only where nobody has changed the translation since it was fetched. Its state, provenance and credits stay as they are.',
    access: 'translate',
    params: bySlugAndLocale,
    query: z.object({ 'dry-run': dryRun }),
    body: { description: 'The locale file.', schema: localeFile, bytesMax: translationBytesMax },
    isConditional: true,
    answers: { 200: { description: 'What became of each text.', content: { schema: packReceipt } } },
  },
  listSources: {
    method: 'GET',
    path: '/api/v1/sources',
    tag: 'Editing',
    summary: 'The briefings of any state, by their revisions',
    description: 'Drafts and those whose time has not come among them.',
    access: 'edit',
    query: z.object({
      after: afterSlug,
      limit: limit.max(99).describe('How many briefings.').default(50),
    }),
    answers: { 200: { description: 'A page of briefings; its `Link` leads to the next.', content: { schema: sources } } },
  },
  getSource: {
    method: 'GET',
    path: '/api/v1/sources/{slug}',
    tag: 'Editing',
    summary: 'The English of a briefing',
    description: 'As a file in `db/briefings` holds it, with all its revisions.',
    access: 'edit',
    params: bySlug,
    isTagged: true,
    answers: { 200: { description: 'The briefing.', content: { schema: source } } },
  },
  putSource: {
    method: 'PUT',
    path: '/api/v1/sources/{slug}',
    tag: 'Editing',
    summary: 'Load a briefing, with translations if there are any',
    description:
      'As `vernacular load` does: revisions are only added, what is there already is left as it is, and the briefing is printed. A locale file is the hand of the operator: it is taken with its state, and replaces what the site has unless the site has moved on from that very file (`behind`). A new briefing is sent with `If-None-Match: *`.',
    access: 'edit',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun }),
    body: { description: 'The briefing.', schema: source, bytesMax: contentBytesMax },
    isConditional: true,
    isTagged: true,
    answers: {
      200: { description: 'What changed.', content: { schema: loadReceipt } },
      201: { description: 'The briefing is new.', content: { schema: loadReceipt } },
    },
  },
} as const satisfies Readonly<Record<string, Operation>>
