import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../language/catalog'
import { isPseudo, type Locale, type Locales } from '../../language/locale'
import { pseudoCatalog } from '../../language/pseudo'
import { Refusal } from '../../problem'
import { catalogPack, takeCatalogIn } from '../../translations/catalog-pack'
import type { ReceiptLine } from '../../translations/intake'
import type { Selection } from '../../translations/outgoing'
import type { Pack, ReturnedPack } from '../../translations/packs/pack'
import { root } from '../checkout'
import { writeWhole } from './files'

const fileOf = (locale: Locale) => join(root, 'locales', locale, 'site.json')
const read = (locale: Locale) => JSON.parse(readFileSync(fileOf(locale), 'utf8')) as Catalog

/** The site's own words in a locale as a pack, from the files of this checkout; those of a pseudo-locale are in none. */
export function exportCatalog({ source }: Locales, locale: Locale, selection: Selection): Pack {
  const english = read(source)
  return catalogPack(source, locale, english, isPseudo(locale) ? pseudoCatalog(english, locale) : read(locale), selection)
}

/** Takes a returned catalog in and writes the locale's file anew, whole, where anything in it was accepted. */
export function importCatalog(
  { source }: Locales,
  pack: ReturnedPack,
  isTrial: boolean,
): { lines: readonly ReceiptLine[]; isSaved: boolean } {
  if (isPseudo(pack.locale)) throw new Refusal('catalog.pseudo', { locale: pack.locale })
  const { lines, catalog } = takeCatalogIn(pack, pack.locale, read(source), read(pack.locale))
  const isSaved = !isTrial && lines.some(({ outcome }) => outcome === 'accepted')
  if (isSaved) writeWhole(fileOf(pack.locale), `${JSON.stringify(catalog, null, 2)}\n`)
  return { lines, isSaved }
}
