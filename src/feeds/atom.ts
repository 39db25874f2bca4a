import type { Text } from '../editions/reading'
import { attributes, escaped } from '../language/xml'
import type { Feed, FeedEntry, FeedWriter } from './feed'

/**
 * A document of a feed in Atom (RFC 4287), with the links between documents of RFC 5005. Nothing that a person typed can make it
 * ill-formed: texts are written by `escaped`, which drops what XML forbids.
 */
export const atom: FeedWriter = {
  type: 'application/atom+xml; charset=utf-8',
  around: (feed) => [openingOf(feed), '\n</feed>\n'],
  entry: (feed, entry) => `\n${atomEntry(feed, entry)}`,
  between: '',
}

const openingOf = (feed: Feed): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${feed.isArchive ? ' xmlns:fh="http://purl.org/syndication/history/1.0"' : ''}${attributes({ 'xml:lang': feed.locale })}>
${lines([
  element('id', feed.id),
  element('title', feed.title),
  element('subtitle', feed.subtitle),
  element('updated', feed.updated),
  `<author>${element('name', feed.siteName)}</author>`,
  feed.icon !== undefined && element('icon', feed.icon),
  feed.isArchive && '<fh:archive/>',
  link({ rel: 'self', type: 'application/atom+xml', href: feed.self }),
  link({ rel: 'alternate', type: 'text/html', hreflang: feed.locale, href: feed.home }),
  feed.isArchive && link({ rel: 'current', type: 'application/atom+xml', href: feed.current }),
  feed.previous !== undefined && link({ rel: 'prev-archive', type: 'application/atom+xml', href: feed.previous }),
])}`

/** An entry with a single link to a page. If there are several, programs use the last, whatever its `hreflang` says. */
const atomEntry = (feed: Pick<Feed, 'home'>, entry: FeedEntry) => `<entry${attributes({ 'xml:lang': entry.locale })}>
${lines([
  element('id', entry.id),
  textElement('title', entry.title, entry.locale),
  link({ rel: 'alternate', type: 'text/html', hreflang: entry.locale, href: entry.url }),
  element('published', entry.published),
  element('updated', entry.updated),
  ...entry.authors.map((name) => `<author>${element('name', name)}</author>`),
  ...entry.translators.map((name) => `<contributor>${element('name', name)}</contributor>`),
  ...entry.categories.map(
    ({ list, word, name }) => `<category${attributes({ scheme: `${feed.home}#${list}`, term: word, label: name })}/>`,
  ),
  entry.fallback !== undefined &&
    `<category${attributes({ scheme: `${feed.home}#resolution`, term: entry.fallback, label: entry.notice[0] })}/>`,
  textElement('summary', entry.summary, entry.locale),
  `<content type="html">${escaped(entry.html)}</content>`,
])}
</entry>`

const lines = (items: readonly (string | false)[]) => items.filter((item) => item !== false).join('\n')

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`

const textElement = (name: string, { text, lang }: Text, around: string) =>
  `<${name}${attributes({ 'xml:lang': lang === around ? undefined : lang })}>${escaped(text)}</${name}>`

const link = (values: Readonly<Record<string, string>>) => `<link${attributes(values)}/>`
