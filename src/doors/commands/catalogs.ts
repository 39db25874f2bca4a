import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../language/catalog'
import { isPseudo, type Locale, type Locales } from '../../language/locale'
import { pseudoCatalog } from '../../language/pseudo'
import { Refusal } from '../../problem'
import { type CatalogName, catalogPack, takeCatalogIn } from '../../translations/catalog-pack'
import type { ReceiptLine } from '../../translations/intake'
import type { Selection } from '../../translations/outgoing'
import type { Pack, ReturnedPack } from '../../translations/packs/pack'
import { root } from '../checkout'
import { writeWhole } from './files'

const fileOf = (locale: Locale, name: CatalogName) => join(root, 'locales', locale, `${name}.json`)

function read(locale: Locale, name: CatalogName): Catalog {
  const file = fileOf(locale, name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Catalog) : {}
}

/** The words of the program in a locale as a pack, from the files of this checkout. Those of a pseudo-locale are in no file. */
export function exportCatalog(name: CatalogName, { source }: Locales, locale: Locale, selection: Selection): Pack {
  const english = read(source, name)
  const catalog = isPseudo(locale) ? pseudoCatalog(english, locale) : read(locale, name)
  return catalogPack(name, source, locale, english, catalog, selection)
}

/** Imports a returned catalog. If anything in it was accepted, writes the locale's whole file again. */
export function importCatalog(
  name: CatalogName,
  { source }: Locales,
  pack: ReturnedPack,
  isTrial: boolean,
): { lines: readonly ReceiptLine[]; isSaved: boolean } {
  if (isPseudo(pack.locale)) throw new Refusal('catalog.pseudo', { locale: pack.locale })
  const { lines, catalog } = takeCatalogIn(pack, pack.locale, read(source, name), read(pack.locale, name))
  const isSaved = !isTrial && lines.some(({ outcome }) => outcome === 'accepted')
  if (isSaved) writeWhole(fileOf(pack.locale, name), `${JSON.stringify(catalog, null, 2)}\n`)
  return { lines, isSaved }
}
