import { kindOf } from '../briefings/publication'
import { everything, facetsOf } from '../editions/card'
import type { Answer } from '../editions/print'
import { isFallback } from '../language/resolution'

/** What index pages and feeds list an answer by, as it is stored: a row for each facet, and one for all briefings. They do not list pages. */
export type FacetRows = ReturnType<typeof facetRowsOf>

export const facetRowsOf = (id: string, answer: Answer) =>
  (kindOf(answer.reading) === 'page' ? [] : [[everything.name, everything.value] as const, ...facetsOf(answer)]).map(
    ([name, value]) => ({
      asked: answer.resolution.asked,
      name,
      value,
      native: isFallback(answer.resolution) ? 0 : 1,
      published_at: answer.reading.publishedAt,
      briefing_id: id,
      served: answer.resolution.served,
    }),
  )
