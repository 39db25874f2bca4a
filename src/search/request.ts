import { type ListingFilter, parametersFor, readFilter } from '../editions/listing'
import type { Locale } from '../language/locale'
import type { SiteVocabulary } from '../settings/settings'
import { type Field, fields } from './expression'
import { typedIn } from './query'

/** Where a page of results begins: after this result. */
export interface Cursor {
  readonly isNative: boolean
  readonly field: Field
  readonly id: number
}

/** What the address of a search asks for. */
export interface SearchRequest {
  readonly typed: string
  readonly filter: ListingFilter
  readonly after?: Cursor
}

/** Reads an address. `undefined`: a filter that no list has, or a broken cursor. Any search text is valid. */
export function readSearch(query: URLSearchParams, vocabulary: SiteVocabulary): SearchRequest | undefined {
  const filter = readFilter(query, vocabulary)
  const typed = typedIn(query.get('q') ?? '')
  const at = query.get('after') || undefined
  if (!filter || at === undefined) return filter && { typed, filter }
  const after = readCursor(at)
  return after && { typed, filter, after }
}

/** What asks for a page of results. */
export function queryOf(locale: Locale, { typed, filter, after }: SearchRequest): URLSearchParams {
  const query = new URLSearchParams([...(typed === '' ? [] : [['q', typed]]), ...parametersFor(locale, filter)])
  if (after) query.set('after', `${after.isNative ? 1 : 0}~${after.field}~${after.id}`)
  return query
}

/** The address of a page of results; `form` `.json` for programs. */
export function searchPathTo(locale: Locale, request: SearchRequest, form: '' | '.json' = ''): string {
  const asked = queryOf(locale, request).toString()
  return `/${locale}/search${form}${asked === '' ? '' : `?${asked}`}`
}

const isField = (word: string): word is Field => (fields as readonly string[]).includes(word)

function readCursor(text: string): Cursor | undefined {
  const [, native, field = '', id = ''] = /^([01])~([a-z]+)~(-?\d{1,16})$/.exec(text) ?? []
  return isField(field) && Number.isSafeInteger(Number(id)) ? { isNative: native === '1', field, id: Number(id) } : undefined
}
