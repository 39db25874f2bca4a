import { findSourceBySlug } from '../briefings/store'
import type { Locale } from '../language/locale'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { openSegments, textsFor } from '../translations/machine/drafting'
import { findTranslation } from '../translations/store'
import { listUndrafted } from '../translations/undrafted-store'
import type { DraftOptions } from './machine-drafts'

/** What a translator would be sent of a briefing. */
export interface DraftTrial {
  readonly slug: string
  readonly locale: Locale
  readonly segments: readonly string[]
  /** The length of all texts, in UTF-16 units. Translators are paid by it. */
  readonly characters: number
}

/** What would be drafted: of the named briefings, or of all that wait. Asks no translator and changes nothing. */
export async function* tryDrafts(
  { database, now }: LiveSite,
  slugs: readonly string[],
  locale: Locale,
  { withGated }: DraftOptions,
): AsyncGenerator<DraftTrial> {
  const all = { locale, liveSince: now().toISOString(), most: Number.MAX_SAFE_INTEGER }
  const wanted = slugs.length > 0 ? slugs : (await listUndrafted(database, all)).map(({ slug }) => slug)
  for (const slug of wanted) {
    const source = await findSourceBySlug(database, slug)
    if (!source) throw new Refusal('briefing.unknown', { slug })
    const segments = openSegments(
      source.briefing,
      await findTranslation(database, source.id, locale, source.history.length),
      withGated,
    )
    const characters = textsFor(segments).reduce((sum, { length }) => sum + length, 0)
    yield { slug: source.slug, locale, segments: segments.map(({ id }) => id), characters }
  }
}
