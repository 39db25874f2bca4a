import type { Child } from 'hono/jsx'
import { kindOf } from '../briefings/publication'
import type { Words } from '../language/catalog'
import { formatOf, type Locale, type Locales, markup, openGraphLocale, publicLocales } from '../language/locale'
import type { Site } from '../site'
import { document, type LanguageLink, Switcher } from '../ui/layout'
import { negotiatedPathTo, oembedPathTo, pathTo } from './addresses'
import { pageData } from './page-data'
import { type Answer, isOwnPage } from './print'
import { altOf, cardPathTo, cardSize, shareCardOf } from './share-card'
import { structuredData } from './structured-data'

/**
 * The head of a briefing page, for machines. A page in another language than its address names points to the edition's own page. A page
 * in a language in preview asks not to be indexed.
 */
export const BriefingHead = ({ site, answer, card }: { site: Site; answer: Answer; card: string | undefined }) => {
  const { resolution, reading } = answer
  const { origin, siteName } = site.config
  const kind = kindOf(reading)
  const canonical = origin + pathTo(resolution.served, reading.slug, kind)
  const own = isOwnPage(resolution)
  return (
    <>
      <title {...markup(reading.title.lang)}>{`${reading.title.text} · ${siteName}`}</title>
      <meta name="description" content={reading.summary.text} />
      <link rel="canonical" href={canonical} />
      {own &&
        resolution.available.map((locale) => (
          <link rel="alternate" hreflang={locale} href={origin + pathTo(locale, reading.slug, kind)} />
        ))}
      {own && <link rel="alternate" hreflang="x-default" href={origin + negotiatedPathTo(reading.slug, kind)} />}
      <link rel="alternate" type="application/json" href={`${pathTo(resolution.asked, reading.slug, kind)}.json`} />
      <link rel="alternate" type="text/markdown" href={`${pathTo(resolution.asked, reading.slug, kind)}.md`} />
      {kind === 'briefing' && (
        <link
          rel="alternate"
          type="application/json+oembed"
          href={origin + oembedPathTo(origin + pathTo(resolution.asked, reading.slug, kind))}
          title={reading.title.text}
        />
      )}
      <meta property="og:type" content={kind === 'page' ? 'website' : 'article'} />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={reading.title.text} />
      <meta property="og:description" content={reading.summary.text} />
      <meta property="og:url" content={canonical} />
      <OpenGraphLocales locales={site.locales} served={resolution.served} available={resolution.available} />
      {kind === 'briefing' && <meta property="article:published_time" content={reading.publishedAt} />}
      {kind === 'briefing' && reading.changedAt && <meta property="article:modified_time" content={reading.changedAt} />}
      {card !== undefined && <CardTags site={site} answer={answer} card={card} />}
      {own && (kind === 'page' ? pageData(site, answer) : structuredData(site, answer))}
      {!own && canonical === origin + pathTo(resolution.asked, reading.slug, kind) && <meta name="robots" content="noindex" />}
    </>
  )
}

/** The picture that other sites show of the page: the card of the edition, described in its language. */
const CardTags = ({ site, answer: { reading }, card }: { site: Site; answer: Answer; card: string }) => (
  <>
    <meta property="og:image" content={site.config.origin + cardPathTo(card)} />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content={String(cardSize.width)} />
    <meta property="og:image:height" content={String(cardSize.height)} />
    <meta property="og:image:alt" content={altOf(shareCardOf(reading, site.config.siteName, site.speak(reading.locale)))} />
    <meta name="twitter:card" content="summary_large_image" />
  </>
)

interface OpenGraph {
  readonly locales: Locales
  readonly served: Locale
  readonly available: readonly Locale[]
}

const OpenGraphLocales = ({ locales, served, available }: OpenGraph) => (
  <>
    <meta property="og:locale" content={openGraphLocale(formatOf(locales, served))} />
    {available
      .filter((locale) => locale !== served)
      .map((locale) => (
        <meta property="og:locale:alternate" content={openGraphLocale(formatOf(locales, locale))} />
      ))}
  </>
)

interface PlainPage {
  readonly site: Site
  readonly words: Words
  readonly title: string
  readonly description: string
  /** The address below `/:locale/`, the same in every locale. */
  readonly path: string
  /** Of a page that only rearranges what another shows: that other page. */
  readonly canonical?: string
  readonly alternates?: readonly Locale[]
}

/**
 * A whole page that is not a briefing's own, such as the index, the table of grades or a side-by-side view: head, menu of languages and
 * content.
 */
export const plainPage = ({
  links,
  children,
  ...page
}: PlainPage & { readonly links: readonly LanguageLink[]; readonly children: Child }): string =>
  document({
    site: page.site,
    words: page.words,
    head: <PlainHead {...page} />,
    switcher: <Switcher words={page.words} links={links} here={hereOf(page)} />,
    children,
  })

/** The address of a page. That of the index is among its links, with its filters. */
const hereOf = ({ words, path }: PlainPage) => (path === '' ? undefined : `/${words.locale}/${path}`)

const PlainHead = ({ site, words, title, description, path, canonical, alternates }: PlainPage) => {
  const { origin, siteName } = site.config
  const address = (locale: Locale) => `${origin}/${locale}/${path}`
  const locales = alternates ?? publicLocales(site.locales)
  return (
    <>
      <title>{`${title} · ${siteName}`}</title>
      <meta name="description" content={description} />
      <link rel="canonical" href={canonical ?? address(words.locale)} />
      {locales.includes(words.locale) &&
        locales.map((locale) => <link rel="alternate" hreflang={locale} href={address(locale)} />)}
      {locales.includes(words.locale) && path === '' && <link rel="alternate" hreflang="x-default" href={`${origin}/`} />}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical ?? address(words.locale)} />
      <meta property="og:locale" content={openGraphLocale(formatOf(site.locales, words.locale))} />
      {!locales.includes(words.locale) && <meta name="robots" content="noindex" />}
    </>
  )
}
