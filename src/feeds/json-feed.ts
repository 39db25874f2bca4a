import type { Feed } from './feed'

/** A document of a feed in JSON Feed 1.1. What Atom says by a category of its own is under `_vernacular`. */
export function jsonFeed(feed: Feed): string {
  const value = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.subtitle,
    home_page_url: feed.home,
    feed_url: feed.self,
    ...(feed.previous === undefined ? {} : { next_url: feed.previous }),
    icon: feed.icon,
    language: feed.locale,
    authors: [{ name: feed.siteName }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title.text,
      summary: entry.summary.text,
      content_html: entry.html,
      image: entry.image,
      date_published: entry.published,
      date_modified: entry.updated,
      authors: entry.authors.map((name) => ({ name })),
      tags: entry.categories.map(({ name }) => name),
      language: entry.locale,
      ...(entry.fallback === undefined
        ? {}
        : { _vernacular: { asked: feed.locale, reason: entry.fallback, notice: entry.notice } }),
    })),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}
