import { type Code, type Runs, split } from '../packs/inline'

type Kind = 'plain' | 'markdown'

/** Markup that a machine gets as an element: around words, or between them if `closes` is empty. */
interface Mark {
  readonly opens: string
  readonly closes: string
}

/** Words that belong together, as XML, with the markup of its elements: the first is that of `id="1"`. */
interface Passage {
  readonly xml: string
  readonly marks: readonly Mark[]
}

/**
 * The parts of a text that a machine translates: its passages in order, as XML. Each paragraph, heading and list item is a passage. What
 * separates them stays here. Markup within a passage is an element.
 */
export const passagesOf = (kind: Kind, text: string): readonly string[] =>
  cut(kind, text).flatMap((piece) => (typeof piece === 'string' ? [] : piece.xml))

/**
 * The text in the other language, made from the answers to its passages. `undefined` if markup is lost, doubled or added, or if an answer
 * is not such XML.
 */
export function restore(kind: Kind, text: string, answers: readonly string[]): string | undefined {
  const next = answers.values()
  const pieces = cut(kind, text).map((piece) => (typeof piece === 'string' ? piece : readPassage(piece, next.next().value ?? '')))
  if (pieces.includes(undefined)) return undefined
  const restored = pieces.join('')
  return codesIn(kind, restored) === codesIn(kind, text) ? restored : undefined
}

/** Words, escaped for XML. */
export const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The words of a piece of XML without elements. An ampersand that begins no reference stays an ampersand. */
export const unescaped = (xml: string) => xml.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, character)

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function character(reference: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return named[name] ?? reference
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  return point <= 0x10ffff ? String.fromCodePoint(point) : reference
}

function codesIn(kind: Kind, text: string): string {
  const codes = split(kind, text).flatMap((run) => (typeof run === 'string' ? [] : run.text))
  return JSON.stringify(codes.sort())
}

function cut(kind: Kind, text: string): readonly (string | Passage)[] {
  const runs = split(kind, text).flatMap((run) => (typeof run === 'string' ? withoutSigns(kind, run) : run))
  const pieces: (string | Passage)[] = []
  let together: (string | Code)[] = []
  for (const [index, run] of runs.entries()) {
    if (typeof run === 'string' || !partsPassages(run, runs[index + 1])) {
      together.push(run)
      continue
    }
    pieces.push(...passageOf(together), run.text)
    together = []
  }
  return [...pieces, ...passageOf(together)]
}

/** Words, separated from the characters that a machine would lose: escaped ones in Markdown, line breaks elsewhere. */
const withoutSigns = (kind: Kind, words: string): Runs =>
  words
    .split(kind === 'markdown' ? /(\\[!-/:-@[-`{-~])/ : /(\n+)/)
    .map((part, index) => (index % 2 === 0 ? part : { id: 0, type: 'code', text: part }))

/** A line end within a paragraph separates nothing. */
const partsPassages = ({ type, text }: Code, next: string | Code | undefined) =>
  type === 'list' || (type === 'break' && (text.length > 1 || (typeof next === 'object' && next.type === 'list')))

/** These runs as a passage with the space around it, or as plain text if they have no word. */
function passageOf(runs: Runs): readonly (string | Passage)[] {
  if (!runs.some((run) => typeof run === 'string' && /\p{L}/u.test(run))) {
    return runs.map((run) => (typeof run === 'string' ? run : run.text))
  }
  const parts: string[] = []
  const marks: Mark[] = []
  const open: { readonly code: Code; readonly part: number; readonly id: number }[] = []
  for (const run of runs) {
    if (typeof run === 'string') {
      parts.push(escaped(run))
      continue
    }
    const opened = open.at(-1)
    if (opened && isClosedBy(opened.code, run) && parts.slice(opened.part + 1).some(isWords)) {
      open.pop()
      parts[opened.part] = `<x id="${opened.id}">`
      parts.push('</x>')
      marks[opened.id - 1] = { opens: opened.code.text, closes: run.text }
    } else {
      marks.push({ opens: run.text, closes: '' })
      if (run.type === 'emphasis' || opensLink(run)) open.push({ code: run, part: parts.length, id: marks.length })
      parts.push(`<x id="${marks.length}"/>`)
    }
  }
  const xml = parts.join('')
  const words = xml.trim()
  const start = xml.indexOf(words)
  return [xml.slice(0, start), { xml: words, marks }, xml.slice(start + words.length)]
}

const isWords = (part: string) => !part.startsWith('<') && part.trim() !== ''
const opensLink = ({ type, text }: Code) => type === 'link' && text.endsWith('[')
const isClosedBy = (open: Code, code: Code) => (opensLink(open) ? code.text.startsWith('](') : code.text === open.text)

/** An answer to a passage, with the markup put back. `undefined` if an element is lost, doubled, emptied or unknown. */
function readPassage({ marks }: Passage, answer: string): string | undefined {
  let text = ''
  const used = new Set<number>()
  const open: { readonly mark: Mark; readonly from: number }[] = []
  for (const [token, id, isEmpty] of answer.trim().matchAll(/<x id="(\d{1,6})" ?(\/?)>|<\/x>|[^<]+|</g)) {
    if (id !== undefined) {
      const mark = marks[Number(id) - 1]
      if (!mark || used.has(Number(id))) return undefined
      used.add(Number(id))
      text += mark.opens
      if (!isEmpty) open.push({ mark, from: text.length })
    } else if (token === '</x>') {
      const closed = open.pop()
      if (!closed || (closed.mark.closes !== '' && text.slice(closed.from).trim() === '')) return undefined
      text += closed.mark.closes
    } else {
      const words = unescaped(token)
      if (token === '<' || words.includes('\n')) return undefined
      text += words
    }
  }
  return used.size === marks.length && open.length === 0 ? text : undefined
}
