import type { IntlMessageFormat } from 'intl-messageformat'
import english from '../../locales/en/newsroom.json'
import type { Catalog } from './catalog'
import type { Complaint, Value } from './complaint'
import { direction, formatOf, type Locale, type Locales } from './locale'
import { messageFormat, type Values } from './messages'
import { chainOf } from './resolution'
import { isolated, visibleLine } from './text'

/** Says a complaint as a whole sentence. */
export type Explain = (complaint: Complaint) => string

/** A catalog of the newsroom's words, its locale, and the CLDR locale that formats it. */
type Spoken = readonly [locale: Locale, catalog: Catalog, format: Locale]

/** The English that is in the program. */
const own: Spoken = ['en', english, 'en-GB']

/** Puts complaints into words by these catalogs. A message that the first lacks comes from the next that has it, and at last from English. */
export function explainedBy(catalogs: readonly Spoken[]): Explain {
  const all = [...catalogs, own]
  const messages = new Map<string, IntlMessageFormat>()
  const messageOf = (code: string): IntlMessageFormat => {
    const message = messages.get(code) ?? messageFormat(...messageIn(all, code))
    messages.set(code, message)
    return message
  }
  const explain: Explain = ({ code, values }) => {
    const message = messageOf(code)
    const { locale } = message.resolvedOptions()
    const said = Object.entries(values).map(([name, value]) => [name, inWords(value, locale, explain)] as const)
    return String(message.format(Object.fromEntries(said)))
  }
  return explain
}

/** Puts a complaint into English, for logs, the command line and programs. */
export const explain: Explain = explainedBy([])

/** Words of the command line, which speaks English only: an ICU message, filled in. */
export const inEnglish = (message: string, values: Values): string =>
  String(messageFormat(message, own[0], own[2]).format(values))

/** A thing with its complaint in words beside it, as programs get it. */
export const withReason = <Item extends { readonly complaint?: Complaint }>(item: Item): Item & { readonly reason?: string } =>
  item.complaint ? { ...item, reason: explain(item.complaint) } : item

/** Puts complaints into words in each of a site's locales: by its catalog, or else by those of its fallback chain. Each is read once. */
export function explainers(site: Locales, wordsOf: (locale: Locale) => Promise<Catalog>): (locale: Locale) => Promise<Explain> {
  const known = new Map<Locale, Promise<Explain>>()
  const read = async (locale: Locale) => {
    const chain = [locale, ...chainOf(site, locale)].filter((tag) => tag !== site.source)
    return explainedBy(await Promise.all(chain.map(async (tag) => [tag, await wordsOf(tag), formatOf(site, tag)] as const)))
  }
  return (locale) => {
    const explain = known.get(locale) ?? read(locale)
    known.set(locale, explain)
    explain.catch(() => known.delete(locale))
    return explain
  }
}

function messageIn(catalogs: readonly Spoken[], code: string): readonly [message: string, locale: Locale, format: Locale] {
  for (const [locale, catalog, format] of catalogs) {
    const message = Object.hasOwn(catalog, code) ? catalog[code] : undefined
    if (message !== undefined && message.trim() !== '') return [message, locale, format]
  }
  throw new Error(`The newsroom's catalog has no message ${code}.`)
}

/** A value within a sentence. Text of a file or a person is isolated, so that its direction does not affect the rest, and shows all its characters. */
function inWords(value: Value, locale: Locale, explain: Explain): string | number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return direction(locale) === 'rtl' ? isolated(visibleLine(value)) : visibleLine(value)
  if ('code' in value) return explain(value)
  if ('lines' in value) return value.lines.map(explain).join('\n')
  const [items, type] = 'oneOf' in value ? [value.oneOf, 'disjunction' as const] : [value, 'conjunction' as const]
  return listOf(locale, type).format(items.map((item) => String(inWords(item, locale, explain))))
}

const lists = new Map<string, Intl.ListFormat>()

function listOf(locale: Locale, type: 'conjunction' | 'disjunction'): Intl.ListFormat {
  const list = lists.get(`${locale} ${type}`) ?? new Intl.ListFormat(locale, { type })
  lists.set(`${locale} ${type}`, list)
  return list
}
