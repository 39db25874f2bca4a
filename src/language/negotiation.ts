import { type Complaint, complaint } from './complaint'
import { addressed, canonical, isPseudo, type Locale, type Locales, openLocales, publicLocales, writtenForm } from './locale'
import { areas } from './region'
import { type Weighted, weighted } from './weighted'

/**
 * The locale for a reader whose address names none: for each range of `Accept-Language`, the most wanted first, the closest locale.
 * A range with `q=0` refuses the locales that it names or begins, unless a longer range wants them. `*` stands for
 * the locales that no range names. The order of `available` never decides, except for `*` where `otherwise` is none of them.
 */
export function negotiate(header: string, available: readonly Locale[], otherwise: Locale): Locale {
  const ranges = rangesIn(header)
  const acceptable = available.filter((locale) => !isRefused(locale, ranges))
  const isUnnamed = (locale: Locale) => !ranges.some(({ name }) => begins(name, locale))
  for (const [index, { name, quality }] of ranges.entries()) {
    if (quality === 0 || isEcho(name, ranges.slice(0, index))) continue
    const match = name === '*' ? first(acceptable.filter(isUnnamed), otherwise) : closest(name, acceptable)
    if (match) return match
  }
  return otherwise
}

/**
 * The available locale that a reader of `tag` can read best, always in the same language and script. Lookup comes first (RFC 4647, 3.4):
 * the tag itself, and then without its last subtags, so `es-ES` finds `es`. After that come the likely region of the language (`pt` finds
 * `pt-BR`), an area of several countries (`es-419`), and the first by the alphabet.
 */
export function closest(tag: Locale, available: readonly Locale[]): Locale | undefined {
  const form = writtenForm(tag)
  const readable = available.filter((locale) => writtenForm(locale) === form)
  const named = shortened(tag).find((each) => readable.includes(each))
  return named ?? readable.toSorted((one, other) => distance(one, form) - distance(other, form) || (one < other ? -1 : 1))[0]
}

/** The locale of the site that a typed tag names, spells in another way or comes near: `es`, `ES` and `es-MX` for `es`. */
export function nearest(site: Locales, typed: string): Locale | undefined {
  const found = addressed(site, typed)
  if (found) return 'moved' in found ? found.moved : found.locale
  const tag = canonical(typed)
  return tag === undefined || isPseudo(tag) ? undefined : closest(tag, publicLocales(site))
}

/**
 * The open locale that somebody plainly means who typed a tag: in any spelling (`pt_br`), by likely subtags (`zh-CN`), or with subtags that
 * a lookup drops (RFC 4647, 3.4), in the same script: `pl_PL`. `undefined`: there is none, or it only comes near, as `pt-BR` to `pt-PT`.
 */
export function meant(site: Locales, typed: string): Locale | undefined {
  const found = addressed(site, typed)
  if (found) return 'moved' in found ? found.moved : found.locale
  const tag = canonical(typed)
  if (tag === undefined || isPseudo(tag)) return undefined
  const [open, form] = [openLocales(site), writtenForm(tag)]
  return shortened(tag).find((each) => open.includes(each) && writtenForm(each) === form)
}

/** Why a typed tag names no open locale: with all of them, and the one that comes nearest. */
export function notOpen(site: Locales, typed: string): Complaint {
  const open = openLocales(site)
  const near = nearOf(typed, open)
  if (near === undefined) return complaint('locale.unknown', { locale: typed, locales: open })
  return complaint('locale.unknown.near', { locale: typed, locales: open, nearest: near })
}

/** The same for a language that the site is to translate into. */
export function notTarget(site: Locales, typed: string): Complaint {
  const targets = openLocales(site).filter((tag) => tag !== site.source)
  const near = nearOf(typed, targets)
  if (near === undefined) return complaint('locale.not-target', { locale: typed, locales: targets })
  return complaint('locale.not-target.near', { locale: typed, locales: targets, nearest: near })
}

function nearOf(typed: string, among: readonly Locale[]): Locale | undefined {
  const tag = canonical(typed)
  if (tag === undefined || isPseudo(tag)) return undefined
  const { language } = new Intl.Locale(tag)
  return closest(tag, among) ?? among.find((each) => new Intl.Locale(each).language === language)
}

/** A tag and the shorter ones that a lookup tries after it: `zh-Hant-TW`, `zh-Hant`, `zh`. */
function shortened(tag: Locale): readonly Locale[] {
  const subtags = tag.split('-')
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join('-'))
}

/** How far a locale is from what its language and script mean without a region. */
function distance(locale: Locale, form: string): number {
  const { region } = new Intl.Locale(locale)
  if (region === undefined || region === new Intl.Locale(form).maximize().region) return 0
  return areas.includes(region) ? 1 : 2
}

const isRefused = (locale: Locale, ranges: readonly Weighted[]) =>
  ranges.some(({ name, quality }) => quality === 0 && begins(name, locale) && !isWantedCloser(locale, name, ranges))

const isWantedCloser = (locale: Locale, refused: Locale, ranges: readonly Weighted[]) =>
  ranges.some(({ name, quality }) => quality > 0 && name.length > refused.length && begins(name, locale))

const begins = (range: string, locale: Locale) => locale === range || locale.startsWith(`${range}-`)

/**
 * Whether a bare language only repeats a more wanted range in another script. Browsers in Taiwan send `zh-TW,zh;q=0.9`. That `zh` alone
 * would mean `zh-Hans`, which their readers did not ask for.
 */
const isEcho = (tag: string, wanted: readonly Weighted[]) =>
  wanted.some((each) => each.name.startsWith(`${tag}-`) && writtenForm(each.name) !== writtenForm(tag))

const first = (acceptable: readonly Locale[], preferred: Locale) => (acceptable.includes(preferred) ? preferred : acceptable[0])

/**
 * The ranges of a header, the most wanted first: canonical tags, and `*`, which comes after those that are wanted as much (RFC 4647, 3.4).
 * Malformed ones are skipped.
 */
const rangesIn = (header: string): readonly Weighted[] =>
  weighted(header)
    .flatMap(({ name, quality }) => {
      const tag = name === '*' ? name : canonical(name)
      return tag === undefined ? [] : [{ name: tag, quality }]
    })
    .sort((one, other) => other.quality - one.quality || Number(one.name === '*') - Number(other.name === '*'))
