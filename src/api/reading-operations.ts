import * as z from 'zod'
import { standings } from '../editions/standing'
import { briefings, editions, locales, results } from './listing-schemas'
import type { Operation } from './operation'
import { bySlug, flag, localeTag } from './parts'
import { answer } from './reading-schemas'

const cursor = z.string().max(100).describe('Where the page begins, from the `Link` of the page before.').optional()
const askedLocale = localeTag
  .describe(
    'The reader’s language, as the site spells it or near that: `zh-CN` finds `zh-Hans`. Without it, `Accept-Language` decides.',
  )
  .optional()

const word = z.string().min(1).max(60)

const filters = {
  category: word.describe('The category of the event, a word of the site.').optional(),
  domain: word.describe('The primary domain, a word of the site.').optional(),
  impact: word.describe('The impact, a word of the site.').optional(),
  region: z.string().max(3).describe('A CLDR region code, such as FR or 150.').optional(),
  standing: z.enum(standings).describe('The state of the translation into the language asked for.').optional(),
  only: flag.describe('Only briefings in the language asked for.'),
}

/** What readers see, for programs. */
export const readingOperations = {
  listLocales: {
    method: 'GET',
    path: '/api/v1/locales',
    tag: 'Reading',
    summary: 'The languages of the site',
    description:
      'Each with its own name, its state, its fallback languages, and the number of briefings in each state of translation.',
    access: 'open',
    isTagged: true,
    answers: { 200: { description: 'The languages, in the order of the site.', content: { schema: locales } } },
  },
  listBriefings: {
    method: 'GET',
    path: '/api/v1/briefings',
    tag: 'Reading',
    summary: 'Briefings for readers of one language',
    description:
      'First the briefings in their language, then those served in another, each newest first. The filters are those of the index.',
    access: 'open',
    query: z.object({ locale: askedLocale, ...filters, after: cursor }),
    isTagged: true,
    answers: { 200: { description: 'A page of briefings; `Link` leads to the next.', content: { schema: briefings } } },
  },
  getBriefing: {
    method: 'GET',
    path: '/api/v1/briefings/{slug}',
    tag: 'Reading',
    summary: 'A briefing for readers of one language',
    description:
      'In the language asked for. If there is no translation, it is in another language, and `resolution` and `notice` say so. A token that may read texts for members gets these too.',
    access: 'open',
    params: bySlug,
    query: z.object({ locale: askedLocale }),
    isTagged: true,
    leadsOn: true,
    answers: { 200: { description: 'The briefing.', content: { schema: answer } } },
  },
  listEditions: {
    method: 'GET',
    path: '/api/v1/briefings/{slug}/editions',
    tag: 'Reading',
    summary: 'The languages of a briefing',
    description: 'What readers of each language of the site get, and whether it matches the current English.',
    access: 'open',
    params: bySlug,
    isTagged: true,
    leadsOn: true,
    answers: { 200: { description: 'The editions.', content: { schema: editions } } },
  },
  search: {
    method: 'GET',
    path: '/api/v1/search',
    tag: 'Reading',
    summary: 'Find briefings by their words',
    description: 'Works like the search of the site. Only quotation marks and a minus sign have a special meaning.',
    access: 'open',
    query: z.object({
      q: z.string().max(1000).describe('The search text.').default(''),
      locale: askedLocale,
      ...filters,
      after: cursor,
    }),
    answers: { 200: { description: 'A page of results; `Link` leads to the next.', content: { schema: results } } },
  },
} as const satisfies Readonly<Record<string, Operation>>
