import markdownIt, { type MarkdownIt, type Token } from 'markdown-it'
import { emphasiseEastAsian } from './emphasis'

/**
 * The sanitiser: turns Markdown that a person typed into HTML that is safe in a page. HTML in the text stays text. Links lead only to
 * http, https or mail. Pictures are left out, and their description stays.
 */
export function renderMarkdown(markdown: string): string {
  return parser().render(markdown).trim()
}

/**
 * The same Markdown for programs that render it themselves, perhaps with a less strict renderer. Tags, links and pictures that the
 * sanitiser would leave out are escaped, so that they stay text. So are code fences, which would swallow what follows.
 */
export function inertMarkdown(markdown: string): string {
  return markdown
    .replace(/\\[\s\S]|<(?!https?:\/\/|mailto:)|!(?=\[)|\](?=:|\((?!\s*<?(?:https?:\/\/|mailto:)))/gi, (found) =>
      found.startsWith('\\') ? found : characterReference(found),
    )
    .replace(/^([ \t>*+\-\d.)]*)(`(?=``)|~(?=~~))/gm, (_all, before: string, fence: string) => before + characterReference(fence))
}

const characterReference = (character: string) => `&#${character.charCodeAt(0)};`

const references: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The text of the sanitiser's own HTML, without tags. A line ends at the end of each paragraph and list item. */
export const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, (tag) => (/^<(\/?(p|li|ul|ol|blockquote)|br)\b/.test(tag) ? '\n' : ''))
    .replace(/&(amp|lt|gt|quot);/g, (reference) => references[reference] ?? reference)
    .replace(/\s*\n\s*/g, '\n')
    .trim()

/** The tokens of Markdown as the sanitiser reads it, for comparing two texts. */
export const parseMarkdown = (markdown: string) => parser().parse(markdown, {})

/** Rules of Markdown that briefings do without: what they would make into markup stays text. */
const leftOut = 'heading lheading hr code fence table html_block html_inline reference strikethrough'.split(' ')

let known: MarkdownIt | undefined

function parser(): MarkdownIt {
  if (known) return known
  const markdown = markdownIt({ html: false, linkify: false, typographer: false, breaks: false })
  markdown.set({ maxNesting: 20 } as never)
  markdown.disable(leftOut)
  emphasiseEastAsian(markdown)
  markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim())
  markdown.core.ruler.after('inline', 'links-to-nowhere', ({ tokens }) => {
    for (const { children } of tokens) if (children) dropLinksToNowhere(children)
  })
  markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '')
  known = markdown
  return markdown
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
