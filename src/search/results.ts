import { kindOf } from '../briefings/publication'
import { pathTo } from '../editions/addresses'
import { type Card, cardOf } from '../editions/card'
import type { Reading } from '../editions/reading'
import type { Speak } from '../language/catalog'
import { unlessEmpty } from '../language/given'
import { direction, type Locale } from '../language/locale'
import type { Site } from '../site'
import { textsOf } from './entry'
import { readQuery } from './query'
import { type Cursor, type SearchRequest, searchPathTo } from './request'
import { excerptOf, type Marked, markedIn } from './snippet'

/** How many results a page has. */
export const resultsPerPage = 10

/** A result: the briefing, and what its reader is served. */
export interface Found extends Cursor {
  readonly reading: Reading
}

/** One briefing that was found, as it is shown. */
export interface Result {
  readonly card: Card
  readonly isNative: boolean
  readonly title: Marked
  readonly excerpt: Marked
}

/** A page of results. */
export interface Results {
  readonly results: readonly Result[]
  readonly next?: Cursor
  /** The corrected query, if nothing was found. */
  readonly suggestion?: string
}

/** A page of results. One more than it shows was asked for. */
export function resultsOf(found: readonly Found[], typed: string, speak: Speak): Results {
  const shown = found.slice(0, resultsPerPage)
  const last = found.length > resultsPerPage ? shown.at(-1) : undefined
  return {
    results: shown.map(({ isNative, reading }) => resultOf(reading, isNative, typed, speak)),
    ...(last ? { next: { isNative: last.isNative, field: last.field, id: last.id } } : {}),
  }
}

function resultOf(reading: Reading, isNative: boolean, typed: string, speak: Speak): Result {
  const query = readQuery(typed, reading.locale)
  const { title, summary, body } = textsOf(reading, speak(reading.locale))
  return {
    card: cardOf(reading),
    isNative,
    title: markedIn(title, query, reading.locale),
    excerpt: excerptOf([summary, ...body], query, reading.locale),
  }
}

/** A page of results as JSON: plain values, in the languages served. `found` is `undefined` if nothing was searched. */
export function resultsAsJson({ config }: Site, asked: Locale, request: SearchRequest, found: Results | undefined): string {
  const marked = ({ lang, pieces }: Marked) => ({ lang, dir: direction(lang), pieces })
  const value = {
    asked,
    query: request.typed,
    results: (found?.results ?? []).map(({ card, isNative, title, excerpt }) => ({
      url: config.origin + pathTo(asked, card.slug, kindOf(card)),
      slug: card.slug,
      served: card.locale,
      native: isNative,
      title: marked(title),
      excerpt: marked(excerpt),
      publishedAt: card.publishedAt,
      category: card.category,
      domain: card.domain,
      impact: card.impact,
      confidence: card.confidence,
      ...unlessEmpty({ regions: card.regions }, ['regions']),
    })),
    next: found?.next ? config.origin + searchPathTo(asked, { ...request, after: found.next }, '.json') : null,
    suggestion: found?.suggestion ?? null,
  }
  return `${JSON.stringify(value, null, 2)}\n`
}
