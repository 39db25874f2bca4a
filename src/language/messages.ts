import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl'
import { createInstance, type i18n } from 'i18next'
import { IntlMessageFormat } from 'intl-messageformat'
import { formatOf, type Locale, type Locales } from './locale'
import { chainOf } from './resolution'

/** What a message is filled in with. */
export type Values = Readonly<Record<string, string | number>>

/** The messages of some catalogs, each found along the fallback chain of its locale. */
export function messagesOf(site: Locales, catalogs: Readonly<Record<Locale, Readonly<Record<string, string>>>>): i18n {
  const instance = createInstance()
  instance.use(icuFormat(site) as never)
  void instance.init({
    resources: Object.fromEntries(Object.entries(catalogs).map(([locale, catalog]) => [locale, { site: catalog }])),
    defaultNS: 'site',
    fallbackLng: (locale: string) => [...chainOf(site, locale), site.source],
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return instance
}

const cache = createIntlCache()

const formats = new Map<Locale, IntlShape>()

/** CLDR's formats of a locale. They are made once for the whole program. */
export function intlOf(format: Locale): IntlShape {
  const intl = formats.get(format) ?? createIntl({ locale: format, timeZone: 'UTC', onError: refuse }, cache)
  formats.set(format, intl)
  return intl
}

function refuse(error: unknown): never {
  throw error
}

/** A message that counts by the plural rules of its locale, and writes numbers as another one does. */
export function messageFormat(message: string, locale: Locale, format: Locale): IntlMessageFormat {
  const { formatters } = intlOf(format)
  return new IntlMessageFormat(message, format, undefined, {
    ignoreTag: true,
    formatters: { ...formatters, getPluralRules: (_, options) => formatters.getPluralRules(locale, options) },
  })
}

/** What of an i18next format comes after the message and its values: the language and namespace asked for, the key, where it was found. */
type Lookup = readonly [
  language: string,
  namespace: string,
  key: string,
  found?: { readonly resolved: { readonly usedLng: string } },
]

/** ICU MessageFormat as a format of i18next. Each message is parsed once, in the language that it was found in. */
function icuFormat(site: Locales) {
  const formats = new Map<string, IntlMessageFormat>()
  return {
    type: 'i18nFormat',
    init() {},
    addLookupKeys: (keys: string[]) => keys,
    parse(message: string, values: Values, ...[, , , found]: Lookup) {
      const locale = found?.resolved.usedLng ?? site.source
      const id = `${locale} ${message}`
      const format = formats.get(id) ?? messageFormat(message, locale, formatOf(site, locale))
      formats.set(id, format)
      return format.format({ ...values })
    },
  }
}
