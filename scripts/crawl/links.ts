/**
 * The addresses of the site that an answer leads to: what its HTML links to, loads and offers to choose in forms, its style
 * sheets load, and whatever stands in it, or in its headers, with the whole origin.
 */
export function linksIn(origin: string, from: string, { headers, text }: LinkingAnswer): readonly string[] {
  const html = headers['content-type']?.startsWith('text/html') ? text : ''
  const typed = [
    ...(headers['location'] ? [headers['location']] : []),
    ...matches(/<([^>]+)>/g, headers['link'] ?? ''),
    ...matches(/\s(?:href|src)="([^"]+)"/g, html),
    ...(headers['content-type']?.startsWith('text/css') ? matches(/url\("?([^")]+)"?\)/g, text) : []),
    ...choicesIn(html),
    ...wholeIn(origin, text),
  ]
  return [...new Set(typed.flatMap((each) => pathIn(origin, from, each)))]
}

/** What of an answer is looked at. */
export interface LinkingAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const matches = (pattern: RegExp, text: string): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => unescaped(found))

const wholeIn = (origin: string, text: string) =>
  matches(new RegExp(`(${origin.replaceAll('.', '\\.')}/(?:(?!&(?:quot|lt|gt|#39);)[^\\s"'<>\`)\\]\\\\])*)`, 'g'), text)

/** Each option and each box of the forms that ask and change nothing, chosen alone. */
function choicesIn(html: string): readonly string[] {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].flatMap(([, attributes = '', content = '']) => {
    if (/method="post"/i.test(attributes)) return []
    const [action = ''] = matches(/action="([^"]*)"/g, attributes)
    const ask = (name: string, value: string) => `${action}?${new URLSearchParams({ [name]: value })}`
    const options = [...content.matchAll(/<select name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].flatMap(([, name = '', list = '']) =>
      matches(/<option value="([^"]+)"/g, list).map((value) => ask(name, value)),
    )
    const boxes = [...content.matchAll(/<input type="checkbox" name="([^"]+)" value="([^"]+)"/g)]
    return [...options, ...boxes.map(([, name = '', value = '']) => ask(name, value))]
  })
}

/** A path of the site, or none where an address is another site's, or a pattern for a reader to fill in. */
function pathIn(origin: string, from: string, typed: string): readonly string[] {
  if (/[{}…]|%7B/i.test(typed)) return []
  const url = URL.parse(typed, origin + from)
  return url?.origin === origin ? [url.pathname + url.search] : []
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
