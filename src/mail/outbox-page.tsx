import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { document, type LanguageLink, Switcher } from '../ui/layout'
import type { UnsentMail } from './mail'

/** What would have been sent, for a developer to read and to follow its links. */
export function outboxPage(site: Site, words: Words, links: readonly LanguageLink[], mails: readonly UnsentMail[]): string {
  const { t } = words
  return document({
    site,
    words,
    head: (
      <>
        <title>{`${t('outbox.title')} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
      </>
    ),
    switcher: <Switcher words={words} links={links} />,
    children: (
      <article class="plain">
        <h1>{t('outbox.title')}</h1>
        <p>{t('outbox.intro')}</p>
        {mails.length === 0 && <p>{t('outbox.empty')}</p>}
        {mails.map((mail) => (
          <UnsentMailBox words={words} mail={mail} />
        ))}
      </article>
    ),
  })
}

const UnsentMailBox = ({ words, mail }: { words: Words; mail: UnsentMail }) => {
  const { t } = words
  const { id, to, locale, subject, text, error, isGivenUp } = mail
  return (
    <section class="unsent" aria-labelledby={`mail-${id}`}>
      <h2 id={`mail-${id}`} {...markup(locale)}>
        {subject}
      </h2>
      <dl>
        <dt>{t('outbox.to')}</dt>
        <dd>
          <bdi>{to}</bdi>
        </dd>
        <dt>{t('outbox.language')}</dt>
        <dd>{asEntry(words.language(locale), words.locale)}</dd>
        {error !== null && (
          <>
            <dt>{isGivenUp ? t('outbox.given-up') : t('outbox.refused')}</dt>
            <dd>
              <bdi lang="en">{error}</bdi>
            </dd>
          </>
        )}
      </dl>
      <div class="letter" {...markup(locale)}>
        {text.split('\n\n').map((paragraph) => (
          <p>
            {paragraph.split('\n').map((line, at) => [
              at > 0 && <br />,
              isLink(line) ? (
                <a href={line} dir="ltr">
                  {line}
                </a>
              ) : (
                line
              ),
            ])}
          </p>
        ))}
      </div>
      <p>
        <a href={`/outbox/${id}`}>{t('outbox.as-html')}</a>
      </p>
    </section>
  )
}

/** A letter has each of its links on a line of its own. */
const isLink = (line: string) => /^https?:\/\/\S+$/.test(line)
