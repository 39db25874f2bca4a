import type { Names } from '../language/catalog'
import type { Locale, Locales } from '../language/locale'
import { chainOf } from '../language/resolution'
import type { Glossary } from './glossary'

/** What each locale calls organisations: as its glossary has them, or else that of the first locale that it falls back to. */
export const namesIn = (
  site: Locales,
  glossaries: Readonly<Record<Locale, Pick<Glossary, 'terms'>>>,
): ReadonlyMap<Locale, Names> =>
  new Map(
    site.locales.map(({ tag }) => {
      const names = [tag, ...chainOf(site, tag)]
        .toReversed()
        .flatMap((locale) =>
          (glossaries[locale]?.terms ?? []).map(
            ({ term, translation, lang }) => [term, { lang: lang ?? locale, text: translation }] as const,
          ),
        )
      return [tag, new Map(names)] as const
    }),
  )
