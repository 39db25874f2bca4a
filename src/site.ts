import { exactHashOf } from './briefings/hash'
import type { PageLink } from './briefings/publication'
import type { Config } from './config'
import { type Catalog, type Speak, voices } from './language/catalog'
import type { Locale, Locales } from './language/locale'
import { type MadeWith, type Makers, madeWith, messagesNamed, type PieceKind, pieceKinds, voicesOf } from './language/makers'
import { type Explain, explainers } from './language/newsroom'
import { chainOf } from './language/resolution'
import { type CardLook, cardLookOf } from './settings/card-look'
import type { Logo } from './settings/logo'
import type { Settings } from './settings/settings'
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
  /** The site's logo, if it has one. */
  readonly logo?: Logo | undefined
  /** The colours of the site's theme by day, by the names of the tokens. */
  readonly colours: Readonly<Record<string, string>>
  /** What the site decides. */
  readonly settings: Settings
  /** Name of a static file → its address. The address contains the hash of the content. */
  readonly assets: Readonly<Record<string, string>>
  /** Changes with the program's source. */
  readonly version: string
  /** The parts of the program that make pages. */
  readonly makers: Makers
}

/** What every page of a site is made with. */
export interface Site {
  readonly config: Config
  /** What the site's folder decides. */
  readonly settings: Settings
  readonly logo: Logo | undefined
  /** How the site's cards look, if not as the program's own. */
  readonly look: CardLook | undefined
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
   * A hash of all that a page in this locale is made with, except its text: words, who translated them, names, program version, static
   * files, settings. Pages that are not printed have it in their ETags.
   */
  readonly fingerprint: (locale: Locale) => string
  /** The same of a printed piece: no more than that piece is made with. The picture is not in it, because it differs by briefing. */
  readonly madeWith: (kind: PieceKind, locale: Locale) => string
  /** The words that such a piece is made with. */
  readonly voiceOf: (kind: PieceKind, locale: Locale) => Speak
  /** A hash of the addresses of all pictures. */
  readonly pictures: string
  /** What the footer lists for readers of a language. */
  readonly pagesIn: (locale: Locale) => readonly PageLink[]
  /**
   * Reads what the footer lists, if something was printed since the last time. Without the number of the last print, looks for it. Returns
   * whether it lists anything else now. Doors call this; a site whose footer lists nothing need not.
   */
  readonly readFooter: (database: Database, print?: number) => Promise<boolean>
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

const shortHashOf = async (content: unknown) => (await exactHashOf(JSON.stringify(content))).slice(0, 12)

/**
 * Puts a site together. Doors do this once. `missed` is told of each message that a piece is printed with although its maker does not name it.
 * Tests refuse that.
 */
export async function openSite(kit: Kit, config: Config, missed: (message: string) => void = () => {}): Promise<Site> {
  const { locales, catalogs, authorship, assets } = kit
  const names = namesIn(locales, kit.glossaries)
  const speak = voices(locales, catalogs, kit.areas, names)
  const authorshipOf = (locale: Locale) => (locale === locales.source ? undefined : (authorship[locale] ?? byMachine))
  const byLocale = {
    authorshipOf,
    organisation: (locale: Locale) => [...(names.get(locale) ?? [])],
    region: (locale: Locale) => kit.areas[locale],
  }
  const { origin, siteName, features } = config
  const { settings } = kit
  const look = cardLookOf(kit.logo, kit.colours)
  const named = messagesNamed(kit.makers, Object.keys(catalogs[locales.source] ?? {}))
  const pieces = await pieceFingerprints({
    makers: kit.makers,
    named,
    locales,
    catalogs,
    byLocale,
    values: { ...assets, origin, siteName, features, settings, logo: kit.logo, look },
  })
  const pages = await pageFingerprints(kit, config, byLocale.organisation)
  const images = Object.entries(assets).filter(([name]) => name.startsWith('images/'))
  return {
    config,
    settings,
    logo: kit.logo,
    look,
    locales,
    speak,
    authorshipOf,
    explainIn: explainers(locales, kit.newsroom),
    glossaries: kit.glossaries,
    images: images.map(([name]) => name.slice('images/'.length)),
    asset: (name) => assets[name] ?? `/assets/${name}`,
    fingerprint: (locale) => pages.get(locale) ?? '',
    madeWith: (kind, locale) => pieces.get(`${kind} ${locale}`) ?? '',
    voiceOf: voicesOf(named, speak, missed),
    pictures: await shortHashOf(images.sort(([one], [other]) => (one < other ? -1 : 1))),
    pagesIn: () => [],
    readFooter: async () => false,
  }
}

/** The fingerprints of whole pages, by locale. */
async function pageFingerprints(
  { locales, catalogs, authorship, assets, version, settings, logo, colours }: Kit,
  { origin, siteName, features }: Config,
  namesOf: (locale: Locale) => unknown,
): Promise<ReadonlyMap<Locale, string>> {
  const ordered = new Map(Object.entries(catalogs).map(([locale, catalog]) => [locale, inOrder(catalog)]))
  const hashes = locales.locales.map(async ({ tag }) => {
    const words = [tag, ...chainOf(locales, tag), locales.source].map((each) => ordered.get(each) ?? [])
    const content = [
      version,
      assets,
      locales,
      authorship,
      origin,
      siteName,
      features,
      settings,
      logo,
      colours,
      words,
      namesOf(tag),
    ]
    return [tag, await shortHashOf(content)] as const
  })
  return new Map(await Promise.all(hashes))
}

/** The fingerprints of pieces, by kind and locale. */
async function pieceFingerprints(all: MadeWith): Promise<ReadonlyMap<string, string>> {
  const kinds = all.locales.locales.flatMap(({ tag }) => pieceKinds.map((kind) => [kind, tag] as const))
  const hashes = kinds.map(async ([kind, tag]) => [`${kind} ${tag}`, await shortHashOf(madeWith(all, kind, tag))] as const)
  return new Map(await Promise.all(hashes))
}
