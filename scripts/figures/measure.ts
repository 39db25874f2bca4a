/** One figure beside the most that it may be. */
export interface Row {
  readonly what: string
  readonly value: number
  readonly most: number
  /** Which thing is the largest. */
  readonly where?: string
}

export const isOver = ({ value, most }: Row) => value > most

export const figure = (what: string, value: number, most: number): Row => ({ what, value, most })

/** Something that has a size. */
export interface Sized {
  readonly name: string
  readonly lines: number
}

/** The median, the ninetieth percentile and the largest of some sizes, as far as there is a limit to them. */
export function ranked(
  what: string,
  sized: readonly Sized[],
  most: { median?: number; p90?: number; max?: number },
): readonly Row[] {
  const sorted = sized.toSorted((one, other) => one.lines - other.lines)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0
  const largest = sorted.at(-1)
  return [
    ...(most.median === undefined ? [] : [figure(`${what}, median`, at(0.5), most.median)]),
    ...(most.p90 === undefined ? [] : [figure(`${what}, 9 of 10`, at(0.9), most.p90)]),
    ...(most.max === undefined
      ? []
      : [{ ...figure(`${what}, largest`, largest?.lines ?? 0, most.max), where: largest?.name ?? '' }]),
  ]
}

/** The functions of a program that have a block for a body, with the lines they take, and whether they make markup. */
export function functionsOf(program: unknown, text: string): readonly (Sized & { readonly isMarkup: boolean })[] {
  const found: (Sized & { readonly isMarkup: boolean })[] = []
  visit(program, '')
  return found

  function visit(node: unknown, name: string): void {
    if (Array.isArray(node)) for (const each of node) visit(each, name)
    if (!isNode(node)) return
    const own = nameIn(node) ?? name
    if (functionTypes.has(node.type) && isNode(node['body']) && node['body'].type === 'BlockStatement') {
      const lines = text.slice(node.start, node.end).split('\n').length
      found.push({
        name: own === '' ? `line ${text.slice(0, node.start).split('\n').length}` : own,
        lines,
        isMarkup: makesMarkup(node['body']),
      })
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value, own)
  }
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function nameIn(node: Node): string | undefined {
  const holder = node['id'] ?? node['key']
  return isNode(holder) && typeof holder['name'] === 'string' ? holder['name'] : undefined
}

/** Whether markup stands in a function itself, and not only in one within it. */
function makesMarkup(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(makesMarkup)
  if (!isNode(node)) return false
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return true
  if (functionTypes.has(node.type)) return false
  return Object.values(node).some(makesMarkup)
}

/** The words of each sentence of a Markdown text: its paragraphs and lists, without headings, tables and code. */
export function sentencesOf(markdown: string): readonly number[] {
  const prose = markdown
    .replace(/^(```|~~~)[\s\S]*?^\1$/gm, '\n')
    .split('\n')
    .map((line) => (/^\s*(#|\||>)/.test(line) ? '' : line.replace(/^\s*([-*]|\d+\.)\s+/, '\n\n')))
    .join('\n')
  return prose
    .split(/\n\s*\n/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?])\s+(?=\S)/))
    .map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length)
    .filter((words) => words > 0)
}

/** Each circle of a graph, as the way around it. */
export function circlesOf(graph: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const next = Map.groupBy(graph, ({ from }) => from)
  const found = new Set<string>()
  const done = new Set<string>()
  const visit = (place: string, path: readonly string[]) => {
    if (path.includes(place)) {
      found.add([...path.slice(path.indexOf(place)), place].join(' → '))
      return
    }
    if (done.has(place)) return
    const places = new Set((next.get(place) ?? []).map(({ to }) => to).filter((to) => to !== place))
    for (const to of places) visit(to, [...path, place])
    done.add(place)
  }
  for (const place of [...next.keys()].sort()) visit(place, [])
  return [...found]
}
