import type { Size } from './size'

/** The size of a PNG by its first chunk, the header (PNG, third edition, 11.2.1). */
export function pngSize(view: DataView): Size | undefined {
  const isPng = view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a && nameAt(view, 12) === 'IHDR'
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined
}

/** The size of a WebP by its first chunk (RFC 9649, 2.5 to 2.7): extended, lossy or lossless. */
export function webpSize(view: DataView): Size | undefined {
  if (nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WEBP') return undefined
  switch (nameAt(view, 12)) {
    case 'VP8X':
      return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    default:
      return undefined
  }
}

/** The four letters that name a part of a file. */
export const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
