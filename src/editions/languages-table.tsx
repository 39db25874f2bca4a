import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { provenances } from '../translations/vocabulary'
import { type LanguageLink, ownName } from '../ui/layout'
import { Picture, Swatch } from './coverage-picture'
import { type Coverage, coverageIn, readableIn, type Standing, type StandingCount, standings } from './standing'

interface EveryLanguageProps {
  readonly site: Site
  readonly words: Words
  readonly links: readonly LanguageLink[]
  readonly counts: readonly StandingCount[]
  readonly published: number
}

/** Every public language and that of the page, with a column for each standing that any of them has. */
export const EveryLanguage = ({ site, words, links, counts, published }: EveryLanguageProps) => {
  const { t } = words
  const rows = links
    .filter(({ locale }) => locale !== site.locales.source)
    .map((link) => ({ ...link, coverage: coverageIn(site.locales, link.locale, counts) }))
  const columns = standings.filter((each) => rows.some(({ coverage }) => countOf(coverage, each) > 0))
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="languages">
      <h2 id="languages">{t('translations.languages')}</h2>
      <ul class="legend" aria-hidden="true">
        {columns.map((standing) => (
          <li>
            <Swatch standing={standing} />
            {t(`standing.${standing}`)}
          </li>
        ))}
      </ul>
      <table class="languages">
        <caption>{t('translations.table', { count: published })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span>{t('translations.language')}</span>
            </th>
            <th scope="col" class="readable">
              {t('translations.readable')}
            </th>
            {columns.map((standing) => (
              <th scope="col">
                <span>{t(`standing.${standing}`)}</span>
                <Swatch standing={standing} />
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row) => (
          <LanguageRow words={words} columns={columns} published={published} {...row} />
        ))}
      </table>
    </section>
  )
}

interface LanguageRowProps extends LanguageLink {
  readonly words: Words
  readonly columns: readonly Standing[]
  readonly coverage: Coverage
  readonly published: number
}

/** A language with its counts, and the same as a picture below. */
const LanguageRow = ({ words, columns, coverage, published, ...link }: LanguageRowProps) => (
  <tbody>
    <tr>
      <th scope="row">
        <LanguageName {...link} words={words} />
      </th>
      <td class="readable">{words.number(readableIn(coverage))}</td>
      {columns
        .map((standing) => countOf(coverage, standing))
        .map((count) => (
          <td class={count === 0 ? 'none' : undefined}>{words.number(count)}</td>
        ))}
    </tr>
    {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus. */}
    <tr aria-hidden="true">
      <td colspan={columns.length + 2}>
        <Picture coverage={coverage} published={published} />
      </td>
    </tr>
  </tbody>
)

/** Who translated the words of the site itself into each of these languages: a line for each answer that there is. */
export const MenusAndMessages = ({ site, words, links }: Omit<EveryLanguageProps, 'counts' | 'published'>) => {
  const { t } = words
  const by = provenances.flatMap((provenance) => {
    const locales = links.filter(({ locale }) => site.authorshipOf(locale)?.provenance === provenance)
    return locales.length === 0
      ? []
      : [{ provenance, languages: words.list(locales.map(({ locale }) => words.language(locale))) }]
  })
  if (by.length === 0) return null
  return (
    <section aria-labelledby="words">
      <h2 id="words">{t('translations.words')}</h2>
      {by.map(({ provenance, languages }) => (
        <p>{t(`translated.${provenance}`, { languages })}</p>
      ))}
    </section>
  )
}

const countOf = (coverage: Coverage, wanted: Standing) => coverage.find(({ standing }) => standing === wanted)?.briefings ?? 0

/** A language's name in the language of the page, and its own name if that differs. */
const LanguageName = ({ locale, href, served, words }: LanguageLink & { words: Words }) => {
  const name = asEntry(words.language(locale), words.locale)
  const own = ownName(words, locale)
  return (
    <div>
      <a href={href} hreflang={locale} {...(served ? { 'aria-current': 'page' } : {})}>
        {name}
      </a>{' '}
      {own !== name && <span {...markup(locale)}>{own}</span>}
    </div>
  )
}
