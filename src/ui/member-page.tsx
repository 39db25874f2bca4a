import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { document, everyLanguage, type LanguageLink, Switcher } from './layout'

interface MemberPage {
  readonly site: Site
  readonly words: Words
  readonly title: string
  /** Where the same page is in another language: below the locale, or where it is not in all of them, by its links. */
  readonly path: string | readonly LanguageLink[]
  readonly children: Child
}

/** A page for the one who asks: in the frame of all others, and not to be found by search engines. */
export const memberPage = ({ site, words, title, path, children }: MemberPage): string =>
  document({
    site,
    words,
    head: (
      <>
        <title>{`${title} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="same-origin" />
      </>
    ),
    switcher: <Switcher words={words} links={typeof path === 'string' ? everyLanguage(site, words.locale, path) : path} />,
    children: (
      <article class="plain member">
        <h1>{title}</h1>
        {children}
      </article>
    ),
  })
