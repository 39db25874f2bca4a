import type { Catalog } from './catalog'
import type { Locale } from './locale'

/** Catalogs with each key written once, as a Worker carries them: repeated keys were an eighth of what it is made of. */
export interface Columns {
  readonly keys: readonly string[]
  /** The text of each key, in the order of the keys; `null` where a catalog lacks it. */
  readonly texts: Readonly<Record<Locale, readonly (string | null)[]>>
}

/** Catalogs as columns. */
export function toColumns(catalogs: Readonly<Record<Locale, Catalog>>): Columns {
  const keys = [...new Set(Object.values(catalogs).flatMap((catalog) => Object.keys(catalog)))]
  const texts = Object.entries(catalogs).map(([locale, catalog]) => [locale, keys.map((key) => catalog[key] ?? null)])
  return { keys, texts: Object.fromEntries(texts) }
}

/** The catalogs of columns. The inverse of `toColumns`, but for the order of keys. */
export const fromColumns = ({ keys, texts }: Columns): Readonly<Record<Locale, Catalog>> =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, column]) => [
      locale,
      Object.fromEntries(
        column.flatMap((text, index) => {
          const key = keys[index]
          return text === null || key === undefined ? [] : [[key, text] as const]
        }),
      ),
    ]),
  )
