import markdownIt, { type MarkdownIt, type Token } from 'markdown-it'
import { emphasiseEastAsian } from './emphasis'
import { addFootnotes, renderFootnotes } from './footnotes'
import { renderTables } from './tables'

/**
 * The sanitiser: turns Markdown that a person typed into HTML that is safe in a page. HTML in the text stays text. Links lead only to
 * http, https or mail, or to a page or a briefing of this site. Pictures are left out, and their description stays. Sub-headings are `h3` and `h4`. The ids of footnotes have `place`
 * in them, which must differ for each text of a page.
 */
export function renderMarkdown(markdown: string, place = 'text'): string {
  return parser().render(markdown, { place }).trim()
}

/**
 * The same Markdown for programs that render it themselves, perhaps with a less strict renderer. Tags, links and pictures that the
 * sanitiser would leave out are escaped, so that they stay text. So are code fences, which would swallow what follows. With a `place`, the
 * names of its footnotes begin with it, so that several passages can stand in one document.
 */
export function inertMarkdown(markdown: string, place = ''): string {
  return apartIn(place, markdown)
    .replace(
      /\\[\s\S]|\[\^[^\]\s]+\](?:(?=:)|(?![(:]))|<(?!https?:\/\/|mailto:)|!(?=\[)|\](?=:|\((?!\s*<?(?:https?:\/\/|mailto:|\/(?:briefings\/)?[a-z0-9-]+\))))/gi,
      (found, at: number, text: string) =>
        found.startsWith('\\') || (found.startsWith('[^') && isInert(text, at, at + found.length))
          ? found
          : found.replace(/.$/, characterReference),
    )
    .replace(/^([ \t>*+\-\d.)]*)(`(?=``)|~(?=~~))/gm, (_all, before: string, fence: string) => before + characterReference(fence))
}

/**
 * Whether a mark of a footnote is one for every renderer. One without footnotes takes `[^1]: address` at the beginning of a line for the
 * address of a link.
 */
function isInert(text: string, from: number, to: number): boolean {
  if (text[to] !== ':' || /[^\s>*+\-\d.)]/.test(text.slice(text.lastIndexOf('\n', from) + 1, from))) return true
  return /^:[ \t]*(?:https?:\/\/|mailto:|[^\s:&\\]+(?:\s|$))/i.test(text.slice(to, to + 2000))
}

/** A passage whose footnotes have names of their own. */
const apartIn = (place: string, markdown: string) =>
  place === '' ? markdown : markdown.replace(/\\[\s\S]|\[\^(?=[^\]\s]+\])/g, (found) => (found === '[^' ? `[^${place}-` : found))

const characterReference = (character: string) => `&#${character.charCodeAt(0)};`

const references: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The text of the sanitiser's own HTML, without tags and without the numbers of footnotes. A line ends where a block or a cell does. */
export const plainText = (html: string): string =>
  html
    .replace(/<a [^>]*role="doc-[^>]*>[^<]*<\/a>/g, '')
    .replace(/<[^>]*>/g, (tag) => (/^<(\/?(p|li|ul|ol|blockquote|h\d|t[dhr]|table|section)|br)\b/.test(tag) ? '\n' : ''))
    .replace(/&(amp|lt|gt|quot);/g, (reference) => references[reference] ?? reference)
    .replace(/\s*\n\s*/g, '\n')
    .trim()

/** The tokens of Markdown as the sanitiser reads it, for comparing two texts. */
export const parseMarkdown = (markdown: string) => parser().parse(markdown, {})

/** Rules of Markdown that briefings do without: what they would make into markup stays text. */
const leftOut = 'lheading hr code fence html_block html_inline reference strikethrough'.split(' ')

/** The deepest that blocks may stand in one another, in levels of the parser. A list takes two. */
const nestingMax = 20

let known: MarkdownIt | undefined

function parser(): MarkdownIt {
  if (known) return known
  const markdown = extended(markdownIt({ html: false, linkify: false, typographer: false, breaks: false }))
  markdown.set({ maxNesting: nestingMax } as never)
  markdown.disable(leftOut)
  markdown.validateLink = leadsSomewhereSafe
  markdown.core.ruler.after('inline', 'links-to-nowhere', ({ tokens }) => {
    for (const { children } of tokens) if (children) dropLinksToNowhere(children)
  })
  markdown.core.ruler.after('block', 'sub-headings', ({ tokens }) => keepSubHeadings(tokens))
  markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '')
  renderTables(markdown)
  renderFootnotes(markdown)
  known = markdown
  return markdown
}

/** A parser with what our Markdown has beyond CommonMark and tables. */
export function extended(markdown: MarkdownIt): MarkdownIt {
  emphasiseEastAsian(markdown)
  addFootnotes(markdown)
  return markdown
}

/**
 * Whether a link may lead to an address: of the web, of mail, or of a page or a briefing of this site without a language (`/privacy`), so
 * that the language of its reader is found.
 */
export const leadsSomewhereSafe = (address: string): boolean =>
  /^(https?:\/\/|mailto:)/i.test(address.trim()) || /^\/(briefings\/)?[a-z0-9]+(-[a-z0-9]+)*$/.test(address)

/** Whether a token opens or closes a sub-heading of a passage: `###`, or `####` for one below it, outside lists and quotations. */
export const isSubHeading = ({ markup, level }: Token): boolean => (markup === '###' || markup === '####') && level === 0

/** Makes every other heading a paragraph again, with its marks. */
function keepSubHeadings(tokens: readonly Token[]): void {
  for (const [at, token] of tokens.entries()) {
    if (!token.type.startsWith('heading_') || isSubHeading(token)) continue
    const words = tokens[at + 1]
    if (token.nesting === 1 && words) words.content = `${token.markup} ${words.content}`.trim()
    token.type = token.type.replace('heading', 'paragraph')
    token.tag = 'p'
  }
}

/** `[x]()` would link to its own page, so only its words are kept. Links do not nest, so the next end belongs to it. */
function dropLinksToNowhere(tokens: Token[]): void {
  const isToNowhere = (token: Token) => token.type === 'link_open' && !token.attrGet('href')
  for (let at = tokens.findIndex(isToNowhere); at !== -1; at = tokens.findIndex(isToNowhere)) {
    const end = tokens.findIndex(({ type }, index) => index > at && type === 'link_close')
    tokens.splice(end, 1)
    tokens.splice(at, 1)
  }
}
