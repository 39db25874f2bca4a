import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'

/** A text that is not the site's own and may be in another language than the email, such as the title of a briefing. */
export interface Quoted {
  readonly lang: Locale
  readonly text: string
}

export interface Link {
  readonly label: string
  readonly href: string
}

/** All that an email says, each in one line, with its links in full. What it does not say is an empty list. */
export interface Lined {
  readonly subject: string
  readonly paragraphs: readonly Quoted[]
  readonly lists: readonly { readonly heading: string; readonly entries: readonly LinedEntry[] }[]
  readonly remark: readonly string[]
  readonly action: readonly Link[]
  readonly closing: readonly string[]
  /** The links below all else. */
  readonly last: readonly Link[]
  readonly sender: { readonly name: string; readonly origin: string }
}

interface LinedEntry {
  readonly title: Quoted
  readonly text: Quoted
  readonly label: readonly string[]
  readonly href: string
}

/** An email as HTML. */
export const htmlOf = (words: Words, lined: Lined): string =>
  `<!doctype html>${(
    <html lang={words.locale} dir={words.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{raw(':root { color-scheme: light dark; supported-color-schemes: light dark }')}</style>
        <title>{lined.subject}</title>
      </head>
      <body style="margin:0;padding:0">
        <Text words={words} lined={lined} />
      </body>
    </html>
  )}`

const Text = ({ words, lined }: { words: Words; lined: Lined }) => (
  <div lang={words.locale} dir={words.dir} style={styles.page}>
    {lined.paragraphs.map(({ lang, text }) => (
      <p style={styles.paragraph} {...inLanguage({ lang }, words.locale)}>
        {text}
      </p>
    ))}
    {lined.lists.map(({ heading, entries }) => (
      <>
        <h2 style={styles.heading}>{heading}</h2>
        {entries.map((entry) => (
          <Entry words={words} {...entry} />
        ))}
      </>
    ))}
    {lined.remark.map((paragraph) => (
      <p style={styles.paragraph}>{paragraph}</p>
    ))}
    {lined.action.map((action) => (
      <Action {...action} />
    ))}
    {lined.closing.map((paragraph) => (
      <p style={styles.paragraph}>{paragraph}</p>
    ))}
    {lined.last.map(({ label, href }) => (
      <p style={styles.small}>
        <a href={href} style={styles.address}>
          {label}
        </a>
        <br />
        <Address href={href} />
      </p>
    ))}
    <p style={styles.small}>
      <a href={lined.sender.origin} style={styles.address}>
        <bdi>{lined.sender.name}</bdi>
      </a>
    </p>
  </div>
)

/** Something that the email reports. */
const Entry = ({ words, title, text, label, href }: LinedEntry & { words: Words }) => (
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
)

/** The one action of the email: a button, and its address for readers who do not trust buttons. */
const Action = ({ label, href }: Link) => (
  <>
    <p style={styles.paragraph}>
      <a href={href} style={styles.button}>
        {label}
      </a>
    </p>
    <p style={styles.small}>
      <Address href={href} />
    </p>
  </>
)

const Address = ({ href }: { href: string }) => (
  <a href={href} dir="ltr" style={styles.address}>
    {href}
  </a>
)

/**
 * Styles are inline, because many mail programs know nothing else. Only the button has colours, so that the email is readable on
 * light and on dark.
 */
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
