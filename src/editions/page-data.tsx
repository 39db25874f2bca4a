import { raw } from 'hono/html'
import type { Site } from '../site'
import { pathTo } from './addresses'
import type { Answer } from './print'

/** What schema.org calls a page of this name. */
const types: Readonly<Record<string, string>> = { about: 'AboutPage', contact: 'ContactPage' }

/** A page about the site as schema.org JSON-LD. */
export function pageData({ config: { origin, siteName }, locales }: Site, { resolution, reading }: Answer) {
  const address = (locale: string) => origin + pathTo(locale, reading.slug, 'page')
  const type = types[reading.slug] ?? 'WebPage'
  const isTranslated = resolution.served !== locales.source
  const data = {
    '@context': 'https://schema.org',
    '@type': type,
    '@id': address(resolution.served),
    url: address(resolution.served),
    name: reading.title.text,
    description: reading.summary.text,
    inLanguage: resolution.served,
    datePublished: reading.publishedAt,
    dateModified: reading.changedAt ?? reading.publishedAt,
    isPartOf: { '@type': 'WebSite', name: siteName, url: `${origin}/` },
    ...(isTranslated ? { translationOfWork: { '@type': type, '@id': address(locales.source), inLanguage: locales.source } } : {}),
  }
  return <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
}
