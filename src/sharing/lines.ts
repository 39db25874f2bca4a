import type { Locale } from '../language/locale'

/** How wide a text is, in the unit in which its box is measured. What is between words of a line is not in it. */
export type Measure = (text: string) => number

/** The stretch of a text that no line ends in, and whether a space comes after it. */
interface Unit {
  readonly text: string
  readonly isSpaced: boolean
}

interface Box {
  readonly width: number
  /** The width of a space. */
  readonly space: number
  /** How many lines there may be. */
  readonly most: number
}

export interface Wrapped {
  readonly lines: readonly string[]
  /** Whether there was more, for which an ellipsis stands. */
  readonly isCut: boolean
}

/** What stands for a text that was cut, or for words that no font has. */
export const ellipsis = '…'
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The characters of a text as its readers count them (UAX 29). */
export const charactersOf = (text: string): readonly string[] => [...graphemes.segment(text)].map(({ segment }) => segment)

/**
 * Sets a text into lines of about the same length, as few as there can be. A line is at most as wide as the box, unless one
 * character alone is wider; what does not fit in the lines that there may be is cut, with an ellipsis.
 */
export function wrap(text: string, locale: Locale, measure: Measure, box: Box): Wrapped {
  const units = unitsOf(text, locale).flatMap((unit) => (measure(unit.text) <= box.width ? [unit] : broken(unit)))
  const widths = units.map(({ text }) => measure(text))
  const filled = fill(units, widths, box.width, box.space)
  if (filled.length > box.most) {
    const shown = filled.slice(0, box.most)
    const last = units.slice(shown.at(-1)?.from, shown.at(-1)?.to)
    return { lines: [...shown.slice(0, -1).map(textIn), cut(last)], isCut: true }
  }
  return { lines: balanced().map(textIn), isCut: false }

  function textIn({ from, to }: Line): string {
    return joined(units.slice(from, to))
  }

  /** The same number of lines in the narrowest box that has room for them. */
  function balanced(): readonly Line[] {
    let lines = filled
    let [narrow, wide] = [Math.max(0, ...widths), box.width]
    while (wide - narrow > 1) {
      const middle = (narrow + wide) / 2
      const tried = fill(units, widths, middle, box.space)
      if (tried.length > filled.length) narrow = middle
      else [lines, wide] = [tried, middle]
    }
    return lines
  }

  function cut(last: readonly Unit[]): string {
    const rest = last.flatMap(broken)
    const width = (kept: readonly Unit[]) =>
      kept.reduce(
        (sum, { text, isSpaced }, index) => sum + measure(text) + (isSpaced && index < kept.length - 1 ? box.space : 0),
        0,
      )
    while (rest.length > 1 && width(rest) + measure(ellipsis) > box.width) rest.pop()
    return joined(rest).replace(/[\s,.;:،؛、。，；：-]+$/u, '') + ellipsis
  }
}

interface Line {
  readonly from: number
  readonly to: number
}

/** As much in each line as goes into it. */
function fill(units: readonly Unit[], widths: readonly number[], width: number, space: number): readonly Line[] {
  const lines: Line[] = []
  let from = 0
  let used = 0
  for (const [index, own] of widths.entries()) {
    const gap = index > from && units[index - 1]?.isSpaced ? space : 0
    if (index > from && used + gap + own > width) {
      lines.push({ from, to: index })
      from = index
      used = own
    } else used += gap + own
  }
  return units.length === 0 ? lines : [...lines, { from, to: units.length }]
}

const joined = (units: readonly Unit[]) =>
  units
    .map(({ text, isSpaced }) => (isSpaced ? `${text} ` : text))
    .join('')
    .trimEnd()

const broken = ({ text, isSpaced }: Unit): readonly Unit[] => {
  const parts = charactersOf(text)
  return parts.map((part, index) => ({ text: part, isSpaced: isSpaced && index === parts.length - 1 }))
}

/** Where lines may end: at spaces, after hyphens, and in Chinese and Japanese between words, as their rules allow. */
function unitsOf(text: string, locale: Locale): readonly Unit[] {
  const words = new Intl.Segmenter(locale, { granularity: 'word' })
  return text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((each) => {
      const parts: string[] = []
      for (const { segment } of words.segment(each)) {
        const before = parts.at(-1)
        if (before === undefined || mayBreak(before, segment)) parts.push(segment)
        else parts[parts.length - 1] = before + segment
      }
      return parts.map((part, index) => ({ text: part, isSpaced: index === parts.length - 1 }))
    })
}

const ideographic = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60]/u
/** What begins no line (JIS X 4051, GB/T 15834): closing marks, small kana, marks of repetition and length. */
const beginsNoLine =
  /^[\p{Pe}\p{Pf}、。，．・：；？！:;,.?!…‥ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％%‰℃゛゜～]/u
/** What ends no line: opening marks. */
const endsNoLine = /[\p{Ps}\p{Pi}￥＄£€#＃№]$/u

function mayBreak(before: string, after: string): boolean {
  if (beginsNoLine.test(after) || endsNoLine.test(before)) return false
  const last = charactersOf(before).at(-1) ?? ''
  const [first = ''] = charactersOf(after)
  if (/^\p{sc=Hiragana}/u.test(after)) return false // A particle or an ending stays with its word.
  if (/\p{Nd}/u.test(last) && ideographic.test(first)) return false // A number stays with what it counts.
  if (ideographic.test(last) || ideographic.test(first)) return true
  return /[\p{L}\p{N}][-‐–—/]$/u.test(before) && /\p{L}/u.test(first)
}
