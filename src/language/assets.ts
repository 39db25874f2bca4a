import type { Fetcher } from '@cloudflare/workers-types'
import type { Catalog } from './catalog'
import type { Locale } from './locale'

/** Reads the newsroom's words on Workers, from static files. A locale without a file has no words of its own. */
export function newsroomWordsIn(
  files: Fetcher,
  origin: string,
  addresses: Readonly<Record<Locale, string>>,
): (locale: Locale) => Promise<Catalog> {
  return async (locale) => {
    const address = addresses[locale]
    if (address === undefined) return {}
    const response = await files.fetch(origin + address)
    if (!response.ok) throw new Error(`The static file ${address} is not there (${response.status}).`)
    return (await response.json()) as Catalog
  }
}
