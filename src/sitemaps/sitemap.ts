import type { PublicationKind } from '../briefings/publication'
import { negotiatedPathTo, pathTo } from '../editions/addresses'
import { type Locale, publicLocales } from '../language/locale'
import { attributes, escaped } from '../language/xml'
import type { Site } from '../site'

/** An address that search engines are told about. */
export interface SitemapAddress {
  readonly loc: string
  readonly changedAt?: string
  /** The same in other languages and itself, as the page's own head names them. */
  readonly alternates: readonly { readonly hreflang: string; readonly href: string }[]
}

/** One sitemap of the index. */
export interface SitemapFile {
  readonly path: string
  readonly changedAt?: string
}

/** A page of its own, as the store knows it. */
export interface OwnPage {
  readonly slug: string
  readonly kind: PublicationKind
  readonly updatedAt: string
  readonly available: readonly Locale[]
}

/** A briefing that appeared recently. */
export interface NewsItem {
  readonly locale: Locale
  readonly slug: string
  readonly title: string
  readonly appearedAt: string
}

export const sitemapPathTo = (locale: Locale, sheet: number) => `/sitemap-${locale}-${sheet}.xml`

/** Which of the sitemaps of a language an address names: `sitemap-zh-Hans-0.xml`. */
export function sheetIn(file: string): { readonly locale: Locale; readonly sheet: number } | undefined {
  const [, locale, sheet] = /^sitemap-([A-Za-z0-9-]{2,35})-(0|[1-9]\d{0,8})\.xml$/.exec(file) ?? []
  return locale === undefined ? undefined : { locale, sheet: Number(sheet) }
}

/** The address of a briefing or a page with its alternates: those of `BriefingHead`. */
export function briefingAddress({ config }: Site, locale: Locale, { slug, kind, updatedAt, available }: OwnPage): SitemapAddress {
  return {
    loc: config.origin + pathTo(locale, slug, kind),
    changedAt: updatedAt,
    alternates: [
      ...available.map((each) => ({ hreflang: each, href: config.origin + pathTo(each, slug, kind) })),
      { hreflang: 'x-default', href: config.origin + negotiatedPathTo(slug, kind) },
    ],
  }
}

/** The pages that every public language has, with their alternates: those of `PlainHead`. */
export function siteAddresses({ config: { origin }, locales, settings }: Site): readonly SitemapAddress[] {
  const everyone = publicLocales(locales)
  return ['', ...(settings.confidence ? ['confidence'] : []), 'translations'].flatMap((path) =>
    everyone.map((locale) => ({
      loc: `${origin}/${locale}/${path}`,
      alternates: [
        ...everyone.map((each) => ({ hreflang: each, href: `${origin}/${each}/${path}` })),
        ...(path === '' ? [{ hreflang: 'x-default', href: `${origin}/` }] : []),
      ],
    })),
  )
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** An index of sitemaps (sitemaps.org, 0.9). */
export const sitemapIndex = (origin: string, files: readonly SitemapFile[]): string =>
  [
    declaration,
    `<sitemapindex xmlns="${schema}">`,
    ...files.map(({ path, changedAt }) => `<sitemap>${loc(origin + path)}${lastmod(changedAt)}</sitemap>`),
    '</sitemapindex>\n',
  ].join('\n')

/** A sitemap with the languages of each address. */
export const sitemap = (addresses: readonly SitemapAddress[]): string =>
  [
    declaration,
    `<urlset xmlns="${schema}" xmlns:xhtml="http://www.w3.org/1999/xhtml">`,
    ...addresses.map(
      (each) =>
        `<url>${loc(each.loc)}${lastmod(each.changedAt)}${each.alternates
          .map(({ hreflang, href }) => `<xhtml:link${attributes({ rel: 'alternate', hreflang, href })}/>`)
          .join('')}</url>`,
    ),
    '</urlset>\n',
  ].join('\n')

/** A sitemap of what is new (Google's extension 0.9). */
export const newsSitemap = ({ config: { origin, siteName } }: Site, items: readonly NewsItem[]): string =>
  [
    declaration,
    `<urlset xmlns="${schema}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`,
    ...items.map(
      ({ locale, slug, title, appearedAt }) =>
        `<url>${loc(origin + pathTo(locale, slug))}<news:news><news:publication><news:name>${escaped(siteName)}</news:name>` +
        `<news:language>${newsLanguage(locale)}</news:language></news:publication>` +
        `<news:publication_date>${appearedAt}</news:publication_date><news:title>${escaped(title)}</news:title></news:news></url>`,
    ),
    '</urlset>\n',
  ].join('\n')

/** ISO 639, as the extension wants it: the language alone, and Chinese by where its script is written. */
function newsLanguage(locale: Locale): string {
  const { language, script } = new Intl.Locale(locale).maximize()
  return language === 'zh' ? (script === 'Hant' ? 'zh-tw' : 'zh-cn') : language
}

const loc = (address: string) => `<loc>${escaped(address)}</loc>`
const lastmod = (instant: string | undefined) => (instant === undefined ? '' : `<lastmod>${instant}</lastmod>`)
