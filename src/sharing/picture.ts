import { cardSize, type ShareCard } from '../editions/share-card'
import { direction, type Locale, writtenForm } from '../language/locale'
import type { Copy, Style, Typesetter } from './typesetting'

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

const { width, height } = cardSize
const margin = 76
const measure = width - 2 * margin

/** Base lines and edges from the top, in pixels. */
const ground = { brand: 96, above: 142, below: 520, foot: 571 } as const

/** How the scripts are set: the leading of titles, how large letters look beside Latin ones, and how small words raise their voice. */
interface Setting {
  readonly leading: number
  readonly scale: number
  /** The same in small sizes, which need not be set as tight. */
  readonly small: number
  readonly hasCapitals: boolean
  /** How far letters of the script reach above the base line, in ems. */
  readonly rise: number
}

const latin: Setting = { leading: 1.14, scale: 1, small: 1, hasCapitals: true, rise: 0.7 }
const settings: Readonly<Record<string, Setting>> = {
  Arab: { leading: 1.45, scale: 1.08, small: 1.08, hasCapitals: false, rise: 0.72 },
  Hans: { leading: 1.36, scale: 0.9, small: 1, hasCapitals: false, rise: 0.84 },
  Jpan: { leading: 1.36, scale: 0.9, small: 1, hasCapitals: false, rise: 0.84 },
}
const settingOf = (locale: Locale): Setting => settings[writtenForm(locale).split('-')[1] ?? ''] ?? latin

const titleSizes = [80, 72, 65, 58, 52] as const
const titleLinesMax = 4

/** The room for the line over the title, and from there to the title. */
const kickerRise = 24
const lift = 36
/** The room that the title has, below that line and above the foot. */
const room = ground.below - 36 - ground.above - kickerRise - lift

/** All that a card says, for fonts to be chosen by. */
export const copiesOf = (card: ShareCard): readonly Copy[] => [
  { text: kindOf(card), lang: card.locale },
  { text: card.topic.text, lang: card.topic.lang },
  { text: card.title.text, lang: card.title.lang },
  ...[card.siteName, card.stated, card.date].map((text) => ({ text, lang: card.locale })),
]

const kindOf = ({ kind, locale }: ShareCard) => (settingOf(locale).hasCapitals ? kind.toLocaleUpperCase(locale) : kind)

/**
 * The picture of a card as SVG, in which all text is shapes. It begins at the side where its language begins.
 */
export function pictureOf(card: ShareCard, typesetter: Typesetter): string {
  const dir = direction(card.locale)
  const own = settingOf(card.locale)
  const title = titleOf(card, typesetter)
  const top = ground.above + Math.max(0, (room - title.ascent - title.step * (title.lines.length - 1)) / 2)
  const kicker = top + kickerRise
  const first = kicker + lift + title.ascent

  const brand = line({ text: card.siteName, lang: card.locale }, { size: 38 * own.small }, measure - 60)
  const kind = line(
    { text: kindOf(card), lang: card.locale },
    { size: 23 * own.small, tracking: own.hasCapitals ? 0.07 : 0 },
    measure,
  )
  const topic = line(card.topic, { size: 25 * settingOf(card.topic.lang).small }, measure - kind.width - 22)
  const date = line({ text: card.date, lang: card.locale }, { size: 26 * own.small }, measure / 2)
  const bar = 150
  const stated = line({ text: card.stated, lang: card.locale }, { size: 26 * own.small }, measure - date.width - bar - 60)
  const level = Math.round(bar * card.confidence)

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    rectangle('paper', 0, 0, width, height),
    rectangle('mark-1', 0, 0, width / 2, 10),
    rectangle('mark-2', width / 2, 0, width / 2, 10),
    mark(),
    brand.at(60, ground.brand, 'ink'),
    kind.at(0, kicker, 'accent'),
    topic.width > 0 ? topic.at(kind.width + 22, kicker, 'muted') : '',
    ...title.lines.map((each, index) => each.at(0, first + title.step * index, 'ink')),
    rectangle('rule', margin, ground.below, measure, 2),
    rectangle('rule', mirrored(0, bar), ground.foot - 14, bar, 8),
    rectangle('teal', mirrored(0, level), ground.foot - 14, level, 8),
    stated.at(bar + 24, ground.foot, 'teal'),
    date.at(measure - date.width, ground.foot, 'muted'),
    '</svg>',
  ].join('')

  /** One line of text, cut where it would be wider than `most`, that can be put so far from where lines begin. */
  function line(copy: Copy, style: Style, most: number) {
    const [text = ''] = most > style.size ? typesetter.wrap(copy, style, most, 1).lines : []
    return placeable({ ...copy, text }, style)
  }

  function placeable(copy: Copy, style: Style, runs = dir) {
    const set = typesetter.set(copy, style, runs)
    return {
      width: set.width,
      at: (start: number, base: number, fill: Colour) => {
        const left = mirrored(start, set.width)
        const scale = style.size / 100
        return set.shapes
          .map(
            ({ path, at }) =>
              `<path fill="${colours[fill]}" transform="translate(${fixed(left + at)} ${fixed(base)}) scale(${scale})" d="${path}"/>`,
          )
          .join('')
      },
    }
  }

  /** The left edge of what begins so far from where lines begin. */
  function mirrored(start: number, wide: number): number {
    return dir === 'ltr' ? margin + start : width - margin - start - wide
  }

  /** The title in the largest size in which there is room for all of it, or cut in the smallest. */
  function titleOf({ title: copy }: ShareCard, { wrap }: Typesetter) {
    const { leading, scale, rise } = settingOf(copy.lang)
    const fits = (size: number) => Math.min(titleLinesMax, 1 + Math.floor((room - size * rise) / (size * leading)))
    const sizes = titleSizes.map((size) => size * scale)
    const size = sizes.find((each) => !wrap(copy, { size: each }, measure, Math.min(3, fits(each))).isCut) ?? sizes.at(-1) ?? 52
    const { lines } = wrap(copy, { size }, measure, fits(size))
    return {
      ascent: size * rise,
      step: size * leading,
      lines: lines.map((text) => placeable({ text, lang: copy.lang }, { size }, direction(copy.lang))),
    }
  }

  /** The sign of the site: that of `ui/icon.svg`. */
  function mark(): string {
    const left = mirrored(0, 46)
    return `<g transform="translate(${left} ${ground.brand - 35}) scale(.96) translate(-8 -13)"><path d="M8 13H26L41 39.25 32 55z" fill="${colours['mark-1']}"/><path d="M56 13H38L23 39.25 32 55z" fill="${colours['mark-2']}"/><path d="M32 23.5L41 39.25 32 55 23 39.25z" fill="${colours['mark-3']}"/></g>`
  }
}

const fixed = (value: number) => Math.round(value * 100) / 100

const rectangle = (fill: Colour, x: number, y: number, wide: number, high: number) =>
  `<rect fill="${colours[fill]}" x="${fixed(x)}" y="${y}" width="${wide}" height="${high}"/>`
