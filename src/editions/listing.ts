import type { Locale, Locales } from '../language/locale'
import { isRegion } from '../language/region'
import type { SiteVocabulary } from '../settings/settings'
import { facetNames } from './card'
import { filterableIn, isStanding, type Standing } from './standing'

/** The filters of an index page. */
export interface ListingFilter {
  readonly category?: string
  readonly domain?: string
  readonly impact?: string
  readonly region?: string
  readonly standing?: Standing
  /** Only what exists in the reader's language. */
  readonly only?: boolean
}

/** Where a page of the list begins: after this briefing, in the order native first, newest first. */
export interface Cursor {
  readonly native: 0 | 1
  readonly publishedAt: string
  readonly briefingId: string
}

export interface ListingRequest {
  readonly filter: ListingFilter
  readonly after?: Cursor
}

/** A card in its place on a page of the list. */
export interface CardPlace {
  readonly isNative: boolean
  readonly briefingId: string
  /** The edition that readers are served, and the print that made it. */
  readonly locale: Locale
  readonly print: number
}

export const pageSize = 20

/** Reads the query of an index address. `undefined`: it has a value or a cursor that no list has. Empty values count as absent. */
export function readListing(query: URLSearchParams, vocabulary: SiteVocabulary): ListingRequest | undefined {
  const filter = readFilter(query, vocabulary)
  const typed = query.get('after') || undefined
  if (!filter || typed === undefined) return filter && { filter }
  const after = readCursor(typed)
  return after && { filter, after }
}

/** Reads the filters of an address. `undefined`: it has a value that no list has. Empty values count as absent. */
export function readFilter(query: URLSearchParams, vocabulary: SiteVocabulary): ListingFilter | undefined {
  const value = (name: string) => query.get(name) || undefined
  const filter: Record<string, string | boolean> = {}
  for (const list of ['category', 'domain', 'impact'] as const) {
    const word = value(list)
    if (word === undefined) continue
    if (!vocabulary[list].includes(word)) return undefined
    filter[list] = word
  }
  const region = value('region')
  if (region !== undefined) {
    if (!isRegion(region)) return undefined
    filter['region'] = region
  }
  const standing = value('standing')
  if (standing !== undefined) {
    if (!isStanding(standing)) return undefined
    filter['standing'] = standing
  }
  if (value('only')) filter['only'] = true
  return filter
}

/** The same filter in another language: without a standing that no briefing can have there. */
export function filterIn(site: Locales, asked: Locale, filter: ListingFilter): ListingFilter {
  const { standing, ...rest } = filter
  return standing === undefined || filterableIn(site, asked).includes(standing) ? filter : rest
}

/** The address of a page of the list. */
export function addressOf(locale: Locale, filter: ListingFilter, after?: Cursor): string {
  const search = queryOf(locale, filter, after).toString()
  return `/${locale}/${search === '' ? '' : `?${search}`}`
}

/** The parameters of a page of the list, always in the same order. */
export function queryOf(locale: Locale, filter: ListingFilter, after?: Cursor): URLSearchParams {
  const query = new URLSearchParams(parametersFor(locale, filter))
  if (after) query.set('after', `${after.native}~${after.publishedAt}~${after.briefingId}`)
  return query
}

/** The parameters of a filter, always in the same order. */
export const parametersFor = (locale: Locale, filter: ListingFilter): [string, string][] => [
  ...facetNames.flatMap((name): [string, string][] => (filter[name] ? [[name, filter[name]]] : [])),
  ...(filter.only ? [['only', locale] as [string, string]] : []),
]

/** The canonical address of a page of the list: its own if it is not filtered, otherwise that of the whole list. */
export const canonicalOf = (locale: Locale, { filter, after }: ListingRequest) =>
  Object.keys(filter).length === 0 ? addressOf(locale, {}, after) : addressOf(locale, {})

function readCursor(text: string): Cursor | undefined {
  const [, native, publishedAt, briefingId] = /^([01])~([0-9TZ:.-]{20,24})~([a-z0-9-]{1,60})$/.exec(text) ?? []
  if (publishedAt === undefined || briefingId === undefined || Number.isNaN(Date.parse(publishedAt))) return undefined
  return { native: native === '1' ? 1 : 0, publishedAt, briefingId }
}
