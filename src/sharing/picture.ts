import { cardSize, type ShareCard } from '../editions/share-card'
import { direction } from '../language/locale'
import type { Copy } from './copy'
import { type Board, leftOf, lineOf, margin, measure, type Placeable, placeable, rectangle, sign } from './placing'
import { settingOf } from './setting'
import type { Typesetter } from './typesetting'

const { width, height } = cardSize

/** Base lines and edges from the top, in pixels. */
const ground = { brand: 96, above: 142, below: 520, foot: 571 } as const

const titleSizes = [80, 72, 65, 58, 52] as const
const titleLinesMax = 4

/** The room for the line over the title, and from there to the title. */
const kickerRise = 24
const lift = 36
/** The room that the title has, below that line and above the foot. */
const room = ground.below - 36 - ground.above - kickerRise - lift

/** All texts of a card, used to choose fonts. */
export const copiesOf = (card: ShareCard): readonly Copy[] => [
  { text: kindOf(card), lang: card.locale },
  ...[card.topic, card.title].flatMap((each) => (each ? [{ text: each.text, lang: each.lang }] : [])),
  ...[card.siteName, card.stated ?? '', card.date].map((text) => ({ text, lang: card.locale })),
]

const kindOf = ({ kind = '', locale }: ShareCard) => (settingOf(locale).hasCapitals ? kind.toLocaleUpperCase(locale) : kind)

/**
 * The picture of a card as SVG, in which all text is shapes. It begins at the side where its language begins.
 */
export function pictureOf(card: ShareCard, typesetter: Typesetter): string {
  const board = { dir: direction(card.locale), typesetter, look: card.look }
  const { shapes, room: besideSign } = sign(board, ground.brand)
  const title = titleOf(board, card.title)
  const top = ground.above + Math.max(0, (room - title.ascent - title.step * (title.lines.length - 1)) / 2)
  const kicker = top + kickerRise
  const first = kicker + lift + title.ascent
  const brand = lineOf(
    board,
    { text: card.siteName, lang: card.locale },
    { size: 38 * settingOf(card.locale).small },
    measure - besideSign,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    rectangle(board, 'paper', 0, 0, width, height),
    rectangle(board, 'mark-1', 0, 0, width / 2, 10),
    rectangle(board, 'mark-2', width / 2, 0, width / 2, 10),
    shapes,
    brand.at(besideSign, ground.brand, 'ink'),
    ...kickerOf(board, card, kicker),
    ...title.lines.map((each, index) => each.at(0, first + title.step * index, 'ink')),
    ...footOf(board, card),
    '</svg>',
  ].join('')
}

/** The title in the largest size in which all of it fits, or cut in the smallest. */
function titleOf(board: Board, copy: Copy): { ascent: number; step: number; lines: readonly Placeable[] } {
  const { wrap } = board.typesetter
  const { leading, scale, rise } = settingOf(copy.lang)
  const fits = (size: number) => Math.min(titleLinesMax, 1 + Math.floor((room - size * rise) / (size * leading)))
  const sizes = titleSizes.map((size) => size * scale)
  const size = sizes.find((each) => !wrap(copy, { size: each }, measure, Math.min(3, fits(each))).isCut) ?? sizes.at(-1) ?? 52
  const { lines } = wrap(copy, { size }, measure, fits(size))
  return {
    ascent: size * rise,
    step: size * leading,
    lines: lines.map((text) => placeable(board, { text, lang: copy.lang }, { size }, direction(copy.lang))),
  }
}

/** The line over the title: the kind of text, and the topic, as far as the briefing has them. */
function kickerOf(board: Board, card: ShareCard, base: number): readonly string[] {
  const { small, hasCapitals } = settingOf(card.locale)
  const style = { size: 23 * small, tracking: hasCapitals ? 0.07 : 0 }
  const kind = lineOf(board, { text: kindOf(card), lang: card.locale }, style, measure)
  const before = kind.width > 0 ? kind.width + 22 : 0
  const topic = card.topic && lineOf(board, card.topic, { size: 25 * settingOf(card.topic.lang).small }, measure - before)
  return [kind.width > 0 ? kind.at(0, base, 'accent') : '', topic && topic.width > 0 ? topic.at(before, base, 'muted') : '']
}

/** Below the title: confidence as a bar and in words, if the briefing has any, and the date. */
function footOf(board: Board, { locale, confidence, stated, date }: ShareCard): readonly string[] {
  const style = { size: 26 * settingOf(locale).small }
  const bar = 150
  const right = lineOf(board, { text: date, lang: locale }, style, measure / 2)
  const rule = rectangle(board, 'rule', margin, ground.below, measure, 2)
  const day = right.at(measure - right.width, ground.foot, 'muted')
  if (confidence === undefined || stated === undefined) return [rule, day]
  const level = Math.round(bar * confidence)
  const left = lineOf(board, { text: stated, lang: locale }, style, measure - right.width - bar - 60)
  return [
    rule,
    rectangle(board, 'rule', leftOf(board, 0, bar), ground.foot - 14, bar, 8),
    rectangle(board, 'teal', leftOf(board, 0, level), ground.foot - 14, level, 8),
    left.at(bar + 24, ground.foot, 'teal'),
    day,
  ]
}
