import type { Size } from './size'

/** The size of a JPEG by its frame header (ITU-T T.81, B.2.2), upright by its EXIF; `undefined` if it is none. */
export function jpegSize(view: DataView): Size | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined
  let isTurned = false
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return isTurned ? { width: height, height: width } : { width, height }
    } else if (marker === 0xd9 || marker === 0xda) return undefined
    else {
      isTurned ||= marker === 0xe1 && isTurnedBy(view, at + 4)
      at += 2 + view.getUint16(at + 2)
    }
  }
  return undefined
}

/** Start of frame: all from 0xc0 to 0xcf but the tables and the extension among them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const orientation = 0x0112

/** Whether the EXIF that begins here (EXIF 3.0, 4.5) has the picture lie on its side. */
function isTurnedBy(view: DataView, at: number): boolean {
  if (view.getUint32(at) !== 0x45786966) return false // “Exif”
  const tiff = at + 6
  const isLittle = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, isLittle)
  const entries = view.getUint16(directory, isLittle)
  for (let entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
    if (view.getUint16(entry, isLittle) === orientation) return view.getUint16(entry + 8, isLittle) >= 5
  }
  return false
}
