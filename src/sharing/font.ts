import { entry, header, unpacked, word } from './woff'

/** A font file as it was read, and the characters that it has glyphs for. */
export interface Font {
  /** TrueType or OpenType. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly has: (codePoint: number) => boolean
}

/** Opens a WOFF 1.0 file (W3C Recommendation, 2012). Throws if it is not one. */
export async function openFont(woff: Uint8Array<ArrayBuffer>): Promise<Font> {
  const bytes = await unpacked(woff)
  return { bytes, has: coverageOf(bytes) }
}

const tag = (name: string) => [...name].reduce((value, letter) => value * 256 + letter.charCodeAt(0), 0)

/** The characters that a font has glyphs for, by its `cmap` (OpenType 1.9: formats 4 and 12; every current font has one). */
function coverageOf(font: Uint8Array): (codePoint: number) => boolean {
  const view = word(font)
  const tables = Array.from({ length: view.getUint16(4) }, (_, index) => header + entry * index)
  const directory = tables.find((at) => view.getUint32(at) === tag('cmap'))
  if (directory === undefined) throw new Error('The font has no table of characters.')
  const cmap = view.getUint32(directory + 8)
  const covered = new Set<number>()
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * index + 4)
    if (view.getUint16(at) === 4) addSegments(view, at, covered)
    if (view.getUint16(at) === 12) addGroups(view, at, covered)
  }
  return (codePoint) => covered.has(codePoint)
}

function addSegments(view: DataView, at: number, covered: Set<number>): void {
  const size = view.getUint16(at + 6)
  for (let segment = 0; segment < size; segment += 2) {
    const last = view.getUint16(at + 14 + segment)
    const first = view.getUint16(at + 16 + size + segment)
    const delta = view.getUint16(at + 16 + 2 * size + segment)
    const rangeAt = at + 16 + 3 * size + segment
    const range = view.getUint16(rangeAt)
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const listed = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - first))
      if (range !== 0 && listed === 0) continue
      if (((listed + delta) & 0xffff) !== 0) covered.add(code)
    }
  }
}

function addGroups(view: DataView, at: number, covered: Set<number>): void {
  for (let group = 0; group < view.getUint32(at + 12); group += 1) {
    const from = at + 16 + 12 * group
    const first = view.getUint32(from)
    for (let code = first; code <= view.getUint32(from + 4); code += 1) {
      if (view.getUint32(from + 8) + code - first !== 0) covered.add(code)
    }
  }
}
