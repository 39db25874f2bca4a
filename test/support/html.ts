/** An opening tag of a page, with its attributes decoded. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** What stands between it and the next tag. */
  readonly text: string
  readonly at: number
}

const spaces = /[\t\n\f\r /]*/y
const attributeName = /[^\t\n\f\r />=]+/y
const attributeValue = /\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >]+))/y

/**
 * The opening tags of a page in their order, as a browser's tokenizer finds them: quoted attributes, comments, and
 * scripts, whose text holds no tags. Throws where markup is left open.
 */
export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = []
  let at = html.indexOf('<')
  while (at !== -1) {
    if (html.startsWith('<!--', at)) {
      at = after(html, '-->', at)
    } else if (/^<[a-z]/i.test(html.slice(at, at + 2))) {
      const { tag, end } = tagAt(html, at)
      const close =
        tag.name === 'script' || tag.name === 'style' ? html.toLowerCase().indexOf(`</${tag.name}`, end) : html.indexOf('<', end)
      tags.push({ ...tag, text: html.slice(end, close === -1 ? undefined : close) })
      at = close === -1 ? -1 : close
      continue
    } else {
      at += 1
    }
    at = html.indexOf('<', at)
  }
  return tags
}

function tagAt(html: string, at: number): { tag: Omit<Tag, 'text'>; end: number } {
  const attributes = new Map<string, string>()
  const take = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from
    return pattern.exec(html)
  }
  const name = /[^\t\n\f\r />]+/y
  const [typed = ''] = take(name, at + 1) ?? []
  let end = at + 1 + typed.length
  for (;;) {
    end += take(spaces, end)?.[0].length ?? 0
    if (end >= html.length) throw new Error(`The tag <${typed} at ${at} is not closed.`)
    if (html[end] === '>') break
    const [attribute = ''] = take(attributeName, end) ?? []
    end += Math.max(attribute.length, 1)
    const value = take(attributeValue, end)
    end += value?.[0].length ?? 0
    if (!attributes.has(attribute.toLowerCase()))
      attributes.set(attribute.toLowerCase(), decoded(value?.[1] ?? value?.[2] ?? value?.[3] ?? ''))
  }
  return { tag: { name: typed.toLowerCase(), attributes, at }, end: end + 1 }
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from)
  if (found === -1) throw new Error(`What begins at ${from} is not closed.`)
  return found + end.length
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decoded = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return named[name ?? ''] ?? all
  })

/** The tags of this name that carry these attributes. */
export const find = (html: string, name: string, wanted: Readonly<Record<string, string>> = {}): readonly Tag[] =>
  tagsOf(html).filter(
    (tag) => tag.name === name && Object.entries(wanted).every(([key, value]) => tag.attributes.get(key) === value),
  )

/** The value of an attribute in each tag of this name that has it. */
export const attributesOf = (
  html: string,
  name: string,
  attribute: string,
  wanted: Readonly<Record<string, string>> = {},
): readonly string[] => find(html, name, wanted).flatMap(({ attributes }) => attributes.get(attribute) ?? [])

/** The title of the briefing that a page shows. */
export const titleOf = (html: string) => find(html, 'h1', { id: 'title' })[0]?.text

/** The path of the link in a mail that looks like this. */
export function linkIn(mail: { readonly html: string } | undefined, like: RegExp): string {
  const href = attributesOf(mail?.html ?? '', 'a', 'href').find((each) => like.test(each))
  if (href === undefined) throw new Error(`No link in the mail looks like ${like}.`)
  return new URL(href).pathname
}

/** The part of a page from this opening to that closing, or nothing. */
export function part(html: string, opening: string, closing: string): string {
  const from = html.indexOf(opening)
  return from === -1 ? '' : html.slice(from, html.indexOf(closing, from) + closing.length)
}

/** The notice of a page, or nothing. */
export const noticeIn = (html: string) => part(html, '<aside class="notice"', '</aside>')

/** The article of a page. */
export const articleIn = (html: string) => part(html, '<article', '</article>')

/** Page → the text that it shows, without its tags. */
export const shown = (html: string) => decoded(html.replace(/<[^>]*>/g, ''))

/** What in a page could run or lead somewhere that is no page: scripts beside the site's own, handlers, treacherous addresses. */
export function dangersIn(html: string): readonly string[] {
  return tagsOf(html).flatMap(({ name, attributes }) => [
    ...(isOwnScript(name, attributes) ? [] : [`<${name}>`]),
    ...[...attributes.keys()].filter((key) => key.startsWith('on') || key === 'style' || key === 'srcdoc'),
    ...[...attributes].flatMap(([key, value]) =>
      /^(href|src|action|formaction|srcset)$/.test(key) && !isAddress(value) ? [`${key}=${value}`] : [],
    ),
  ])
}

const dangerous = new Set([
  'iframe',
  'object',
  'embed',
  'base',
  'style',
  'math',
  'frame',
  'applet',
  'template',
  'textarea',
  'marquee',
])

function isOwnScript(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (name !== 'script') return !dangerous.has(name)
  return (
    attributes.get('type') === 'application/ld+json' ||
    /^\/assets\/(script|passkey)\.[0-9a-f]+\.js$/.test(attributes.get('src') ?? '')
  )
}

const isAddress = (value: string) => /^(https?:\/\/|mailto:|\/(?!\/)|#)/.test(value)
