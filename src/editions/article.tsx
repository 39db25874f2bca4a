import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { Kicker } from '../ui/kicker'
import { Reasons, Sources } from './evidence'
import { Members } from './members'
import { ListPart, OrganisationName, Part, Passage, Term } from './parts'
import type { Image, Reading } from './reading'

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
      <Kicker kind={facts.kind} topic={topic} words={words} anchor="topic" />
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
        {reading.byline.length > 0 && <span>{t('briefing.by', { names: words.list(reading.byline) })}</span>}
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
      {reading.image && <Picture site={site} image={reading.image} locale={locale} words={words} />}
    </header>
  )
}

interface PictureProps {
  readonly site: Site
  readonly image: Image
  readonly locale: Locale
  readonly words: Words
}

const Picture = ({ site, image, locale, words }: PictureProps) => {
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
        {image.caption && (
          <>
            <span {...inLanguage(image.caption, locale)}>{image.caption.text}</span>{' '}
          </>
        )}
        <span class="credit">{t('image.credit', { origin: image.origin, by: image.by })}</span>
        {(image.context ?? image.relevance ?? image.provenance) && (
          <details>
            <summary>{t('image.details')}</summary>
            <dl>
              {image.context && <Term name={t('image.context')} text={image.context} locale={locale} />}
              {image.relevance && <Term name={t('image.relevance')} text={image.relevance} locale={locale} />}
              {image.provenance && <Term name={t('image.provenance')} text={image.provenance} locale={locale} />}
            </dl>
          </details>
        )}
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

type EventBriefProps = Omit<Article, 'site'> & { readonly event: NonNullable<Reading['event']> }

const EventBrief = ({ event, reading: { facts, locale }, words }: EventBriefProps) => {
  const { t } = words
  const own = (text: string) => ({ lang: locale, text })
  return (
    <Part anchor="event" title={t('briefing.event')}>
      <dl class="brief">
        <Term name={t('fact.event')} text={event.name} locale={locale} />
        <Term name={t('fact.signal-type')} text={event.signalType} locale={locale} />
        {facts.regions.length > 0 && (
          <Term
            name={t('fact.regions')}
            text={own(asEntry(words.list(facts.regions.map(words.region)), locale))}
            locale={locale}
          />
        )}
        {facts.classification !== undefined && (
          <Term
            name={t('fact.classification')}
            text={own(words.named(`classification.${facts.classification}`))}
            locale={locale}
          />
        )}
      </dl>
    </Part>
  )
}

/** The rest of the article, from the key points to the sources. */
export const Body = ({ site, reading, words }: Article) => {
  const { t } = words
  const { locale, event, context } = reading
  return (
    <div class="body">
      <ListPart anchor="keyPoints" title={t('briefing.key-points')} items={reading.keyPoints} locale={locale} />
      <Analysis reading={reading} words={words} />
      {event && <EventBrief event={event} reading={reading} words={words} />}
      <ListPart anchor="affectedAreas" title={t('briefing.affected')} items={reading.affectedAreas} locale={locale} />
      {context && (
        <Part anchor="context" title={t('briefing.context')}>
          <Passage text={context} words={words} locale={locale} heading={t('briefing.context')} />
        </Part>
      )}
      <ListPart anchor="watch" title={t('briefing.watch')} items={reading.watch} locale={locale} />
      {reading.reasons && <Reasons reasons={reading.reasons} reading={reading} words={words} />}
      {reading.sources.length > 0 && <Sources reading={reading} words={words} />}
      <Members reading={reading} words={words} tiers={site.settings.tiers} />
    </div>
  )
}
