import { hashOf } from '../briefings/hash'
import type { Catalog } from '../language/catalog'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { errorsOfSegment, type TranslatedText } from './checks/checks'
import { inRule } from './checks/finding'
import { mayStayEnglish } from './checks/names'
import type { ReceiptLine } from './intake'
import { earlierEnglish, type MarkedCatalog, type Marks, withoutMarks } from './marks'
import type { Selection } from './outgoing'
import type { Pack, ReturnedPack, Unit } from './packs/pack'

/** The packs that hold words of the program: the site's own, and those of the newsroom, which no reader's page has. */
export const catalogNames = ['site', 'newsroom'] as const
export type CatalogName = (typeof catalogNames)[number]

export const isCatalogName = (name: string): name is CatalogName => catalogNames.some((each) => each === name)

const isNote = (key: string) => key.startsWith('@')

/** A translated catalog as it travels, with the number that stands for its English (`numberOf`). */
export interface TravellingCatalog extends MarkedCatalog {
  readonly revision: number
}

/** A number that changes with the English of a catalog. A catalog has no revisions: this tells whether a file was made from today's English. */
export async function numberOf(english: Catalog): Promise<number> {
  const messages = Object.entries(english).filter(([key]) => !isNote(key))
  return Number.parseInt((await hashOf(JSON.stringify(messages))).slice(0, 6), 16) + 1
}

/** The pack of a catalog. A message is missing, outdated or current. */
export function catalogPack(
  name: CatalogName,
  source: Locale,
  locale: Locale,
  travelling: TravellingCatalog,
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
    units: selection === 'all' ? units : units.filter(({ state }) => selection.split(',').includes(state)),
  }
}

function unitOf(travelling: TravellingCatalog, key: string, text: string): Unit {
  const { english, catalog } = travelling
  const target = catalog[key] ?? ''
  const note = english[`@${key}`] ?? 'Words of the site. Keep what stands in braces.'
  const unit = { id: key, kind: 'message' as const, access: 'public' as const, source: text, note, target }
  if (target.trim() === '') return { ...unit, state: 'missing' }
  const previous = earlierEnglish(travelling, key)
  return previous === undefined ? { ...unit, state: 'current' } : { ...unit, state: 'outdated', previous }
}

/**
 * Decides which messages of a returned catalog are accepted. Returns the catalog with them, in the order of the English, and the marks
 * without those of messages that were translated anew or confirmed. An outdated message is accepted only from a file that was made from
 * today's English.
 */
export function takeCatalogIn(
  { targets, sourceRevision, unfinished = new Map(), done = new Set(), isDoneUnsaid = false }: ReturnedPack,
  locale: Locale,
  travelling: TravellingCatalog,
): { readonly lines: readonly ReceiptLine[]; readonly catalog: Catalog; readonly outdated: Marks } {
  const { english, catalog, revision } = travelling
  const taken: Record<string, string> = { ...catalog }
  const lines: ReceiptLine[] = []
  for (const [key, target] of targets) {
    const source = isNote(key) || !Object.hasOwn(english, key) ? undefined : english[key]
    if (source === undefined) lines.push({ segment: key, outcome: 'unknown', complaint: complaint('receipt.no-message') })
    else if (target.trim() !== '') {
      const isOutdated = earlierEnglish(travelling, key) !== undefined
      const mayBeEnglish = done.has(key) && mayStayEnglish({ isDoneUnsaid, locale }, 'message', target)
      const standing = {
        isStale: isOutdated && sourceRevision !== revision,
        isConfirmed: isOutdated && done.has(key),
        mayBeEnglish,
      }
      const line = judge({ locale, id: key, kind: 'message', source, target }, catalog[key], standing)
      if (line.outcome === 'accepted') taken[key] = target
      lines.push({ segment: key, ...line })
    }
  }
  for (const [key, target] of unfinished) {
    if (target !== catalog[key]) lines.push({ segment: key, outcome: 'unfinished', complaint: complaint('receipt.unfinished') })
  }
  const order = Object.keys(english).filter((key) => !isNote(key) && taken[key] !== undefined)
  const settled = lines.filter(({ outcome }) => outcome === 'accepted' || outcome === 'confirmed').map(({ segment }) => segment)
  return {
    lines,
    catalog: Object.fromEntries(order.map((key) => [key, taken[key] ?? ''])),
    outdated: withoutMarks(travelling, new Set(settled)),
  }
}

function judge(
  text: TranslatedText,
  before: string | undefined,
  {
    isStale,
    isConfirmed,
    mayBeEnglish,
  }: { readonly isStale: boolean; readonly isConfirmed: boolean; readonly mayBeEnglish: boolean },
): Omit<ReceiptLine, 'segment'> {
  if (text.target === before) return { outcome: isConfirmed && !isStale ? 'confirmed' : 'unchanged' }
  if (isStale) return { outcome: 'outdated', complaint: complaint('receipt.outdated') }
  if (text.target === text.source && !mayBeEnglish) return { outcome: 'identical', complaint: complaint('receipt.identical') }
  const [error] = errorsOfSegment(text)
  return error === undefined ? { outcome: 'accepted' } : { outcome: 'rejected', complaint: inRule(error) }
}
