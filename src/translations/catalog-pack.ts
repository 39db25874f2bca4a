import type { Catalog } from '../language/catalog'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { errorsOfSegment, type TranslatedText } from './checks/checks'
import { inRule } from './checks/finding'
import type { ReceiptLine } from './intake'
import type { Selection } from './outgoing'
import type { Pack, ReturnedPack } from './packs/pack'

/** The packs that hold words of the program: the site's own, and those of the newsroom, which no reader's page has. */
export const catalogNames = ['site', 'newsroom'] as const
export type CatalogName = (typeof catalogNames)[number]

export const isCatalogName = (name: string): name is CatalogName => catalogNames.some((each) => each === name)

const isNote = (key: string) => key.startsWith('@')

/** The pack of a catalog. Catalogs have no revisions: a message is missing or it is there. */
export function catalogPack(
  name: CatalogName,
  source: Locale,
  locale: Locale,
  english: Catalog,
  catalog: Catalog,
  selection: Selection,
): Pack {
  const units = Object.entries(english)
    .filter(([key]) => !isNote(key))
    .map(([id, text]) => {
      const target = catalog[id] ?? ''
      const note = english[`@${id}`] ?? 'Words of the site. Keep what stands in braces.'
      const state = target.trim() === '' ? ('missing' as const) : ('current' as const)
      return { id, kind: 'message' as const, access: 'public' as const, source: text, note, target, state }
    })
  return {
    name,
    source,
    locale,
    sourceRevision: 1,
    isApproved: true,
    units: selection === 'all' ? units : units.filter(({ state }) => selection.split(',').includes(state)),
  }
}

/** Decides which messages of a returned catalog are accepted. Returns the catalog with them, in the order of the English. */
export function takeCatalogIn(
  { targets, unfinished = new Map() }: ReturnedPack,
  locale: Locale,
  english: Catalog,
  catalog: Catalog,
): { readonly lines: readonly ReceiptLine[]; readonly catalog: Catalog } {
  const taken: Record<string, string> = { ...catalog }
  const lines: ReceiptLine[] = []
  for (const [key, target] of targets) {
    const source = isNote(key) || !Object.hasOwn(english, key) ? undefined : english[key]
    if (source === undefined) lines.push({ segment: key, outcome: 'unknown', complaint: complaint('receipt.no-message') })
    else if (target.trim() !== '') {
      const line = judge({ locale, id: key, kind: 'message', source, target }, catalog[key])
      if (line.outcome === 'accepted') taken[key] = target
      lines.push({ segment: key, ...line })
    }
  }
  for (const [key, target] of unfinished) {
    if (target !== catalog[key]) lines.push({ segment: key, outcome: 'unfinished', complaint: complaint('receipt.unfinished') })
  }
  const order = Object.keys(english).filter((key) => !isNote(key) && taken[key] !== undefined)
  return { lines, catalog: Object.fromEntries(order.map((key) => [key, taken[key] ?? ''])) }
}

function judge(text: TranslatedText, before: string | undefined): Omit<ReceiptLine, 'segment'> {
  if (text.target === before) return { outcome: 'unchanged' }
  if (text.target === text.source) return { outcome: 'identical', complaint: complaint('receipt.identical') }
  const [error] = errorsOfSegment(text)
  return error === undefined ? { outcome: 'accepted' } : { outcome: 'rejected', complaint: inRule(error) }
}
