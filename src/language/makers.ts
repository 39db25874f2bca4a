import type { Catalog, Speak } from './catalog'
import type { Locale, Locales } from './locale'
import { chainOf } from './resolution'

/** A part of the program that makes something of a page, as the build found it (`doors/program.ts`). */
export interface Maker {
  /** A hash of its code: its own, that of what it goes through, and of the packages. */
  readonly code: string
  /** What its code names: messages, static files and settings. A name that ends in `.` or `-` stands for all that begin with it. */
  readonly names: readonly string[]
}

export const makerNames = ['edition', 'passage', 'answer', 'card', 'entry', 'frame'] as const
export type Makers = Readonly<Record<(typeof makerNames)[number], Maker>>

/**
 * The kinds of pieces that pages and lists are put together from, each with its maker. A piece is in one language. What it has in the words
 * of another, such as a passage that is not translated, is made by a smaller one.
 */
const pieceMakers = {
  edition: { own: 'edition', others: 'passage' },
  answer: { own: 'answer', others: 'card' },
  entry: { own: 'entry', others: undefined },
  card: { own: 'card', others: undefined },
  frame: { own: 'frame', others: undefined },
} as const
export type PieceKind = keyof typeof pieceMakers
export const pieceKinds = Object.keys(pieceMakers) as readonly PieceKind[]

/** All that pieces may be made with. */
export interface MadeWith {
  readonly makers: Makers
  readonly locales: Locales
  readonly catalogs: Readonly<Record<Locale, Catalog>>
  /** What has a value for each locale, by the name that code has for it. */
  readonly byLocale: Readonly<Record<string, (locale: Locale) => unknown>>
  /** What has one value, by the name that code has for it: settings, and addresses of static files. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Whether a maker may name this. */
export function namedBy({ names }: Maker): (name: string) => boolean {
  const whole = new Set(names)
  const beginnings = names.filter((name) => /[.-]$/.test(name))
  return (name) => whole.has(name) || beginnings.some((each) => name.startsWith(each))
}

/** All that a piece of this kind is made with in a locale, as values: if none of them differs, the same content makes the same bytes. */
export function madeWith({ makers, locales, catalogs, byLocale, values }: MadeWith, kind: PieceKind, locale: Locale): unknown {
  const { own, others } = pieceMakers[kind]
  const rest = [...new Set([...chainOf(locales, locale), locales.source])].filter((tag) => tag !== locale)
  const of = (maker: Maker, tag: Locale) => {
    const isNamed = namedBy(maker)
    const lines = [tag, ...chainOf(locales, tag), locales.source]
    const messages = Object.keys(catalogs[locales.source] ?? {})
      .filter(isNamed)
      .sort()
      .map((key) => [
        key,
        ...(lines.flatMap((each) => (catalogs[each]?.[key] === undefined ? [] : [[each, catalogs[each]?.[key]]]))[0] ?? []),
      ])
    return [tag, messages, Object.entries(byLocale).map(([name, valueIn]) => (maker.names.includes(name) ? valueIn(tag) : 0))]
  }
  const { code, names } = makers[own]
  return [
    ...[code, locales, of(makers[own], locale)],
    others === undefined ? [] : rest.map((tag) => of(makers[others], tag)),
    Object.entries(values).filter(([name]) => names.includes(name)),
  ]
}

/**
 * The words that a piece of this kind in a locale is made with. Each message that its maker does not name is refused: it would not be part of
 * what the piece is said to be made with.
 */
export function voicesOf({ makers }: Pick<MadeWith, 'makers'>, speak: Speak): (kind: PieceKind, locale: Locale) => Speak {
  const isNamed = new Map(makerNames.map((name) => [name, namedBy(makers[name])]))
  return (kind, locale) => (tag) => {
    const { own, others } = pieceMakers[kind]
    const maker = tag === locale ? own : others
    const words = speak(tag)
    return {
      ...words,
      t: (key, values) => {
        if (!maker || !isNamed.get(maker)?.(key))
          throw new Error(`The maker of the ${kind} in ${locale} does not name ${key} (${tag}).`)
        return words.t(key, values)
      },
    }
  }
}
