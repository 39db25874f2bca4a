import { passagesOfMessage } from '../../language/catalog-check'
import { parseMarkdown } from '../../language/markdown'

/** How a text is written. */
export type Kind = 'plain' | 'markdown' | 'message'

/** The parts of Markdown's structure that are counted, by their names in messages. */
export const shapes = {
  strong_open: 'bold',
  em_open: 'emphasis',
  code_inline: 'code',
  paragraph_open: 'paragraph',
  bullet_list_open: 'bullets',
  ordered_list_open: 'numbered',
  list_item_open: 'item',
  blockquote_open: 'quotation',
  heading_open: 'heading',
  table_open: 'table',
  tr_open: 'row',
  th_open: 'cell',
  td_open: 'cell',
  footnote_ref: 'footnote',
} as const
export type Shape = (typeof shapes)[keyof typeof shapes]

/** A text as its readers see it, apart from how it is set. */
export interface Prose {
  /** What readers read, without markup and the targets of links. An argument of a message is `{}`. */
  readonly text: string
  /** The text; for a message, also each branch of its plurals and selections. The text itself has only the `other` branches. */
  readonly passages: readonly string[]
  /** The same without code, which has its own signs. */
  readonly spoken: readonly string[]
  /** The targets of its links, in their order. */
  readonly links: readonly string[]
  readonly counts: ReadonlyMap<Shape, number>
}

export function proseOf(kind: Kind, text: string): Prose {
  if (kind === 'markdown') return proseOfMarkdown(text)
  const passages = kind === 'message' ? passagesOfMessage(text) : [text]
  return { text: passages[0] ?? '', passages, spoken: passages, links: [], counts: new Map() }
}

type Token = ReturnType<typeof parseMarkdown>[number]

function proseOfMarkdown(markdown: string): Prose {
  const blocks = parseMarkdown(markdown)
  const tokens = blocks.flatMap((block) => [block, ...(block.children ?? [])])
  const counts = new Map<Shape, number>()
  for (const { type } of tokens) if (isShaped(type)) counts.set(shapes[type], (counts.get(shapes[type]) ?? 0) + 1)
  const textOf = (tokensRead: (children: readonly Token[]) => string) =>
    blocks.flatMap(({ children }) => (children ? [tokensRead(children)] : [])).join('\n')
  const text = textOf(read)
  return {
    text,
    passages: [text],
    spoken: [counts.has('code') ? textOf((children) => read(children.filter(({ type }) => type !== 'code_inline'))) : text],
    links: tokens.flatMap((token) => (token.type === 'link_open' ? [String(token.attrGet('href'))] : [])),
    counts,
  }
}

/** A text as its readers see it, a block a line, with each row of a table as a line of its own: `| Kiel | 12 |`. */
export function proseInRows(kind: Kind, text: string): string {
  if (kind !== 'markdown') return proseOf(kind, text).text
  const lines: string[] = []
  let cells: string[] | undefined
  for (const { type, children } of parseMarkdown(text)) {
    if (type === 'tr_open') cells = []
    else if (type === 'tr_close' && cells) {
      lines.push(`| ${cells.join(' | ')} |`)
      cells = undefined
    } else if (children && cells) cells.push(read(children).replaceAll('|', '\\|').replaceAll('\n', ' '))
    else if (children) lines.push(read(children))
  }
  return lines.join('\n')
}

const isShaped = (type: string): type is keyof typeof shapes => Object.hasOwn(shapes, type)

/** The text of a block. An address in angle brackets is a link, and `…` in the text. */
function read(tokens: readonly Token[]): string {
  let text = ''
  let isAddress = false
  for (const { type, info, content } of tokens) {
    if (type === 'link_open' || type === 'link_close') isAddress = type === 'link_open' && info === 'auto'
    else if (type === 'softbreak' || type === 'hardbreak') text += '\n'
    else text += isAddress ? '…' : content
  }
  return text
}
