import { parseSync } from 'oxc-parser'
import { valuesOf } from './messages'

/** A place in a source where a code of the newsroom's catalog is written down. */
export interface WrittenCode {
  readonly code: string
  /** The values beside it; `unknown`: they are not written there; without them the code stands alone, in a table. */
  readonly values?: readonly string[] | 'unknown'
}

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Every text literal of a source that could be a code, with the values that are written beside it. */
export function codesIn(path: string, source: string): readonly WrittenCode[] {
  const found: WrittenCode[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    if (!isNode(value)) return
    const [first, second, ...rest] = argumentsOf(value)
    if (first) {
      for (const code of literalsOf(first)) found.push({ code, values: namesOf(second) })
      for (const each of [second, ...rest]) visit(each)
    } else {
      if (value.type === 'Literal' && typeof value['value'] === 'string') found.push({ code: value['value'] })
      for (const [name, each] of Object.entries(value)) if (!isNameIn(value, name)) visit(each)
    }
  }
  visit(parseSync(path, source).program)
  return found
}

/** Whether a side of a node is a mere name: the key of a property. */
const isNameIn = ({ type, computed }: Node, side: string) => type === 'Property' && side === 'key' && computed !== true

/** What a complaint is made of: its code, and its values. */
function argumentsOf({ type, callee, arguments: given }: Node): readonly Node[] {
  const isMade = type === 'NewExpression' || type === 'CallExpression'
  const name = isMade && isNode(callee) ? callee['name'] : undefined
  return (name === 'Refusal' || name === 'complaint') && Array.isArray(given) ? given : []
}

/** The codes that an argument may be: a literal, or one of several by a condition. */
function literalsOf(node: Node): readonly string[] {
  if (node.type === 'Literal') return [String(node['value'])]
  if (node.type === 'ConditionalExpression') return [node['consequent'], node['alternate']].filter(isNode).flatMap(literalsOf)
  return []
}

function namesOf(node: Node | undefined): readonly string[] | 'unknown' {
  if (!node) return []
  if (node.type !== 'ObjectExpression') return 'unknown'
  const names = (node['properties'] as readonly Node[]).map(({ key }) =>
    isNode(key) ? (key['name'] ?? key['value']) : undefined,
  )
  return names.every((name) => typeof name === 'string') ? names : 'unknown'
}

/** What is wrong with how the sources use the messages of the newsroom's catalog, each as a line. */
export function complaintFaults(
  sources: ReadonlyMap<string, string>,
  catalog: Readonly<Record<string, string>>,
): readonly string[] {
  const faults: string[] = []
  const used = new Set<string>()
  for (const [path, source] of sources) {
    for (const { code, values } of codesIn(path, source)) {
      const message = Object.hasOwn(catalog, code) ? catalog[code] : undefined
      if (message !== undefined) used.add(code)
      const named = message === undefined ? [] : [...valuesOf(message).keys()]
      if (message === undefined && values) faults.push(`${path}: ${code} has no words`)
      else if (values === 'unknown') faults.push(`${path}: ${code} is given values that are not written beside it`)
      else
        faults.push(
          ...named.filter((name) => !values?.includes(name)).map((name) => `${path}: ${code} lacks its value {${name}}`),
        )
    }
  }
  const unused = Object.keys(catalog).filter((key) => !key.startsWith('@') && !used.has(key))
  return [...faults, ...unused.map((key) => `${key} is said nowhere`)]
}

/** The bare errors of a source that say something in words: a message with a space in it. */
export function proseErrorsIn(path: string, source: string): readonly string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    if (!isNode(value)) return
    const { type, callee, arguments: given } = value
    if (type === 'NewExpression' && isNode(callee) && /Error$/.test(String(callee['name'])) && Array.isArray(given)) {
      const [message] = given as readonly Node[]
      const text = message && source.slice(Number(message['start']), Number(message['end']))
      if (text && /^['"`].* /s.test(text)) found.push(`${path}: ${text}`)
    }
    for (const each of Object.values(value)) visit(each)
  }
  visit(parseSync(path, source).program)
  return found
}
