import { createInstance, type i18n } from 'i18next'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale, Locales } from './locale'
import { chainOf } from './resolution'

/** What a message is filled in with. */
export type Values = Readonly<Record<string, string | number>>

/** The messages of some catalogs, each found along the fallback chain of its locale. */
export function messagesOf(site: Locales, catalogs: Readonly<Record<Locale, Readonly<Record<string, string>>>>): i18n {
  const instance = createInstance()
  instance.use(icuFormat(site.source) as never)
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

/** What of an i18next format comes after the message and its values: the language and namespace asked for, the key, where it was found. */
type Lookup = readonly [
  language: string,
  namespace: string,
  key: string,
  found?: { readonly resolved: { readonly usedLng: string } },
]

/** ICU MessageFormat as a format of i18next. Each message is parsed once, in the language that it was found in. */
function icuFormat(source: Locale) {
  const formats = new Map<string, IntlMessageFormat>()
  return {
    type: 'i18nFormat',
    init() {},
    addLookupKeys: (keys: string[]) => keys,
    parse(message: string, values: Values, ...[, , , found]: Lookup) {
      const locale = found?.resolved.usedLng ?? source
      const id = `${locale} ${message}`
      const format = formats.get(id) ?? new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
      formats.set(id, format)
      return format.format({ ...values })
    },
  }
}
