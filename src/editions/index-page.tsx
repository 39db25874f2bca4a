import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { type Choices, choicesIn, FilterFields } from '../ui/filter-fields'
import { gap, type LanguageLink } from '../ui/layout'
import { SearchForm } from '../ui/search-form'
import { plainPage } from './head'
import { addressOf, type Cursor, canonicalOf, type ListingRequest } from './listing'
import { filterableIn } from './standing'

export interface IndexPage {
  readonly site: Site
  readonly words: Words
  readonly links: readonly LanguageLink[]
  readonly request: ListingRequest
  /** What a filter can name: what briefings that exist have. */
  readonly used: Choices
  readonly hasNative: boolean
  readonly hasElsewhere: boolean
  readonly next: Cursor | undefined
}

/**
 * The index around its cards: what exists in the reader's language first, then the rest; the newest first in each. Each list that is not
 * empty has a gap for its cards.
 */
export function indexPage(page: IndexPage): string {
  const { site, words, links, request, hasNative, hasElsewhere, next } = page
  const { t } = words
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
        {!hasNative && !hasElsewhere && <p class="empty">{t(isWhole(request) ? 'translations.empty' : 'index.empty')}</p>}
        {hasNative && <Cards id="native" title={t('index.native')} />}
        {hasElsewhere && <Cards id="elsewhere" title={t('index.elsewhere')} />}
        <nav class="pages" aria-label={t('index.title')}>
          {request.after && <a href={addressOf(words.locale, request.filter)}>{t('index.newest')}</a>}
          {next && (
            <a rel="next" href={addressOf(words.locale, request.filter, next)}>
              {t('index.older')}
            </a>
          )}
        </nav>
      </div>
    ),
  })
}

/** Whether the index shows all that there is: no filter is set. */
const isWhole = ({ filter, after }: ListingRequest) => Object.keys(filter).length === 0 && after === undefined

const Cards = ({ id, title }: { id: string; title: string }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ol class="cards">{gap}</ol>
  </section>
)

const Filters = ({ site, words, request: { filter }, used }: IndexPage) => {
  const { t } = words
  const chosen = Object.values(filter).some(Boolean)
  return (
    <details class="filters" open={chosen}>
      <summary>{t('index.filters')}</summary>
      <form method="get" action={`/${words.locale}/`}>
        <FilterFields
          words={words}
          filter={filter}
          choices={choicesIn(site, used)}
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
