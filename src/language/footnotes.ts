import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from 'markdown-it'

/** A mark of a footnote in the text (`[^1]`), and the beginning of its text (`[^1]: `). */
const mark = /^\[\^([^\]\s]{1,60})\]/
const beginning = /^\[\^([^\]\s]{1,60})\]:[ \t]*(?=\S)/

/**
 * Footnotes in the form of GitHub: `[^1]` in the text, and a paragraph `[^1]: …` outside lists and quotations. They are numbered in the
 * order of their marks and stand at the end. A text without a mark, and a second text for a mark, stay where they are.
 */
export function addFootnotes({ block, inline, core }: MarkdownIt): void {
  block.ruler.before('reference', 'footnote', footnote, { alt: ['paragraph'] })
  inline.ruler.before('link', 'footnote_ref', footnoteMark)
  core.ruler.after('inline', 'footnotes', gatherFootnotes)
}

/**
 * Renders footnotes after their text, with links there and back. Their ids have `env.place` in them. They have roles of DPUB-ARIA, and no
 * words: a page adds labels in its language.
 */
export function renderFootnotes({ renderer: { rules } }: MarkdownIt): void {
  const links = (tokens: readonly Token[], index: number, env: unknown) => {
    const { number, place } = noteOf(tokens[index] as Token)
    const at = `${(env as { place: string }).place}:${number}`
    return {
      number,
      note: `note-${at}`,
      marks: Array.from({ length: place }, (_none, k) => `mark-${at}${k === 0 ? '' : `:${k + 1}`}`),
    }
  }
  rules['footnote_ref'] = (tokens, index, _options, env) => {
    const { number, note, marks } = links(tokens, index, env)
    return `<sup><a href="#${note}" id="${marks.at(-1)}" role="doc-noteref">${number}</a></sup>`
  }
  rules['footnotes_open'] = () => '<section role="doc-endnotes">\n<ol>\n'
  rules['footnotes_close'] = () => '</ol>\n</section>\n'
  rules['footnote_open'] = (tokens, index, _options, env) => `<li id="${links(tokens, index, env).note}">`
  rules['footnote_close'] = (tokens, index, _options, env) => {
    const { marks } = links(tokens, index, env)
    return `${marks.map((mark) => ` <a href="#${mark}" role="doc-backlink">↑</a>`).join('')}</li>\n`
  }
}

/** The number of a footnote, and which of its marks this is. For the footnote itself, how many marks it has. */
interface Note {
  readonly number: number
  readonly place: number
}

const noteOf = ({ meta }: Token): Note => meta as unknown as Note
export const labelOf = ({ meta }: Token): string => String(meta?.['label'])

function footnote(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  if (state.level > 0 || state.blkIndent > 0) return false
  const [opening, label] = beginning.exec(lineOf(state, start)) ?? []
  if (opening === undefined || label === undefined) return false
  if (isTrial) return true
  const ending = state.md.block.ruler.getRules('paragraph')
  let next = start + 1
  while (next < end && !state.isEmpty(next) && !ending.some((rule) => rule(state, next, end, true))) next += 1
  const text = state.getLines(start, next, 0, false).trim()
  push(state, 'footnote_open', 1, [start, next], label)
  const words = push(state, 'inline', 0, [start, next], label)
  words.content = text.slice(opening.length)
  words.children = []
  push(state, 'footnote_close', -1, [start, next], label)
  labelsIn(state.env).add(label)
  state.line = next
  return true
}

const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])

function push(state: StateBlock, type: string, nesting: 1 | 0 | -1, map: [number, number], label: string): Token {
  const token = state.push(type, '', nesting)
  token.map = map
  token.meta = { label }
  return token
}

/** The labels of all texts of footnotes. A text is read before the words of any paragraph are. */
const labelsIn = (env: Record<string | symbol, unknown>): Set<string> => {
  env['footnotes'] ??= new Set<string>()
  return env['footnotes'] as Set<string>
}

function footnoteMark(state: StateInline, isTrial: boolean): boolean {
  const [found, label = ''] = mark.exec(state.src.slice(state.pos, state.pos + 64)) ?? []
  if (found === undefined || state.linkLevel > 0 || !labelsIn(state.env).has(label)) return false
  if (!isTrial) state.push('footnote_ref', '', 0).meta = { label }
  state.pos += found.length
  return true
}

function gatherFootnotes(state: StateCore): void {
  const { Token } = state
  const [body, texts] = apart(state.tokens)
  const notes = numbered(body, texts)
  const cited = notes.flatMap((label) => texts.get(label) ?? [])
  const left = [...texts].flatMap(([label, tokens]) => (notes.includes(label) ? [] : tokens))
  state.tokens = [...body, ...left].map((token) => asTyped(token, Token))
  if (cited.length === 0) return
  state.tokens.push(new Token('footnotes_open', '', 1), ...cited, new Token('footnotes_close', '', -1))
}

/** The tokens without footnotes, and the three of each footnote by its label: the first of each label. */
function apart(tokens: readonly Token[]): readonly [readonly Token[], ReadonlyMap<string, readonly Token[]>] {
  const texts = new Map<string, Token[]>()
  let open: Token[] | undefined
  const body = tokens.filter((token) => {
    if (token.type === 'footnote_open' && !texts.has(labelOf(token))) {
      open = []
      texts.set(labelOf(token), open)
    }
    const isApart = open !== undefined
    open?.push(token)
    if (token.type === 'footnote_close') open = undefined
    return !isApart
  })
  return [body, texts]
}

/** Numbers the marks in reading order, those within footnotes after the others, and their texts. Returns the labels in that order. */
function numbered(body: readonly Token[], texts: ReadonlyMap<string, readonly Token[]>): readonly string[] {
  const places = new Map<string, number>()
  const toRead: (readonly Token[])[] = [body]
  for (const tokens of toRead) {
    for (const mark of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'footnote_ref')) {
      const label = labelOf(mark)
      const place = (places.get(label) ?? 0) + 1
      if (place === 1) toRead.push(texts.get(label) ?? [])
      places.set(label, place)
      mark.meta = { label, number: [...places.keys()].indexOf(label) + 1, place }
    }
  }
  const labels = [...places.keys()]
  for (const [at, label] of labels.entries()) {
    for (const token of texts.get(label) ?? []) token.meta = { label, number: at + 1, place: places.get(label) }
  }
  return labels
}

/** What is left of a footnote without a mark, or of a second text: a paragraph as it was typed. */
function asTyped(token: Token, Made: typeof Token): Token {
  if (token.type === 'inline' && token.meta) {
    const typed = new Made('text', '', 0)
    typed.content = `[^${labelOf(token)}]: `
    token.children?.unshift(typed)
  } else if (token.type === 'footnote_open' || token.type === 'footnote_close') {
    token.type = token.type.replace('footnote', 'paragraph')
    token.tag = 'p'
  }
  return token
}
