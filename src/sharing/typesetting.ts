import { direction } from '../language/locale'
import { fromTheLeft } from './bidi'
import { type Copy, drawable, type Piece, piecesOf, readFonts } from './copy'
import type { Face } from './faces'
import type { Font } from './font'
import { type Wrapped, wrap } from './lines'

/** Glyphs of a text in one font and one direction, as an SVG path that begins at 0 on its base line, and their width. */
export interface Shape {
  readonly path: string
  readonly advance: number
}

/** Shapes a text; sizes are of an em of 100. */
export type Shaper = (font: Font, text: string, dir: 'ltr' | 'rtl', tracking: number) => Shape

export interface Style {
  /** The size of an em, in pixels. */
  readonly size: number
  /** What is added after each letter, in ems. */
  readonly tracking?: number
}

/** A line as it is drawn: shapes from its left end, and its width. */
export interface SetLine {
  readonly shapes: readonly { readonly path: string; readonly at: number }[]
  readonly width: number
}

/** Sets texts into lines in the fonts that have their characters. */
export interface Typesetter {
  wrap(copy: Copy, style: Style, width: number, most: number): Wrapped
  set(line: Copy, style: Style, dir: 'ltr' | 'rtl'): SetLine
}

const em = 100
/** The width of a space, in ems: that of the fonts in use. */
const space = 0.23

/**
 * Reads the fonts that these texts need, and no others, and sets with them. A character without a glyph in any font is left out.
 * If it is part of a word, an ellipsis replaces it.
 */
export async function openTypesetter(
  copies: readonly Copy[],
  faces: readonly Face[],
  read: (face: Face) => Promise<Uint8Array<ArrayBuffer>>,
  shaper: Shaper,
): Promise<Typesetter> {
  const fontOf = await readFonts(copies, faces, read)
  const shape = shapedOnce(shaper)
  const advanceOf = (piece: Piece, style: Style) =>
    ((piece.text === ' ' ? space * em : shape(piece, style).advance) * style.size) / em
  return {
    wrap(copy, style, width, most) {
      const { lang } = copy
      const measure = (text: string) =>
        piecesOf({ text, lang }, direction(lang), fontOf).reduce((sum, piece) => sum + advanceOf(piece, style), 0)
      return wrap(drawable(copy, fontOf), lang, measure, { width, space: space * style.size, most })
    },
    set(line, style, dir) {
      let width = 0
      const placed: { path: string; at: number }[] = []
      for (const piece of fromTheLeft(piecesOf({ ...line, text: drawable(line, fontOf) }, dir, fontOf))) {
        const { path } = shape(piece, style)
        if (path !== '') placed.push({ path, at: width })
        width += advanceOf(piece, style)
      }
      return { shapes: placed, width }
    },
  }
}

/** Shapes each piece once, though lines are tried in several widths. */
function shapedOnce(shaper: Shaper): (piece: Piece, style: Style) => Shape {
  const shapes = new Map<Font, Map<string, Shape>>()
  return ({ text, font, level }, { tracking = 0 }) => {
    if (!font) return { path: '', advance: 0 }
    const known = shapes.get(font) ?? new Map<string, Shape>()
    shapes.set(font, known)
    const dir = level % 2 === 0 ? 'ltr' : 'rtl'
    const key = `${dir} ${tracking} ${text}`
    const found = known.get(key) ?? shaper(font, text, dir, tracking * em)
    known.set(key, found)
    return found
  }
}
