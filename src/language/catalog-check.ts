import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Catalog } from './catalog'
import type { Locale } from './locale'

/** What is wrong with a message of a catalog, and what to do about it. */
export interface CatalogProblem {
  readonly key: string
  readonly message: string
}

/**
 * Checks a catalog against the source catalog: the same keys, valid ICU MessageFormat, the same arguments of the same
 * type, and in each plural the categories that the locale needs for whole numbers (CLDR).
 */
export function checkCatalog(locale: Locale, catalog: Catalog, source: Catalog): readonly CatalogProblem[] {
  const missing = messageKeys(source)
    .filter((key) => isBlank(catalog[key]))
    .map((key) => ({ key, message: 'is missing: translate it' }))
  return [...missing, ...checkMessages(locale, catalog, source)]
}

/** The same for a catalog that may still lack messages. */
export function checkMessages(locale: Locale, catalog: Catalog, source: Catalog): readonly CatalogProblem[] {
  return messageKeys(catalog)
    .filter((key) => !Object.hasOwn(source, key) || !isBlank(catalog[key]))
    .flatMap((key) => checkMessage(locale, key, catalog[key], source))
}

const isBlank = (text: unknown) => text === undefined || (typeof text === 'string' && text.trim() === '')

const messageKeys = (catalog: Catalog) => Object.keys(catalog).filter((key) => !key.startsWith('@'))

function checkMessage(locale: Locale, key: string, text: unknown, source: Catalog): readonly CatalogProblem[] {
  if (!Object.hasOwn(source, key)) return [{ key, message: 'is not a message of the source catalog: take it out' }]
  if (typeof text !== 'string') return [{ key, message: `expected a text, found ${typeof text}` }]
  return faultsOfMessage(locale, text, source[key] ?? '').map(({ message }) => ({ key, message }))
}

/** What can be wrong with a message, and in which way. */
export interface MessageFault {
  readonly kind: 'syntax' | 'arguments' | 'plurals'
  readonly message: string
}

/** Checks one message against its source. A source that is itself no message is nothing to be held to. */
export function faultsOfMessage(locale: Locale, text: string, source: string): readonly MessageFault[] {
  const parsed = parseMessage(text)
  if (typeof parsed === 'string') return [{ kind: 'syntax', message: parsed }]
  const expected = parseMessage(source)
  if (typeof expected === 'string') return []
  const of = (kind: MessageFault['kind'], messages: readonly string[]) => messages.map((message) => ({ kind, message }))
  return [
    ...of('syntax', strayBraces(parsed)),
    ...of('arguments', compareArguments(parsed, expected)),
    ...of('plurals', missingCategories(locale, parsed)),
  ]
}

/** A message as its readers see it where nothing special holds: its `other` branches, with each argument as `{name}`. */
export function proseOfMessage(text: string): string {
  const parsed = parseMessage(text)
  return typeof parsed === 'string' ? text : proseOf(parsed)
}

const proseOf = (elements: readonly MessageFormatElement[]): string => elements.map(proseOfElement).join('')

function proseOfElement(element: MessageFormatElement): string {
  if (element.type === TYPE.literal) return element.value
  if (element.type === TYPE.pound) return '{#}'
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return `{${element.value}}`
  return proseOf(element.options['other']?.value ?? [])
}

function parseMessage(text: string): readonly MessageFormatElement[] | string {
  try {
    return parse(text, { ignoreTag: true, requiresOtherClause: true })
  } catch (error) {
    const reason = error instanceof SyntaxError ? ` (${error.message})` : ''
    return `is not a valid ICU message${reason}: check its braces`
  }
}

/** A closing brace too many is valid ICU, and so is a brace behind an apostrophe; readers would see either. */
function strayBraces(elements: readonly MessageFormatElement[]): string[] {
  return literalsIn(elements).some((text) => /[{}]/.test(text))
    ? ['shows a brace to readers: check its braces and apostrophes']
    : []
}

function literalsIn(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal) return [element.value]
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    return Object.values(element.options).flatMap(({ value }) => literalsIn(value))
  })
}

function compareArguments(found: readonly MessageFormatElement[], expected: readonly MessageFormatElement[]): string[] {
  const there = argumentsOf(found)
  const wanted = argumentsOf(expected)
  const problems: string[] = []
  for (const [name, type] of wanted) {
    const other = there.get(name)
    if (other === undefined) problems.push(`lacks the argument {${name}} of the source`)
    else if (other !== type) problems.push(`uses {${name}} as ${other}; the source uses it as ${type}`)
  }
  for (const name of there.keys()) {
    if (!wanted.has(name)) problems.push(`has an argument {${name}} that the source has not`)
  }
  return problems
}

/** The arguments of a message, those inside its branches too, each with the way it is used. */
function argumentsOf(elements: readonly MessageFormatElement[], into = new Map<string, string>()): Map<string, string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    if (!into.has(element.value) || element.type === TYPE.plural || element.type === TYPE.select) {
      into.set(element.value, typeName(element))
    }
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const branch of Object.values(element.options)) argumentsOf(branch.value, into)
    }
  }
  return into
}

function typeName(element: MessageFormatElement): string {
  switch (element.type) {
    case TYPE.plural:
      return element.pluralType === 'ordinal' ? 'an ordinal' : 'a plural'
    case TYPE.select:
      return 'a selection'
    case TYPE.number:
      return 'a number'
    case TYPE.date:
    case TYPE.time:
      return 'a date'
    default:
      return 'a text'
  }
}

function missingCategories(locale: Locale, elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const inside = Object.values(element.options).flatMap((branch) => missingCategories(locale, branch.value))
    if (element.type === TYPE.select) return inside
    const needed = new Intl.PluralRules(locale, { type: element.pluralType ?? 'cardinal' }).resolvedOptions().pluralCategories
    const missing = needed.filter((category) => !Object.hasOwn(element.options, category))
    return missing.length === 0
      ? inside
      : [...inside, `lacks the plural forms ${missing.join(', ')} of {${element.value}} that this language needs`]
  })
}
