import type { Words } from '../language/catalog'
import { oneLine } from '../language/email-address'
import type { Locale } from '../language/locale'
import type { Site } from '../site'
import { htmlOf, type Lined, type Link, type Quoted } from './letter-html'

/** Something that the email reports, and its place on this site. */
interface Entry {
  readonly title: Quoted
  readonly text: Quoted
  /** What readers should know beforehand, such as its language. */
  readonly label?: string
  readonly href: string
}

/** What an email says, in one language: the same as text and as HTML. */
export interface Letter {
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A sentence of the catalog, or what it is about. */
export type Paragraph = string | Quoted

/** The content of an email, in whole sentences of the catalog of its reader. */
interface Content {
  readonly subject: string
  readonly paragraphs: readonly Paragraph[]
  /** What it reports, in lists under headings. */
  readonly lists?: readonly { readonly heading: string; readonly entries: readonly Entry[] }[]
  /** What is said after these. */
  readonly remark?: string
  /** The one thing that the email asks for: where on this site to do it. */
  readonly action?: Link
  readonly closing?: string
  /** Where on this site readers change which such emails they get. */
  readonly change?: Link
  /** Where on this site readers stop such emails. */
  readonly stop?: Link
}

/**
 * An email in a reader's language, the same as HTML and as text. What a person typed stays text: it can become neither markup nor
 * a line of its own. Throws a TypeError if a link leads away from this site.
 */
export function letter(site: Site, words: Words, content: Content): Letter {
  const lined = linedUp(site, words, content)
  return { locale: words.locale, subject: lined.subject, text: textOf(lined), html: htmlOf(words, lined) }
}

/** Mail programs that do not know a subject’s language take its direction from its first letter, which may be one of a foreign name. */
const rightToLeft = '\u200f'

function linedUp({ config: { origin, siteName } }: Site, words: Words, content: Content): Lined {
  const quoted = ({ lang, text }: Quoted): Quoted => ({ lang, text: oneLine(text) })
  const linkOf = ({ label, href }: Link): Link => ({ label: oneLine(label), href: within(origin, href) })
  return {
    subject: (words.dir === 'rtl' ? rightToLeft : '') + oneLine(content.subject),
    paragraphs: content.paragraphs.map((each) => quoted(typeof each === 'string' ? { lang: words.locale, text: each } : each)),
    lists: (content.lists ?? []).map(({ heading, entries }) => ({
      heading: oneLine(heading),
      entries: entries.map(({ title, text, label, href }) => ({
        title: quoted(title),
        text: quoted(text),
        label: listOf(label).map(oneLine),
        href: within(origin, href),
      })),
    })),
    remark: listOf(content.remark).map(oneLine),
    action: listOf(content.action).map(linkOf),
    closing: listOf(content.closing).map(oneLine),
    last: [...listOf(content.change), ...listOf(content.stop)].map(linkOf),
    sender: { name: oneLine(siteName), origin },
  }
}

const listOf = <Value,>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])

function textOf({ paragraphs, lists, remark, action, closing, last, sender }: Lined): string {
  const asText = ({ label, href }: Link) => `${label}\n${href}`
  const blocks = [
    ...paragraphs.map(({ text }) => text),
    ...lists.flatMap(({ heading, entries }) => [
      heading,
      ...entries.map(({ title, text, label, href }) => [title.text, ...label, text.text, href].join('\n')),
    ]),
    ...remark,
    ...action.map(asText),
    ...closing,
    ...last.map(asText),
    `${sender.name}\n${sender.origin}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

/** A full address of this site. People trust links in mail, so they lead nowhere else. */
function within(origin: string, href: string): string {
  const url = URL.parse(href, origin)
  if (url?.origin !== origin) throw new TypeError('A mail leads to an address of this site.')
  return url.href
}
