import { findSourceBySlug, listSlugs, readEarlierSegments } from './briefings/store'
import type { Locale } from './language/locale'
import type { LiveSite } from './site'
import { packFor, type Selection } from './translations/outgoing'
import type { Pack } from './translations/packs/pack'
import { findTranslation, type StoredTranslation } from './translations/store'

/** A pack with what a file says beside its texts. */
export interface Outgoing {
  readonly pack: Pack
  readonly translation: StoredTranslation | undefined
}

const slugsAtOnce = 200

/** The packs of a locale: of the briefings named, or of all, one after the other, so that memory does not grow with them. */
export async function* exportPacks(
  { database, locales }: LiveSite,
  locale: Locale,
  slugs: readonly string[],
  selection: Selection,
): AsyncGenerator<Outgoing> {
  for await (const slug of slugs.length > 0 ? slugs : everySlug(database)) {
    const source = await findSourceBySlug(database, slug)
    if (!source) throw new Error(`There is no briefing ${slug}.`)
    const translation = await findTranslation(database, source.id, locale)
    const earlier = translation ? await readEarlierSegments(database, source.id) : () => undefined
    yield { pack: packFor({ ...source, earlier }, locales.source, locale, translation, selection), translation }
  }
}

async function* everySlug(database: LiveSite['database']): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const slugs = await listSlugs(database, after, slugsAtOnce)
    yield* slugs
    const last = slugs.at(-1)
    if (last === undefined || slugs.length < slugsAtOnce) return
    after = last
  }
}
