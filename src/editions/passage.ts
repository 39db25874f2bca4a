import type { Words } from '../language/catalog'
import { attributes } from '../language/xml'
import type { Text } from './reading'

/** Where a passage stands on a page. */
interface Place {
  /** The words that label its tables and footnotes. */
  readonly words: Words
  /** The passage's own heading. */
  readonly heading: string
  /** The level of its sub-headings: one below its heading. */
  readonly level?: number
  /** What its ids begin with, on a page that has it in two languages. */
  readonly prefix?: string
}

/**
 * The HTML of a passage as a page has it. Tables and footnotes get labels, wide tables can be scrolled by keyboard, and sub-headings get their
 * level. The tags that this looks for are the sanitiser's own: typed text has no bare `<` or `"`. HTML without them stays as it is.
 */
export function passageHtml({ html = '', lang }: Text, { words, heading, level = 3, prefix = '' }: Place): string {
  const { t, locale } = words
  // Only the language of a label is another one. Its table is written, and scrolls, in the direction of the text.
  const [around, within] = lang === locale ? [{}, ''] : [{ lang: locale }, attributes({ lang })]
  const labelled = (label: string) => attributes({ ...around, 'aria-label': label })
  let tables = 0
  return html
    .replace(/<(\/?)h([34])>/g, (_tag, end, depth) => `<${end}h${Number(depth) - 3 + level}>`)
    .replace(/ (id|href)="(#?)((?:note|mark)-[^"]*:\d+)"/g, (_all, name, sign, id) => ` ${name}="${sign}${prefix}${id}"`)
    .replaceAll('</table>', '</table></div>')
    .replace(/<table>/g, () => {
      tables += 1
      const label = labelled(t('passage.table', { heading, number: tables }))
      return `<div class="table" role="region" tabindex="0"${label}><table${within}>`
    })
    .replace(/ role="doc-endnotes">\n<ol>/g, ` role="doc-endnotes"${labelled(t('passage.notes', { heading }))}>\n<ol${within}>`)
    .replace(/:(\d+)(?::\d+)?"( id="[^"]*")? role="doc-noteref"/g, (tag, number) => tag + labelled(t('passage.note', { number })))
    .replace(
      /:(\d+)(?::(\d+))?" role="doc-backlink"/g,
      (tag, number, place) =>
        tag + labelled(place === undefined ? t('passage.back', { number }) : t('passage.back-place', { number, place })),
    )
}
