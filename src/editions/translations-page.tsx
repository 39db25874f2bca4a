import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import type { Site } from '../site'
import type { LanguageLink } from '../ui/layout'
import { pathTo } from './addresses'
import { Picture, Swatch, Weaves } from './coverage-picture'
import { plainPage } from './head'
import { EveryLanguage, MenusAndMessages } from './languages-table'
import { addressOf } from './listing'
import { type Coverage, coverageIn, publishedIn, readableIn, type StandingCount } from './standing'
import type { Wanted } from './wanted'

interface TranslationsPage {
  readonly site: Site
  readonly words: Words
  /** This page in each language that is listed. */
  readonly links: readonly LanguageLink[]
  readonly counts: readonly StandingCount[]
  /** What readers of the language of the page are most often shown in another one, most viewed first. */
  readonly wanted: readonly Wanted[]
}

/** The state of each language: for readers, what exists in theirs; for volunteers, where help is wanted. */
export function translationsPage(page: TranslationsPage): string {
  const { site, words, links, counts } = page
  const { t } = words
  const published = publishedIn(site.locales, counts)
  return plainPage({
    site,
    words,
    title: t('translations.title'),
    description: t('translations.intro'),
    path: 'translations',
    links,
    children: (
      <div class="translations">
        <h1>{t('translations.title')}</h1>
        <p class="tagline">{t('translations.intro')}</p>
        {published === 0 ? (
          <p>{t('translations.empty')}</p>
        ) : (
          <>
            <Weaves />
            {words.locale !== site.locales.source && <ThisLanguage {...page} published={published} />}
            <MostWanted {...page} />
            <EveryLanguage {...page} published={published} />
          </>
        )}
        <MenusAndMessages {...page} />
        <section aria-labelledby="help">
          <h2 id="help">{t('translations.help')}</h2>
          <p>{t('translations.help-people')}</p>
          <p>{t('translations.help-meanwhile')}</p>
        </section>
      </div>
    ),
  })
}

interface Counted extends TranslationsPage {
  readonly published: number
}

/** The language of the page: how much of all there is in it, and how many briefings have each standing, with links to the index. */
const ThisLanguage = ({ site, words, counts, published }: Counted) => {
  const { t } = words
  const coverage = coverageIn(site.locales, words.locale, counts)
  return (
    <section aria-labelledby="native">
      <h2 id="native">{t('translations.native')}</h2>
      <p class="reach">{t('translations.coverage', { read: words.number(readableIn(coverage)), count: published })}</p>
      <Picture coverage={coverage} published={published} />
      <ul class="standings">
        {coverage.map(({ standing, briefings }) => (
          <li class={briefings === 0 ? 'none' : undefined}>
            <Swatch standing={standing} />
            {briefings === 0 ? (
              <Count standing={standing} briefings={briefings} words={words} />
            ) : (
              <a href={addressOf(words.locale, { standing })}>
                <Count standing={standing} briefings={briefings} words={words} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Count = ({ standing, briefings, words }: Coverage[number] & { words: Words }) => (
  <>
    <span>{words.t(`standing.${standing}`)}</span> <b>{words.number(briefings)}</b>
  </>
)

/** What help is wanted for most. */
const MostWanted = ({ words, wanted }: TranslationsPage) => {
  const { t } = words
  if (wanted.length === 0) return null
  return (
    <section aria-labelledby="wanted">
      <h2 id="wanted">{t('translations.wanted')}</h2>
      <p>{t('translations.wanted-text')}</p>
      <ol class="wanted">
        {wanted.map(({ slug, title, views }) => (
          <li>
            <a href={pathTo(words.locale, slug)} {...inLanguage(title, words.locale)}>
              {title.text}
            </a>{' '}
            <span>{t('translations.views', { count: views })}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
