/** One entry of a header such as `Accept-Language` (RFC 9110, 12.4.2), and its weight from 0 (refused) to 1. */
export interface Weighted {
  readonly name: string
  readonly quality: number
}

/** The most entries that are read. Browsers send a handful. */
const entriesMax = 50
const lengthMax = 4096

/**
 * The entries of such a header, the most wanted first, and of equal weight in their order. Weights are read as they are meant:
 * `0,8`, `.8` and `0.8000` are `0.8`. An entry with any other weight that is not a number from 0 to 1 is skipped.
 */
export function weighted(header: string): readonly Weighted[] {
  const entries: Weighted[] = []
  for (const item of withPoints(readable(header)).split(',', entriesMax)) {
    const [name = '', ...parameters] = item.split(';')
    const quality = qualityIn(parameters)
    if (quality !== undefined) entries.push({ name: name.trim(), quality })
  }
  return entries.sort((one, other) => other.quality - one.quality)
}

/** The part of a header that is read: whole entries only, because half of `zh-Hant` is another language. */
const readable = (header: string) =>
  header.length <= lengthMax ? header : header.slice(0, Math.max(0, header.lastIndexOf(',', lengthMax)))

/** Decimal commas as points. No language and no type of media begins with a digit that another comma or semicolon follows. */
const withPoints = (header: string) => header.replace(/(;[ \t]*q=[ \t]*[01]?),(\d{1,9})(?=[ \t]*(?:[,;]|$))/gi, '$1.$2')

/** The weight of an entry: 1 if none is given. */
function qualityIn(parameters: readonly string[]): number | undefined {
  const weight = parameters.map((each) => each.trim().toLowerCase()).find((each) => each.startsWith('q='))
  if (weight === undefined) return 1
  const digits = weight.slice(2).trim()
  return /^(?:[01](?:\.\d*)?|\.\d+)$/.test(digits) && Number(digits) <= 1 ? Number(digits) : undefined
}
