import { type Group, isGroup, type Leaf, type Option } from './command'

const width = 100
const indent = 28

/** How commands are given from a checkout. */
const given = (words: string) => `npm run vernacular -- ${words}`.trimEnd()

/** The help of a command: what it does, its usage and one example. For a group: its commands. */
export const helpOn = (command: Leaf | Group, path: string): string =>
  `${(isGroup(command) ? helpOnGroup(command, path) : helpOnLeaf(command, path)).join('\n')}\n`

function helpOnGroup({ about, commands, otherwise }: Group, path: string): readonly string[] {
  return [
    `${about}.`,
    '',
    `Usage: ${given(path === '' ? '<command>' : `${path} <command>`)}`,
    '',
    ...commands.flatMap((each) => row(each.name, `${each.about}${each === otherwise ? ' (default)' : ''}`)),
    '',
    ...row('-h, --help', 'Show how to use a command, with an example'),
    ...(path === '' ? row('--version', 'Show the version of this program') : []),
    '',
    `Example: ${given(exampleIn(commands, path))}`,
  ]
}

/** The example of the first command. */
function exampleIn([first]: Group['commands'], path: string): string {
  if (!first) return path
  const words = `${path} ${first.name}`.trim()
  return isGroup(first) ? exampleIn(first.commands, words) : exampleOf(first, words)
}

/** The example of a command, in full. */
export const exampleOf = ({ example }: Leaf, path: string): string => `${path} ${example}`.trimEnd()

function helpOnLeaf(leaf: Leaf, path: string): readonly string[] {
  const { about, options, positionals } = leaf
  const named = Object.entries(positionals)
  const words = named.map(([name, { required, multiple }]) => (required ? `<${name}>` : `[${name}]`) + (multiple ? '…' : ''))
  return [
    `${about}.`,
    '',
    `Usage: ${given([path, ...words, '[options]'].join(' '))}`,
    '',
    ...named.flatMap(([name, each]) => row(`<${name}>`, inFull(each))),
    ...(named.length === 0 ? [] : ['']),
    ...Object.entries(options).flatMap(([name, each]) => row(shapeOf(name, each), inFull(each))),
    ...row('-h, --help', 'Show this help'),
    '',
    `Example: ${given(exampleOf(leaf, path))}`,
  ]
}

const shapeOf = (name: string, { type }: Option) =>
  `--${name}${type === 'flag' ? '' : type === 'number' ? ' <number>' : ' <text>'}`

/** What an option or an argument is, with its values and its default. */
function inFull(each: Option | Leaf['positionals'][string]): string {
  const notes = [
    ...('of' in each && each.of ? [each.of.join(' | ')] : []),
    ...('from' in each ? [`from ${each.from} to ${each.to}`] : []),
    ...('default' in each && each.default !== undefined ? [`default: ${each.default}`] : []),
    ...('type' in each && 'required' in each && each.required ? ['required'] : []),
    ...('type' in each && 'multiple' in each && each.multiple ? ['may be given several times'] : []),
  ]
  return each.about + (notes.length === 0 ? '' : ` (${notes.join('; ')})`)
}

/** A name and its description, in lines that fit a terminal. */
function row(name: string, text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width - indent) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  const [first = '', ...rest] = lines
  const head = `  ${name}`.padEnd(indent)
  const begin = head.length > indent || !head.endsWith('  ') ? [`  ${name}`, ' '.repeat(indent) + first] : [head + first]
  return [...begin, ...rest.map((line) => ' '.repeat(indent) + line)]
}
