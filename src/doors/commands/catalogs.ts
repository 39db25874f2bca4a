import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProblems, unfit } from '../../briefings/files'
import type { Catalog } from '../../language/catalog'
import { isPseudo, type Locale, type Locales } from '../../language/locale'
import { pseudoCatalog } from '../../language/pseudo'
import { Refusal } from '../../problem'
import { type CatalogRecords, noRecords, readRecords } from '../../translations/authorship'
import {
  type CatalogName,
  catalogAncestors,
  catalogPack,
  numberOf,
  type TravellingCatalog,
  takeCatalogIn,
} from '../../translations/catalog-pack'
import { findingsInCatalog } from '../../translations/checks/catalogs'
import { type CheckedLine, withFound } from '../../translations/checks/receipt'
import type { ReceiptLine } from '../../translations/intake'
import { confirmMessages, type Marks } from '../../translations/marks'
import { isFresh, isTaken } from '../../translations/merge'
import { type Selection, withAncestors } from '../../translations/outgoing'
import type { Pack, ReturnedPack } from '../../translations/packs/pack'
import { root } from '../checkout'
import { readLocaleFiles } from '../content-folder'
import { readStandards } from '../standards'
import { writeWhole } from './files'

interface CatalogReceipt {
  readonly lines: readonly CheckedLine[]
  readonly isSaved: boolean
}

const fileOf = (locale: Locale, name: CatalogName | 'catalogs') => join(root, 'locales', locale, `${name}.json`)
const asFile = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

function read(locale: Locale, name: CatalogName): Catalog {
  const file = fileOf(locale, name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Catalog) : {}
}

function recordsOf(locale: Locale): CatalogRecords {
  const records = readRecords(readLocaleFiles(root, 'catalogs'))
  if (isProblems(records)) throw unfit(records)
  return records.get(locale) ?? noRecords
}

/** Writes the marks of a catalog into `catalogs.json`, if they are others than before. */
export function writeMarks(locale: Locale, name: CatalogName, outdated: Marks): void {
  const records = recordsOf(locale)
  const [before, after] = [records[name].outdated, outdated].map((marks) => JSON.stringify(marks))
  if (before === after) return
  writeWhole(fileOf(locale, 'catalogs'), asFile({ ...records, [name]: { ...records[name], outdated } }))
}

/** A catalog of this checkout in a locale, as it travels. That of a pseudo-locale is in no file. */
async function travelling(name: CatalogName, source: Locale, locale: Locale): Promise<TravellingCatalog> {
  const english = read(source, name)
  const catalog = isPseudo(locale) ? pseudoCatalog(english, locale) : read(locale, name)
  const outdated = recordsOf(locale)[name].outdated
  return { english, catalog, outdated, revision: await numberOf(english), number: await numberOf(catalog) }
}

/** The words of the program in a locale as a pack, from the files of this checkout. */
export const exportCatalog = async (
  name: CatalogName,
  { source }: Locales,
  locale: Locale,
  selection: Selection,
): Promise<Pack> => {
  const { number, ...catalog } = await travelling(name, source, locale)
  return await withAncestors(catalogPack(name, source, locale, catalog, selection), number, (key) => catalog.catalog[key])
}

/**
 * Imports a returned catalog. If anything in it was accepted, writes the locale's whole file again. Removes the marks of outdated messages
 * that were accepted or confirmed. They go last: after an interruption a mark too many is left, never one too few.
 */
export async function importCatalog(
  name: CatalogName,
  { source }: Locales,
  pack: ReturnedPack,
  isTrial: boolean,
): Promise<CatalogReceipt> {
  if (isPseudo(pack.locale)) throw new Refusal('catalog.pseudo', { locale: pack.locale })
  const stands = await travelling(name, source, pack.locale)
  const { lines, catalog, outdated } = takeCatalogIn(pack, stands, await catalogAncestors(pack, stands))
  const checked = withWarnings(lines, pack.locale, catalog, stands.english)
  const isSaved = !isTrial && lines.some(({ outcome }) => isTaken(outcome))
  if (isSaved && lines.some(({ outcome }) => isTaken(outcome) && outcome !== 'confirmed'))
    writeWhole(fileOf(pack.locale, name), asFile(catalog))
  if (isSaved) writeMarks(pack.locale, name, outdated)
  return { lines: checked, isSaved }
}

/** Adds to each message that was accepted or confirmed what a person should look at in it, as `check` finds it. */
function withWarnings(lines: readonly ReceiptLine[], locale: Locale, catalog: Catalog, english: Catalog): readonly CheckedLine[] {
  const standards = readStandards(root)
  if (isProblems(standards)) throw unfit(standards)
  const taken = lines.filter(({ outcome }) => isFresh(outcome)).map(({ segment }) => [segment, catalog[segment] ?? ''] as const)
  const found = findingsInCatalog(locale, Object.fromEntries(taken), english, {
    glossary: standards.glossaries.get(locale),
    style: standards.styles.get(locale),
    accepted: standards.accepted.get(locale),
  })
  return lines.map((line) =>
    withFound(line, isFresh(line.outcome) ? found.filter(({ segment }) => segment === line.segment) : []),
  )
}

/** Records that outdated messages are still right: the named ones, or all. */
export async function confirmCatalog(
  name: CatalogName,
  { source }: Locales,
  locale: Locale,
  keys: readonly string[],
  isTrial: boolean,
): Promise<CatalogReceipt> {
  if (isPseudo(locale)) throw new Refusal('catalog.pseudo', { locale })
  const { lines, outdated } = confirmMessages(await travelling(name, source, locale), keys)
  const isSaved = !isTrial && lines.some(({ outcome }) => outcome === 'confirmed')
  if (isSaved) writeMarks(locale, name, outdated)
  return { lines, isSaved }
}
