import type { Catalog } from '../language/catalog'
import { complaint } from '../language/complaint'
import type { ReceiptLine } from './intake'

/** Messages of a catalog whose English has changed in substance since they were translated: key → the English of then. */
export type Marks = Readonly<Record<string, string>>

/** The translated messages of a catalog, with the English of today and the marks. */
export interface MarkedCatalog {
  readonly english: Catalog
  readonly catalog: Catalog
  readonly outdated: Marks
}

/** Whether a mark still means something: the message exists, and its English is not again what it was. */
const holds = (english: Catalog, key: string, earlier: string) => Object.hasOwn(english, key) && english[key] !== earlier

/** What is wrong with a mark, if anything. */
export function flawOfMark(english: Catalog, key: string, earlier: string) {
  if (holds(english, key, earlier)) return undefined
  return complaint(Object.hasOwn(english, key) ? 'catalogs.same' : 'catalog.unknown')
}

/** The English that the translation of a message was made from, if that message is out of date. */
export function earlierEnglish({ english, outdated }: MarkedCatalog, key: string): string | undefined {
  const earlier = Object.hasOwn(outdated, key) ? outdated[key] : undefined
  return earlier !== undefined && holds(english, key, earlier) ? earlier : undefined
}

/**
 * The marks after messages were marked with their English of before. Only translated messages can be out of date. A message that is
 * marked already keeps its mark, because its translation was made from English that is earlier still.
 */
export function withMarks({ english, catalog, outdated }: MarkedCatalog, before: Catalog): Marks {
  const news = Object.entries(before).filter(
    ([key, earlier]) => holds(english, key, earlier) && (catalog[key] ?? '').trim() !== '' && !Object.hasOwn(outdated, key),
  )
  return { ...outdated, ...Object.fromEntries(news) }
}

/** The marks without those of messages that were translated anew or confirmed, and without those that mean nothing any more. */
export const withoutMarks = ({ english, outdated }: MarkedCatalog, done: ReadonlySet<string>): Marks =>
  Object.fromEntries(Object.entries(outdated).filter(([key, earlier]) => !done.has(key) && holds(english, key, earlier)))

/** Records that messages are still right for the English of today: the named ones, or all that are out of date. */
export function confirmMessages(
  marked: MarkedCatalog,
  keys: readonly string[],
): { readonly lines: readonly ReceiptLine[]; readonly outdated: Marks } {
  const named = keys.length > 0 ? keys : Object.keys(marked.outdated).filter((key) => earlierEnglish(marked, key) !== undefined)
  const lines = named.map((key): ReceiptLine => {
    if (key.startsWith('@') || !Object.hasOwn(marked.english, key))
      return { segment: key, outcome: 'unknown', complaint: complaint('receipt.no-message') }
    return { segment: key, outcome: earlierEnglish(marked, key) === undefined ? 'unchanged' : 'confirmed' }
  })
  const confirmed = lines.filter(({ outcome }) => outcome === 'confirmed').map(({ segment }) => segment)
  return { lines, outdated: withoutMarks(marked, new Set(confirmed)) }
}
