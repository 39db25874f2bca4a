import type { MarkdownIt, Token } from 'markdown-it'

/**
 * Renders tables for screen readers and for both directions of writing. A header cell says what it heads, and the first cell of a row heads
 * the row. A class aligns a column, in place of a style: `number` is for columns that Markdown aligns right.
 */
export function renderTables({ core }: MarkdownIt): void {
  core.ruler.after('block', 'tables', ({ tokens }) => {
    for (const [at, token] of tokens.entries()) if (isCell(token)) setCell(tokens, at)
  })
}

const isCell = ({ type }: Token) => type === 'th_open' || type === 'td_open'
const classes: Readonly<Record<string, string>> = { 'text-align:center': 'centre', 'text-align:right': 'number' }

/** A cell is its opening, its words and its end. */
function setCell(tokens: readonly Token[], at: number): void {
  const [before, cell, words, end, after] = tokens.slice(at - 1, at + 4)
  if (!cell || !words || !end) return
  const alignment = classes[String(cell.attrGet('style'))]
  cell.attrs = alignment === undefined ? [] : [['class', alignment]]
  const isInHead = cell.type === 'th_open'
  const isFirstOfSeveral = before?.type === 'tr_open' && after?.type !== 'tr_close'
  const heads = words.content === '' ? undefined : isInHead ? 'col' : isFirstOfSeveral ? 'row' : undefined
  const kind = heads === undefined ? 'td' : 'th'
  Object.assign(cell, { type: `${kind}_open`, tag: kind })
  Object.assign(end, { type: `${kind}_close`, tag: kind })
  if (heads !== undefined) cell.attrPush(['scope', heads])
}
