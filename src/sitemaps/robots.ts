import type { Words } from '../language/catalog'
import { type Locale, openLocales, publicLocales } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'

/**
 * Where robots are not wanted (RFC 9309): pages for one reader, which hold nothing for anyone else. Each language is named, because `*` would
 * stand for `es/briefings` too, and a briefing may be called `accounting`. A site without search engines is closed to all of them.
 */
export const robots = (site: Site): string =>
  site.config.features.searchEngines ? byAddress(site) : 'User-agent: *\nDisallow: /\n'

const byAddress = ({ config: { origin }, locales }: Site): string => `User-agent: *
Disallow: /outbox
Disallow: /sign-in
Disallow: /account
${openLocales(locales)
  .map((locale) => `Disallow: /${locale}/sign-in\nDisallow: /${locale}/account`)
  .join('\n')}

Sitemap: ${origin}/sitemap.xml
Sitemap: ${origin}/news-sitemap.xml
`

/** What the site is and where its machine-readable forms are, for language models and their makers (llmstxt.org). */
export function llms({ config: { origin, siteName, features }, locales }: Site, words: Words): string {
  const address = (locale: Locale) =>
    `- [${asEntry(words.language(locale), words.locale)}](${origin}/${locale}/): \`${locale}\`, [Atom](${origin}/${locale}/feed.xml), [JSON Feed](${origin}/${locale}/feed.json)`
  return `# ${siteName}

> ${words.t('site.tagline')}
>
> ${words.t('site.promise')}

Every briefing has an address in each language, \`${origin}/{locale}/briefings/{slug}\`. If it has not been translated, that address serves
the English, says so, and names the address of the English as canonical. The page also says if a translation is older than the English,
or if a machine made it.

## Languages

${publicLocales(locales).map(address).join('\n')}

## Machine-readable forms

- Markdown: \`/{locale}/briefings/{slug}.md\`, or the same address with \`Accept: text/markdown\`
- JSON: \`/{locale}/briefings/{slug}.json\`. It says which language was asked for, which is served, and why
- Feeds: \`/{locale}/feed.xml\` and \`/{locale}/feed.json\`, ${features.fullTextFeeds ? 'with full texts' : 'with summaries'}; \`?include=fallback\` adds briefings that are not translated yet, marked as such
- API: as [OpenAPI](${origin}/api/openapi.json), and as [a page](${origin}/api/docs)
- [Sitemaps](${origin}/sitemap.xml), with the languages of each address
- [What is new](${origin}/news-sitemap.xml)

Some sections are for members. No format has them for readers who are not signed in.
`
}
