import { Hono } from 'hono'
import type { Context } from '../context'
import { type Bytes, bytesOf, joined, keptBySite, type Pieces } from '../delivery/kept'
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
  type FeedPlace,
  type FeedRequest,
  type FeedRow,
  feedPathTo,
  idOf,
  newestOf,
  readFeedRequest,
  updatedOf,
} from './feed'
import { jsonFeed } from './json-feed'
import { listArchive, listNewest, listRows } from './store'

const forms = { xml: atom, json: jsonFeed }

/** The entries of feeds, and what stands around them. They are made when they are first shown, and again when a print changes them. */
const keptEntries = keptBySite(8_000_000)
const keptAround = keptBySite(1_000_000)

/** Feeds of each language. They have only what everyone may read. */
export const feedRoutes = new Hono<Context>()

for (const form of ['xml', 'json'] as const) {
  feedRoutes.get(`/:locale/feed.${form}`, async (c) => {
    const { site, locale } = c.var
    const request = readFeedRequest(new URL(c.req.url).searchParams, site.settings.vocabulary)
    if (!request) throw new Refusal('feed.filter', {}, { kind: 'invalid' })
    const listed = await (request.archive === undefined
      ? listNewest(site.database, locale, request)
      : listArchive(site.database, locale, request, request.archive))
    if (!listed) return c.notFound()
    const { places, previous, print = await lastPrint(site.database) } = listed
    const entries = await entriesAt(site, locale, form, places)
    const listing = { locale, form, request, previous, updated: newestOf(places), isEmpty: places.length === 0 }
    const [opening, closing] = await around(site, listing)
    const between = bytesOf(forms[form].between)
    return respondPublicly(site, c.req.raw, {
      body: joined([opening, ...entries.flatMap((entry, at) => (at === 0 ? [entry] : [between, entry])), closing]),
      type: forms[form].type,
      language: locale,
      etag: `${print}-${site.fingerprint(locale)}`,
      canonical: site.config.origin + feedPathTo(locale, form, request),
    })
  })
}

/** The entries in these places, as finished bytes. Those that are not kept are read, in one query, and made. */
async function entriesAt(site: LiveSite, asked: Locale, form: FeedForm, places: readonly FeedPlace[]): Promise<Pieces> {
  const kept = keptEntries(site)
  const keyOf = ({ briefingId, print, appearedAt, updatedAt }: FeedPlace) =>
    [form, asked, briefingId, print, appearedAt, updatedAt].join(' ')
  const known = places.map((place) => ({ place, pieces: kept.find(keyOf(place)) }))
  const missing = known.flatMap(({ place, pieces }) => (pieces ? [] : [place.briefingId]))
  const read = new Map((await listRows(site.database, asked, missing)).map((row) => [row.briefingId, row]))
  const feed = { locale: asked, home: homeOf(site, asked) }
  const made = async (row: FeedRow | undefined): Promise<Pieces> =>
    row ? kept.keep(keyOf(row), [bytesOf(forms[form].entry(feed, await entryOf(site, asked, row)))]) : []
  const pieces = await Promise.all(known.map(({ place, pieces }) => pieces ?? made(read.get(place.briefingId))))
  return pieces.flat()
}

const homeOf = ({ config }: LiveSite, locale: Locale) => config.origin + addressOf(locale, {})

interface Listing extends Pick<Feed, 'updated' | 'isEmpty'> {
  readonly locale: Locale
  readonly form: FeedForm
  readonly request: FeedRequest
  readonly previous: number | undefined
}

/** What stands before the entries, and after them. */
async function around(site: LiveSite, listing: Listing): Promise<readonly [Bytes, Bytes]> {
  const kept = keptAround(site)
  const key = JSON.stringify(listing)
  const [before, after] = kept.find(key) ?? []
  if (before && after) return [before, after]
  const [opening, closing] = forms[listing.form].around(await feedOf(site, listing))
  const made = [bytesOf(opening), bytesOf(closing)] as const
  kept.keep(key, made)
  return made
}

async function feedOf(site: LiveSite, { locale, form, request, previous, updated, isEmpty }: Listing): Promise<Feed> {
  const { config } = site
  const { archive, ...whole } = request
  const words = site.speak(locale)
  const address = (asked: FeedRequest) => config.origin + feedPathTo(locale, form, asked)
  return {
    id: await idOf('feed', feedPathTo(locale, 'xml', whole)),
    locale,
    title: words.t('punctuation.brackets', { text: config.siteName, inside: words.language(locale) }),
    subtitle: words.t('site.tagline'),
    siteName: config.siteName,
    ...(site.settings.brand.icon !== undefined && { icon: config.origin + site.asset('icon.svg') }),
    self: address(request),
    current: address(whole),
    isArchive: archive !== undefined,
    home: homeOf(site, locale),
    ...(previous ? { previous: address({ ...whole, archive: previous }) } : {}),
    updated,
    isEmpty,
  }
}

async function entryOf(site: LiveSite, asked: Locale, row: FeedRow): Promise<FeedEntry> {
  const { config } = site
  const { briefingId, appearedAt, answer } = row
  const { resolution, reading } = answer
  const { served, reason } = resolution
  const { regions } = reading.facts
  const words = site.speak(served)
  const sentences = sentencesOf(answer, site.speak(asked))
  return {
    id: await idOf('entry', briefingId, asked),
    url: config.origin + pathTo(asked, reading.slug),
    locale: served,
    title: reading.title,
    summary: reading.summary,
    html: entryContent({ site, reading, words, notice: { asked, sentences } }),
    ...(reading.image && { image: config.origin + site.asset(`images/${reading.image.file}`) }),
    authors: reading.byline,
    translators: reading.translators,
    categories: [
      ...(['category', 'domain', 'impact'] as const).flatMap((list) => {
        const word = reading.facts[list]
        return word === undefined ? [] : [{ list, word, name: words.named(`${list}.${word}`) }]
      }),
      ...regions.map((region) => ({ list: 'region', word: region, name: asEntry(words.region(region), served) })),
    ],
    published: appearedAt,
    updated: updatedOf(row),
    ...(isFallback(resolution) ? { fallback: reason } : {}),
    notice: sentences,
  }
}
