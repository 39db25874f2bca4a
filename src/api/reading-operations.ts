import * as z from 'zod'
import { vocabulary } from '../briefings/vocabulary'
import { standings } from '../editions/standing'
import { briefings, editions, locales, results } from './listing-schemas'
import type { Operation } from './operation'
import { bySlug, flag, localeTag } from './parts'
import { answer } from './reading-schemas'

const cursor = z.string().max(100).describe('Where the page begins: as the `Link` of the one before has it.').optional()
const askedLocale = localeTag.describe('The language of the reader; without it, `Accept-Language` decides.').optional()

const filters = {
  category: z.enum(vocabulary.category).describe('What kind of event it is about.').optional(),
  domain: z.enum(vocabulary.domain).describe('Its primary domain.').optional(),
  impact: z.enum(vocabulary.impact).describe('How far it reaches.').optional(),
  region: z.string().max(3).describe('A CLDR code, such as FR or 150.').optional(),
  standing: z.enum(standings).describe('How it stands in the language asked for.').optional(),
  only: flag.describe('Only what is in the language asked for.'),
}

/** What readers see, for programs. */
export const readingOperations = {
  listLocales: {
    method: 'GET',
    path: '/api/v1/locales',
    tag: 'Reading',
    summary: 'The languages of the site',
    description: 'Each with its own name, its state, its neighbours, and how many briefings stand how in it.',
    access: 'open',
    isTagged: true,
    answers: { 200: { description: 'The languages, in the order in which they are shown.', content: { schema: locales } } },
  },
  listBriefings: {
    method: 'GET',
    path: '/api/v1/briefings',
    tag: 'Reading',
    summary: 'Briefings for readers of one language',
    description: 'Those in their language first, then what they are served instead; each newest first. Narrowed as the index is.',
    access: 'open',
    query: z.object({ locale: askedLocale, ...filters, after: cursor }),
    isTagged: true,
    answers: { 200: { description: 'A page of briefings; its `Link` leads to the next.', content: { schema: briefings } } },
  },
  getBriefing: {
    method: 'GET',
    path: '/api/v1/briefings/{slug}',
    tag: 'Reading',
    summary: 'A briefing as a reader of one language gets it',
    description:
      'The reading in the language asked for or, where there is none, in the one that is served instead: `resolution` and `notice` say so. With a token that sees the texts for members, these too.',
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
    summary: 'In which languages a briefing can be had',
    description: 'What is served to whoever asks for it in each language of the site, and how that stands to the English of now.',
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
    description:
      'As the search of the site does: whatever is typed is looked for, nothing of it is syntax but quotes and a minus.',
    access: 'open',
    query: z.object({
      q: z.string().max(1000).describe('What is looked for.').default(''),
      locale: askedLocale,
      ...filters,
      after: cursor,
    }),
    answers: { 200: { description: 'A page of results; its `Link` leads to the next.', content: { schema: results } } },
  },
} as const satisfies Readonly<Record<string, Operation>>
