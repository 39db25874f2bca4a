import { kindOf } from '../briefings/publication'
import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import type { Site } from '../site'
import { Filled } from '../ui/filled'
import { bilingualPathTo, pathTo } from './addresses'
import { Members } from './members'
import { Passage } from './parts'
import type { Answer } from './print'
import type { Reading } from './reading'

interface PageArticle {
  readonly reading: Reading
  /** The site's words in the language served. */
  readonly words: Words
}

/** The top of a page about the site: its title, what it is about, and its dates. */
export const PageLead = ({ reading, words }: PageArticle) => {
  const { t } = words
  const { locale, title, summary, publishedAt, changedAt, translators } = reading
  return (
    <header class="lead">
      <h1 id="title" {...inLanguage(title, locale)}>
        {title.text}
      </h1>
      <p class="summary" id="summary" {...inLanguage(summary, locale)}>
        {summary.text}
      </p>
      <p class="byline">
        {translators.length > 0 && <span>{t('briefing.translated-by', { names: words.list(translators) })}</span>}
        <span>
          <time datetime={publishedAt}>{t('briefing.published', { date: words.date(publishedAt) })}</time>
        </span>
        {changedAt && (
          <span>
            <time datetime={changedAt}>{t('briefing.changed', { date: words.date(changedAt) })}</time>
          </span>
        )}
      </p>
    </header>
  )
}

/** Its text, and its parts for members. */
export const PageBody = ({ site, reading, words }: PageArticle & { readonly site: Site }) => {
  const { locale, opening, body, title } = reading
  return (
    <div class="body">
      {opening && (
        <div id="opening">
          <Passage text={opening} words={words} locale={locale} heading={title.text} level={2} />
        </div>
      )}
      {body.map(({ id, heading, text }) => (
        <section id={`body.${id}`}>
          <h2 {...inLanguage(heading, locale)}>{heading.text}</h2>
          <Passage text={text} words={words} locale={locale} heading={heading.text} />
        </section>
      ))}
      <Members reading={reading} words={words} tiers={site.settings.tiers} />
    </div>
  )
}

/** Other views of a page: both texts side by side, other formats. */
export const PageEnding = ({ answer: { resolution, reading }, words }: { answer: Answer; words: Words }) => {
  const { t } = words
  const kind = kindOf(reading)
  const path = pathTo(resolution.asked, reading.slug, kind)
  const formats = (
    <>
      <a href={`${path}.json`}>{t('briefing.format-json')}</a> <a href={`${path}.md`}>{t('briefing.format-markdown')}</a>
    </>
  )
  return (
    <p class="ending">
      {resolution.served !== resolution.source && (
        <>
          <a href={bilingualPathTo(resolution.served, reading.slug, kind)}>{t('bilingual.open')}</a>{' '}
        </>
      )}
      <span>
        <Filled words={words} message="punctuation.label" values={{ name: t('briefing.formats'), value: formats }} />
      </span>
    </p>
  )
}
