import type { Locale } from '../language/locale'

/** What a reader was shown in another language than the one they asked for. */
export interface FallbackView {
  /** The page's address, which stands for both. */
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
  /** What each view of it is, where it answers in another language than it was asked in. */
  readonly fallback?: FallbackView | undefined
}

/**
 * Pages by address, the least recently used out first where they come to more than `bytesMax` in all their forms. A page
 * larger than an eighth of that is not kept. Emptied by every print.
 */
export class PageCache {
  readonly #pages = new Map<string, CachedPage>()
  readonly #bytesMax: number
  #bytes = 0
  #generation = 0
  #print: number | undefined

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Whether it has no room for anything: then nothing need be made ready for it. */
  get isOff(): boolean {
    return this.#bytesMax === 0
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Grows each time the cache is emptied: a page made before may not be kept after. */
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

  /** Adds a compressed form to a page, and counts it where this cache still holds the page. */
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

  /** Learns the number of the last print, and empties the cache where another process (the command line) has printed. */
  noticePrint(print: number): void {
    if (this.#print !== undefined && print !== this.#print) this.clear()
    this.#print = print
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

/** Headers and bookkeeping of a page take about this much beside its bytes. */
const overhead = 1500

function sizeOf(address: string, { body, coded }: CachedPage): number {
  let size = overhead + address.length * 2 + body.length
  for (const form of coded.values()) size += form.length
  return size
}
