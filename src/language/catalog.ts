import type { IntlShape } from '@formatjs/intl'
import type { i18n } from 'i18next'
import type english from '../../locales/en/site.json'
import { direction, firstDayOf, formatOf, type Locale, type Locales } from './locale'
import { intlOf, messagesOf, type Values } from './messages'
import { once } from './once'
import type { WordKey } from './word-lists'

/** The site's own words in one locale: message key → ICU message. Keys that begin with `@` are notes to translators. */
export type Catalog = Readonly<Record<string, string>>

export type MessageKey = Exclude<keyof typeof english, `@${string}`>

/** The site's words in one locale. Everything but a briefing's own text comes from here or from CLDR. */
export interface Words {
  readonly locale: Locale
  readonly dir: 'ltr' | 'rtl'
  /** The message of a key, filled in. */
  t(key: MessageKey, values?: Values): string
  /** What a word of the site is called (`category.<word>`): as the site names it, or else the program. Without a name, the word itself. */
  named(key: WordKey): string
  /** Whether a word of the site has this name. */
  isNamed(key: WordKey): boolean
  /** The message of a key that a site may have or not, in this very language; `undefined`: it has none. */
  own(key: string, values?: Values): string | undefined
  /** An instant (ISO 8601) as a long date in UTC. */
  date(instant: string): string
  /** A share of 1 as a percentage without decimals. */
  percent(share: number): string
  /** From one share of 1 to another, as percentages. */
  percentRange(from: number, to: number): string
  number(value: number): string
  list(items: readonly string[]): string
  /** CLDR's name for a language, in this locale. */
  language(tag: Locale): string
  /** CLDR's name for a region, in this locale. */
  region(code: string): string
  /** What an organisation is called in this locale, by its name in the source: that name itself, if the locale has none. */
  organisation(name: string): Name
}

/** A name with the language that it is in. */
export interface Name {
  readonly lang: Locale
  readonly text: string
}

/** What a locale calls organisations, by their names in the source. */
export type Names = ReadonlyMap<string, Name>

export type Speak = (locale: Locale) => Words

/**
 * The words of the site in each of its locales. A message that a catalog lacks comes from the locale's fallback chain, and then from the
 * source. A public locale that lacks one fails the build.
 */
export function voices(
  site: Locales,
  catalogs: Readonly<Record<Locale, Catalog>>,
  areas: Readonly<Record<Locale, Readonly<Record<string, string>>>>,
  names: ReadonlyMap<Locale, Names>,
): Speak {
  const messages = messagesOf(site, catalogs)
  const spoken = new Map<Locale, Words>()
  return (locale) => {
    const known = spoken.get(locale)
    if (known) return known
    const words = wordsIn(locale, messages, {
      intl: intlOf(formatOf(site, locale)),
      firstDay: firstDayOf(site, locale),
      areas: areas[locale] ?? {},
      organisation: (name) => names.get(locale)?.get(name) ?? { lang: site.source, text: name },
    })
    spoken.set(locale, words)
    return words
  }
}

/** What is known of a locale besides its messages. */
interface Known extends Pick<Words, 'organisation'> {
  readonly intl: IntlShape
  readonly firstDay: string | undefined
  readonly areas: Readonly<Record<string, string>>
}

function wordsIn(locale: Locale, messages: i18n, { intl, firstDay, areas, organisation }: Known): Words {
  const say = messages.getFixedT(locale)
  const plain = once((key: string) => say(key, {}))
  const isNamed = once((key: string) => messages.exists(key, { lng: locale }))
  return {
    locale,
    dir: direction(locale),
    t: (key, values) => (values ? say(key, values) : plain(key)),
    named: (key) => (isNamed(key) ? plain(key) : key.slice(key.indexOf('.') + 1)),
    isNamed,
    own: (key, values = {}) => (messages.exists(key, { lng: locale, fallbackLng: [] }) ? say(key, values) : undefined),
    date: longDates(intl, firstDay),
    percent: (share) => intl.formatNumber(share, { style: 'percent' }),
    percentRange: (from, to) => intl.formatters.getNumberFormat(intl.locale, { style: 'percent' }).formatRange(from, to),
    number: (value) => intl.formatNumber(value),
    list: (items) => intl.formatList([...items]),
    language: once((tag: Locale) => intl.formatDisplayName(tag, { type: 'language' }) ?? tag),
    region: once((code: string) => areas[code] ?? intl.formatDisplayName(code, { type: 'region' }) ?? code),
    organisation,
  }
}

/** Writes an instant as a long date in UTC, and the first day of a month in the given words, where there are any. */
const longDates = (intl: IntlShape, firstDay: string | undefined) => (instant: string) =>
  intl
    .formatDateToParts(instant, { dateStyle: 'long' })
    .map(({ type, value }) => (type === 'day' && new Date(instant).getUTCDate() === 1 ? (firstDay ?? value) : value))
    .join('')
