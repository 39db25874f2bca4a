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
type MakerName = (typeof makerNames)[number]
export type Makers = Readonly<Record<MakerName, Maker>>

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

/** The messages that each maker names. */
export type Named = Readonly<Record<MakerName, ReadonlySet<string>>>

/** Of these messages, those that each maker names. */
export function messagesNamed(makers: Makers, keys: readonly string[]): Named {
  const of = ({ names }: Maker) => {
    const whole = new Set(names)
    const beginnings = names.filter((name) => /[.-]$/.test(name))
    return new Set(keys.filter((key) => whole.has(key) || beginnings.some((each) => key.startsWith(each))))
  }
  return Object.fromEntries(makerNames.map((name) => [name, of(makers[name])])) as unknown as Named
}

/** All that pieces may be made with. */
export interface MadeWith {
  readonly makers: Makers
  readonly named: Named
  readonly locales: Locales
  readonly catalogs: Readonly<Record<Locale, Catalog>>
  /** What has a value for each locale, by the name that code has for it. */
  readonly byLocale: Readonly<Record<string, (locale: Locale) => unknown>>
  /** What has one value, by the name that code has for it: settings, and addresses of static files. */
  readonly values: Readonly<Record<string, unknown>>
}

/** All that a piece of this kind is made with in a locale, as values: if none of them differs, the same content makes the same bytes. */
export function madeWith(
  { makers, named, locales, catalogs, byLocale, values }: MadeWith,
  kind: PieceKind,
  locale: Locale,
): unknown {
  const { own, others } = pieceMakers[kind]
  const lineOf = (tag: Locale) => [...new Set([tag, ...chainOf(locales, tag), locales.source])]
  const part = (maker: MakerName, tag: Locale) => {
    const line = lineOf(tag)
    const messages = [...named[maker]].sort().map((key) => {
      const found = line.find((each) => catalogs[each]?.[key] !== undefined)
      return [key, found, found === undefined ? undefined : catalogs[found]?.[key]]
    })
    const { names } = makers[maker]
    return [tag, messages, ...Object.entries(byLocale).map(([name, valueIn]) => (names.includes(name) ? valueIn(tag) : 0))]
  }
  const { code, names } = makers[own]
  return [
    ...[code, locales, part(own, locale)],
    others === undefined ? [] : lineOf(locale).flatMap((tag) => (tag === locale ? [] : [part(others, tag)])),
    Object.entries(values).filter(([name]) => names.includes(name)),
  ]
}

/**
 * The words that a piece of this kind in a locale is made with. `missed` is told of each message that its maker does not name: when that one
 * changes, the piece is not printed again. It is said all the same, because no briefing may be kept from readers for it.
 */
export function voicesOf(
  named: Named,
  speak: Speak,
  missed: (message: string) => void,
): (kind: PieceKind, locale: Locale) => Speak {
  return (kind, locale) => (tag) => {
    const { own, others } = pieceMakers[kind]
    const maker = tag === locale ? own : others
    const words = speak(tag)
    const note = (key: string) => {
      if (!maker || !named[maker].has(key)) missed(`The maker of the ${kind} in ${locale} does not name ${key} (${tag}).`)
    }
    return {
      ...words,
      t: (key, values) => {
        note(key)
        return words.t(key, values)
      },
      named: (key) => {
        if (words.isNamed(key)) note(key)
        return words.named(key)
      },
      own: (key, values) => {
        const found = words.own(key, values)
        if (found !== undefined) note(key)
        return found
      },
    }
  }
}
