import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Catalog } from './catalog'
import { type Complaint, complaint } from './complaint'
import type { Locale } from './locale'

/** What is wrong with a message of a catalog. */
export interface CatalogProblem {
  readonly key: string
  readonly complaint: Complaint
}

/** The keys that a catalog has and the source catalog lacks; if it must be whole, also the keys that it lacks. */
export function misplacedIn(catalog: Catalog, source: Catalog, extent: 'whole' | 'partial'): readonly CatalogProblem[] {
  const missing = extent === 'whole' ? messageKeys(source).filter((key) => (catalog[key] ?? '').trim() === '') : []
  const unknown = messageKeys(catalog).filter((key) => !Object.hasOwn(source, key))
  return [
    ...missing.map((key) => ({ key, complaint: complaint('catalog.missing') })),
    ...unknown.map((key) => ({ key, complaint: complaint('catalog.unknown') })),
  ]
}

/** The keys of a catalog’s messages, without those of notes to translators, which begin with `@`. */
export const messageKeys = (catalog: Catalog) => Object.keys(catalog).filter((key) => !key.startsWith('@'))

/** What can be wrong with a message, and in which way. */
export interface MessageFault {
  readonly kind: 'syntax' | 'arguments' | 'plurals'
  readonly complaint: Complaint
}

/** Checks a message against its source. If the source is not a message itself, there is nothing to compare. */
export function faultsOfMessage(locale: Locale, text: string, source: string): readonly MessageFault[] {
  const parsed = parseMessage(text)
  if ('code' in parsed) return [{ kind: 'syntax', complaint: parsed }]
  const expected = parseMessage(source)
  if ('code' in expected) return []
  const of = (kind: MessageFault['kind'], found: readonly Complaint[]) => found.map((complaint) => ({ kind, complaint }))
  return [
    ...of('syntax', strayBraces(parsed)),
    ...of('arguments', compareArguments(parsed, expected)),
    ...of('plurals', missingCategories(locale, parsed)),
  ]
}

/**
 * A message as its readers see it, with `{}` for each argument. First with the `other` branches of its plurals and selections, then each
 * branch by itself. A text that is not a message stays as it is.
 */
export function passagesOfMessage(text: string): readonly string[] {
  const parsed = parseMessage(text)
  return 'code' in parsed ? [text] : [proseOf(parsed), ...branchesIn(parsed).map(proseOf)]
}

/** Each argument of a message that is filled in as a text, with what stands before it in the same sentence. */
export function fillingsOf(text: string): readonly { readonly argument: string; readonly before: string }[] {
  const parsed = parseMessage(text)
  if ('code' in parsed) return []
  return [parsed, ...branchesIn(parsed)].flatMap((elements) =>
    elements.flatMap((element, place) => {
      const before = elements[place - 1]
      return element.type === TYPE.argument && before?.type === TYPE.literal
        ? [{ argument: element.value, before: before.value }]
        : []
    }),
  )
}

type Elements = readonly MessageFormatElement[]

const proseOf = (elements: Elements): string => elements.map(proseOfElement).join('')

function proseOfElement(element: MessageFormatElement): string {
  if (element.type === TYPE.literal) return element.value
  return isBranching(element) ? proseOf(element.options['other']?.value ?? []) : '{}'
}

const isBranching = (element: MessageFormatElement) => element.type === TYPE.plural || element.type === TYPE.select

const branchesIn = (elements: Elements): readonly Elements[] =>
  elements
    .filter(isBranching)
    .flatMap(({ options }) => Object.values(options).flatMap(({ value }) => [value, ...branchesIn(value)]))

function parseMessage(text: string): readonly MessageFormatElement[] | Complaint {
  if (!/[{}']/.test(text)) return [{ type: TYPE.literal, value: text }] // As most are: there is nothing to parse.
  try {
    return parse(text, { ignoreTag: true, requiresOtherClause: true })
  } catch (error) {
    return complaint('message.syntax', { fault: error instanceof Error ? error.message : String(error) })
  }
}

/** Whether readers would see a brace. A surplus closing brace, or one after an apostrophe, is valid ICU. */
function strayBraces(elements: readonly MessageFormatElement[]): readonly Complaint[] {
  return literalsIn(elements).some((text) => /[{}]/.test(text)) ? [complaint('message.brace')] : []
}

function literalsIn(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal) return [element.value]
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    return Object.values(element.options).flatMap(({ value }) => literalsIn(value))
  })
}

function compareArguments(
  found: readonly MessageFormatElement[],
  expected: readonly MessageFormatElement[],
): readonly Complaint[] {
  const there = argumentsOf(found)
  const wanted = argumentsOf(expected)
  const problems: Complaint[] = []
  for (const [name, type] of wanted) {
    const other = there.get(name)
    if (other === undefined) problems.push(complaint('message.argument-lost', { argument: `{${name}}` }))
    else if (other !== type) {
      problems.push(complaint('message.argument-use', { argument: `{${name}}`, here: other, there: type }))
    }
  }
  for (const name of there.keys()) {
    if (!wanted.has(name)) problems.push(complaint('message.argument-added', { argument: `{${name}}` }))
  }
  return problems
}

/** The arguments of a message, also inside its branches, each with its use. */
function argumentsOf(elements: readonly MessageFormatElement[], into = new Map<string, string>()): Map<string, string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    if (!into.has(element.value) || element.type === TYPE.plural || element.type === TYPE.select) {
      into.set(element.value, useOf(element))
    }
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const branch of Object.values(element.options)) argumentsOf(branch.value, into)
    }
  }
  return into
}

/** How a message uses an argument, as the complaint `message.argument-use` names it. */
function useOf(element: MessageFormatElement): string {
  switch (element.type) {
    case TYPE.plural:
      return element.pluralType === 'ordinal' ? 'ordinal' : 'plural'
    case TYPE.select:
      return 'selection'
    case TYPE.number:
      return 'number'
    case TYPE.date:
    case TYPE.time:
      return 'date'
    default:
      return 'text'
  }
}

function missingCategories(locale: Locale, elements: readonly MessageFormatElement[]): readonly Complaint[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const inside = Object.values(element.options).flatMap((branch) => missingCategories(locale, branch.value))
    if (element.type === TYPE.select) return inside
    const needed = new Intl.PluralRules(locale, { type: element.pluralType ?? 'cardinal' }).resolvedOptions().pluralCategories
    const missing = needed.filter((category) => !Object.hasOwn(element.options, category))
    return missing.length === 0
      ? inside
      : [...inside, complaint('message.plurals', { forms: missing, argument: `{${element.value}}` })]
  })
}
