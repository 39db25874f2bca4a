import markdownIt, { type MarkdownIt } from 'markdown-it'

/**
 * The sanitiser: Markdown that a person typed → HTML that may stand in a page. HTML in the text stays text, links lead to
 * http, https or mail and nowhere else, and pictures are not fetched from anywhere: they are left out, their description stays.
 */
export function renderMarkdown(markdown: string): string {
  return parser().render(markdown).trim()
}

let known: MarkdownIt | undefined

function parser(): MarkdownIt {
  if (known) return known
  const markdown = markdownIt({ html: false, linkify: false, typographer: false, breaks: false })
  markdown.set({ maxNesting: 20 } as never)
  markdown.disable(['heading', 'lheading', 'hr', 'code', 'fence', 'table', 'html_block', 'html_inline', 'reference'])
  markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim())
  markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '')
  known = markdown
  return markdown
}
