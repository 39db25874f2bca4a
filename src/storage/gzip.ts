import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/*
 * Texts that are deflated once and joined to one file of gzip (RFC 1952) as often as somebody asks: its header, the pieces, an empty last
 * block, the checksum and the length of all. Each piece ends at a whole byte and knows none of the others.
 */

/** A text as it can be joined with others. */
export interface Piece {
  readonly bytes: Uint8Array
  /** Of the text, in bytes. */
  readonly length: number
  readonly checksum: number
}

const encoder = new TextEncoder()

export function pieceOf(text: string): Piece {
  const plain = encoder.encode(text)
  const bytes = plain.length === 0 ? plain : deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH, memLevel: 9 })
  return { bytes, length: plain.length, checksum: crc32(plain) }
}

/** The bytes of a piece, its length and its checksum, before the piece. */
const headLength = 12

/** Pieces as bytes, one behind the other, and then `rest`. */
export function packed(pieces: readonly Piece[], rest: Uint8Array = new Uint8Array()): Uint8Array {
  const heads = new DataView(new ArrayBuffer(pieces.length * headLength))
  for (const [at, { bytes, length, checksum }] of pieces.entries()) {
    for (const [field, value] of [bytes.length, length, checksum].entries()) {
      heads.setUint32(at * headLength + field * 4, value)
    }
  }
  return joined([new Uint8Array(heads.buffer), ...pieces.map(({ bytes }) => bytes), rest])
}

/** The first `count` pieces of what `packed` made, and what is behind them. */
export function unpacked(bytes: Uint8Array, count: number): { readonly pieces: readonly Piece[]; readonly rest: Uint8Array } {
  const heads = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const pieces: Piece[] = []
  let at = count * headLength
  for (let head = 0; head < count * headLength; head += headLength) {
    const end = at + heads.getUint32(head)
    pieces.push({
      bytes: bytes.subarray(at, end),
      length: heads.getUint32(head + 4),
      checksum: heads.getUint32(head + 8),
    })
    at = end
  }
  return { pieces, rest: bytes.subarray(at) }
}

const header = Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0, 0, 255)
/** An empty block that is the last. */
const lastBlock = Uint8Array.of(3, 0)

/** All pieces as one file of gzip. Nothing is compressed anew. */
export function gzipped(pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const end = new DataView(new ArrayBuffer(8))
  end.setUint32(
    0,
    pieces.reduce((sum, { checksum, length }) => checksumOfBoth(sum, checksum, length), 0),
    true,
  )
  end.setUint32(4, lengthOf(pieces), true)
  return joined([header, ...pieces.map(({ bytes }) => bytes), lastBlock, new Uint8Array(end.buffer)])
}

/** The text of all pieces, as bytes. */
export function plainOf(pieces: readonly Piece[]): Uint8Array {
  const chunkSize = Math.max(64, lengthOf(pieces)) // One buffer, and no copy.
  return inflateRawSync(joined([...pieces.map(({ bytes }) => bytes), lastBlock]), { chunkSize })
}

const decoder = new TextDecoder()
export const textOf = (piece: Piece): string => decoder.decode(plainOf([piece]))

const lengthOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { length }) => sum + length, 0)

/** Bytes in a row. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/*
 * The checksum of two texts in a row from those of each, as zlib's `crc32_combine` does it: multiplying by x to the power of the second one's
 * bits, modulo the polynomial of CRC-32. The highest bit of a number is the power 0.
 */
const polynomial = 0xedb88320

function product(one: number, other: number): number {
  let sum = 0
  let factor = other
  for (let bit = 31; bit >= 0; bit -= 1) {
    if ((one >>> bit) & 1) sum ^= factor
    factor = factor & 1 ? (factor >>> 1) ^ polynomial : factor >>> 1
  }
  return sum >>> 0
}

/** x to the powers 1, 2, 4, 8 … */
const squares = [0x40000000]
for (let at = 1; at < 32; at += 1) squares.push(product(squares[at - 1] ?? 0, squares[at - 1] ?? 0))

function checksumOfBoth(first: number, second: number, lengthOfSecond: number): number {
  let power = 0x80000000
  for (let rest = lengthOfSecond, at = 3; rest > 0; rest = Math.floor(rest / 2), at += 1) {
    if (rest & 1) power = product(squares[at & 31] ?? 0, power)
  }
  return (product(power, first) ^ second) >>> 0
}
