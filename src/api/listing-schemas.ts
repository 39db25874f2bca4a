import * as z from 'zod'
import { standings } from '../editions/standing'
import { count, instant, localeTag, name, text } from './parts'
import { address, resolution, shownText, statedFacts } from './reading-schemas'

const { kind: _kind, grade: _grade, ...foundFacts } = statedFacts

const listed = name(
  'ListedBriefing',
  'A briefing in a list.',
  z.object({
    url: address,
    slug: text,
    resolution,
    title: shownText,
    summary: shownText,
    topic: shownText.exactOptional(),
    publishedAt: instant,
    minutes: count,
    ...statedFacts,
  }),
)

export const briefings = name(
  'Briefings',
  'A page of briefings for readers of one language: first those in that language, then the others, each newest first.',
  z.object({ asked: localeTag, briefings: z.array(listed) }),
)

export const editions = name(
  'Editions',
  'The languages that a briefing can be requested in, and what is served for each.',
  z.object({
    slug: text,
    editions: z.array(z.object({ url: address, resolution })),
  }),
)

const marked = z.object({
  lang: localeTag,
  dir: z.enum(['ltr', 'rtl']),
  pieces: z.array(z.object({ text, isMatch: z.boolean() })),
})

export const results = name(
  'SearchResults',
  'A page of results: first those in the language asked for, then those served in another.',
  z.object({
    asked: localeTag,
    query: text,
    results: z.array(
      z.object({
        url: address,
        slug: text,
        resolution,
        title: marked,
        excerpt: marked,
        publishedAt: instant,
        ...foundFacts,
      }),
    ),
    suggestion: text.nullable().describe('The search text with its spelling corrected, if nothing was found.'),
  }),
)

export const locales = name(
  'Locales',
  'The languages of the site.',
  z.object({
    source: localeTag,
    locales: z.array(
      z.object({
        tag: localeTag,
        name: text.describe('Its own name.'),
        dir: z.enum(['ltr', 'rtl']),
        state: z.enum(['public', 'preview']),
        fallback: z.array(localeTag).describe('The languages that its readers prefer to the source language, best first.'),
        coverage: z
          .array(z.object({ standing: z.enum(standings), briefings: count }))
          .describe('The number of briefings in each state of translation.'),
      }),
    ),
  }),
)
