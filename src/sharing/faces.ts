import { type Locale, writtenForm } from '../language/locale'

/** A font file for cards: a slice of a family, with its characters. */
export interface Face {
  readonly family: Family
  /** Where it is read: a path on Node, an address on Workers. */
  readonly address: string
  /** As in CSS: `U+0000-00FF,U+0131`. */
  readonly range: string
}

/** Packages of the font families for cards, all in one weight. They match those of the pages. */
export const families = ['source-serif-4', 'noto-naskh-arabic', 'noto-serif-jp', 'noto-serif-sc'] as const
export type Family = (typeof families)[number]
export const weight = 600

/**
 * The families for the characters of a text in this language, best first. Chinese and Japanese write the same characters in different shapes,
 * and have their own punctuation. So there the family of the script comes before the Latin one.
 */
export function familiesFor(locale: Locale): readonly Family[] {
  const own: Readonly<Record<string, readonly Family[]>> = {
    'zh-Hans': ['noto-serif-sc', 'source-serif-4', 'noto-naskh-arabic', 'noto-serif-jp'],
    'ja-Jpan': ['noto-serif-jp', 'source-serif-4', 'noto-naskh-arabic', 'noto-serif-sc'],
  }
  return own[writtenForm(locale)] ?? families
}

/** The faces that may have a character, best first. */
export function facesFor(faces: readonly Face[], codePoint: number, locale: Locale): readonly Face[] {
  return familiesFor(locale).flatMap((family) =>
    faces.filter(
      (face) => face.family === family && spansOf(face).some(([first, last]) => first <= codePoint && codePoint <= last),
    ),
  )
}

const spans = new WeakMap<Face, readonly (readonly [number, number])[]>()

function spansOf(face: Face): readonly (readonly [number, number])[] {
  let read = spans.get(face)
  if (!read) {
    read = face.range.split(',').map((part) => {
      const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const
    })
    spans.set(face, read)
  }
  return read
}
