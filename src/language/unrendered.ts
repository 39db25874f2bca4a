import markdownIt, { type MarkdownIt, type Token } from 'markdown-it'
import { type Complaint, complaint } from './complaint'
import { extended, isSubHeading, leadsSomewhereSafe } from './markdown'
import { hasSecret } from './web-address'

/** How deep lists and quotations may stand in one another: no deeper fits a phone. */
const depthMax = 5

/** How many faults are named. Somebody corrects them and looks again. */
const faultsMost = 20

/**
 * Everything that pages would not show as its writer meant it: Markdown of CommonMark and GitHub that the sanitiser leaves as text, loses or
 * cannot place. Each complaint has the line of the text; the first line comes first. What is escaped is text.
 */
export function unrendered(markdown: string): readonly Complaint[] {
  const env: { references?: Record<string, never> } = {}
  const blocks = located(reader().parse(markdown, env))
  const found = [
    ...faultsOfBlocks(blocks),
    ...faultsOfTables(blocks, markdown.split('\n')),
    ...faultsOfFootnotes(blocks),
    ...blocks.flatMap((block, at) => (block.token.children ? faultsOfWords(block, blocks[at - 1], blocks[at - 2]) : [])),
    ...(env.references === undefined ? [] : [notShown('reference', lineOfReference(markdown))]),
  ]
  const each = [...new Map(found.map((fault) => [JSON.stringify(fault), fault])).values()]
  return each.sort((one, other) => lineOf(one) - lineOf(other)).slice(0, faultsMost)
}

const lineOf = ({ values }: Complaint) => Number(values['line'])

/** A token, and the line that it begins on. */
interface Block {
  readonly token: Token
  readonly line: number
}

type What = 'address' | 'bold' | 'callout' | 'code' | 'deep' | 'html' | 'picture' | 'reference' | 'rule' | 'struck' | 'task'

const notShown = (what: What, line: number) => complaint('markdown.not-shown', { what, line })

let known: MarkdownIt | undefined

/** A parser that knows all of CommonMark, and GitHub's tables and struck words, and follows any link. Escaped marks stay apart. */
function reader(): MarkdownIt {
  if (known) return known
  known = extended(markdownIt({ html: true })).disable('text_join')
  known.validateLink = () => true
  return known
}

function located(tokens: readonly Token[]): readonly Block[] {
  let line = 1
  return tokens.map((token) => {
    if (token.map) line = token.map[0] + 1
    return { token, line }
  })
}

const lineOfReference = (markdown: string) =>
  markdown.slice(0, Math.max(0, markdown.search(/^[ \t>]*\[[^\]]*\]:/m))).split('\n').length

const ofBlocks: Readonly<Record<string, What>> = { code_block: 'code', fence: 'code', html_block: 'html', hr: 'rule' }
const ofWords: Readonly<Record<string, What>> = { html_inline: 'html', image: 'picture', s_open: 'struck' }

function faultsOfBlocks(blocks: readonly Block[]): readonly Complaint[] {
  const found: Complaint[] = []
  let [depth, hasHeading] = [0, false]
  for (const [at, { token, line }] of blocks.entries()) {
    const what = ofBlocks[token.type]
    if (what) found.push(notShown(what, line))
    if (/^(?:bullet_list|ordered_list|blockquote)_/.test(token.type)) depth += token.nesting
    if (depth > depthMax && token.nesting === 1) found.push(notShown('deep', line))
    if (token.type !== 'heading_open') continue
    const isShown = isSubHeading(token) && blocks[at + 1]?.token.content !== '' && (hasHeading || token.markup === '###')
    if (!isShown) found.push(complaint('markdown.heading', { line }))
    hasHeading ||= token.markup === '###'
  }
  return found
}

