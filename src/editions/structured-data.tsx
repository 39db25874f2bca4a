import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { given } from '../language/given'
import type { Site } from '../site'
import { pathTo } from './addresses'
import type { Answer } from './print'
import type { Image, Reading } from './reading'

/** The article as schema.org JSON-LD, for search engines. It names the parts for members, without any of their text. */
export function structuredData(site: Site, { resolution, reading }: Answer) {
  const { origin, siteName } = site.config
  const address = (locale: string) => origin + pathTo(locale, reading.slug)
  const { source } = site.locales
  const locked = lockedParts(reading)
  const data = {
    '@context': 'https://schema.org',
    '@type': 'AnalysisNewsArticle',
    '@id': address(resolution.served),
    url: address(resolution.served),
    headline: reading.title.text,
    description: reading.summary.text,
    inLanguage: resolution.served,
    datePublished: reading.publishedAt,
    dateModified: reading.changedAt ?? reading.publishedAt,
    author: authorsOf(reading, siteName),
    publisher: { '@type': 'Organization', name: siteName, url: `${origin}/` },
    ...filled({
      about: aboutIn(reading, site.speak(reading.locale)),
      image: reading.image && pictureIn(reading.image, origin + site.asset(`images/${reading.image.file}`)),
      citation: reading.sources.map(({ title, url }) => ({ '@type': 'CreativeWork', name: title.text, url })),
    }),
    isAccessibleForFree: locked.length === 0,
    ...(locked.length === 0 ? {} : { hasPart: locked }),
    ...(resolution.served === source
      ? {
          workTranslation: resolution.available
            .filter((locale) => locale !== source)
            .map((locale) => ({ '@type': 'AnalysisNewsArticle', '@id': address(locale), inLanguage: locale })),
        }
      : {
          translationOfWork: { '@type': 'AnalysisNewsArticle', '@id': address(source), inLanguage: source },
          ...(reading.translators.length === 0
            ? {}
            : { translator: reading.translators.map((name) => ({ '@type': 'Person', name })) }),
        }),
  }
  return <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
}

/** Who signs it: persons, but for the site itself and those of whom the byline says that they are organisations. */
const authorsOf = ({ byline, bylineOrganisations = [] }: Reading, siteName: string) => {
  const organisations = new Set([siteName, ...bylineOrganisations])
  return byline.map((name) => ({ '@type': organisations.has(name) ? 'Organization' : 'Person', name }))
}

/** Those of these fields that say something. */
const filled = (fields: Readonly<Record<string, object | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value && !(Array.isArray(value) && value.length === 0)))

const pictureIn = ({ width, height, caption, by, provenance }: Image, url: string) =>
  given({
    '@type': 'ImageObject',
    url,
    width,
    height,
    caption: caption?.text,
    creditText: by,
    description: provenance?.text,
  })

/** The organisations that it is about, by what its language calls them, and by their own names beside. */
const aboutIn = ({ organisations }: Reading, { organisation }: Words) =>
  organisations.map(({ name }) => {
    const { text } = organisation(name)
    return { '@type': 'Organization', name: text, ...(text === name ? {} : { alternateName: name }) }
  })

function lockedParts({ sections, linkedOrganisations }: Reading) {
  const parts = sections
    .filter(({ locked }) => locked)
    .map(({ id, heading }) => ({ anchor: `sections.${id}`, name: heading.text }))
  if (linkedOrganisations.locked && linkedOrganisations.count > 0) parts.push({ anchor: 'linkedOrganisations', name: '' })
  return parts.map(({ anchor, name }) => ({
    '@type': 'WebPageElement',
    isAccessibleForFree: false,
    cssSelector: `#${anchor.replaceAll('.', '\\.')}`,
    ...(name === '' ? {} : { name }),
  }))
}
