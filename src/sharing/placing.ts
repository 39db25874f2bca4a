import { cardSize } from '../editions/share-card'
import type { CardLook } from '../settings/card-look'
import type { Copy } from './copy'
import type { Style, Typesetter } from './typesetting'

/** Colours of the pages by day: the tokens of these names in `ui/css/tokens.css`. */
export const colours = {
  paper: '#fbf8f2',
  ink: '#1a1f2b',
  muted: '#575d6b',
  rule: '#ddd4c3',
  accent: '#b03a24',
  teal: '#245b5f',
  'mark-1': '#14213d',
  'mark-2': '#c8452d',
  'mark-3': '#5f1f2c',
} as const
type Colour = keyof typeof colours

/** The room between the edges of a card and its lines, and the length of these. */
export const margin = 76
export const measure = cardSize.width - 2 * margin

/** A card that things are put on: at which side its lines begin, and what sets them. */
export interface Board {
  readonly dir: 'ltr' | 'rtl'
  readonly typesetter: Typesetter
  readonly look?: CardLook | undefined
}

/** A colour of a card: that of the site's theme, or the program's. */
const colourOf = ({ look }: Pick<Board, 'look'>, name: Colour): string => look?.colours[name] ?? colours[name]

/** A line of text that can be put on a card, so far from where lines begin. */
export interface Placeable {
  readonly width: number
  at(start: number, base: number, fill: Colour): string
}

export function placeable(board: Board, copy: Copy, style: Style, runs = board.dir): Placeable {
  const set = board.typesetter.set(copy, style, runs)
  const scale = style.size / 100
  return {
    width: set.width,
    at: (start, base, fill) => {
      const left = leftOf(board, start, set.width)
      const shapes = set.shapes.map(
        ({ path, at }) =>
          `<path fill="${colourOf(board, fill)}" transform="translate(${fixed(left + at)} ${fixed(base)}) scale(${scale})" d="${path}"/>`,
      )
      return shapes.join('')
    },
  }
}

/** One line of text, cut where it would be wider than `most`. */
export function lineOf(board: Board, copy: Copy, style: Style, most: number): Placeable {
  const [text = ''] = most > style.size ? board.typesetter.wrap(copy, style, most, 1).lines : []
  return placeable(board, { ...copy, text }, style)
}

/** The left edge of what begins so far from where lines begin. */
export const leftOf = ({ dir }: Board, start: number, wide: number): number =>
  dir === 'ltr' ? margin + start : cardSize.width - margin - start - wide

/** The sign of the site, above a base line: its logo, or the program's mark. Returns it with the room before the name. */
export function sign(board: Board, base: number): { readonly shapes: string; readonly room: number } {
  if (!board.look) return { shapes: mark(board, base), room: 60 }
  const { sign: logo } = board.look
  if (!logo) return { shapes: '', room: 0 }
  const [, , wide = 1, tall = 1] = logo.viewBox.split(/[\s,]+/).map(Number)
  const width = Math.min(signHigh * 4, Math.round((signHigh * wide) / tall))
  const coloured = logo.shapes.replace(
    /var\(--([a-z0-9-]+)\)/g,
    (_all, name: Colour) => colourOf(board, name) ?? colourOf(board, 'ink'),
  )
  const place = `x="${leftOf(board, 0, width)}" y="${base - 36}" width="${width}" height="${signHigh}"`
  return {
    shapes: `<svg ${place} viewBox="${logo.viewBox}" fill="${colourOf(board, 'ink')}">${coloured}</svg>`,
    room: width + 14,
  }
}

const signHigh = 42

/** The program's mark. */
function mark(board: Board, base: number): string {
  const left = leftOf(board, 0, 46)
  return `<g transform="translate(${left} ${base - 35}) scale(.96) translate(-8 -13)"><path d="M8 13H26L41 39.25 32 55z" fill="${colours['mark-1']}"/><path d="M56 13H38L23 39.25 32 55z" fill="${colours['mark-2']}"/><path d="M32 23.5L41 39.25 32 55 23 39.25z" fill="${colours['mark-3']}"/></g>`
}

const fixed = (value: number) => Math.round(value * 100) / 100

export const rectangle = (board: Board, fill: Colour, x: number, y: number, wide: number, high: number) =>
  `<rect fill="${colourOf(board, fill)}" x="${fixed(x)}" y="${y}" width="${wide}" height="${high}"/>`
