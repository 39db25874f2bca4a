import type { Locale } from '../language/locale'
import { broken, type Unit, unitsOf } from './line-breaks'

/** The width of a text, in the unit of its box. The space between words of a line is not included. */
export type Measure = (text: string) => number

interface Box {
  readonly width: number
  /** The width of a space. */
  readonly space: number
  /** How many lines there may be. */
  readonly most: number
}

export interface Wrapped {
  readonly lines: readonly string[]
  /** Whether text was cut. An ellipsis then replaces it. */
  readonly isCut: boolean
}

/** Replaces text that was cut, or words that no font has. */
export const ellipsis = '…'

/**
 * Sets a text into as few lines as possible, all of about the same length. A line is at most as wide as the box, unless one
 * character alone is wider. Text that does not fit into the allowed lines is cut, with an ellipsis.
 */
export function wrap(text: string, locale: Locale, measure: Measure, box: Box): Wrapped {
  const units = unitsOf(text, locale).flatMap((unit) => (measure(unit.text) <= box.width ? [unit] : broken(unit)))
  const widths = units.map(({ text }) => measure(text))
  const textIn = ({ from, to }: Line) => joined(units.slice(from, to))
  const filled = fill(units, widths, box.width, box.space)
  if (filled.length <= box.most) return { lines: balanced(filled, units, widths, box).map(textIn), isCut: false }
  const shown = filled.slice(0, box.most)
  const last = units.slice(shown.at(-1)?.from, shown.at(-1)?.to)
  return { lines: [...shown.slice(0, -1).map(textIn), cut(last, measure, box)], isCut: true }
}

interface Line {
  readonly from: number
  readonly to: number
}

/** As much in each line as fits. */
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

/** The same number of lines in the narrowest box that fits them. */
function balanced(filled: readonly Line[], units: readonly Unit[], widths: readonly number[], box: Box): readonly Line[] {
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

/** As much of a line as fits, with an ellipsis. */
function cut(line: readonly Unit[], measure: Measure, box: Box): string {
  const rest = line.flatMap(broken)
  const gap = ({ isSpaced }: Unit, index: number) => (isSpaced && index < rest.length - 1 ? box.space : 0)
  const width = () => rest.reduce((sum, unit, index) => sum + measure(unit.text) + gap(unit, index), 0)
  while (rest.length > 1 && width() + measure(ellipsis) > box.width) rest.pop()
  return joined(rest).replace(/[\s,.;:،؛、。，；：-]+$/u, '') + ellipsis
}

const joined = (units: readonly Unit[]) =>
  units
    .map(({ text, isSpaced }) => (isSpaced ? `${text} ` : text))
    .join('')
    .trimEnd()
