import { Hono } from 'hono'
import type { Context } from '../context'
import { respondPublicly } from '../delivery/respond'
import { pathTo } from '../editions/addresses'
import { addressOf } from '../editions/listing'
import { sentencesOf } from '../editions/notice'
import { lastPrint } from '../editions/store'
import type { Locale } from '../language/locale'
import { isFallback } from '../language/resolution'
import { asEntry } from '../language/text'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { atom } from './atom'
import { entryContent } from './entry-content'
import {
  type Feed,
  type FeedEntry,
  type FeedForm,
  type FeedRequest,
  type FeedRow,
  type FeedRows,
  feedPathTo,
  idOf,
  readFeedRequest,
  updatedOf,
} from './feed'
import { jsonFeed } from './json-feed'
import { listArchive, listNewest } from './store'

const forms = {
  xml: { write: atom, type: 'application/atom+xml; charset=utf-8' },
  json: { write: jsonFeed, type: 'application/feed+json; charset=utf-8' },
} as const

/** Feeds of each language. They have only what everyone may read. */
export const feedRoutes = new Hono<Context>()

for (const form of ['xml', 'json'] as const) {
  feedRoutes.get(`/:locale/feed.${form}`, async (c) => {
    const { site, locale } = c.var
    const request = readFeedRequest(new URL(c.req.url).searchParams)
    if (!request) throw new Refusal('feed.filter', {}, { kind: 'invalid' })
    const print = await lastPrint(site.database) // Before the list: an ETag may name an older print than the list shows, never a newer.
    const listed = await (request.archive === undefined
      ? listNewest(site.database, locale, request)
      : listArchive(site.database, locale, request, request.archive))
    if (!listed) return c.notFound()
    const feed = await feedOf(site, { locale, form, request, ...listed })
    const { write, type } = forms[form]
    return respondPublicly(site, c.req.raw, {
      body: write(feed),
      type,
      language: locale,
      etag: `${print}-${site.fingerprint(locale)}`,
      canonical: feed.self,
    })
  })
}

interface Listed extends FeedRows {
  readonly locale: Locale
  readonly form: FeedForm
  readonly request: FeedRequest
}

async function feedOf(site: LiveSite, { locale, form, request, rows, previous }: Listed): Promise<Feed> {
  const { config } = site
  const { archive, ...whole } = request
  const words = site.speak(locale)
  const address = (asked: FeedRequest) => config.origin + feedPathTo(locale, form, asked)
  const entries = await Promise.all(rows.map((row) => entryOf(site, locale, row)))
  return {
    id: await idOf('feed', feedPathTo(locale, 'xml', whole)),
    locale,
    title: words.t('punctuation.brackets', { text: config.siteName, inside: words.language(locale) }),
    subtitle: words.t('site.tagline'),
    siteName: config.siteName,
    icon: config.origin + site.asset('icon.svg'),
    self: address(request),
    current: address(whole),
    isArchive: archive !== undefined,
    home: config.origin + addressOf(locale, {}),
    ...(previous ? { previous: address({ ...whole, archive: previous }) } : {}),
    updated: updatedOf(entries),
    entries,
  }
}

async function entryOf(
  site: LiveSite,
  asked: Locale,
  { briefingId, appearedAt, updatedAt, answer }: FeedRow,
): Promise<FeedEntry> {
  const { config } = site
  const { resolution, reading } = answer
  const { served, reason } = resolution
  const { category, domain, impact, regions } = reading.facts
  const words = site.speak(served)
  const sentences = sentencesOf(answer, site.speak(asked))
  return {
    id: await idOf('entry', briefingId, asked),
    url: config.origin + pathTo(asked, reading.slug),
    locale: served,
    title: reading.title,
    summary: reading.summary,
    html: entryContent({ site, reading, words, notice: { asked, sentences } }),
    image: config.origin + site.asset(`images/${reading.image.file}`),
    authors: reading.byline,
    translators: reading.translators,
    categories: [
      { list: 'category', word: category, name: words.t(`category.${category}`) },
      { list: 'domain', word: domain, name: words.t(`domain.${domain}`) },
      { list: 'impact', word: impact, name: words.t(`impact.${impact}`) },
      ...regions.map((region) => ({ list: 'region', word: region, name: asEntry(words.region(region), served) })),
    ],
    published: appearedAt,
    updated: updatedAt < appearedAt ? appearedAt : updatedAt,
    ...(isFallback(resolution) ? { fallback: reason } : {}),
    notice: sentences,
  }
}
