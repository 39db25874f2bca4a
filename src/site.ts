import { hashOf } from './briefings/hash'
import type { Config } from './config'
import { type Catalog, type Speak, voices } from './language/catalog'
import type { Locale, Locales } from './language/locale'
import { type Explain, explainers } from './language/newsroom'
import { chainOf } from './language/resolution'
import type { Database } from './storage/database'
import type { Authorship } from './translations/authorship'
import type { Glossary } from './translations/glossary'
import { namesIn } from './translations/names'

/** What is built into the program: locales, catalogs, static files. Gathered from the checkout, or bundled into a Worker. */
export interface Kit {
  readonly locales: Locales
  readonly catalogs: Readonly<Record<Locale, Catalog>>
  /** Who translated the site's words into a locale; a machine, if nothing is said. */
  readonly authorship: Readonly<Record<Locale, Authorship>>
  /** The newsroom's words in a locale other than English. No reader's page has them, so they are read when first needed. */
  readonly newsroom: (locale: Locale) => Promise<Catalog>
  /** CLDR's names of areas (`001`, `150` …) in each locale. Not every runtime's Intl knows them. */
  readonly areas: Readonly<Record<Locale, Readonly<Record<string, string>>>>
  /** How terms of the source are rendered in a locale, if it has a glossary. */
  readonly glossaries: Readonly<Record<Locale, Glossary>>
  /** Name of a static file → its address. The address contains the hash of the content. */
  readonly assets: Readonly<Record<string, string>>
  /** Changes with the program's source. */
  readonly version: string
}

/** What every page of a site is made with. */
export interface Site {
  readonly config: Config
  readonly locales: Locales
  readonly speak: Speak
  /** Who translated the site's words into a locale; `undefined` for the source. */
  readonly authorshipOf: (locale: Locale) => Authorship | undefined
  /** How complaints are said in a locale to those who work here. */
  readonly explainIn: (locale: Locale) => Promise<Explain>
  readonly glossaries: Kit['glossaries']
  /** The names of the pictures there are. */
  readonly images: readonly string[]
  /** The address of a static file by its name: `style.css`, `images/…`. */
  readonly asset: (name: string) => string
  /**
   * A hash of all that a page in this locale is printed with, except its text: words, who translated them, names,
   * program version, static files, settings.
   */
  readonly fingerprint: (locale: Locale) => string
}

/** A site that answers: with its database and the clock. */
export interface LiveSite extends Site {
  readonly database: Database
  readonly now: () => Date
  /** Called after each print, so that cached pages are dropped. */
  readonly printed: () => void
}

const byMachine: Authorship = { provenance: 'machine', credits: [] }

/** The messages of a catalog by their keys, whatever order its file or a build has them in. */
const inOrder = (catalog: Catalog) => Object.entries(catalog).sort(([one], [other]) => (one < other ? -1 : 1))

/** Puts a site together. Doors do this once. */
export async function openSite(kit: Kit, config: Config): Promise<Site> {
  const { locales, catalogs, authorship, assets, version } = kit
  const names = namesIn(locales, kit.glossaries)
  const ordered = new Map(Object.entries(catalogs).map(([locale, catalog]) => [locale, inOrder(catalog)]))
  const fingerprints = new Map(
    await Promise.all(
      locales.locales.map(async ({ tag }) => {
        const words = [tag, ...chainOf(locales, tag), locales.source].map((each) => ordered.get(each) ?? [])
        const settings = [config.origin, config.siteName, config.hasComments]
        const content = JSON.stringify([version, assets, locales, authorship, ...settings, words, [...(names.get(tag) ?? [])]])
        return [tag, (await hashOf(content)).slice(0, 12)] as const
      }),
    ),
  )
  return {
    config,
    locales,
    speak: voices(locales, catalogs, kit.areas, names),
    authorshipOf: (locale) => (locale === locales.source ? undefined : (authorship[locale] ?? byMachine)),
    explainIn: explainers(locales, kit.newsroom),
    glossaries: kit.glossaries,
    images: Object.keys(assets).flatMap((name) => (name.startsWith('images/') ? [name.slice('images/'.length)] : [])),
    asset: (name) => assets[name] ?? `/assets/${name}`,
    fingerprint: (locale) => fingerprints.get(locale) ?? '',
  }
}
