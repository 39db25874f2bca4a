import { type Complaint, complaint } from '../language/complaint'
import { measured, type Picture } from './measured'
import type { Size } from './size'

/** The largest picture: in bytes, and in pixels. */
const pictureBytesMax = 20_000_000
const picturePixelsMax = 50_000_000

const endings = { jpeg: 'jpg', png: 'png', webp: 'webp', avif: 'avif', svg: 'svg' } as const

/** What a file of this name is, by its bytes; or why no site shows it. */
export function pictureIn(name: string, bytes: Uint8Array): Picture | Complaint {
  if (bytes.length > pictureBytesMax) return complaint('picture.bytes', { most: pictureBytesMax / 1_000_000 })
  const picture = measured(bytes)
  if (!picture) return complaint('picture.none')
  const { type, width, height } = picture
  if (!name.endsWith(`.${endings[type]}`)) return complaint('picture.ending', { ending: `.${endings[type]}` })
  const isTooLarge = type !== 'svg' && width * height > picturePixelsMax
  return isTooLarge ? complaint('picture.pixels', { most: picturePixelsMax / 1_000_000 }) : picture
}

/** What is wrong with a size that a briefing declares. A drawing (SVG) has any size of its shape, to the nearest pixel. */
export function flawInSize({ type, width, height }: Picture, declared: Size): Complaint | undefined {
  const [wide, high] = [String(width), String(height)]
  if (type === 'svg') {
    const isInShape = Math.abs(declared.height - (declared.width * height) / width) <= 1
    return isInShape ? undefined : complaint('picture.shape', { width: wide, height: high })
  }
  const isRight = declared.width === width && declared.height === height
  return isRight ? undefined : complaint('picture.size', { width: wide, height: high })
}
