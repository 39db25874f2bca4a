import { initWasm, Resvg } from '@resvg/resvg-wasm'
import type { Shaper } from './typesetting'

let started: Promise<void> | undefined

/**
 * Makes the library ready, once in a process. `wasm` is its WebAssembly: its bytes, or compiled, for runtimes that compile none.
 */
export async function startResvg(wasm: () => Promise<BufferSource | WebAssembly.Module>): Promise<void> {
  started ??= wasm()
    .then(initWasm)
    .catch((error: unknown) => {
      started = undefined // So that the next card tries again.
      throw error
    })
  await started
}

/** Controls that have a text run one way whatever its characters are (UAX 9, X4 and X5), and the end of their reach. */
const overrides = { ltr: '\u202d', rtl: '\u202e' } as const
const end = '\u202c'

/**
 * Shapes a text in one font (OpenType: joining, ligatures, kerning). The library gives no advance. But a text drawn to the left
 * of a point lies one advance further left than one drawn to the right of it.
 */
export const shape: Shaper = (font, text, dir, tracking) => {
  const shaped = (anchor: 'start' | 'end') => {
    const attributes = `x="0" y="0" font-size="100" letter-spacing="${tracking}" text-anchor="${anchor}"`
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><text ${attributes}>${overrides[dir]}${escapedText(text)}${end}</text></svg>`
    const image = new Resvg(svg, { font: { fontBuffers: [font.bytes] } })
    const box = image.getBBox()
    const found = { left: box?.x ?? 0, svg: image.toString() }
    box?.free()
    image.free()
    return found
  }
  const { left, svg } = shaped('start')
  const path = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, each = '']) => each).join(' ')
  return { path, advance: left - shaped('end').left }
}

/** A drawing as PNG, in its own size. */
export function rendered(svg: string): Uint8Array<ArrayBuffer> {
  const renderer = new Resvg(svg)
  const image = renderer.render()
  const png = new Uint8Array(image.asPng())
  image.free()
  renderer.free()
  return png
}

const escapedText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
