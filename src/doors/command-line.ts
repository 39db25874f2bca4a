import { Refusal } from '../problem'
import { type Group, isGroup, type Leaf, type Values } from './command'
import { readValues } from './command-values'
import { nearestOf } from './nearest-name'

/** What a command line asks for: a command with its values, help, the version, or nothing that exists. */
export type Decision =
  | { readonly kind: 'run'; readonly command: Leaf; readonly path: string; readonly values: Values }
  | { readonly kind: 'help'; readonly command: Leaf | Group; readonly path: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** The words before `--`. After it there are no options. */
const optional = (words: readonly string[]) => (words.includes('--') ? words.slice(0, words.indexOf('--')) : words)
const asksHelp = (words: readonly string[]) => optional(words).some((word) => word === '--help' || word === '-h')

/** Whether JSON is asked for, however wrong the rest is. */
export const asksJson = (words: readonly string[]): boolean => optional(words).includes('--json')

/** Decides what is to be done. Does nothing. */
export function decide(program: Group, words: readonly string[]): Decision {
  const { named, path, rest } = find(program, words)
  if (named === program && rest[0] === '--version') return { kind: 'version' }
  if (asksHelp(rest)) return { kind: 'help', command: named, path }
  if (!isGroup(named)) return reading(named, path, rest)
  const [word] = rest
  if (named.otherwise && (word === undefined || word.startsWith('-'))) {
    return reading(named.otherwise, `${path} ${named.otherwise.name}`, rest)
  }
  return word === undefined ? { kind: 'help', command: named, path } : { kind: 'refused', refusal: noCommand(named, path, word) }
}

/** The command that the first words name, and the words that are left. */
function find(program: Group, words: readonly string[]) {
  let named: Leaf | Group = program
  let count = 0
  while (isGroup(named)) {
    const next: Leaf | Group | undefined = named.commands.find(({ name }) => name === words[count])
    if (!next) break
    named = next
    count += 1
  }
  return { named, path: words.slice(0, count).join(' '), rest: words.slice(count) }
}

function reading(command: Leaf, path: string, words: readonly string[]): Decision {
  const read = readValues(command, path, words)
  return 'refusal' in read ? { kind: 'refused', ...read } : { kind: 'run', command, path, ...read }
}

function noCommand({ commands }: Group, path: string, word: string): Refusal {
  const names = commands.map(({ name }) => name)
  if (word.startsWith('-')) return new Refusal('command.missing', { option: word, list: names })
  const command = `${path} ${word}`.trim()
  const nearest = nearestOf(word, names)
  return new Refusal(nearest === undefined ? 'command.unknown' : 'command.unknown.near', {
    command,
    nearest: nearest ?? '',
    list: names,
  })
}

/** Options that npm has too. Its settings of these names say nothing about ours. */
const ofNpm = ['json', 'yes', 'only', 'provenance']

/**
 * An option of a command that npm took for itself, because `--` before the command was forgotten. The option is then missing from the
 * words, and `import x.json --dry-run` would save.
 */
export function takenByNpm({ options }: Leaf, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (environment['npm_lifecycle_event'] !== 'vernacular') return undefined
  const taken = Object.keys(options).find(
    (name) => !ofNpm.includes(name) && Boolean(environment[`npm_config_${name.replaceAll('-', '_')}`]),
  )
  return taken && `--${taken}`
}
