import { hashOf } from '../briefings/hash'
import type { Catalog } from '../language/catalog'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { errorsOfSegment } from './checks/checks'
import { inRule } from './checks/finding'
import { mayStayEnglish } from './checks/names'
import type { ReceiptLine } from './intake'
import { earlierEnglish, type MarkedCatalog, type Marks, withoutMarks } from './marks'
import { isFresh, isTaken, isUntold, merge, unfinished, type Verdict } from './merge'
import { isSelected, type Selection } from './outgoing'
import type { Pack, ReturnedPack, Unit } from './packs/pack'

/** The packs that hold words of the program: the site's own, and those of the newsroom, which no reader's page has. */
export const catalogNames = ['site', 'newsroom'] as const
export type CatalogName = (typeof catalogNames)[number]

export const isCatalogName = (name: string): name is CatalogName => catalogNames.some((each) => each === name)

const isNote = (key: string) => key.startsWith('@')

/** A translated catalog as it travels, with the number that stands for its English (`numberOf`). */
export interface TravellingCatalog extends MarkedCatalog {
  readonly revision: number
  /** The same of its translation. */
  readonly number: number
}

/**
 * A number that changes with the English of a catalog. A catalog has no revisions: this tells whether a file was made from today's
 * English.
 */
export async function numberOf(english: Catalog): Promise<number> {
  const messages = Object.entries(english).filter(([key]) => !isNote(key))
  return Number.parseInt((await hashOf(JSON.stringify(messages))).slice(0, 6), 16) + 1
}

/** The pack of a catalog. A message is missing, outdated or current. */
export function catalogPack(
  name: CatalogName,
  source: Locale,
  locale: Locale,
  travelling: Omit<TravellingCatalog, 'number'>,
  selection: Selection,
): Pack {
  const units = Object.entries(travelling.english)
    .filter(([key]) => !isNote(key))
    .map(([key, text]) => unitOf(travelling, key, text))
  return {
    name,
    source,
    locale,
    sourceRevision: travelling.revision,
    isApproved: true,
    units: units.filter(({ state }) => isSelected(state, selection)),
  }
}

function unitOf(travelling: MarkedCatalog, key: string, text: string): Unit {
  const { english, catalog } = travelling
  const target = catalog[key] ?? ''
  const note = english[`@${key}`] ?? 'Words of the site. Keep what stands in braces.'
  const unit = { id: key, kind: 'message' as const, access: 'public' as const, source: text, note, target }
  if (target.trim() === '') return { ...unit, state: 'missing' }
  const previous = earlierEnglish(travelling, key)
  return previous === undefined ? { ...unit, state: 'current' } : { ...unit, state: 'outdated', previous }
}

/**
 * What the messages of a returned catalog were made from, as far as the file says: by the number of the catalog, or else by the hash of
 * each message. A catalog has no history. So the hash of a message that is not here any more stands for it.
 */
export async function catalogAncestors(
  { revision, was, targets }: ReturnedPack,
  { catalog, number }: TravellingCatalog,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>()
  for (const [key, target] of targets) {
    const stands = catalog[key] ?? ''
    const hash = was?.get(key)
    if (revision === number) known.set(key, stands)
    else if (hash !== undefined) {
      const same = await Promise.all([target, stands].map(async (text) => ((await hashOf(text)) === hash ? [text] : [])))
      known.set(key, same.flat()[0] ?? hash)
    }
  }
  return known
}

/**
 * Merges a returned catalog into a locale's (`merge`). Returns the catalog with what was taken, in the order of the English, and the marks
 * without those of messages that were translated anew or confirmed. An outdated message keeps its mark unless the file was made from
 * today's English.
 */
export function takeCatalogIn(
  pack: ReturnedPack,
  travelling: TravellingCatalog,
  ancestors: ReadonlyMap<string, string>,
): { readonly lines: readonly ReceiptLine[]; readonly catalog: Catalog; readonly outdated: Marks } {
  const { english, catalog } = travelling
  const taken: Record<string, string> = { ...catalog }
  const lines: ReceiptLine[] = []
  for (const [key, text] of pack.targets) {
    const verdict = verdictOn(pack, travelling, { key, text, was: ancestors.get(key) })
    if (isUntold(verdict, text, pack.unfinished?.has(key) ?? false)) continue
    if (isTaken(verdict.outcome)) taken[key] = text.normalize('NFC')
    lines.push({ segment: key, ...verdict })
  }
  for (const [key, text] of pack.unfinished ?? []) {
    lines.push({ segment: key, ...unfinished(text, catalog[key], ancestors.get(key)) })
  }
  const order = Object.keys(english).filter((key) => !isNote(key) && taken[key] !== undefined)
  const settled = lines.filter(({ outcome }) => isFresh(outcome)).map(({ segment }) => segment)
  return {
    lines,
    catalog: Object.fromEntries(order.map((key) => [key, taken[key] ?? ''])),
    outdated: withoutMarks(travelling, new Set(settled)),
  }
}

/** The English of a message as a mark knows it: that of today, or that of the mark. */
const [today, marked] = ['today', 'marked']

function verdictOn(
  pack: ReturnedPack,
  travelling: TravellingCatalog,
  { key, text, was }: { readonly key: string; readonly text: string; readonly was: string | undefined },
): Verdict {
  const { english, catalog, revision } = travelling
  const isDone = pack.done?.has(key) ?? false
  const source = isNote(key) || !Object.hasOwn(english, key) ? undefined : english[key]
  if (source === undefined) return { outcome: 'unknown', complaint: complaint('receipt.no-message'), text }
  const then = earlierEnglish(travelling, key) === undefined ? today : marked
  const stands = Object.hasOwn(catalog, key) ? { text: catalog[key] ?? '', seen: then } : undefined
  const seen = pack.sourceRevision === revision ? today : then
  const flawOf = () => {
    const [error] = errorsOfSegment({ locale: pack.locale, id: key, kind: 'message', source, target: text })
    return error && inRule(error)
  }
  return merge(
    { id: key, text, was, seen, isDone, mayBeEnglish: isDone && mayStayEnglish(pack, 'message', text) },
    { stands, english: source, wasEarlier: () => false, isOutdated: (hash) => hash === marked, flawOf },
  )
}
