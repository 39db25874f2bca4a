import { listSources } from './briefings/store'
import type { Tier } from './briefings/vocabulary'
import type { Locale } from './language/locale'
import type { LiveSite } from './site'
import { type Progress, progressOf } from './translations/progress'
import { listTranslationsOf } from './translations/store'

/** Where the translations of some briefings stand, and the slug to go on after; `undefined` where there are no more. */
export interface StatusPage {
  readonly rows: readonly Progress[]
  readonly next: string | undefined
}

/**
 * Where translations into some locales stand: a row for each briefing and locale, of the `most` briefings (up to 99) that
 * come after a slug. Only the segments that a tier opens are counted and named.
 */
export async function statusAfter(
  { database, locales }: LiveSite,
  targets: readonly Locale[],
  after: string,
  most: number,
  tier?: Tier,
): Promise<StatusPage> {
  const found = await listSources(database, after, most + 1)
  const sources = found.slice(0, most)
  const ids = sources.map(({ id }) => id)
  const translations = await listTranslationsOf(database, ids, targets)
  return {
    rows: sources.flatMap(({ id, slug, briefing, history }) =>
      targets.map((locale) => {
        const translation = translations.find((each) => each.briefingId === id && each.locale === locale)
        return progressOf(slug, briefing, history, locales.source, locale, translation, tier)
      }),
    ),
    next: found.length > most ? sources.at(-1)?.slug : undefined,
  }
}
