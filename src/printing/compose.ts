import { type Grading, isForReaders } from '../briefings/confidence'
import { type Ladder, readersOf, upTo } from '../briefings/ladder'
import { segmentsOf } from '../briefings/segments'
import type { Answer, Print } from '../editions/print'
import type { Reading } from '../editions/reading'
import { type Locale, type Locales, openLocales, publicLocales } from '../language/locale'
import { chainOf, resolve } from '../language/resolution'
import { isPrintable, textOf } from '../translations/translation'
import { audiencesOf, composeReading, textWork } from './composition'
import { freshnessOf } from './edition-state'
import type { PublishedEnglish, PublishedTranslation, Standing } from './published'

/** What of a site decides what is composed. */
interface Composing {
  readonly locales: Locales
  readonly settings: Grading
}

/**
 * What readers get of a briefing at this moment, with today's ladder: a reading for each locale and audience that has one, and an answer for each open locale.
 * Returns `undefined` for a briefing that is not published, whose time has not come, or that is graded for internal monitoring.
 */
export function compose(
  { english, translations, work }: Standing,
  { locales: site, settings }: Composing,
  now: string,
  ladder: Ladder,
): Print | undefined {
  if (!english || english.publishedAt > now || !isForReaders(english.briefing, settings)) return undefined
  const source: PublishedEnglish = english
  const open = openLocales(site)
  const byLocale = new Map(translations.map((each) => [each.locale, each] as const))
  const printable = open.filter((locale) => {
    const translation = byLocale.get(locale)
    return locale === site.source || (translation !== undefined && isPrintable(translation) && isReadable(translation))
  })
  const past = upTo(source.ladders, ladder)
  const audiences = audiencesOf(source.briefing, ladder, (access) => readersOf(access, past))
  const shared = textWork()
  const readings = printable.flatMap(readingsIn)
  return { audiences, ladder: past.ladders.length, readings, answers: open.flatMap(answer) }

  /** Whether it has any public text. Otherwise its page would be English under another language's address. */
  function isReadable(translation: PublishedTranslation): boolean {
    const everyones = segmentsOf(source.briefing).filter(({ access }) => access === 'public')
    return everyones.some(({ id }) => textOf(translation, id) !== '')
  }
  function readingsIn(locale: Locale): readonly Reading[] {
    const translation = locale === site.source ? undefined : byLocale.get(locale)
    const freshness = freshnessOf(source, site.source, translation)
    return audiences.map((each) => composeReading(source, site.source, locale, translation, each, freshness, shared, settings))
  }
  function answer(asked: Locale): readonly Answer[] {
    const choice = resolve(asked, chainOf(site, asked), site.source, printable, work.get(asked) ?? 'none')
    const reading = readings.find(({ locale, tier }) => locale === choice?.served && tier === 'public')
    if (!choice || !reading) return []
    const available = printable.filter((locale) => publicLocales(site).includes(locale))
    const freshness = reading.state.outdated.length > 0 ? 'outdated' : 'current'
    return [{ resolution: { ...choice, source: site.source, ...reading.state, freshness, available }, reading }]
  }
}
