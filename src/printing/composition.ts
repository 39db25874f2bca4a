import type { Briefing } from '../briefings/briefing'
import { gradeOf, rounded } from '../briefings/confidence'
import type { Earlier, RevisionHashes } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import { rankOf, type Tier, tiers } from '../briefings/vocabulary'
import type { Facts, Reading, Text } from '../editions/reading'
import type { Locale } from '../language/locale'
import { renderMarkdown } from '../language/markdown'
import { countWords } from '../language/text'
import { weightOf } from '../translations/freshness'
import { type Translation, textOf as translatedText } from '../translations/translation'

/** What a reading is made from: the English that stands, its history, when it was published. */
export interface Published {
  readonly slug: string
  readonly publishedAt: string
  readonly briefing: Briefing
  readonly history: readonly (RevisionHashes & { readonly savedAt: string })[]
  readonly earlier: Earlier
}

const opens = (held: Tier, needed: Tier) => rankOf(held) >= rankOf(needed)

/** The tiers for which a briefing needs an edition of its own: everyone, and each tier that opens something more. */
export function tiersOf(briefing: Briefing): readonly Tier[] {
  const needed = new Set(segmentsOf(briefing).map(({ access }) => access))
  return tiers.filter((tier) => tier === 'public' || needed.has(tier))
}

/**
 * The reading of a briefing in a locale for a tier, of a translation that stands to the English as `freshness` says. Segments without a translation are filled from the source language and
 * say so by their `lang`; a text above the tier is not in the result in any form.
 */
export function composeReading(
  published: Published,
  source: Locale,
  locale: Locale,
  translation: Translation | undefined,
  tier: Tier,
  freshness: Pick<Reading, 'state' | 'changes'>,
): Reading {
  const { briefing, history, slug, publishedAt } = published
  const texts = new Map(segmentsOf(briefing, tier).map((each) => [each.id, textOf(each)] as const))
  const changedAt = history.findLast(
    (each, index) => index > 0 && weightOf(each, history[index - 1]) === 'material' && each.savedAt > publishedAt,
  )?.savedAt
  const { image, linkedOrganisations: linked } = briefing

  function textOf({ id, kind, text }: Segment): Text {
    const translated = translatedText(translation, id)
    const shown = translated === '' ? { lang: source, text } : { lang: locale, text: translated }
    return kind === 'markdown' ? { ...shown, html: renderMarkdown(shown.text) } : shown
  }
  function at(id: string): Text {
    const text = texts.get(id)
    if (!text) throw new Error(`The ${tier} reading of ${slug} has no segment ${id}.`)
    return text
  }
  const items = (group: string, list: readonly { id: string }[]) => list.map(({ id }) => ({ id, text: at(`${group}.${id}`) }))

  return {
    slug,
    locale,
    tier,
    facts: factsOf(briefing),
    organisations: briefing.organisations,
    byline: briefing.byline,
    translators: translation?.credits ?? [],
    publishedAt,
    ...(changedAt === undefined ? {} : { changedAt }),
    minutes: minutesOf([...texts.values()]),
    topic: at('topic'),
    title: at('title'),
    summary: at('summary'),
    keyPoints: items('keyPoints', briefing.keyPoints),
    image: {
      ...image,
      alt: at('image.alt'),
      caption: at('image.caption'),
      context: at('image.context'),
      relevance: at('image.relevance'),
      provenance: at('image.provenance'),
    },
    reasons: {
      category: at('reasons.category'),
      contentType: at('reasons.contentType'),
      domain: at('reasons.domain'),
      topic: at('reasons.topic'),
      impact: at('reasons.impact'),
      confidence: at('reasons.confidence'),
    },
    body: briefing.body.map(({ id }) => ({ id, heading: at(`body.${id}.heading`), text: at(`body.${id}`) })),
    event: { name: at('event.name'), signalType: at('event.signalType') },
    affectedAreas: items('affectedAreas', briefing.affectedAreas),
    context: at('context'),
    watch: items('watch', briefing.watch),
    sections: briefing.sections.map(({ id, access, text }) => ({
      id,
      access,
      heading: at(`sections.${id}.heading`),
      ...(opens(tier, access)
        ? { locked: false as const, text: at(`sections.${id}`) }
        : { locked: true as const, words: countWords(text) }),
    })),
    linkedOrganisations: {
      access: linked.access,
      count: linked.notes.length,
      ...(opens(tier, linked.access)
        ? {
            locked: false as const,
            notes: linked.notes.map(({ id, name }) => ({ id, name, note: at(`linkedOrganisations.${id}`) })),
          }
        : { locked: true as const }),
    },
    sources: briefing.sources.map(({ id, url, risk }) => ({
      id,
      url,
      risk,
      title: at(`sources.${id}.title`),
      note: at(`sources.${id}.note`),
    })),
    ...freshness,
  }
}

function factsOf(briefing: Briefing): Facts {
  const { kind, classification, category, contentType, domain, impact, regions, operationalRelevance, timeHorizon } = briefing
  const confidence = rounded(briefing.confidence)
  return {
    kind,
    classification,
    category,
    contentType,
    domain,
    impact,
    confidence,
    grade: gradeOf(confidence).id,
    regions,
    operationalRelevance,
    timeHorizon,
  }
}

const wordsPerMinute = 220

function minutesOf(texts: readonly Text[]): number {
  const words = texts.reduce((sum, { text }) => sum + countWords(text), 0)
  return Math.max(1, Math.round(words / wordsPerMinute))
}
