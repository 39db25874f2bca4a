import { describe, expect, test } from 'vitest'
import { readBody } from '../../src/delivery/body'
import { encode } from '../support/newsroom'

/** A request whose body comes in these pieces; how many were asked for is counted. */
function inPieces(pieces: readonly Uint8Array[], headers: Record<string, string> = {}) {
  const rest = [...pieces]
  const counted = { pulled: 0 }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        counted.pulled += 1
        const piece = rest.shift()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', body, headers, duplex: 'half' }
  return { request: new Request('https://briefings.example/', init), counted }
}

const piece = new Uint8Array(10).fill(7)

describe('the body of a request', () => {
  test('is read whole, in however many pieces it comes', async () => {
    const { request } = inPieces([encode('har'), encode('bo'), encode('ur')])
    expect(new TextDecoder().decode(await readBody(request, 7))).toBe('harbour')
    expect(await readBody(new Request('https://briefings.example/', { method: 'POST' }), 7)).toHaveLength(0)
  })

  test('may be as large as it may be, and not by a byte larger', async () => {
    expect(await readBody(inPieces([piece, piece]).request, 20)).toHaveLength(20)
    expect(await readBody(inPieces([piece, piece]).request, 19)).toBeUndefined()
  })

  test('is not read on once it is too large', async () => {
    const { request, counted } = inPieces(Array.from({ length: 1000 }, () => piece))
    expect(await readBody(request, 25)).toBeUndefined()
    expect(counted.pulled).toBeLessThan(5)
  })

  test('is not begun where it is said to be too large, and is counted where less is said', async () => {
    const honest = inPieces([piece], { 'Content-Length': '1000' })
    expect(await readBody(honest.request, 25)).toBeUndefined()
    expect(honest.counted.pulled).toBe(0)
    const lying = inPieces([piece, piece, piece], { 'Content-Length': '5' })
    expect(await readBody(lying.request, 25)).toBeUndefined()
    expect(await readBody(inPieces([piece], { 'Content-Length': 'many' }).request, 25)).toHaveLength(10)
  })

  test('that breaks off is no body', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('The line is cut.'))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' }
    await expect(readBody(new Request('https://briefings.example/', init), 25)).rejects.toThrow('The line is cut.')
  })
})
