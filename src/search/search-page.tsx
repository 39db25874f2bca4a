import { kindOf } from '../briefings/publication'
import { pathTo } from '../editions/addresses'
import { filterIn } from '../editions/listing'
import { statedImpact } from '../editions/measures'
import { filterableIn } from '../editions/standing'
import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { isolated } from '../language/text'
import type { Site } from '../site'
import { Filled } from '../ui/filled'
import { type Choices, choicesIn, FilterFields } from '../ui/filter-fields'
import { document, everyLanguage, Switcher } from '../ui/layout'
import { SearchForm } from '../ui/search-form'
import { ServedLanguage } from '../ui/served-language'
import { type SearchRequest, searchPathTo } from './request'
import type { Result, Results } from './results'
import type { Marked } from './snippet'

interface SearchPage {
  readonly site: Site
  readonly words: Words
  readonly request: SearchRequest
  readonly used: Choices
  /** `undefined` if nothing was searched. */
  readonly found: Results | undefined
}

/** The results under the search form; the form alone if nothing was searched. */
export function searchPage(page: SearchPage): string {
  const { site, words, request, found } = page
  const { t } = words
  const title = found ? t('search.results', { query: isolated(request.typed) }) : t('search.title')
  const sameSearch = (locale: Locale) =>
    searchPathTo(locale, { typed: request.typed, filter: filterIn(site.locales, locale, request.filter) })
  return document({
    site,
    words,
    head: (
      <>
        <title>{`${title} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
      </>
    ),
    switcher: <Switcher words={words} links={everyLanguage(site, words.locale, sameSearch)} />,
    children: (
      <div class="index found">
        <h1>
          {found ? <Filled words={words} message="search.results" values={{ query: <bdi>{request.typed}</bdi> }} /> : title}
        </h1>
        <SearchForm words={words} typed={request.typed}>
          <p class="hint">{t('search.hint')}</p>
          <Filters {...page} />
        </SearchForm>
        {found && (found.results.length === 0 ? <Nothing {...page} found={found} /> : <Pages {...page} found={found} />)}
      </div>
    ),
  })
}

const Filters = ({ site, words, request, used }: SearchPage) => (
  <details class="filters" open={Object.values(request.filter).some(Boolean)}>
    <summary>{words.t('index.filters')}</summary>
    <div>
      <FilterFields
        words={words}
        filter={request.filter}
        choices={choicesIn(site, used)}
        standings={filterableIn(site.locales, words.locale)}
      />
    </div>
  </details>
)

type FoundPage = SearchPage & { readonly found: Results }

const Nothing = ({ words, request, found }: FoundPage) => {
  const { t } = words
  const isNarrowed = Object.keys(request.filter).length > 0
  return (
    <section class="nothing" aria-labelledby="nothing">
      <h2 id="nothing">{t('search.nothing')}</h2>
      {found.suggestion !== undefined && (
        <p>
          <a href={searchPathTo(words.locale, { typed: found.suggestion, filter: request.filter })}>
            <Filled words={words} message="search.suggestion" values={{ query: <bdi>{found.suggestion}</bdi> }} />
          </a>
        </p>
      )}
      <ul>
        <li>{t('search.advice')}</li>
        {isNarrowed && (
          <li>
            <a href={searchPathTo(words.locale, { typed: request.typed, filter: {} })}>{t('index.clear')}</a>
          </li>
        )}
        <li>
          <a href={`/${words.locale}/`}>{t('search.all')}</a>
        </li>
      </ul>
    </section>
  )
}

const Pages = ({ site, words, request, found }: FoundPage) => {
  const { t } = words
  const native = found.results.filter(({ isNative }) => isNative)
  const elsewhere = found.results.filter(({ isNative }) => !isNative)
  return (
    <>
      {native.length > 0 && <List id="native" title={t('index.native')} results={native} site={site} words={words} />}
      {elsewhere.length > 0 && <List id="elsewhere" title={t('index.elsewhere')} results={elsewhere} site={site} words={words} />}
      <nav class="pages" aria-label={t('search.title')}>
        {request.after && (
          <a href={searchPathTo(words.locale, { typed: request.typed, filter: request.filter })}>{t('search.first')}</a>
        )}
        {found.next && (
          <a rel="next" href={searchPathTo(words.locale, { ...request, after: found.next })}>
            {t('search.more')}
          </a>
        )}
      </nav>
    </>
  )
}

interface ListProps {
  readonly id: string
  readonly title: string
  readonly results: readonly Result[]
  readonly site: Site
  readonly words: Words
}

const List = ({ id, title, results, site, words }: ListProps) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ol class="results">
      {results.map((result) => (
        <Item result={result} site={site} words={words} />
      ))}
    </ol>
  </section>
)

const Item = ({ result: { card, isNative, title, excerpt }, site, words }: { result: Result; site: Site; words: Words }) => {
  const stated = statedImpact(card, words)
  return (
    <li>
      <h3>
        <a href={pathTo(words.locale, card.slug, kindOf(card))} {...inLanguage(title, words.locale)}>
          <Pieces of={title} />
        </a>
      </h3>
      <p class="excerpt" {...inLanguage(excerpt, words.locale)}>
        <Pieces of={excerpt} />
      </p>
      <p class="byline">
        {!isNative && <ServedLanguage site={site} words={words} served={card.locale} />}
        <time datetime={card.publishedAt}>{words.date(card.publishedAt)}</time>
        {stated !== undefined && <span>{stated}</span>}
      </p>
    </li>
  )
}

const Pieces = ({ of }: { of: Marked }) => <>{of.pieces.map(({ text, isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>
