import { exactHashOf } from '../briefings/hash'
import type { PageLink } from '../briefings/publication'
import { listPageLinks } from '../editions/links-store'
import { lastPrint } from '../editions/store'
import type { Locale } from '../language/locale'
import type { Site } from '../site'
import type { Database } from '../storage/database'

/** What the footer lists in a language, and a hash of it. */
interface Footer {
  readonly links: readonly PageLink[]
  readonly hash: string
}

/**
 * The same site with a footer that lists its pages. The footer is on every page, and a print of one page prints no other. So a process
 * holds it, and reads it anew when something was printed. All that is made of the site shares it. Its hash is part of the fingerprints of
 * the frame and of whole pages, and with them of entity tags.
 */
export function withFooter(site: Site): Site {
  let footers: ReadonlyMap<Locale, Footer> = new Map()
  let readAt = 0
  const hashIn = (locale: Locale) => footers.get(locale)?.hash ?? ''
  return {
    ...site,
    pagesIn: (locale) => footers.get(locale)?.links ?? [],
    fingerprint: (locale) => site.fingerprint(locale) + hashIn(locale),
    madeWith: (kind, locale) => site.madeWith(kind, locale) + (kind === 'frame' ? hashIn(locale) : ''),
    readFooter: async (database, print) => {
      const last = print ?? (await lastPrint(database))
      if (last <= readAt) return false
      const before = footers
      footers = await readFooters(database, site.settings.pages)
      readAt = last
      return [...before.keys(), ...footers.keys()].some((locale) => (before.get(locale)?.hash ?? '') !== hashIn(locale))
    },
  }
}

async function readFooters(database: Database, ids: readonly string[]): Promise<ReadonlyMap<Locale, Footer>> {
  const links = await listPageLinks(database, ids)
  const footers = [...links].map(async ([locale, some]) => {
    const hash = (await exactHashOf(JSON.stringify(some))).slice(0, 8)
    return [locale, { links: some, hash }] as const
  })
  return new Map(await Promise.all(footers))
}