/** Rows that are not whole: a cell too many would be lost, and one too few hides which it is. */
function faultsOfTables(blocks: readonly Block[], lines: readonly string[]): readonly Complaint[] {
  const found: Complaint[] = []
  let columns = 0
  const look = (line: number) => {
    const row = (lines[line - 1] ?? '').trim()
    if (!isRow(row) || cellsIn(row) !== columns) found.push(complaint('markdown.table', { line }))
  }
  for (const { token, line } of blocks) {
    if (token.type === 'table_open' && token.level > 0) found.push(complaint('markdown.table', { line }))
    if (token.type === 'thead_open') columns = cellsIn((lines[line - 1] ?? '').trim())
    if (token.type === 'thead_open') look(line + 1)
    if (token.type === 'tr_open') look(line)
  }
  return found
}

/** Whether a line begins and ends with a bar. An escaped bar is text. */
const isRow = (line: string) => /^\|(?:.*[^\\])?\|$/.test(line)

const cellsIn = (row: string) => (row.match(/(?<!\\)\|/g)?.length ?? 0) - 1

/** Texts of footnotes without a mark, and second texts. They are paragraphs by now, with the mark as their first words. */
const faultsOfFootnotes = (blocks: readonly Block[]): readonly Complaint[] =>
  blocks.flatMap(({ token: { meta, type }, line }) =>
    type === 'paragraph_open' && meta ? [complaint('markdown.footnote', { line })] : [],
  )

/** What is left in words. `opening` is the block that they are in, and `around` the one that this begins. */
function faultsOfWords(
  { token, line: first }: Block,
  opening: Block | undefined,
  around: Block | undefined,
): readonly Complaint[] {
  const found: Complaint[] = []
  let line = first
  for (const [at, child] of (token.children ?? []).entries()) {
    const what = ofWords[child.type] ?? (leadsNowhere(child) ? 'address' : undefined)
    if (what) found.push(notShown(what, line))
    else if (child.type === 'link_open' && hasSecret(String(child.attrGet('href')))) {
      found.push(complaint('markdown.address-secret', { line }))
    }
    if (child.type === 'text') found.push(...faultsOfText(child.content, line, at === 0 ? around?.token.type : undefined))
    if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1
  }
  if (opening?.token.type !== 'paragraph_open') return found
  return [...found, ...faultsOfRows(token.content, first)]
}

const leadsNowhere = (token: Token) => token.type === 'link_open' && !leadsSomewhereSafe(String(token.attrGet('href') ?? ''))

/** Rows that became words. If the second row has no ---, only that is said: with it, they are a table. */
function faultsOfRows(words: string, first: number): readonly Complaint[] {
  const lines = words.split('\n').map((text) => text.trim())
  const start = lines.findIndex(isOfTable)
  if (start === -1) return []
  const [head = '', next = ''] = lines.slice(start)
  const isHeadless = isRow(head) && !isRuled(head) && !isRuled(next)
  if (isHeadless) return [complaint('markdown.table-head', { line: first + start + 1 })]
  return lines.flatMap((text, at) => (isOfTable(text) ? [complaint('markdown.table', { line: first + at })] : []))
}

const isRuled = (line: string) => /^\|?\s*:?-+:?\s*(?:\||$)/.test(line)

/** Whether a line of a paragraph was meant as a row, though it became none. */
const isOfTable = (line: string) => /^\|/.test(line) || /^:?-+:?(?:\s*\|\s*:?-+:?)+\s*\|?$/.test(line)

/** Marks that are left in words. `begins` is the block whose first words these are. */
function faultsOfText(text: string, line: number, begins: string | undefined): readonly Complaint[] {
  return [
    ...(text.includes('**') ? [notShown('bold', line)] : []),
    ...(text.includes('](') ? [notShown('address', line)] : []),
    ...(/\[\^[^\]\s]+\]|\^\[/.test(text) ? [complaint('markdown.footnote', { line })] : []),
    ...(begins === 'list_item_open' && /^\[[ xX]\]\s/.test(text) ? [notShown('task', line)] : []),
    ...(begins === 'blockquote_open' && /^\[!\w+\]/.test(text) ? [notShown('callout', line)] : []),
  ]
}
