import type { Feed, FeedEntry, FeedWriter } from './feed'

/** A document of a feed in JSON Feed 1.1. What Atom says by a category of its own is under `_vernacular`. */
export const jsonFeed: FeedWriter = {
  type: 'application/feed+json; charset=utf-8',
  around: (feed) => {
    const [opening = '', closing = ''] = JSON.stringify(headOf(feed), null, 2).split(/(?=\]\n\}$)/)
    return [opening, `${feed.isEmpty ? '' : '\n  '}${closing}\n`]
  },
  entry: ({ locale }, entry) => `\n${JSON.stringify(itemOf(locale, entry), null, 2)}`.replaceAll('\n', '\n    '),
  between: ',',
}

const headOf = (feed: Feed) => ({
  version: 'https://jsonfeed.org/version/1.1',
  title: feed.title,
  description: feed.subtitle,
  home_page_url: feed.home,
  feed_url: feed.self,
  ...(feed.previous === undefined ? {} : { next_url: feed.previous }),
  ...(feed.icon === undefined ? {} : { icon: feed.icon }),
  language: feed.locale,
  authors: [{ name: feed.siteName }],
  items: [],
})

const itemOf = (asked: Feed['locale'], entry: FeedEntry) => ({
  id: entry.id,
  url: entry.url,
  title: entry.title.text,
  summary: entry.summary.text,
  content_html: entry.html,
  ...(entry.image === undefined ? {} : { image: entry.image }),
  date_published: entry.published,
  date_modified: entry.updated,
  authors: entry.authors.map((name) => ({ name })),
  tags: entry.categories.map(({ name }) => name),
  language: entry.locale,
  ...(entry.fallback === undefined ? {} : { _vernacular: { asked, reason: entry.fallback, notice: entry.notice } }),
})
