/** Headings, lists and labels of a page, a feed or a Markdown document with nothing below or in them. Below a heading may be a lower one. */
export function bareIn(text: string): readonly string[] {
  const headings = [...text.matchAll(/<h([2-6])[^>]*>[^<]*<\/h\1>(?=\s*(?:<h([1-6])|<\/(?:section|div|article)>))/g)]
  const empty = /<(ul|ol|section|dl|p|details|figcaption|dt|dd|span|table)\b(?![^>]*role="status")[^>]*>\s*<\/\1>/g
  return [
    ...headings.flatMap(([heading, level = '', next = '1']) => (Number(next) <= Number(level) ? [heading] : [])),
    ...(text.match(empty) ?? []),
    ...(text.match(/^#+ .*\n+(?=# |## |<http)/gm) ?? []),
  ]
}

/** What a text says where something is absent: a word of the program, or a separator with nothing on one side. */
export const gapsIn = (text: string): readonly string[] =>
  text.match(/\bundefined\b|\bnull\b|\bNaN\b|\[object|· *·|·\s*<\/p>|<p[^>]*>\s*·|, ,|\(\)|: *<\/dt>|\*\s*·|·\s*\*$/gm) ?? []
