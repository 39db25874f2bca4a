import { raw } from 'hono/html'
import type { Tier } from '../briefings/vocabulary'
import { statedConfidence, statedImpact } from '../editions/measures'
import { passageHtml } from '../editions/passage'
import type { Image, Item, Reading, Text } from '../editions/reading'
import type { Words } from '../language/catalog'
import { inLanguage, type Locale, markup } from '../language/locale'
import { lockedBy } from '../members/tier-words'
import type { SiteTier } from '../settings/settings'
import type { Site } from '../site'
import { Filled } from '../ui/filled'

interface EntryContent {
  readonly site: Site
  /** What everyone may read. */
  readonly reading: Reading
  /** The site's words in the language served. */
  readonly words: Words
  /** The notice about the language, in the language asked for. */
  readonly notice: { readonly asked: Locale; readonly sentences: readonly string[] }
}

/**
 * A briefing as an entry of a feed: the text without the page around it. Its plain elements say which language they are in, for
 * programs that have neither our style sheet nor our address.
 */
export function entryContent({ site, reading, words, notice }: EntryContent): string {
  const { locale, image } = reading
  return `${(
    <div {...markup(locale)}>
      {notice.sentences.map((sentence) => (
        <p {...markup(notice.asked)}>
          <em>{sentence}</em>
        </p>
      ))}
      <p {...markup(reading.summary.lang)}>
        <strong>{reading.summary.text}</strong>
      </p>
      {image && <Picture site={site} image={image} locale={locale} />}
      {site.config.features.fullTextFeeds && <Whole site={site} reading={reading} words={words} />}
    </div>
  )}`
}

/** All of the text that everyone may read, below the summary. */
const Whole = ({ site, reading, words }: Omit<EntryContent, 'notice'>) => {
  const { t } = words
  const { locale, facts } = reading
  const judged = [statedImpact(facts, words), statedConfidence(facts, words)].flatMap((stated) => stated ?? [])
  return (
    <>
      <List title={t('briefing.key-points')} items={reading.keyPoints} locale={locale} />
      {reading.body.map(({ heading, text }) => (
        <>
          <h2 {...inLanguage(heading, locale)}>{heading.text}</h2>
          <Passage text={text} words={words} heading={heading.text} />
        </>
      ))}
      <List title={t('briefing.affected')} items={reading.affectedAreas} locale={locale} />
      {reading.context && (
        <>
          <h2>{t('briefing.context')}</h2>
          <Passage text={reading.context} words={words} heading={t('briefing.context')} />
        </>
      )}
      <List title={t('briefing.watch')} items={reading.watch} locale={locale} />
      {reading.sources.length > 0 && <Sources reading={reading} words={words} />}
      <Members reading={reading} words={words} tiers={site.settings.tiers} />
      {judged.length > 0 && <p>{judged.join(' · ')}</p>}
    </>
  )
}

const Picture = ({ site, image, locale }: { site: Site; image: Image; locale: Locale }) => (
  <figure>
    <img
      src={site.config.origin + site.asset(`images/${image.file}`)}
      width={image.width}
      height={image.height}
      alt={image.alt.text}
      {...inLanguage(image.alt, locale)}
    />
    {image.caption && <figcaption {...inLanguage(image.caption, locale)}>{image.caption.text}</figcaption>}
  </figure>
)

const Sources = ({ reading: { sources, locale }, words }: { reading: Reading; words: Words }) => (
  <>
    <h2>{words.t('briefing.sources')}</h2>
    <ol>
      {sources.map(({ title, url, note, risk }) => (
        <li>
          {risk === undefined ? (
            <Link href={url} title={title} locale={locale} />
          ) : (
            <Filled
              words={words}
              message="punctuation.brackets"
              values={{ text: <Link href={url} title={title} locale={locale} />, inside: words.named(`risk.${risk}`) }}
            />
          )}
          {note && <p {...inLanguage(note, locale)}>{note.text}</p>}
        </li>
      ))}
    </ol>
  </>
)

/** The public parts of the members' sections. For locked ones, the heading and how to open them. */
const Members = ({
  reading: { sections, linkedOrganisations: linked, locale },
  words,
  tiers,
}: {
  reading: Reading
  words: Words
  tiers: readonly SiteTier[]
}) => {
  const { t } = words
  const tierOf = (access: Tier) => tiers.find(({ id }) => id === access)
  return (
    <>
      {sections.length + linked.count > 0 && <h2>{t('briefing.members')}</h2>}
      {sections.map((section) => (
        <>
          <h3 {...inLanguage(section.heading, locale)}>{section.heading.text}</h3>
          {section.locked ? (
            <Locked tier={tierOf(section.access)} size={t('locked.words', { count: section.words })} words={words} />
          ) : (
            <Passage text={section.text} words={words} heading={section.heading.text} level={4} />
          )}
        </>
      ))}
      {linked.count > 0 && <h3>{t('briefing.linked')}</h3>}
      {linked.count > 0 && linked.locked && (
        <Locked tier={tierOf(linked.access)} size={t('locked.notes', { count: linked.count })} words={words} />
      )}
      {!linked.locked &&
        linked.notes.map(({ name, note }) => {
          const called = words.organisation(name)
          return (
            <p {...inLanguage(note, locale)}>
              <Filled
                words={words}
                message="punctuation.label"
                values={{ name: <b {...inLanguage(called, note.lang)}>{called.text}</b>, value: note.text }}
              />
            </p>
          )
        })}
    </>
  )
}

const Locked = ({ tier, size, words }: { tier: SiteTier | undefined; size: string; words: Words }) => (
  <p>{tier ? words.t('punctuation.sentences', { first: lockedBy(words, tier), second: size }) : size}</p>
)

const Link = ({ href, title, locale }: { href: string; title: Text; locale: Locale }) => (
  <a href={href} {...inLanguage(title, locale)}>
    {title.text}
  </a>
)

/** A list under its heading. Without items there is neither. */
const List = ({ title, items, locale }: { title: string; items: readonly Item[]; locale: Locale }) =>
  items.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {items.map(({ text }) => (
          <li {...inLanguage(text, locale)}>{text.text}</li>
        ))}
      </ul>
    </>
  )

const Passage = ({ text, ...place }: { text: Text; words: Words; heading: string; level?: number }) => (
  <div {...inLanguage(text, place.words.locale)}>{raw(passageHtml(text, place))}</div>
)
