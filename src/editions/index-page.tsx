import type { Words } from '../language/catalog'
import { inLanguage, markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { FilterFields } from '../ui/filter-fields'
import type { LanguageLink } from '../ui/layout'
import { SearchForm } from '../ui/search-form'
import { pathTo } from './addresses'
import { plainPage } from './head'
import { addressOf, canonicalOf, type Listing, type ListingRequest } from './listing'
import { filterableIn } from './standing'

interface IndexPage {
  readonly site: Site
  readonly words: Words
  readonly links: readonly LanguageLink[]
  readonly request: ListingRequest
  readonly listing: Listing
}

/** The index: what exists in the reader's language first, then the rest; the newest first in each. */
export function indexPage(page: IndexPage): string {
  const { site, words, links, request, listing } = page
  const { t } = words
  const native = listing.cards.filter((card) => card.native)
  const elsewhere = listing.cards.filter((card) => !card.native)
  return plainPage({
    site,
    words,
    title: t('index.title'),
    description: t('index.description', { tagline: t('site.tagline') }),
    path: '',
    canonical: site.config.origin + canonicalOf(words.locale, request),
    links,
    children: (
      <div class="index">
        <h1>{t('index.title')}</h1>
        <p class="tagline">{t('site.tagline')}</p>
        <SearchForm words={words} />
        <Filters {...page} />
        {listing.cards.length === 0 && <p class="empty">{t('index.empty')}</p>}
        {native.length > 0 && <Cards id="native" title={t('index.native')} cards={native} site={site} words={words} />}
        {elsewhere.length > 0 && (
          <Cards id="elsewhere" title={t('index.elsewhere')} cards={elsewhere} site={site} words={words} />
        )}
        <nav class="pages" aria-label={t('index.title')}>
          {request.after && <a href={addressOf(words.locale, request.filter)}>{t('index.newest')}</a>}
          {listing.next && (
            <a rel="next" href={addressOf(words.locale, request.filter, listing.next)}>
              {t('index.older')}
            </a>
          )}
        </nav>
      </div>
    ),
  })
}

interface CardList {
  readonly id: string
  readonly title: string
  readonly cards: Listing['cards']
  readonly site: Site
  readonly words: Words
}

const Cards = ({ id, title, cards, site, words }: CardList) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ol class="cards">
      {cards.map((card) => (
        <CardItem card={card} site={site} words={words} />
      ))}
    </ol>
  </section>
)

const CardItem = ({ card, site, words }: { card: Listing['cards'][number]; site: Site; words: Words }) => {
  const { t } = words
  const { title, summary, topic, image } = card
  return (
    <li class="card">
      <img src={site.asset(`images/${image.file}`)} width={image.width} height={image.height} alt="" loading="lazy" />
      <div>
        <p class="kicker">
          <span>{t(`kind.${card.kind}`)}</span> <span {...inLanguage(topic, words.locale)}>{topic.text}</span>
        </p>
        <h3>
          <a href={pathTo(words.locale, card.slug)} {...inLanguage(title, words.locale)}>
            {title.text}
          </a>
        </h3>
        <p class="summary" {...inLanguage(summary, words.locale)}>
          {summary.text}
        </p>
        <p class="byline">
          {!card.native && (
            <span class="label">
              {card.locale === site.locales.source ? (
                t('card.in-source-language')
              ) : (
                <bdi {...markup(words.locale)}>{asEntry(words.language(card.locale), words.locale)}</bdi>
              )}
            </span>
          )}
          <time datetime={card.publishedAt}>{words.date(card.publishedAt)}</time>
          <span>{t('impact.stated', { impact: card.impact })}</span>
          <span>{t('confidence.stated', { words: t(`grade.${card.grade}`), percent: words.percent(card.confidence) })}</span>
        </p>
      </div>
    </li>
  )
}

const Filters = ({ site, words, request: { filter }, listing }: IndexPage) => {
  const { t } = words
  const chosen = Object.values(filter).some(Boolean)
  return (
    <details class="filters" open={chosen}>
      <summary>{t('index.filters')}</summary>
      <form method="get" action={`/${words.locale}/`}>
        <FilterFields
          words={words}
          filter={filter}
          regions={listing.regions}
          standings={filterableIn(site.locales, words.locale)}
        />
        <p>
          <button type="submit">{t('index.apply')}</button>
          {chosen && <a href={`/${words.locale}/`}>{t('index.clear')}</a>}
        </p>
      </form>
    </details>
  )
}
