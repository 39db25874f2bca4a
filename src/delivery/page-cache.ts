import type { Locale } from '../language/locale'

/** A page that a reader saw in another language than they asked for. */
export interface FallbackView {
  /** The page's address. It names both the language and the slug. */
  readonly address: string
  readonly asked: Locale
  readonly slug: string
}

/** A finished answer, held as bytes with its headers. */
export interface CachedPage {
  readonly headers: Readonly<Record<string, string>>
  readonly etag: string
  readonly body: Uint8Array
  /** Compressed forms by content coding; empty until they are made. */
  readonly coded: Map<string, Uint8Array>
  /** What to count for each view, if the page is in another language than its address asks for. */
  readonly fallback?: FallbackView | undefined
}

/**
 * Pages by address, at most `bytesMax` in all their forms. The least recently used page goes first. A page larger than an eighth of
 * that is not kept. A print drops the pages of its briefing, and all that are of no single briefing, such as lists.
 */
export class PageCache {
  readonly #pages = new Map<string, CachedPage>()
  readonly #bytesMax: number
  #bytes = 0
  #generation = 0
  #print = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Whether it has no room at all. Then no page needs to be prepared for it. */
  get isOff(): boolean {
    return this.#bytesMax === 0
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The number of the last print that it has noticed. */
  get print(): number {
    return this.#print
  }

  /** Grows each time pages are dropped. A page that was made before may not be kept afterwards. */
  get generation(): number {
    return this.#generation
  }

  find(address: string): CachedPage | undefined {
    const page = this.#pages.get(address)
    if (page && this.#bytes > this.#bytesMax / 2) {
      this.#pages.delete(address)
      this.#pages.set(address, page)
    }
    return page
  }

  keep(address: string, page: CachedPage): void {
    if (page.body.length > this.#bytesMax / 8) return
    this.#drop(address)
    this.#pages.set(address, page)
    this.#bytes += sizeOf(address, page)
    this.#shrink()
  }

  /** Adds a compressed form to a page. Counts its size if this cache still holds the page. */
  addForm(address: string, page: CachedPage, coding: string, form: Uint8Array): void {
    page.coded.set(coding, form)
    if (this.#pages.get(address) !== page) return
    this.#bytes += form.length
    this.#shrink()
  }

  clear(): void {
    this.#pages.clear()
    this.#bytes = 0
    this.#generation += 1
  }

  /** Takes the number of the last print, and drops what it changed: pages of the briefings with these slugs, and lists; without slugs, all. */
  noticePrint(print: number, slugs: ReadonlySet<string> | undefined): void {
    if (print === this.#print) return
    this.#print = print
    if (!slugs) {
      this.clear()
      return
    }
    this.#generation += 1
    for (const address of this.#pages.keys()) {
      const [, slug] = ofABriefing.exec(address) ?? []
      if (slug === undefined || slugs.has(slug)) this.#drop(address)
    }
  }

  #drop(address: string): void {
    const page = this.#pages.get(address)
    if (!page) return
    this.#pages.delete(address)
    this.#bytes -= sizeOf(address, page)
  }

  #shrink(): void {
    for (const address of this.#pages.keys()) {
      if (this.#bytes <= this.#bytesMax) return
      this.#drop(address)
    }
  }
}

/** The address of a page that depends on one briefing and on no other. */
const ofABriefing = /^\/[A-Za-z0-9-]+\/briefings\/([a-z0-9-]+)(?:\.[a-z]+|\/[a-z]+)?$/

/** Bytes that a page takes for its headers and bookkeeping. */
const overhead = 1500

function sizeOf(address: string, { body, coded }: CachedPage): number {
  let size = overhead + address.length * 2 + body.length
  for (const form of coded.values()) size += form.length
  return size
}
