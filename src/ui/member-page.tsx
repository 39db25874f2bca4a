import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { document, everyLanguage, type LanguageLink, Switcher } from './layout'

interface MemberPage {
  readonly site: Site
  readonly words: Words
  readonly title: string
  /** The addresses of the same page in other languages: the path below the locale, or, if it is not in all of them, its links. */
  readonly path: string | readonly LanguageLink[]
  readonly children: Child
}

/** A page for one visitor: in the frame of all pages, and hidden from search engines. */
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
