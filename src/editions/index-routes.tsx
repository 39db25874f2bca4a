import { Hono } from 'hono'
import type { Context } from '../context'
import { type Bytes, bytesOf, joined, keptBySite, type Pieces } from '../delivery/kept'
import { respondPublicly } from '../delivery/respond'
import type { Locale } from '../language/locale'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { aroundGaps, everyLanguage } from '../ui/layout'
import { cardItem } from './card-item'
import { type IndexPage, indexPage } from './index-page'
import { addressOf, type CardPlace, canonicalOf, filterIn, readListing } from './listing'
import { listCards, listPlaces } from './listing-store'
import { lastPrint } from './store'
import { findUsedSince } from './used-store'

/** The cards of lists, and what stands around them. They are made when they are first shown, and again when a print changes them. */
const keptCards = keptBySite(4_000_000)
const keptAround = keptBySite(2_000_000)

/** The index of each language. */
export const indexRoutes = new Hono<Context>()

indexRoutes.get('/:locale/', async (c) => {
  const { site, locale } = c.var
  const request = readListing(new URL(c.req.url).searchParams, site.settings.vocabulary)
  if (!request) throw new Refusal('list.filter', {}, { kind: 'invalid' })
  const { places, next, print: seen } = await listPlaces(site.database, locale, request)
  const print = seen ?? (await lastPrint(site.database))
  const cards = await cardsAt(site, locale, places)
  const groups = [true, false].map((wanted) => cards.flatMap(({ isNative, card }) => (isNative === wanted ? [card] : [])))
  const pieces = around(site, locale, {
    request,
    next,
    used: await findUsedSince(site.database, locale, print),
    hasNative: groups[0]?.length !== 0,
    hasElsewhere: groups[1]?.length !== 0,
  })
  const filled = groups.filter(({ length }) => length > 0)
  return respondPublicly(site, c.req.raw, {
    body: joined(pieces.flatMap((piece, at) => [piece, ...(filled[at] ?? [])])),
    type: 'text/html; charset=utf-8',
    language: locale,
    etag: `${print}-${site.fingerprint(locale)}`,
    canonical: site.config.origin + canonicalOf(locale, request),
  })
})

/** The cards in these places, as finished bytes. Those that are not kept are read, in one query, and made. */
async function cardsAt(
  site: LiveSite,
  asked: Locale,
  places: readonly CardPlace[],
): Promise<readonly { readonly isNative: boolean; readonly card: Bytes }[]> {
  const kept = keptCards(site)
  const keyOf = ({ isNative, briefingId, locale }: CardPlace, print: number) =>
    `${asked} ${isNative} ${briefingId} ${locale} ${print}`
  const known = places.map((place) => ({ place, pieces: kept.find(keyOf(place, place.print)) }))
  const missing = known.flatMap(({ place, pieces }) => (pieces ? [] : [place]))
  const read = new Map((await listCards(site.database, missing)).map((each) => [each.briefingId, each]))
  const made = (place: CardPlace): Pieces => {
    const found = read.get(place.briefingId)
    if (!found) return [] // It was withdrawn since the list was read.
    const { isNative } = place
    const html = cardItem({ site, words: site.speak(asked), card: found.card, isNative })
    return kept.keep(keyOf(place, found.print), [bytesOf(html)])
  }
  return known.flatMap(({ place, pieces }) => (pieces ?? made(place)).map((card) => ({ isNative: place.isNative, card })))
}

/** The index around its cards. */
function around(
  site: LiveSite,
  locale: Locale,
  page: Pick<IndexPage, 'request' | 'next' | 'used' | 'hasNative' | 'hasElsewhere'>,
): Pieces {
  const kept = keptAround(site)
  const key = JSON.stringify([site.fingerprint(locale), locale, page])
  const sameList = (tag: Locale) => addressOf(tag, filterIn(site.locales, tag, page.request.filter))
  const make = () =>
    aroundGaps(indexPage({ site, words: site.speak(locale), links: everyLanguage(site, locale, sameList), ...page })).map(bytesOf)
  return kept.find(key) ?? kept.keep(key, make())
}
