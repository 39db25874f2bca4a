import markdownIt, { type MarkdownIt, type Token } from 'markdown-it'

/**
 * The sanitiser: Markdown that a person typed → HTML that may stand in a page. HTML in the text stays text, links lead to
 * http, https or mail and nowhere else, and pictures are not fetched from anywhere: they are left out, their description stays.
 */
export function renderMarkdown(markdown: string): string {
  return parser().render(markdown).trim()
}

/**
 * The same Markdown for those who render it themselves, with a renderer that may let through what ours does not: tags, links
 * and pictures that the sanitiser would leave out are written so that they are text, and no fence swallows what follows it.
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

/** What the sanitiser's HTML says, and only its: tags are left out, and a line ends where a paragraph or an item does. */
export const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, (tag) => (/^<(\/?(p|li|ul|ol|blockquote)|br)\b/.test(tag) ? '\n' : ''))
    .replace(/&(amp|lt|gt|quot);/g, (reference) => references[reference] ?? reference)
    .replace(/\s*\n\s*/g, '\n')
    .trim()

/** Markdown as the sanitiser understands it, for those who compare two texts rather than show one. */
export const parseMarkdown = (markdown: string) => parser().parse(markdown, {})

let known: MarkdownIt | undefined

function parser(): MarkdownIt {
  if (known) return known
  const markdown = markdownIt({ html: false, linkify: false, typographer: false, breaks: false })
  markdown.set({ maxNesting: 20 } as never)
  markdown.disable([
    'heading',
    'lheading',
    'hr',
    'code',
    'fence',
    'table',
    'html_block',
    'html_inline',
    'reference',
    'strikethrough',
  ])
  markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim())
  markdown.core.ruler.after('inline', 'links-to-nowhere', ({ tokens }) => {
    for (const { children } of tokens) if (children) dropLinksToNowhere(children)
  })
  markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '')
  known = markdown
  return markdown
}

/** `[x]()` would lead to the page that it stands on: it is left as its words. Links do not nest, so that the next end is its own. */
function dropLinksToNowhere(tokens: Token[]): void {
  const isToNowhere = (token: Token) => token.type === 'link_open' && !token.attrGet('href')
  for (let at = tokens.findIndex(isToNowhere); at !== -1; at = tokens.findIndex(isToNowhere)) {
    const end = tokens.findIndex(({ type }, index) => index > at && type === 'link_close')
    tokens.splice(end, 1)
    tokens.splice(at, 1)
  }
}
