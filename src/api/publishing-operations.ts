import * as z from 'zod'
import { releaseActs, releaseStates } from '../releases/release'
import { shownWarnings } from './newsroom-schemas'
import type { Operation } from './operation'
import { bySlug, bySlugAndLocale, complaint, count, dryRun, instant, limit, localeTag, name, text } from './parts'

const zone = text.exactOptional().describe('The newsroom’s time zone, in which a time without an offset is read.')

const publication = name(
  'Publication',
  'What became of an act of publication.',
  z.object({
    slug: text,
    locales: z.array(localeTag).describe('The languages that readers got, or lost. Empty: there was nothing to do.'),
    isPublic: z.boolean().describe('Whether readers can see the briefing now.'),
    scheduled: z
      .object({ release: text, dueAt: instant, zone })
      .exactOptional()
      .describe('With `at`: the release that was scheduled. Until it is due, readers keep what they have.'),
    cancelled: z.array(text).exactOptional().describe('The ids of scheduled or held releases that this act cancelled, if any.'),
    warnings: shownWarnings,
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
  z.strictObject({ why: text.optional().describe('In English, for readers: up to 600 characters. It may be left out.') }),
)

const release = name(
  'Release',
  'What is to happen to readers’ texts at a time, together or not at all.',
  z.object({
    id: text,
    name: text.describe('Of a scheduled publication, the slug of its briefing.'),
    state: z.enum(releaseStates).describe('`held`: it was not ready when it was due, so nothing happened. `reasons` says why.'),
    dueAt: instant.nullable(),
    madeAt: instant,
    by: text.describe('The name of the token that scheduled it, or of what else did.'),
    endedAt: instant.nullable().describe('When it was published, held or cancelled.'),
    why: text,
    reasons: z.array(z.object({ reason: text.describe('In English.'), complaint })),
    items: z.array(z.object({ locale: localeTag, act: z.enum(releaseActs), revision: z.int() })),
  }),
)

const releases = name('Releases', 'A page of releases, those made last first.', z.object({ releases: z.array(release), zone }))

const later = {
  at: z
    .string()
    .max(40)
    .optional()
    .describe(
      'Do it at this time: with an offset, as `2026-12-01T09:00Z`, or a local time in the newsroom’s zone. At least one minute ahead.',
    ),
}
const reasoned = { ...later, why: z.string().max(2000).optional().describe('The reason, for the log: up to 600 characters.') }

const toRemove = name(
  'ToRemove',
  'That a briefing is to be removed for good.',
  z.strictObject({
    why: text.describe('For the log, which nobody can change: do not repeat what is to be removed. Up to 600 characters.'),
    confirm: text.optional().describe('The slug once more. A dry run does without it, but refuses another one.'),
  }),
)

const removal = name(
  'Removal',
  'What was removed with a briefing, or what would be.',
  z.object({
    slug: text,
    revisions: count.describe('Revisions of the English.'),
    locales: z.array(localeTag).describe('The languages that it was translated into.'),
    pages: count.describe('The pages that readers had.'),
    pictures: count.describe('The pictures for sharing it.'),
    comments: count,
    reports: count,
    followers: count,
  }),
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
    description:
      'In the named languages, all or none, now or at a time. Refused where one of them is not ready, with every reason.',
    access: 'publish',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun, ...reasoned }),
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
    query: z.object({ 'dry-run': dryRun, ...reasoned }),
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
    query: z.object({ 'dry-run': dryRun, ...later }),
    body: {
      description: 'What readers are told. It may be left out.',
      schema: reason,
      bytesMax,
      isOptional: true,
    },
    answers: done,
  },
  listReleases: {
    method: 'GET',
    path: '/api/v1/releases',
    tag: 'Publishing',
    summary: 'What is scheduled, and what became of it',
    description: 'In the languages that the token gives access to.',
    access: 'publish',
    query: z.object({
      state: z.enum(releaseStates).optional().describe('Only releases in this state. Without it: scheduled and held ones.'),
      after: z.string().max(40).describe('The page begins after the release with this id.').default(''),
      limit: limit.max(50).describe('How many releases.').default(50),
    }),
    answers: { 200: { description: 'A page of releases; `Link` leads to the next.', content: { schema: releases } } },
  },
  cancelRelease: {
    method: 'POST',
    path: '/api/v1/releases/{id}/cancel',
    tag: 'Publishing',
    summary: 'Cancel a release that is scheduled or held',
    description: 'Readers keep what they have.',
    access: 'publish',
    params: z.object({ id: z.string().max(40).describe('The id of the release.') }),
    query: z.object({ 'dry-run': dryRun }),
    answers: { 200: { description: 'The release.', content: { schema: release } } },
  },
  remove: {
    method: 'POST',
    path: '/api/v1/remove/{slug}',
    tag: 'Publishing',
    summary: 'Remove a briefing for good',
    description:
      'With its history, translations, pages, pictures, comments, reports and followers. Only a backup brings it back. Its addresses ' +
      'answer 410 and are not used again. A dry run says what would go.',
    access: 'publish',
    params: bySlug,
    query: z.object({ 'dry-run': dryRun }),
    body: {
      description: 'Why, and a confirmation.',
      schema: toRemove,
      bytesMax,
    },
    answers: { 200: { description: 'What was removed with it.', content: { schema: removal } } },
  },
} as const satisfies Readonly<Record<string, Operation>>
