import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { Reasons, Sources } from './evidence'
import { Members } from './members'
import { ListPart, OrganisationName, Part, Passage, Term } from './parts'
import type { Reading } from './reading'

interface Article {
  readonly site: Site
  readonly reading: Reading
  /** The site's words in the language served. */
  readonly words: Words
}

/** The opening of the article: what it is about, its title, its summary, its picture. */
export const Lead = ({ site, reading, words }: Article) => {
  const { t } = words
  const { locale, facts, title, summary, topic, changedAt } = reading
  return (
    <header class="lead">
      <p class="kicker">
        <span>{t(`kind.${facts.kind}`)}</span>{' '}
        <span id="topic" {...inLanguage(topic, locale)}>
          {topic.text}
        </span>
      </p>
      <h1 id="title" {...inLanguage(title, locale)}>
        {title.text}
      </h1>
      {reading.organisations.length > 0 && (
        <p class="organisations">
          <span class="unseen">{t('briefing.organisations')}</span>
          {reading.organisations.map(({ name }) => (
            <span>
              <OrganisationName name={name} words={words} />
            </span>
          ))}
        </p>
      )}
      <p class="summary" id="summary" {...inLanguage(summary, locale)}>
        {summary.text}
      </p>
      <p class="byline">
        <span>{t('briefing.by', { names: words.list(reading.byline) })}</span>
        {reading.translators.length > 0 && <span>{t('briefing.translated-by', { names: words.list(reading.translators) })}</span>}
        <span>
          <time datetime={reading.publishedAt}>{t('briefing.published', { date: words.date(reading.publishedAt) })}</time>
        </span>
        {changedAt && (
          <span>
            <time datetime={changedAt}>{t('briefing.changed', { date: words.date(changedAt) })}</time>
          </span>
        )}
        <span>{t('briefing.minutes', { minutes: reading.minutes })}</span>
      </p>
      <Picture site={site} reading={reading} words={words} />
    </header>
  )
}

const Picture = ({ site, reading: { image, locale }, words }: Article) => {
  const { t } = words
  return (
    <figure class="picture" id="image">
      <img
        src={site.asset(`images/${image.file}`)}
        width={image.width}
        height={image.height}
        alt={image.alt.text}
        {...inLanguage(image.alt, locale)}
      />
      <figcaption>
        <span {...inLanguage(image.caption, locale)}>{image.caption.text}</span>{' '}
        <span class="credit">{t('image.credit', { origin: image.origin, by: image.by })}</span>
        <details>
          <summary>{t('image.details')}</summary>
          <dl>
            <Term name={t('image.context')} text={image.context} locale={locale} />
            <Term name={t('image.relevance')} text={image.relevance} locale={locale} />
            <Term name={t('image.provenance')} text={image.provenance} locale={locale} />
          </dl>
        </details>
      </figcaption>
    </figure>
  )
}

const Analysis = ({ reading: { body, locale }, words }: Omit<Article, 'site'>) =>
  body.length === 0 ? null : (
    <section class="analysis" aria-label={words.t('briefing.body')}>
      {body.map(({ id, heading, text }) => (
        <section id={`body.${id}`}>
          <h2 {...inLanguage(heading, locale)}>{heading.text}</h2>
          <Passage text={text} words={words} locale={locale} heading={heading.text} />
        </section>
      ))}
    </section>
  )

/** The rest of the article, from the key points to the sources. */
export const Body = ({ reading, words }: Omit<Article, 'site'>) => {
  const { t } = words
  const { locale, facts, event, context } = reading
  return (
    <div class="body">
      <ListPart anchor="keyPoints" title={t('briefing.key-points')} items={reading.keyPoints} locale={locale} />
      <Analysis reading={reading} words={words} />
      <Part anchor="event" title={t('briefing.event')}>
        <dl class="brief">
          <Term name={t('fact.event')} text={event.name} locale={locale} />
          <Term name={t('fact.signal-type')} text={event.signalType} locale={locale} />
          <Term
            name={t('fact.regions')}
            text={{ lang: locale, text: asEntry(words.list(facts.regions.map(words.region)), locale) }}
            locale={locale}
          />
          <Term
            name={t('fact.classification')}
            text={{ lang: locale, text: t(`classification.${facts.classification}`) }}
            locale={locale}
          />
        </dl>
      </Part>
      <ListPart anchor="affectedAreas" title={t('briefing.affected')} items={reading.affectedAreas} locale={locale} />
      <Part anchor="context" title={t('briefing.context')}>
        <Passage text={context} words={words} locale={locale} heading={t('briefing.context')} />
      </Part>
      <ListPart anchor="watch" title={t('briefing.watch')} items={reading.watch} locale={locale} />
      <Reasons reading={reading} words={words} />
      {reading.sources.length > 0 && <Sources reading={reading} words={words} />}
      <Members reading={reading} words={words} />
    </div>
  )
}
