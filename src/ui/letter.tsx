import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { oneLine } from '../language/email-address'
import { inLanguage, type Locale } from '../language/locale'
import type { Site } from '../site'

/** A text that is not the site's own and may be in another language than the mail, such as the title of a briefing. */
interface Quoted {
  readonly lang: Locale
  readonly text: string
}

interface Link {
  readonly label: string
  readonly href: string
}

/** Something that the mail tells of, and where on this site it is. */
interface Entry {
  readonly title: Quoted
  readonly text: Quoted
  /** What is to be known of it beforehand, such as its language. */
  readonly label?: string
  readonly href: string
}

/** What a mail says, in one language: the same as text and as HTML. */
export interface Letter {
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A sentence of the catalog, or what it is about. */
export type Paragraph = string | Quoted

/** What a mail says, in whole sentences of the catalog of the one who reads it. */
interface Content {
  readonly subject: string
  readonly paragraphs: readonly Paragraph[]
  /** What it tells of, in lists under headings. */
  readonly lists?: readonly { readonly heading: string; readonly entries: readonly Entry[] }[]
  /** What is said after these. */
  readonly remark?: string
  /** The one thing that the mail asks for: where on this site it is done. */
  readonly action?: Link
  readonly closing?: string
  /** Where on this site its reader has such mails come otherwise. */
  readonly change?: Link
  /** Where on this site its reader says that they want no more of such mails. */
  readonly stop?: Link
}

/**
 * A mail in a reader's language, the same as HTML and as text. Whatever a person typed stays text: it can become neither
 * markup nor a line of its own. Throws a TypeError where a link leads away from this site.
 */
export function letter(site: Site, words: Words, content: Content): Letter {
  const { origin, siteName } = site.config
  const subject = oneLine(content.subject)
  const quoted = ({ lang, text }: Quoted): Quoted => ({ lang, text: oneLine(text) })
  const own = (text: string): Quoted => ({ lang: words.locale, text: oneLine(text) })
  const paragraphs = content.paragraphs.map((each) => (typeof each === 'string' ? own(each) : quoted(each)))
  const lists = (content.lists ?? []).map(({ heading, entries }) => ({
    heading: oneLine(heading),
    entries: entries.map(({ title, text, label, href }) => ({
      title: quoted(title),
      text: quoted(text),
      label: label === undefined ? [] : [oneLine(label)],
      href: within(origin, href),
    })),
  }))
  const remark = content.remark === undefined ? [] : [oneLine(content.remark)]
  const linkOf = ({ label, href }: Link): Link => ({ label: oneLine(label), href: within(origin, href) })
  const action = content.action && linkOf(content.action)
  const last = [content.change, content.stop].flatMap((each) => (each ? [linkOf(each)] : []))
  const asText = ({ label, href }: Link) => `${label}\n${href}`
  const closing = content.closing === undefined ? [] : [oneLine(content.closing)]
  const name = oneLine(siteName)
  return {
    locale: words.locale,
    subject,
    text: `${[
      ...paragraphs.map(({ text }) => text),
      ...lists.flatMap(({ heading, entries }) => [
        heading,
        ...entries.map(({ title, text, label, href }) => [title.text, ...label, text.text, href].join('\n')),
      ]),
      ...remark,
      ...(action ? [asText(action)] : []),
      ...closing,
      ...last.map(asText),
      `${name}\n${origin}`,
    ].join('\n\n')}\n`,
    html: `<!doctype html>${(
      <html lang={words.locale} dir={words.dir}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <style>{raw(':root { color-scheme: light dark; supported-color-schemes: light dark }')}</style>
          <title>{subject}</title>
        </head>
        <body style="margin:0;padding:0">
          <div lang={words.locale} dir={words.dir} style={styles.page}>
            {paragraphs.map(({ lang, text }) => (
              <p style={styles.paragraph} {...inLanguage({ lang }, words.locale)}>
                {text}
              </p>
            ))}
            {lists.map(({ heading, entries }) => (
              <>
                <h2 style={styles.heading}>{heading}</h2>
                {entries.map(({ title, text, label, href }) => (
                  <>
                    <h3 style={styles.title} {...inLanguage(title, words.locale)}>
                      <a href={href} style={styles.address}>
                        {title.text}
                      </a>
                    </h3>
                    {label.map((each) => (
                      <p style={styles.label}>{each}</p>
                    ))}
                    <p style={styles.paragraph} {...inLanguage(text, words.locale)}>
                      {text.text}
                    </p>
                  </>
                ))}
              </>
            ))}
            {remark.map((paragraph) => (
              <p style={styles.paragraph}>{paragraph}</p>
            ))}
            {action && (
              <>
                <p style={styles.paragraph}>
                  <a href={action.href} style={styles.button}>
                    {action.label}
                  </a>
                </p>
                <p style={styles.small}>
                  <Address href={action.href} />
                </p>
              </>
            )}
            {closing.map((paragraph) => (
              <p style={styles.paragraph}>{paragraph}</p>
            ))}
            {last.map(({ label, href }) => (
              <p style={styles.small}>
                <a href={href} style={styles.address}>
                  {label}
                </a>
                <br />
                <Address href={href} />
              </p>
            ))}
            <p style={styles.small}>
              <a href={origin} style={styles.address}>
                <bdi>{name}</bdi>
              </a>
            </p>
          </div>
        </body>
      </html>
    )}`,
  }
}

const Address = ({ href }: { href: string }) => (
  <a href={href} dir="ltr" style={styles.address}>
    {href}
  </a>
)

/** Inline, for many programs that show mail know nothing else. Without colours of its own but for the button, so that it is read on light and on dark. */
const styles = {
  page: 'max-width:36em;margin:0 auto;padding:24px 16px;font:16px/1.6 Georgia,"Noto Naskh Arabic","Times New Roman",serif;text-align:start',
  paragraph: 'margin:0 0 16px',
  heading: 'margin:32px 0 16px;padding:12px 0 0;border-top:1px solid;font-size:16px;font-weight:bold',
  title: 'margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:bold',
  label: 'margin:0 0 4px;font-size:14px',
  button:
    'display:inline-block;padding:10px 20px;border-radius:3px;background:#245b5f;color:#ffffff;font-weight:bold;text-decoration:none',
  small: 'margin:0 0 16px;font-size:14px',
  address: 'color:inherit;overflow-wrap:anywhere',
}

/** An address of this site in full. Mail is forwarded and links in it are trusted, so it leads nowhere else. */
function within(origin: string, href: string): string {
  const url = URL.parse(href, origin)
  if (url?.origin !== origin) throw new TypeError('A mail leads to an address of this site.')
  return url.href
}
