import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { type Locale, markup } from '../language/locale'
import type { Site } from '../site'
import type { Item, LinkedOrganisations, Reading, Section, Text } from './reading'

/** The `lang` and `dir` of a text where its language is not that of what it stands in. */
export const inLanguage = (text: Text, around: Locale) => (text.lang === around ? {} : markup(text.lang))

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
        <span>{t(`kind.${facts.kind}`)}</span> <span {...inLanguage(topic, locale)}>{topic.text}</span>
      </p>
      <h1 id="title" {...inLanguage(title, locale)}>
        {title.text}
      </h1>
      <p class="organisations">
        <span class="unseen">{t('briefing.organisations')}</span>
        {reading.organisations.map(({ name }) => (
          <span>
            <bdi>{name}</bdi>
          </span>
        ))}
      </p>
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

/** The rest of the article, from the key points to the sources. */
export const Body = ({ reading, words }: Omit<Article, 'site'>) => {
  const { t } = words
  const { locale, facts, event, context } = reading
  return (
    <div class="body">
      <Part anchor="keyPoints" title={t('briefing.key-points')}>
        <List items={reading.keyPoints} locale={locale} />
      </Part>
      <section class="analysis" aria-label={t('briefing.body')}>
        {reading.body.map(({ id, heading, text }) => (
          <section id={`body.${id}`}>
            <h2 {...inLanguage(heading, locale)}>{heading.text}</h2>
            <Passage text={text} words={words} locale={locale} />
          </section>
        ))}
      </section>
      <Part anchor="event" title={t('briefing.event')}>
        <dl class="brief">
          <Term name={t('fact.event')} text={event.name} locale={locale} />
          <Term name={t('fact.signal-type')} text={event.signalType} locale={locale} />
          <Term
            name={t('fact.regions')}
            text={{ lang: locale, text: words.list(facts.regions.map(words.region)) }}
            locale={locale}
          />
          <Term
            name={t('fact.classification')}
            text={{ lang: locale, text: t(`classification.${facts.classification}`) }}
            locale={locale}
          />
        </dl>
      </Part>
      <Part anchor="affectedAreas" title={t('briefing.affected')}>
        <List items={reading.affectedAreas} locale={locale} />
      </Part>
      <Part anchor="context" title={t('briefing.context')}>
        <Passage text={context} words={words} locale={locale} />
      </Part>
      <Part anchor="watch" title={t('briefing.watch')}>
        <List items={reading.watch} locale={locale} />
      </Part>
      <Reasons reading={reading} words={words} />
      <Sources reading={reading} words={words} />
      <section class="members" id="members">
        <h2>{t('briefing.members')}</h2>
        {reading.sections.map((section) => (
          <MemberSection section={section} words={words} locale={locale} />
        ))}
        <Linked linked={reading.linkedOrganisations} words={words} locale={locale} />
      </section>
    </div>
  )
}

const Part = ({ anchor, title, children }: { anchor: string; title: string; children?: unknown }) => (
  <section id={anchor}>
    <h2>{title}</h2>
    {children as never}
  </section>
)

const List = ({ items, locale }: { items: readonly Item[]; locale: Locale }) => (
  <ul>
    {items.map(({ text }) => (
      <li {...inLanguage(text, locale)}>{text.text}</li>
    ))}
  </ul>
)

const Term = ({ name, text, locale }: { name: string; text: Text; locale: Locale }) => (
  <div>
    <dt>{name}</dt>
    <dd {...inLanguage(text, locale)}>{text.text}</dd>
  </div>
)

/** A passage of Markdown, sanitised when it was printed; one that is not translated yet says so. */
const Passage = ({ text, words, locale }: { text: Text; words: Words; locale: Locale }) => (
  <>
    {text.lang !== locale && <p class="untranslated">{words.t('segment.in-source-language')}</p>}
    <div class="passage" {...inLanguage(text, locale)}>
      {raw(text.html ?? '')}
    </div>
  </>
)

const Reasons = ({ reading: { reasons, facts, locale, topic }, words }: { reading: Reading; words: Words }) => {
  const { t } = words
  const rows = [
    { name: t('fact.category'), word: t(`category.${facts.category}`), reason: reasons.category },
    { name: t('fact.content-type'), word: t(`contentType.${facts.contentType}`), reason: reasons.contentType },
    { name: t('fact.domain'), word: t(`domain.${facts.domain}`), reason: reasons.domain },
    { name: t('fact.topic'), word: topic.text, lang: topic, reason: reasons.topic },
    { name: t('fact.impact'), word: t(`impact.${facts.impact}`), reason: reasons.impact },
    { name: t('fact.confidence'), word: words.percent(facts.confidence), reason: reasons.confidence },
  ]
  return (
    <Part anchor="reasons" title={t('briefing.classifications')}>
      <dl class="reasons">
        {rows.map(({ name, word, reason, lang }) => (
          <div>
            <dt>
              {name}: <strong {...(lang ? inLanguage(lang, locale) : {})}>{word}</strong>
            </dt>
            <dd {...inLanguage(reason, locale)}>{reason.text}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

const Sources = ({ reading: { sources, locale }, words }: { reading: Reading; words: Words }) => (
  <Part anchor="sources" title={words.t('briefing.sources')}>
    <p class="intro">{words.t('briefing.sources-intro')}</p>
    <ol class="sources">
      {sources.map(({ id, url, risk, title, note }) => (
        <li id={`sources.${id}`}>
          <a href={url} rel="noopener noreferrer external" {...inLanguage(title, locale)}>
            <bdi>{title.text}</bdi>
          </a>{' '}
          <span class={`risk ${risk}`}>{words.t(`risk.${risk}`)}</span>
          <p {...inLanguage(note, locale)}>{note.text}</p>
        </li>
      ))}
    </ol>
  </Part>
)

const MemberSection = ({ section, words, locale }: { section: Section; words: Words; locale: Locale }) => (
  <section id={`sections.${section.id}`} class={section.locked ? 'locked' : undefined}>
    <p class="tier">{words.t(`tier.${section.access}`)}</p>
    <h3 {...inLanguage(section.heading, locale)}>{section.heading.text}</h3>
    {section.locked ? (
      <p>
        <Condition access={section.access} words={words} /> {words.t('locked.words', { count: section.words })}
      </p>
    ) : (
      <Passage text={section.text} words={words} locale={locale} />
    )}
  </section>
)

const Linked = ({ linked, words, locale }: { linked: LinkedOrganisations; words: Words; locale: Locale }) => {
  if (linked.count === 0) return <></>
  return (
    <section id="linkedOrganisations" class={linked.locked ? 'locked' : undefined}>
      <p class="tier">{words.t(`tier.${linked.access}`)}</p>
      <h3>{words.t('briefing.linked')}</h3>
      {linked.locked ? (
        <p>
          <Condition access={linked.access} words={words} /> {words.t('locked.notes', { count: linked.count })}
        </p>
      ) : (
        <dl>
          {linked.notes.map(({ name, note }) => (
            <div>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd {...inLanguage(note, locale)}>{note.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

const Condition = ({ access, words }: { access: Section['access']; words: Words }) =>
  access === 'public' ? <></> : <span>{words.t(`locked.${access}`)}</span>
