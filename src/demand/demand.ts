import type { FallbackView } from '../delivery/page-cache'
import { languageOf } from '../delivery/respond'
import { canonical, type Locale, writtenForm } from '../language/locale'

/** A calendar month in UTC, such as `2026-11`. */
export type Month = string

/** The page of a briefing in an absolute URL: its path, locale and slug. The briefing's other forms have longer paths. */
const briefingPage = /^https?:\/\/[^/]+(\/([a-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\/briefings\/([a-z0-9-]+))(?:[?#]|$)/

/**
 * The fallback view of a page at an absolute URL: a briefing in another language or script (`Content-Language`) than its address
 * asks for. Another regional form of the reader's language does not count.
 */
export function fallbackView(url: string, contentLanguage: Locale): FallbackView | undefined {
  const [, address, asked, slug] = briefingPage.exec(url) ?? []
  if (address === undefined || asked === undefined || slug === undefined) return undefined
  return isForeign(asked, contentLanguage) ? { address, asked, slug } : undefined
}

/** The same for an answer of a door. Only 200 and 304 count as views. */
export function fallbackIn(url: string, response: Response): FallbackView | undefined {
  return response.status === 200 || response.status === 304 ? fallbackView(url, languageOf(response)) : undefined
}

/** Uses Intl only if the language is the same and the script may differ: Intl costs a tenth of an uncached page. */
function isForeign(asked: Locale, served: Locale): boolean {
  if (asked === served || served === '') return false
  if (languageIn(asked) !== languageIn(served)) return true
  const [one, other] = [canonical(asked), canonical(served)]
  return one !== undefined && other !== undefined && writtenForm(one) !== writtenForm(other)
}

function languageIn(tag: Locale): string {
  const end = tag.indexOf('-')
  return end === -1 ? tag : tag.slice(0, end)
}

/** Whether a reader opens the page. A browser may also fetch it in advance. */
export function isView(method: string | undefined, purpose: string | string[] | null | undefined): boolean {
  return method === 'GET' && !(purpose && /\bprefetch\b/i.test(String(purpose)))
}

/** A page and how often it was viewed. */
export interface Count {
  readonly view: FallbackView
  readonly views: number
}

/** What a tally hands over: its counts, and the number of dropped views. */
export interface Taken {
  readonly counts: readonly Count[]
  readonly dropped: number
}

/**
 * Views counted in memory until they are written down. At most `pagesMax` pages are counted separately; views of more are
 * dropped.
 */
export class Tally {
  readonly #counts = new Map<string, { readonly view: FallbackView; views: number }>()
  readonly #pagesMax: number
  #dropped = 0

  constructor(pagesMax: number) {
    this.#pagesMax = pagesMax
  }

  /** Counts views of one page. */
  add(view: FallbackView, views = 1): void {
    const count = this.#counts.get(view.address)
    if (count) count.views += views
    else if (this.#counts.size < this.#pagesMax) this.#counts.set(view.address, { view, views })
    else this.#dropped += views
  }

  /** Hands over all that it holds and starts again. */
  take(): Taken {
    const taken = { counts: [...this.#counts.values()], dropped: this.#dropped }
    this.#counts.clear()
    this.#dropped = 0
    return taken
  }

  /** Takes back counts that could not be written down, and adds them to the newer ones. */
  putBack({ counts, dropped }: Taken): void {
    for (const { view, views } of counts) this.add(view, views)
    this.#dropped += dropped
  }
}

/** The month that an instant falls in, in UTC. */
export const monthOf = (date: Date): Month => date.toISOString().slice(0, 7)

/** The month so many months before this one. */
export function monthsBefore(month: Month, count: number): Month {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() - count)
  return monthOf(date)
}
