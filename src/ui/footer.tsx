import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import type { Site } from '../site'

/** What every page ends with: the site's promise, its pages, and what else there is. */
export const Footer = ({ site, words }: { site: Site; words: Words }) => {
  const home = `/${words.locale}/`
  const { t } = words
  const authorship = site.authorshipOf(words.locale)
  const pages = site.pagesIn(words.locale)
  return (
    <footer class="colophon">
      <p>
        <bdi>{site.config.siteName}</bdi>
      </p>
      <p>{t('site.promise')}</p>
      {authorship && <p>{t(`words.${authorship.provenance}`, { names: words.list(authorship.credits) })}</p>}
      {pages.length > 0 && (
        <ul class="pages">
          {pages.map(({ slug, title }) => (
            <li>
              <a href={home + slug} {...inLanguage(title, words.locale)}>
                {title.text}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`${home}translations`}>{t('translations.title')}</a> ·{' '}
        {site.config.features.newsletter && (
          <>
            <a href={`${home}newsletter`}>{t('newsletter.title')}</a> ·{' '}
          </>
        )}
        <a href={`${home}feed.xml`} type="application/atom+xml">
          {t('feed.link')}
        </a>
      </p>
    </footer>
  )
}
