import { childrenOf, type Element, readXml } from '../../src/translations/packs/xml'
import { aBriefing } from './briefings'
import type { Loaded, Newsroom } from './newsroom'

/** The text of an element, without that of elements inside it. */
export const textIn = ({ children }: Element): string => children.filter((child) => typeof child === 'string').join('')

const only = (parent: Element, name: string): string => childrenOf(parent, name).map(textIn).join('')

const links = (parent: Element) =>
  childrenOf(parent, 'link').map(({ attributes }) => Object.fromEntries(attributes) as Record<string, string | undefined>)

/** An Atom document as a strict XML reader finds it. */
export function readAtom(xml: string) {
  const feed = readXml(xml)
  return {
    lang: feed.attributes.get('xml:lang'),
    id: only(feed, 'id'),
    updated: only(feed, 'updated'),
    links: links(feed),
    isArchive: childrenOf(feed, 'archive', 'http://purl.org/syndication/history/1.0').length === 1,
    entries: childrenOf(feed, 'entry').map((entry) => ({
      lang: entry.attributes.get('xml:lang'),
      id: only(entry, 'id'),
      title: only(entry, 'title'),
      titleLang: childrenOf(entry, 'title')[0]?.attributes.get('xml:lang'),
      published: only(entry, 'published'),
      updated: only(entry, 'updated'),
      url: links(entry)[0]?.['href'],
      links: links(entry),
      authors: childrenOf(entry, 'author').map((author) => only(author, 'name')),
      terms: childrenOf(entry, 'category').map(({ attributes }) => attributes.get('term')),
      html: only(entry, 'content'),
    })),
  }
}

export type ReadFeed = ReturnType<typeof readAtom>

/** The link of a feed or an entry with this relation. */
export const linkOf = ({ links: told }: Pick<ReadFeed, 'links'>, rel: string) =>
  told.find((link) => link['rel'] === rel)?.['href']

export const feedAt = async (newsroom: Newsroom, path: string): Promise<ReadFeed> => readAtom(await newsroom.text(path))

/** The documents of a feed, from the one that readers subscribe to back to the oldest archive. */
export async function documentsOf(newsroom: Newsroom, path: string): Promise<readonly ReadFeed[]> {
  const documents: ReadFeed[] = []
  for (let next: string | undefined = path; next !== undefined; ) {
    const feed = await feedAt(newsroom, next)
    documents.push(feed)
    next = linkOf(feed, 'prev-archive')?.slice(newsroom.origin.length)
    if (documents.length > 100) throw new Error('The archives go on for ever.')
  }
  return documents
}

/** The addresses of a sitemap or an index of sitemaps, with what it says of each. */
export function readSitemap(xml: string) {
  return readXml(xml)
    .children.filter((child): child is Element => typeof child !== 'string')
    .map((each) => ({
      loc: only(each, 'loc'),
      lastmod: only(each, 'lastmod'),
      alternates: Object.fromEntries(
        childrenOf(each, 'link', 'http://www.w3.org/1999/xhtml').map(({ attributes }) => [
          attributes.get('hreflang') ?? '',
          attributes.get('href') ?? '',
        ]),
      ),
    }))
}

/** A briefing of its own, published at that time. */
export const published = (id: string, publishedAt: string, changes: Partial<Loaded['briefing']> = {}) =>
  aBriefing({
    id,
    slug: id,
    title: `Briefing ${id}`,
    publishedAt,
    revisions: [{ revision: 1, savedAt: publishedAt, significance: 'material', note: 'First published', replaced: {} }],
    ...changes,
  })
