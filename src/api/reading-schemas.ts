import * as z from 'zod'
import { reasonNames } from '../briefings/segments'
import { imageOrigins } from '../briefings/vocabulary'
import { provenances } from '../translations/vocabulary'
import { count, instant, localeTag, name, text } from './parts'

export const address = z.url()

export const resolution = name(
  'Resolution',
  'Which language was asked for, which is served, and why.',
  z.object({
    asked: localeTag,
    served: localeTag,
    reason: z.enum(['exact', 'regional', 'not-yet-available', 'in-translation', 'withdrawn', 'fallback-language']),
    freshness: z.enum(['current', 'outdated']).describe('Whether the English has changed materially since the translation.'),
    outdated: z.array(text).describe('The segments whose English has changed materially.'),
    missing: z.array(text).describe('Segments without a translation. They are in the source language.'),
    coverage: z.number().min(0).max(1),
    provenance: z.enum([...provenances, 'source']),
    source: localeTag,
    available: z.array(localeTag).describe('The languages that the briefing is available in.'),
  }),
)

export const shownText = name(
  'Text',
  'A text and its language. Markdown also comes as sanitised HTML.',
  z.object({ lang: localeTag, text, html: text.exactOptional() }),
)
const item = z.object({ id: text, text: shownText })
const organisation = z.object({
  id: text,
  name: text.describe('The name in the source language, the same in every reading.'),
  localName: shownText.describe('What the language served calls it; the name in the source language where it has no other.'),
})

const section = name(
  'Section',
  'A section for members: its text or, for those who may not read it, only its length.',
  z.discriminatedUnion('locked', [
    z.object({ id: text, access: text, heading: shownText, locked: z.literal(true), words: count }),
    z.object({ id: text, access: text, heading: shownText, locked: z.literal(false), text: shownText }),
  ]),
)

const word = text.exactOptional()
type ReasonSchemas = Readonly<Record<(typeof reasonNames)[number], z.ZodExactOptional<typeof shownText>>>

/** What lists tell of a briefing, as far as it has it. Words are those of the site's lists. */
export const statedFacts = {
  kind: word,
  category: word,
  domain: word,
  impact: word,
  confidence: z.number().min(0).max(1).exactOptional(),
  grade: text.exactOptional().describe('The grade of the confidence.'),
  regions: z.array(text).exactOptional().describe('CLDR codes.'),
}

const reading = name(
  'Reading',
  'Everything that a page says about a briefing in one language, as plain values. What the briefing lacks is absent.',
  z.object({
    slug: text,
    locale: localeTag,
    tier: text,
    facts: z.object({
      ...statedFacts,
      classification: word,
      contentType: word,
      operationalRelevance: word,
      timeHorizon: word,
    }),
    organisations: z.array(organisation).exactOptional(),
    byline: z.array(text).exactOptional(),
    bylineOrganisations: z.array(text).exactOptional().describe('Those of the byline that are organisations.'),
    translators: z.array(text),
    publishedAt: instant,
    changedAt: instant.exactOptional(),
    minutes: count,
    topic: shownText.exactOptional(),
    title: shownText,
    summary: shownText,
    keyPoints: z.array(item).exactOptional(),
    image: z
      .object({
        file: text,
        url: address,
        width: count,
        height: count,
        origin: z.enum(imageOrigins),
        by: text,
        alt: shownText,
        caption: shownText.exactOptional(),
        context: shownText.exactOptional(),
        relevance: shownText.exactOptional(),
        provenance: shownText.exactOptional(),
      })
      .exactOptional(),
    reasons: z
      .object(Object.fromEntries(reasonNames.map((each) => [each, shownText.exactOptional()])) as ReasonSchemas)
      .exactOptional(),
    body: z.array(z.object({ id: text, heading: shownText, text: shownText })).exactOptional(),
    event: z.object({ name: shownText, signalType: shownText }).exactOptional(),
    affectedAreas: z.array(item).exactOptional(),
    context: shownText.exactOptional(),
    watch: z.array(item).exactOptional(),
    sections: z.array(section).exactOptional(),
    linkedOrganisations: z
      .discriminatedUnion('locked', [
        z.object({ access: text, count, locked: z.literal(true) }),
        z.object({
          access: text,
          count,
          locked: z.literal(false),
          notes: z.array(organisation.extend({ note: shownText })),
        }),
      ])
      .exactOptional(),
    sources: z
      .array(z.object({ id: text, url: text, risk: word, title: shownText, note: shownText.exactOptional() }))
      .exactOptional(),
    state: z.object({
      provenance: z.enum([...provenances, 'source']),
      coverage: z.number(),
      missing: z.array(text),
      outdated: z.array(text),
    }),
    changes: z.array(
      z.object({
        id: text,
        isBeforeTold: z.boolean(),
        pieces: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text })),
      }),
    ),
  }),
)

export const answer = name(
  'Briefing',
  'A briefing for readers of one language: which language is served and why, the notice about it, and the content.',
  z.object({
    url: address,
    canonical: address,
    resolution,
    notice: z.object({ lang: localeTag, sentences: z.array(text), changed: z.array(text) }),
    briefing: reading,
  }),
)
