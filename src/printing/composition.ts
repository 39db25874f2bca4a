import type { Briefing } from '../briefings/briefing'
import { type Grading, gradedIn } from '../briefings/confidence'
import { everyone, type Ladder } from '../briefings/ladder'
import type { Earlier, RevisionHashes } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import type { Tier } from '../briefings/vocabulary'
import type { Audience } from '../editions/print'
import type { Facts, Reading, Text } from '../editions/reading'
import { given } from '../language/given'
import type { Locale } from '../language/locale'
import { renderMarkdown } from '../language/markdown'
import { once } from '../language/once'
import { countWords } from '../language/text'
import { weightOf } from '../translations/freshness'
import { type Translation, textOf as translatedText } from '../translations/translation'
import { textsInPlace } from './texts-in-place'

/** What a reading is made from: the present English, its history, and when it was published. */
export interface Published {
  readonly slug: string
  readonly publishedAt: string
  readonly briefing: Briefing
  readonly history: readonly (RevisionHashes & { readonly savedAt: string })[]
  readonly earlier: Earlier
}

/** What readings of one briefing share: its texts are rendered and counted once, although most are in several readings. */
export interface TextWork {
  readonly render: (markdown: string, place: string) => string
  readonly count: (text: string) => number
}

export const textWork = (): TextWork => ({ render: once(renderMarkdown), count: once(countWords) })

/** Who gets an edition of their own: everyone, and each set of tiers that may read the same texts for members, lowest tier first. */
export function audiencesOf(
  briefing: Briefing,
  ladder: Ladder,
  readersOf: (access: Tier) => readonly Tier[],
): readonly Audience[] {
  const kinds = new Set(segmentsOf(briefing).map(({ access }) => access)).difference(new Set([everyone]))
  const readers = [...kinds].map((access) => ({ access, tiers: readersOf(access) }))
  const opensTo = (tier: Tier) => readers.filter(({ tiers }) => tiers.includes(tier)).map(({ access }) => access)
  const members = Map.groupBy(ladder, (tier) => opensTo(tier).join(' ')).values()
  return [[everyone], ...members].flatMap((tiers) => {
    const [tier = everyone] = tiers
    const opens = opensTo(tier)
    return tier === everyone ? [{ tier, tiers: [], opens }] : opens.length > 0 ? [{ tier, tiers, opens }] : []
  })
}

/**
 * The reading of a briefing in a locale for an audience. `freshness` compares the translation with the English. Segments without a
 * translation are filled from the source language and marked with it (`lang`). A text that they may not read is not in the result in any form.
 */
export function composeReading(
  published: Published,
  source: Locale,
  locale: Locale,
  translation: Translation | undefined,
  { tier, opens }: Pick<Audience, 'tier' | 'opens'>,
  freshness: Pick<Reading, 'state' | 'changes' | 'moved'>,
  work: TextWork,
  grading: Grading,
): Reading {
  const { briefing, slug, publishedAt } = published
  const texts = new Map(segmentsOf(briefing, opens).map((each) => [each.id, textOf(each, source, translation, work)] as const))
  const changedAt = lastChangeOf(published)
  const at = (id: string): Text => {
    const text = texts.get(id)
    if (!text) throw new Error(`The ${tier} reading of ${slug} has no segment ${id}.`)
    return text
  }
  return {
    ...(briefing.publication && { publication: briefing.publication }),
    slug,
    locale,
    tier,
    facts: factsOf(briefing, grading),
    organisations: briefing.organisations,
    ...bylineOf(briefing),
    translators: translation?.credits ?? [],
    publishedAt,
    ...(changedAt === undefined ? {} : { changedAt }),
    minutes: minutesOf([...texts.values()], work),
    ...textsInPlace(briefing, opens, at, work.count),
    ...freshness,
  }
}

/** The names that sign a briefing, and which of them are organisations. */
function bylineOf({ byline }: Briefing): Pick<Reading, 'byline' | 'bylineOrganisations'> {
  const organisations = byline.flatMap((each) => (typeof each === 'string' ? [] : [each.organisation]))
  return {
    byline: byline.map((each) => (typeof each === 'string' ? each : each.organisation)),
    ...(organisations.length === 0 ? {} : { bylineOrganisations: organisations }),
  }
}

/** A segment as it is shown: translated, or in the source language. */
function textOf({ id, kind, text }: Segment, source: Locale, translation: Translation | undefined, work: TextWork): Text {
  const translated = translatedText(translation, id)
  const shown = translation && translated !== '' ? { lang: translation.locale, text: translated } : { lang: source, text }
  return kind === 'markdown' ? { ...shown, html: work.render(shown.text, id) } : shown
}

/** When the English last changed materially after it was first published. */
const lastChangeOf = ({ history, publishedAt }: Published): string | undefined =>
  history.findLast((each, index) => index > 0 && weightOf(each, history[index - 1]) === 'material' && each.savedAt > publishedAt)
    ?.savedAt

function factsOf(briefing: Briefing, grading: Grading): Facts {
  const { kind, classification, category, contentType, domain, impact, regions, operationalRelevance, timeHorizon } = briefing
  const judged = { kind, classification, category, contentType, domain, impact, ...gradedIn(briefing, grading) }
  return given({ ...judged, regions, operationalRelevance, timeHorizon })
}

const wordsPerMinute = 220

function minutesOf(texts: readonly Text[], { count }: TextWork): number {
  const words = texts.reduce((sum, { text }) => sum + count(text), 0)
  return Math.max(1, Math.round(words / wordsPerMinute))
}
