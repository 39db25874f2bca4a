import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { type Letter, oneLine } from '../mail/mail'
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

/** What a mail says, in whole sentences of the catalog of the one who reads it. */
interface Content {
  readonly subject: string
  readonly paragraphs: readonly (string | Quoted)[]
  /** The one thing that the mail asks for: where on this site it is done. */
  readonly action?: Link
  readonly closing?: string
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
  const paragraphs = content.paragraphs.map((each) =>
    typeof each === 'string' ? { lang: words.locale, text: oneLine(each) } : { lang: each.lang, text: oneLine(each.text) },
  )
  const linkOf = ({ label, href }: Link): Link => ({ label: oneLine(label), href: within(origin, href) })
  const action = content.action && linkOf(content.action)
  const stop = content.stop && linkOf(content.stop)
  const asText = ({ label, href }: Link) => `${label}\n${href}`
  const closing = content.closing === undefined ? [] : [oneLine(content.closing)]
  const name = oneLine(siteName)
  return {
    locale: words.locale,
    subject,
    text: `${[
      ...paragraphs.map(({ text }) => text),
      ...(action ? [asText(action)] : []),
      ...closing,
      ...(stop ? [asText(stop)] : []),
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
            {stop && (
              <p style={styles.small}>
                <a href={stop.href} style={styles.address}>
                  {stop.label}
                </a>
                <br />
                <Address href={stop.href} />
              </p>
            )}
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
