import { parseArgs } from 'node:util'
import { Refusal } from '../problem'
import type { Leaf, Option, Values, Word } from './command'
import { nearestOf } from './nearest-name'

/** What was said for each option and argument, by its name. */
type Heard = Map<string, readonly string[]>

/** Reads the values of a command. Refuses the first word that is wrong, or else the first that is missing. */
export function readValues(
  command: Leaf,
  path: string,
  words: readonly string[],
): { readonly values: Values } | { readonly refusal: Refusal } {
  const heard: Heard = new Map()
  for (const token of tokensOf(command, words)) {
    const wrong =
      token.kind === 'option'
        ? hearOption(command, path, token, heard)
        : token.kind === 'positional' && hearArgument(command, path, token.value, heard)
    if (wrong) return { refusal: wrong }
  }
  const all = [...Object.entries(command.positionals), ...Object.entries(command.options)]
  const missing = all.find(([name, definition]) => 'required' in definition && !heard.has(name))
  if (missing) return { refusal: new Refusal('word.missing', { command: path, word: labelOf(command, missing[0]) }) }
  return { values: Object.fromEntries(all.map(([name, definition]) => [name, meaningOf(definition, heard.get(name))])) }
}

/** How an option or an argument is written. */
export const labelOf = ({ options }: Leaf, name: string): string => (Object.hasOwn(options, name) ? `--${name}` : `<${name}>`)

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

/** The words as Node reads them. Its strict mode is not used: it has its own messages, and takes the last of two values. */
function tokensOf({ options }: Leaf, words: readonly string[]) {
  const types = Object.entries(options).map(
    ([name, { type }]) => [name, { type: type === 'flag' ? 'boolean' : 'string' } as const] as const,
  )
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens
}

function hearOption(command: Leaf, path: string, token: OptionToken, heard: Heard): Refusal | undefined {
  const { name, rawName, value } = token
  const option = rawName.startsWith('--') && Object.hasOwn(command.options, name) ? command.options[name] : undefined
  if (!option) {
    const nearest = nearestOf(name, Object.keys(command.options))
    return new Refusal(nearest === undefined ? 'option.unknown' : 'option.unknown.near', {
      option: rawName,
      command: path,
      nearest: `--${nearest}`,
    })
  }
  if (option.type === 'flag') {
    heard.set(name, [])
    return value === undefined ? undefined : new Refusal('option.takes-nothing', { option: rawName })
  }
  const isAnotherOption = token.inlineValue !== true && value?.startsWith('-') === true && value !== '-'
  if (value === undefined || value === '' || isAnotherOption) return new Refusal('option.empty', { option: rawName })
  if (heard.has(name) && !('multiple' in option)) return new Refusal('option.twice', { option: rawName })
  return hear(option, rawName, name, value, heard)
}

function hearArgument(command: Leaf, path: string, value: string, heard: Heard): Refusal | undefined {
  const [name, definition] =
    Object.entries(command.positionals).find(([name, { multiple }]) => multiple || !heard.has(name)) ?? []
  if (name === undefined || !definition) return new Refusal('argument.surplus', { argument: value, command: path })
  if (value === '') return new Refusal('argument.empty', { argument: labelOf(command, name) })
  return hear(definition, labelOf(command, name), name, value, heard)
}

function hear(definition: Exclude<Option, { type: 'flag' }> | Word, label: string, name: string, value: string, heard: Heard) {
  if ('from' in definition) {
    const { from, to } = definition
    const isFit = /^\d{1,15}$/.test(value) && Number(value) >= from && Number(value) <= to
    if (!isFit) return new Refusal('value.no-number', { word: label, value, from, to })
  } else if (definition.of && !definition.of.includes(value)) {
    const nearest = nearestOf(value, definition.of)
    return new Refusal(nearest === undefined ? 'value.unknown' : 'value.unknown.near', {
      word: label,
      value,
      list: definition.of,
      nearest: nearest ?? '',
    })
  }
  heard.set(name, [...(heard.get(name) ?? []), value])
  return undefined
}

function meaningOf(definition: Option | Word, heard: readonly string[] | undefined): Values[string] {
  if ('type' in definition && definition.type === 'flag') return heard !== undefined
  if ('multiple' in definition) return [...new Set(heard)]
  if (heard === undefined) return 'default' in definition ? definition.default : undefined
  return 'from' in definition ? Number(heard[0]) : heard[0]
}
