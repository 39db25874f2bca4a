import type { Card } from '../editions/card'
import { addressOf, type ListingFilter, readListing } from '../editions/listing'
import type { Answer } from '../editions/print'
import type { Text } from '../editions/reading'
import { hexOf } from '../language/hex'
import type { Locale } from '../language/locale'
import type { Reason } from '../language/resolution'
import type { SiteVocabulary } from '../settings/settings'

export type FeedForm = 'xml' | 'json'

/** The filters of a feed, and which of its documents is asked for. */
export interface FeedRequest {
  readonly filter: ListingFilter
  /** Whether it also lists briefings that are not in the language asked for. */
  readonly withFallback: boolean
  /** The number of an archive, from 1, oldest first. Without it, the document that readers subscribe to. */
  readonly archive?: number
}

/** How many places an archive has. The document that readers subscribe to has as many entries, and at most as many again, less one. */
export const feedSize = 20

/** The months by which archives were named before they had numbers. */
const month = /^\d{4}-\d\d(\.\d{1,6})?$/

/**
 * Reads the query of a feed's address. The filters are those of the index. An archive of a month is none now, so whoever still has its address
 * gets the newest entries and reads on from there. `undefined`: the query has a value that no list has.
 */
export function readFeedRequest(query: URLSearchParams, vocabulary: SiteVocabulary): FeedRequest | undefined {
  const { filter, after } = readListing(query, vocabulary) ?? {}
  const include = query.get('include') || undefined
  if (!filter || after || (include !== undefined && include !== 'fallback')) return undefined
  const request = { filter, withFallback: include === 'fallback' && filter.only !== true }
  const typed = query.get('archive') || undefined
  if (typed === undefined || month.test(typed)) return request
  return /^[1-9]\d{0,6}$/.test(typed) ? { ...request, archive: Number(typed) } : undefined
}

/** The address of a feed's document, with parameters always in the same order. */
export function feedPathTo(locale: Locale, form: FeedForm, { filter, withFallback, archive }: FeedRequest): string {
  const { only: _only, ...narrowed } = filter
  const listing = addressOf(locale, narrowed)
  const query = new URLSearchParams(listing.slice(listing.indexOf('?') === -1 ? listing.length : listing.indexOf('?')))
  if (withFallback) query.set('include', 'fallback')
  if (archive !== undefined) query.set('archive', String(archive))
  const search = query.toString()
  return `/${locale}/feed.${form}${search === '' ? '' : `?${search}`}`
}

/** A briefing that appeared in a language, as lists show it to everyone. */
export interface Appeared {
  readonly isNative: boolean
  readonly card: Card
}

/** An entry in its place, without its texts. */
export interface FeedPlace {
  readonly briefingId: string
  readonly appearedAt: string
  readonly updatedAt: string
  /** The last print that changed what it says. */
  readonly print: number
}

export interface FeedRow extends FeedPlace {
  readonly answer: Answer
}

/** The entries of a document, the last listed first, and the archive that continues where they end. */
export interface FeedPlaces {
  readonly places: readonly FeedPlace[]
  readonly previous?: number
  /** The number of the newest print, as the same query saw it; absent if there are no entries. */
  readonly print?: number
}

/** How the documents of a feed are written in one form. */
export interface FeedWriter {
  readonly type: string
  /** What stands before the entries, and after them. */
  readonly around: (feed: Feed) => readonly [string, string]
  readonly entry: (feed: Pick<Feed, 'locale' | 'home'>, entry: FeedEntry) => string
  /** What stands between two entries. */
  readonly between: string
}

/** A document of a feed without its entries, in plain values. Addresses are whole. */
export interface Feed {
  readonly id: string
  readonly locale: Locale
  readonly title: string
  readonly subtitle: string
  readonly siteName: string
  readonly icon?: string
  /** The addresses of this document, and of the one that readers subscribe to. */
  readonly self: string
  readonly current: string
  readonly isArchive: boolean
  /** The same in HTML. */
  readonly home: string
  /** The archive that continues where this document ends. */
  readonly previous?: string
  readonly updated: string
  readonly isEmpty: boolean
}

export interface FeedEntry {
  readonly id: string
  readonly url: string
  /** The language served. */
  readonly locale: Locale
  readonly title: Text
  readonly summary: Text
  /** Sanitised HTML, addresses in it whole. */
  readonly html: string
  readonly image?: string
  readonly authors: readonly string[]
  readonly translators: readonly string[]
  readonly categories: readonly { readonly list: string; readonly word: string; readonly name: string }[]
  readonly published: string
  readonly updated: string
  /** Why it is not in the language asked for, if it is not. */
  readonly fallback?: Reason
  /** The notice about its language, in the language asked for. */
  readonly notice: readonly string[]
}

/** When an entry last changed materially, which is not before it appeared. */
export const updatedOf = ({ appearedAt, updatedAt }: Pick<FeedPlace, 'appearedAt' | 'updatedAt'>): string =>
  updatedAt < appearedAt ? appearedAt : updatedAt

/** When a feed last changed materially: the change of its newest entry. A feed without entries never changed. */
export const newestOf = (places: readonly FeedPlace[]): string =>
  places.map(updatedOf).reduce((latest, updated) => (latest < updated ? updated : latest), '1970-01-01T00:00:00Z')

/** Our namespace for UUIDs of version 5. Never change it: feed readers would take all entries for new. */
const namespace = [0x6f, 0x1c, 0x5e, 0x0a, 0x3b, 0x84, 0x4d, 0x27, 0x9a, 0x52, 0xc1, 0x7e, 0x0d, 0x93, 0xb8, 0x46]

/**
 * An id that depends only on the name (RFC 9562, 5.5). The name of an entry is its briefing and the language asked for. So a correction, or a
 * new slug, translator or host, does not change the id.
 */
export async function idOf(...name: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(name.join(' '))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new Uint8Array([...namespace, ...bytes])), 0, 16)
  const hex = hexOf(digest.map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x50 : index === 8 ? (byte & 0x3f) | 0x80 : byte)))
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}
