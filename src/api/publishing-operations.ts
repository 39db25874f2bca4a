import * as z from 'zod'
import type { Operation } from './operation'
import { bySlug, bySlugAndLocale, dryRun, localeTag, name, text } from './parts'

const publication = name(
  'Publication',
  'What became of an act of publication.',
  z.object({
    slug: text,
    locales: z.array(localeTag).describe('The languages that readers got, or lost. Empty: there was nothing to do.'),
    isPublic: z.boolean().describe('Whether readers can see the briefing now.'),
  }),
)

const toPublish = name(
  'ToPublish',
  'What is to be published of a briefing.',
  z.strictObject({ locales: z.array(localeTag).min(1).max(100) }),
)

const reason = name(
  'Reason',
  'Why a briefing is taken back.',
  z.strictObject({ why: text.describe('In English, for readers: up to 600 characters. It may be empty.') }),
)

const bytesMax = 10_000
const done = { 200: { description: 'What became of it.', content: { schema: publication } } } as const

/** What decides what readers have. */
export const publishingOperations = {
  publish: {
    method: 'POST',
    path: '/api/v1/publish/{slug}',
    tag: 'Publishing',
    summary: 'Publish the newest revisions of a briefing',
    description: 'In the named languages, all or none. Refused where one of them is not ready, with every reason.',
    access: 'publish',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun }),
    body: {
      description: 'The languages. The source language stands for the English.',
      schema: toPublish,
      bytesMax,
    },
    answers: done,
  },
  withdraw: {
    method: 'POST',
    path: '/api/v1/withdraw/{locale}/{slug}',
    tag: 'Publishing',
    summary: 'Withdraw a translation from readers',
    description: 'They get the English under a notice that the translation was withdrawn.',
    access: 'publish',
    params: bySlugAndLocale,
    query: z.object({ 'dry-run': dryRun }),
    answers: done,
  },
  takeBack: {
    method: 'POST',
    path: '/api/v1/take-back/{slug}',
    tag: 'Publishing',
    summary: 'Take a briefing back from readers, in every language',
    description: 'Its addresses answer 410 with the reason.',
    access: 'publish',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun }),
    body: {
      description: 'What readers are told.',
      schema: reason,
      bytesMax,
    },
    answers: done,
  },
} as const satisfies Readonly<Record<string, Operation>>
