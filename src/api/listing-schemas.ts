import * as z from 'zod'
import { briefingSchema } from '../briefings/briefing'
import { standings } from '../editions/standing'
import { count, instant, localeTag, name, text } from './parts'
import { address, grade, regions, resolution, shownText } from './reading-schemas'

const { kind, category, domain, impact, confidence } = briefingSchema.shape

const listed = name(
  'ListedBriefing',
  'A briefing in a list.',
  z.object({
    url: address,
    slug: text,
    resolution,
    title: shownText,
    summary: shownText,
    topic: shownText,
    publishedAt: instant,
    minutes: count,
    kind,
    category,
    domain,
    impact,
    confidence,
    grade,
    regions,
  }),
)

export const briefings = name(
  'Briefings',
  'A page of the briefings that there are for readers of one language: those in it first, then the newest.',
  z.object({ asked: localeTag, briefings: z.array(listed) }),
)

export const editions = name(
  'Editions',
  'The languages in which a briefing can be asked for, with what is served to whoever does.',
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
  'A page of what was found: in the language asked for first, then in what its readers are served instead.',
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
        category,
        domain,
        impact,
        confidence,
        regions,
      }),
    ),
    suggestion: text.nullable().describe('What was typed with its slips mended, where nothing was found.'),
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
        fallback: z.array(localeTag).describe('What its readers would rather read than the source, best first.'),
        coverage: z.array(z.object({ standing: z.enum(standings), briefings: count })).describe('How many briefings stand how.'),
      }),
    ),
  }),
)
