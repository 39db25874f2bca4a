export type Bytes = Uint8Array<ArrayBuffer>

/** Pieces of a page, in their order. */
export type Pieces = readonly Bytes[]

/** Pieces that took work to make, by what they were made of: at most `bytesMax` in all. The least recently used go first. */
export class Kept {
  readonly #all = new Map<string, Pieces>()
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  find(key: string): Pieces | undefined {
    const found = this.#all.get(key)
    if (found && this.#bytes > this.#bytesMax / 2) {
      this.#all.delete(key)
      this.#all.set(key, found)
    }
    return found
  }

  keep(key: string, pieces: Pieces): Pieces {
    if (this.#all.has(key)) return pieces
    this.#all.set(key, pieces)
    this.#bytes += sizeOf(key, pieces)
    for (const [oldest, some] of this.#all) {
      if (this.#bytes <= this.#bytesMax) break
      this.#all.delete(oldest)
      this.#bytes -= sizeOf(oldest, some)
    }
    return pieces
  }
}

/** Bytes that an entry takes for bookkeeping. */
const overhead = 200

const sizeOf = (key: string, pieces: Pieces) => pieces.reduce((size, { length }) => size + length, overhead + key.length * 2)

/** What each site keeps of one kind. */
export function keptBySite(bytesMax: number): (site: object) => Kept {
  const sites = new WeakMap<object, Kept>()
  return (site) => {
    const kept = sites.get(site) ?? new Kept(bytesMax)
    sites.set(site, kept)
    return kept
  }
}

const encoder = new TextEncoder()

export const bytesOf = (text: string): Bytes => new Uint8Array(encoder.encode(text))

/** Pieces joined to one body. */
export function joined(pieces: Pieces): Bytes {
  const body = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    body.set(piece, at)
    at += piece.length
  }
  return body
}
