import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl'
import type { i18n } from 'i18next'
import type english from '../../locales/en/site.json'
import { direction, type Locale, type Locales } from './locale'
import { messagesOf, type Values } from './messages'

/** The site's own words in one locale: message key → ICU message. Keys that begin with `@` are notes to translators. */
export type Catalog = Readonly<Record<string, string>>

export type MessageKey = Exclude<keyof typeof english, `@${string}`>

/** The site's words in one locale. Everything but a briefing's own text comes from here or from CLDR. */
export interface Words {
  readonly locale: Locale
  readonly dir: 'ltr' | 'rtl'
  /** The message of a key, filled in. */
  t(key: MessageKey, values?: Values): string
  /** An instant (ISO 8601) as a long date in UTC. */
  date(instant: string): string
  /** A share of 1 as a percentage without decimals. */
  percent(share: number): string
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
    const words = wordsIn(
      locale,
      messages,
      areas[locale] ?? {},
      (name) => names.get(locale)?.get(name) ?? { lang: site.source, text: name },
    )
    spoken.set(locale, words)
    return words
  }
}

const intlCache = createIntlCache()

function wordsIn(
  locale: Locale,
  messages: i18n,
  areas: Readonly<Record<string, string>>,
  organisation: Words['organisation'],
): Words {
  const say = messages.getFixedT(locale)
  const intl: IntlShape = createIntl({ locale, timeZone: 'UTC', onError: refuse }, intlCache)
  return {
    locale,
    dir: direction(locale),
    t: (key, values = {}) => say(key, values),
    date: (instant) => intl.formatDate(instant, { dateStyle: 'long' }),
    percent: (share) => intl.formatNumber(share, { style: 'percent' }),
    number: (value) => intl.formatNumber(value),
    list: (items) => intl.formatList([...items]),
    language: (tag) => intl.formatDisplayName(tag, { type: 'language' }) ?? tag,
    region: (code) => areas[code] ?? intl.formatDisplayName(code, { type: 'region' }) ?? code,
    organisation,
  }
}

function refuse(error: unknown): never {
  throw error
}
