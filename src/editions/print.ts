import { isForReaders } from '../briefings/confidence'
import { segmentsOf } from '../briefings/segments'
import type { Tier } from '../briefings/vocabulary'
import { type Locale, type Locales, openLocales, publicLocales } from '../language/locale'
import { type Choice, chainOf, isFallback, resolve } from '../language/resolution'
import { composeReading, type Published, tiersOf } from '../printing/composition'
import { freshnessOf } from '../printing/edition-state'
import { isPrintable, type Translation, textOf, workOn } from '../translations/translation'
import type { EditionState, Reading } from './reading'

/** The whole record of one decision: what was asked, what is served, why, and how it stands to the English. */
export interface Resolution extends Choice, EditionState {
  readonly source: Locale
  readonly freshness: 'current' | 'outdated'
  /** The locales that a reader can be sent to: those with an edition that the site shows in public. */
  readonly available: readonly Locale[]
}

/** One answer to a reader of one locale: the decision, and the reading that everyone may have. */
export interface Answer {
  readonly resolution: Resolution
  readonly reading: Reading
}

export interface Print {
  readonly readings: readonly Reading[]
  readonly answers: readonly Answer[]
}

/** The article as finished HTML, in the language served. The box of judgement goes between the two. */
export interface PrintedEdition {
  readonly lead: string
  readonly body: string
}

/** What surrounds the article as finished HTML, in the language asked for. */
export interface PrintedAnswer {
  readonly head: string
  readonly masthead: string
  readonly notice: string
  readonly facts: string
  readonly ending: string
}

/** The frame that all pages share, in the four pieces between which a page's own stand. */
export type Frame<Piece> = readonly [Piece, Piece, Piece, Piece]

/** The pieces of a briefing page in their order: those of the frame, of the answer and of the edition. */
export function assemble<Piece>(
  [opening, toSwitcher, toMain, closing]: Frame<Piece>,
  { head, masthead, notice, lead, facts, body, ending }: Record<keyof (PrintedAnswer & PrintedEdition), Piece>,
): readonly Piece[] {
  return [opening, head, toSwitcher, masthead, toMain, notice, lead, facts, body, ending, closing]
}

export interface Printable extends Published {
  readonly state: 'draft' | 'published'
}

/**
 * What readers get of a briefing at a moment: a reading for each locale and tier that has one, and an answer for each open
 * locale of the site. A draft, a briefing whose time has not come, and one graded for internal monitoring give nothing.
 */
export function compose(source: Printable, translations: readonly Translation[], site: Locales, now: string): Print | undefined {
  if (source.state !== 'published' || source.publishedAt > now || !isForReaders(source.briefing.confidence)) return undefined
  const open = openLocales(site)
  const byLocale = new Map(translations.map((each) => [each.locale, each] as const))
  const printable = open.filter((locale) => {
    const translation = byLocale.get(locale)
    return locale === site.source || (translation !== undefined && isPrintable(translation) && isReadable(translation))
  })
  const tiers: readonly Tier[] = tiersOf(source.briefing)
  const readings = printable.flatMap(readingsIn)
  return { readings, answers: open.flatMap(answer) }

  /** A translation of nothing but members' texts would be an English page under another language's address. */
  function isReadable(translation: Translation): boolean {
    const everyones = segmentsOf(source.briefing).filter(({ access }) => access === 'public')
    return everyones.some(({ id }) => textOf(translation, id) !== '')
  }
  function readingsIn(locale: Locale): readonly Reading[] {
    const translation = locale === site.source ? undefined : byLocale.get(locale)
    const freshness = freshnessOf(source, site.source, translation)
    return tiers.map((tier) => composeReading(source, site.source, locale, translation, tier, freshness))
  }
  function answer(asked: Locale): readonly Answer[] {
    const choice = resolve(asked, chainOf(site, asked), site.source, printable, workOn(byLocale.get(asked)))
    const reading = readings.find(({ locale, tier }) => locale === choice?.served && tier === 'public')
    if (!choice || !reading) return []
    const available = printable.filter((locale) => publicLocales(site).includes(locale))
    const freshness = reading.state.outdated.length > 0 ? 'outdated' : 'current'
    return [{ resolution: { ...choice, source: site.source, ...reading.state, freshness, available }, reading }]
  }
}

/** Whether the page is an address of its own: in the language its address names, and shown in public. */
export const isOwnPage = ({ asked, available, ...choice }: Resolution) => !isFallback(choice) && available.includes(asked)
