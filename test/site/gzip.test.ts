import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gzipped, packed, pieceOf, plainOf, textOf, unpacked } from '../../src/storage/gzip'

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 12 })

/** As a reader's browser does it, which refuses a wrong checksum or length. */
const asReaders = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()

describe('joined pieces', () => {
  test('are the texts in a row, for whoever takes gzip and for whoever does not', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (some) => {
        const pieces = some.map(pieceOf)
        expect(await asReaders(gzipped(pieces))).toBe(some.join(''))
        expect(new TextDecoder().decode(plainOf(pieces))).toBe(some.join(''))
      }),
    )
  })

  test('are the same after they were stored', () => {
    fc.assert(
      fc.property(texts, fc.uint8Array(), (some, rest) => {
        const read = unpacked(packed(some.map(pieceOf), rest), some.length)
        expect(read.pieces.map(textOf)).toEqual(some)
        expect([...read.rest]).toEqual([...rest])
      }),
    )
  })

  test('are refused by a reader, if one of them is not what its checksum says', async () => {
    const [one, other] = [pieceOf('The harbour'), pieceOf(' is open')]
    await expect(asReaders(gzipped([one, { ...other, checksum: one.checksum }]))).rejects.toThrow()
  })

  test('may be long', async () => {
    const long = 'harbour '.repeat(40_000)
    expect(await asReaders(gzipped([pieceOf(long), pieceOf('x'), pieceOf(long)]))).toBe(`${long}x${long}`)
  })
})
