import { avifSize } from './avif'
import { jpegSize } from './jpeg'
import { pngSize, webpSize } from './raster'
import type { Size } from './size'
import { svgSize } from './svg'

/** What a picture is: its format, and its size. */
export interface Picture extends Size {
  readonly type: 'jpeg' | 'png' | 'webp' | 'avif' | 'svg'
}

const formats = [
  ['jpeg', jpegSize],
  ['png', pngSize],
  ['webp', webpSize],
  ['avif', avifSize],
  ['svg', svgSize],
] as const

/**
 * The format and the size of a picture, read from its bytes: JPEG (ITU-T T.81), PNG, WebP (RFC 9649), AVIF, or SVG with a `viewBox`.
 * `undefined` for anything else, and for a file that ends before its size. Never throws.
 */
export function measured(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const [type, sizeIn] of formats) {
    const size = sizeOrNone(sizeIn, view)
    if (size && size.width > 0 && size.height > 0) return { type, ...size }
  }
  return undefined
}

function sizeOrNone(sizeIn: (view: DataView) => Size | undefined, view: DataView): Size | undefined {
  try {
    return sizeIn(view)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined // It ends too early, or is no text.
    throw error
  }
}
