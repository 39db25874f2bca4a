import type { Locale } from '../language/locale'
import { levelsOf } from './bidi'
import { type Face, facesFor } from './faces'
import { type Font, openFont } from './font'
import { charactersOf } from './line-breaks'
import { ellipsis } from './lines'

/** A text in a language, to be set. */
export interface Copy {
  readonly text: string
  readonly lang: Locale
}

/** The font for a character in a text of a language; `undefined` if no font has it. */
export type FontOf = (character: string, lang: Locale) => Font | undefined

/** A stretch of a line in one font and of one level, or a space. */
export interface Piece {
  readonly text: string
  readonly font: Font | undefined
  readonly level: number
}

/** Reads the fonts that these texts need, and no others. */
export async function readFonts(
  copies: readonly Copy[],
  faces: readonly Face[],
  read: (face: Face) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<FontOf> {
  const opened = new Map<Face, Font>()
  const chosen = new Map<string, Font | undefined>()
  for (const { text, lang } of copies) {
    for (const character of charactersOf(plain(text) + ellipsis)) {
      const key = `${lang} ${character}`
      if (!chosen.has(key)) chosen.set(key, await fontFor(character, lang))
    }
  }
  return (character, lang) => chosen.get(`${lang} ${character}`)

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
}

/** The pieces of a line, in the order in which it is read. */
export function piecesOf({ text, lang }: Copy, dir: 'ltr' | 'rtl', fontOf: FontOf): readonly Piece[] {
  const levels = levelsOf(text, dir)
  const pieces: Piece[] = []
  let at = 0
  for (const character of charactersOf(text)) {
    const level = levels[at] ?? 0
    at += character.length
    const font = character === ' ' ? undefined : fontOf(character, lang)
    const before = pieces.at(-1)
    if (character !== ' ' && before?.font && before.font === font && before.level === level) {
      pieces[pieces.length - 1] = { ...before, text: before.text + character }
    } else pieces.push({ text: character, font, level })
  }
  return pieces
}

/**
 * The text without characters that cannot be drawn. If they are part of a word, an ellipsis replaces it. Nothing of a text is drawn if more
 * of its letters are missing than there.
 */
export function drawable({ text, lang }: Copy, fontOf: FontOf): string {
  const characters = charactersOf(plain(text))
  if (!isMostlyThere(characters, (letter) => fontOf(letter, lang) !== undefined)) return ''
  const kept = characters.map((character) => {
    if (character === ' ' || isMark(character) || fontOf(character, lang)) return character
    return isLetter(character) ? ellipsis : ''
  })
  return plain(kept.join('').replace(/…[…\s]*…/g, ellipsis))
}

/** Whether the fonts have the letters of a text, but for the lesser part. */
export function isMostlyThere(characters: readonly string[], isThere: (letter: string) => boolean): boolean {
  const letters = characters.filter(isLetter)
  return letters.filter(isThere).length * 2 >= letters.length
}

const isLetter = (character: string) => /\p{L}/u.test(character)

/** Marks of direction. They are not drawn, but decide where their neighbours stand (UAX 9). */
const isMark = (character: string) => /^[\u061c\u200e\u200f]$/.test(character)

/**
 * A text as it is set: composed (NFC) and on one line. Of invisible characters it keeps marks of direction, and joiners that
 * scripts need.
 */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/(?![\u061c\u200c-\u200f])\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
