import { canonical, type Locale, writtenForm } from './locale'

/** One language range of `Accept-Language` (RFC 9110, 12.5.4): a canonical tag or `*`, and its weight. */
interface Range {
  readonly tag: string
  readonly quality: number
}

/** The most ranges that are read. Browsers send a handful. */
const rangesMax = 50
const headerLengthMax = 4096

/**
 * The locale for a reader whose address names none. RFC 4647 lookup, first by the exact tag, then by language and script: `pt-PT` finds
 * `pt-BR`; `zh-TW` finds `zh-Hant` and never `zh-Hans`. A range with `q=0` is excluded.
 */
export function negotiate(header: string, available: readonly Locale[], otherwise: Locale): Locale {
  const ranges = rangesIn(header)
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ tag }) => tag))
  const acceptable = available.filter((locale) => !refused.has(locale))
  for (const [index, { tag, quality }] of ranges.entries()) {
    if (quality === 0 || isEcho(tag, ranges.slice(0, index))) continue
    const match = tag === '*' ? first(acceptable, otherwise) : closest(tag, acceptable)
    if (match) return match
  }
  return otherwise
}

/** The available locale that a reader of `tag` can read: the tag itself, or one in the same language and script. */
export function closest(tag: Locale, available: readonly Locale[]): Locale | undefined {
  if (available.includes(tag)) return tag
  const form = writtenForm(tag)
  return available.find((locale) => writtenForm(locale) === form)
}

/**
 * Whether a bare language only repeats a more wanted range in another script. Browsers in Taiwan send `zh-TW,zh;q=0.9`. That `zh` alone
 * would mean `zh-Hans`, which their readers did not ask for.
 */
const isEcho = (tag: string, wanted: readonly Range[]) =>
  wanted.some((each) => each.tag.startsWith(`${tag}-`) && writtenForm(each.tag) !== writtenForm(tag))

const first = (acceptable: readonly Locale[], preferred: Locale) => (acceptable.includes(preferred) ? preferred : acceptable[0])

/** The ranges of an `Accept-Language` header, the most wanted first. Malformed ones are skipped. */
function rangesIn(header: string): readonly Range[] {
  const ranges: Range[] = []
  for (const item of readable(header).split(',', rangesMax)) {
    const [name = '', ...parameters] = item.split(';')
    const typed = name.trim()
    const tag = typed === '*' ? typed : canonical(typed)
    const quality = qualityIn(parameters)
    if (tag !== undefined && quality !== undefined) ranges.push({ tag, quality })
  }
  return ranges.sort((one, other) => other.quality - one.quality)
}

/** The part of a header that is read: whole ranges only, because half of `zh-Hant` is another language. */
const readable = (header: string) =>
  header.length <= headerLengthMax ? header : header.slice(0, Math.max(0, header.lastIndexOf(',', headerLengthMax)))

/** The weight of a range: 1 if none is given, `undefined` if it is not a number from 0 to 1. */
function qualityIn(parameters: readonly string[]): number | undefined {
  const weight = parameters.map((each) => each.trim().toLowerCase()).find((each) => each.startsWith('q='))
  if (weight === undefined) return 1
  const digits = weight.slice(2).trim()
  return /^[01](\.\d{0,3})?$/.test(digits) && Number(digits) <= 1 ? Number(digits) : undefined
}
