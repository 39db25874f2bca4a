import { once } from './once'

/** A canonical BCP 47 tag (RFC 5646), such as `pt-BR` or `zh-Hans`. */
export type Locale = string

/** Who finds a locale: nobody, people who know its address, or everyone. */
type LocaleState = 'hidden' | 'preview' | 'public'

interface SiteLocale {
  readonly tag: Locale
  readonly state: LocaleState
  /** The locales that its readers would rather read than the source, best first. */
  readonly fallback: readonly Locale[]
  /** The CLDR locale that formats its dates, numbers, lists and names: `en-GB` for `en`. Without it, that is the tag itself. */
  readonly format?: Locale | undefined
  /** How a long date writes the first day of a month, where that is no cardinal number: `1er`. */
  readonly firstDay?: string | undefined
}

/** The locales of a site, in the order in which they are shown. */
export interface Locales {
  readonly source: Locale
  readonly locales: readonly SiteLocale[]
}

/** No tag in use is longer. A longer one is refused before Intl reads it. */
const tagLengthMax = 35

/**
 * The canonical spelling of a BCP 47 tag, or `undefined` if the text is not a tag or names no language (`und`).
 * Underscores are read as hyphens.
 */
export function canonical(typed: string): Locale | undefined {
  if (typed.length > tagLengthMax || !/^(?!und([-_]|$))[a-z]{2,8}([-_][a-z0-9]{1,8})*$/i.test(typed)) return undefined
  try {
    return Intl.getCanonicalLocales(typed.replaceAll('_', '-'))[0]
  } catch {
    return undefined // Well-formed characters that are still no tag, such as `en-x`.
  }
}

/** Language and script by CLDR's likely subtags: `zh-TW` is written like `zh-Hant`, not like `zh-Hans`. */
export function writtenForm(tag: Locale): string {
  const { language, script } = new Intl.Locale(tag).maximize()
  return `${language}-${script}`
}

/** Whether two tags spell the same locale by CLDR's likely subtags: `zh-CN` and `zh-Hans`, `pt` and `pt-BR`. */
export function sameLocale(one: Locale, other: Locale): boolean {
  return new Intl.Locale(one).minimize().toString() === new Intl.Locale(other).minimize().toString()
}

const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Mend', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi'])

/** The CLDR locale that formats what readers of a locale see. */
export const formatOf = (site: Locales, tag: Locale): Locale => siteLocale(site, tag)?.format ?? tag

/** How long dates of a locale write the first day of a month, where they do not count it. */
export const firstDayOf = (site: Locales, tag: Locale): string | undefined => siteLocale(site, tag)?.firstDay

const siteLocale = (site: Locales, tag: Locale) => site.locales.find((each) => each.tag === tag)

/** The direction in which a locale's script runs. */
export const direction = once((tag: Locale): 'ltr' | 'rtl' =>
  rightToLeftScripts.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr',
)

/** The attributes `lang` and `dir` for a text in this locale. */
export const markup = (tag: Locale) => ({ lang: tag, dir: direction(tag) })

/** The same, if the language of a text differs from the one around it. */
export const inLanguage = ({ lang }: { readonly lang: Locale }, around: Locale) => (lang === around ? {} : markup(lang))

/** The locale in Open Graph's form, with a territory: `es_ES`, `pt_BR`. */
export function openGraphLocale(tag: Locale): string {
  const { language, region } = new Intl.Locale(tag).maximize()
  return `${language}_${region}`
}

/**
 * The locales for testing software (CLDR): `en-XA` is the source with accents and longer, `ar-XB` is mirrored. They exist only if a
 * developer asks for them.
 */
export const pseudoLocales = ['en-XA', 'ar-XB'] as const
export type PseudoLocale = (typeof pseudoLocales)[number]

export const isPseudo = (tag: Locale): tag is PseudoLocale => (pseudoLocales as readonly string[]).includes(tag)

export const publicLocales = (site: Locales): readonly Locale[] =>
  site.locales.filter(({ state }) => state === 'public').map(({ tag }) => tag)

/** The locales that have addresses: the public ones and those in preview. */
export const openLocales = (site: Locales): readonly Locale[] =>
  site.locales.filter(({ state }) => state !== 'hidden').map(({ tag }) => tag)

/** The first part of a path, which may name a locale. */
export const firstPart = (pathname: string): string => pathname.split('/', 2)[1] ?? ''

/**
 * What the first part of an address names: a locale of the site in its own spelling, another spelling of one
 * (`moved`), or nothing of ours.
 */
export function addressed(site: Locales, typed: string): { locale: Locale } | { moved: Locale } | undefined {
  const open = openLocales(site)
  if (open.includes(typed)) return { locale: typed }
  const tag = canonical(typed)
  const moved = tag && (open.find((locale) => locale === tag) ?? open.find((locale) => sameLocale(locale, tag)))
  return moved ? { moved } : undefined
}
