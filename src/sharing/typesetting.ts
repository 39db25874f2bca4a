import { direction, type Locale } from '../language/locale'
import { fromTheLeft, levelsOf } from './bidi'
import { type Face, facesFor } from './faces'
import { type Font, openFont } from './font'
import { charactersOf, ellipsis, type Wrapped, wrap } from './lines'

/** Glyphs of a text in one font and one direction, as an SVG path that begins at 0 on its base line, and how far they reach. */
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

/** A text in a language, as it is set. */
export interface Copy {
  readonly text: string
  readonly lang: Locale
}

/** Sets texts into lines in the fonts that have their characters. */
export interface Typesetter {
  wrap(copy: Copy, style: Style, width: number, most: number): Wrapped
  set(line: Copy, style: Style, dir: 'ltr' | 'rtl'): SetLine
}

const em = 100
/** The width of a space, in ems: that of the fonts in use. */
const space = 0.23

interface Piece {
  readonly text: string
  readonly font: Font | undefined
  readonly level: number
}

/**
 * Reads the fonts that these texts need, and no others, and sets with them. A character that no font has a glyph for is left
 * out; where it is part of a word, an ellipsis stands for it.
 */
export async function openTypesetter(
  copies: readonly Copy[],
  faces: readonly Face[],
  read: (face: Face) => Promise<Uint8Array<ArrayBuffer>>,
  shaper: Shaper,
): Promise<Typesetter> {
  const opened = new Map<Face, Font>()
  const chosen = new Map<string, Font | undefined>()
  for (const { text, lang } of copies) {
    for (const character of charactersOf(plain(text) + ellipsis)) {
      const key = `${lang} ${character}`
      if (!chosen.has(key)) chosen.set(key, await fontFor(character, lang))
    }
  }
  const shapes = new Map<Font, Map<string, Shape>>()

  /** The first font, in the order of the language, that has all of a character: its letter and its marks. */
  async function fontFor(character: string, lang: Locale): Promise<Font | undefined> {
    const points = [...character].map((each) => each.codePointAt(0) ?? 0)
    for (const face of facesFor(faces, points[0] ?? 0, lang)) {
      const font = opened.get(face) ?? (await openFont(await read(face)))
      opened.set(face, font)
      if (points.every(font.has)) return font
    }
    return undefined
  }

  function shape({ text, font, level }: Piece, { tracking = 0 }: Style): Shape {
    if (!font) return { path: '', advance: 0 }
    const known = shapes.get(font) ?? new Map<string, Shape>()
    shapes.set(font, known)
    const dir = level % 2 === 0 ? 'ltr' : 'rtl'
    const key = `${dir} ${tracking} ${text}`
    const found = known.get(key) ?? shaper(font, text, dir, tracking * em)
    known.set(key, found)
    return found
  }

  /** A line cut into stretches of one font and one level, and the spaces between. */
  function piecesOf({ text, lang }: Copy, dir: 'ltr' | 'rtl'): readonly Piece[] {
    const levels = levelsOf(text, dir)
    const pieces: Piece[] = []
    let at = 0
    for (const character of charactersOf(text)) {
      const level = levels[at] ?? 0
      at += character.length
      const font = character === ' ' ? undefined : chosen.get(`${lang} ${character}`)
      const before = pieces.at(-1)
      if (character !== ' ' && before?.font && before.font === font && before.level === level) {
        pieces[pieces.length - 1] = { ...before, text: before.text + character }
      } else pieces.push({ text: character, font, level })
    }
    return pieces
  }

  const advanceOf = (piece: Piece, style: Style) =>
    ((piece.text === ' ' ? space * em : shape(piece, style).advance) * style.size) / em

  /** The text without what cannot be drawn. */
  function drawable({ text, lang }: Copy): string {
    const kept = charactersOf(plain(text)).map((character) => {
      if (character === ' ' || isMark(character) || chosen.get(`${lang} ${character}`)) return character
      return /\p{L}/u.test(character) ? ellipsis : ''
    })
    return plain(kept.join('').replace(/…[…\s]*…/g, ellipsis))
  }

  return {
    wrap(copy, style, width, most) {
      const { lang } = copy
      const dir = direction(lang)
      const measure = (text: string) => piecesOf({ text, lang }, dir).reduce((sum, piece) => sum + advanceOf(piece, style), 0)
      return wrap(drawable(copy), lang, measure, { width, space: space * style.size, most })
    },
    set(line, style, dir) {
      let width = 0
      const placed: { path: string; at: number }[] = []
      for (const piece of fromTheLeft(piecesOf({ ...line, text: drawable(line) }, dir))) {
        const { path } = shape(piece, style)
        if (path !== '') placed.push({ path, at: width })
        width += advanceOf(piece, style)
      }
      return { shapes: placed, width }
    },
  }
}

/** Marks of direction: they are not drawn, and decide where their neighbours stand (UAX 9). */
const isMark = (character: string) => /^[\u061c\u200e\u200f]$/.test(character)

/**
 * A text as it is set: composed (NFC), on one line, without what is not seen, but for joiners that scripts need and marks of
 * direction.
 */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/(?![\u061c\u200c-\u200f])\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
