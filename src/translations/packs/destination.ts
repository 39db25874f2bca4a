import { addressed, type Locales } from '../../language/locale'
import { Refusal } from '../../problem'
import type { ReturnedPack } from './pack'

/**
 * A returned pack with its language as the site spells it, wherever an address with the tag of the file would lead: `es-ES`, `zh-CN`,
 * `pt`. A language that the site does not have stays. Throws a Refusal if the file says that it was made from another language than that
 * of the source; the region does not matter, for tools ask for one.
 */
export function addressedTo(locales: Locales, pack: ReturnedPack): ReturnedPack {
  const { source, locale } = pack
  const languageOf = (tag: string) => new Intl.Locale(tag).language
  if (source !== undefined && languageOf(source) !== languageOf(locales.source)) {
    throw new Refusal('pack.source', { locale: source, source: locales.source })
  }
  const place = addressed(locales, locale)
  if (place === undefined) return pack
  return { ...pack, locale: 'moved' in place ? place.moved : place.locale }
}
